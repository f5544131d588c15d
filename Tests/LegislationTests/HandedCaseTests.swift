import Foundation
import Kernel
import Testing

@testable import Legislation

/// Cases that somebody else worked (`Fixtures/law-cases.jsonl`: calculation, input, what must come out, arithmetic, source), taken
/// as they were handed over; and those of a second check at the border of every rule (`Fixtures/second-check.jsonl`).
@Suite
struct HandedCaseTests {
    struct Line: Sendable, CustomTestStringConvertible {
        let file: String
        let number: Int
        let text: String

        var testDescription: String { "\(file), line \(number)" }
    }

    static let lines: [Line] = ["law-cases", "second-check"].flatMap { name in
        let file = CaseTests.folder.appendingPathComponent("Fixtures/\(name).jsonl")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").enumerated().map {
            Line(file: name, number: $0.offset + 1, text: String($0.element))
        }
    }

    @Test(arguments: lines)
    func `a handed case comes out as it was worked`(line: Line) throws {
        let one = try WorkedCase(line: Data(line.text.utf8))
        let verdict = one.judged(try CaseTests.table.get(), explains: true)
        let reason = if case .failure(let error) = verdict.answer { "\(error)" } else { "" }
        #expect(verdict.agrees == true, "\(line.text): \(verdict.differences) \(reason)")
    }

    @Test
    func `all ninety-three are there, and those of the second check`() {
        #expect(Self.lines.count { $0.file == "law-cases" } == 93)
        #expect(Self.lines.count { $0.file == "second-check" } > 190)
    }

    @Test
    func `a case that differs says in what, and one that must be refused is wrong when it is not`() throws {
        let table = try CaseTests.table.get()
        func judged(_ text: String) throws -> WorkedCase.Verdict {
            try WorkedCase(line: Data(text.utf8)).judged(table)
        }
        let input = #""calculation": "retirement-age", "input": {"sex": "male", "birth": "1965-02-10"}"#
        let wrong = try judged("{\(input), \"expect\": {\"age\": \"61y6m\", \"ageMonths\": 739, \"none\": 1}}")
        #expect(
            wrong.agrees == false
                && wrong.differences == [
                    .init(output: "ageMonths", expected: .int(739), found: .int(738)),
                    .init(output: "none", expected: .int(1), found: .null),
                ])
        #expect(try judged("{\(input), \"expect\": \"error\"}").agrees == false)
        #expect(try judged("{\(input)}").agrees == nil)
        #expect(throws: LegislationError.self) { _ = try WorkedCase(line: Data("{}".utf8)) }
    }
}
