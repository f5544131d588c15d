import Foundation
import Kernel
import Testing
import Yams

@testable import Legislation

/// Worked examples by hand: each with its article, its inputs, what must come out and the arithmetic
/// (`Cases/*.yaml`; written from the law's texts, apart from the code).
@Suite
struct CaseTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let calculation: String
        let name: String
        let input: Data
        /// Outputs by name, as JSON of one value.
        let expected: [(name: String, value: String)]
        let isRefused: Bool

        var testDescription: String { "\(calculation): \(name)" }
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    static let table = Result {
        try ParameterTable(
            folder: folder.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("legislation")
        )
    }
    static let cases: [Case] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/Cases")) ?? []
        return files.sorted().flatMap { name -> [Case] in
            guard let text = try? String(contentsOfFile: "\(folder.path)/Cases/\(name)", encoding: .utf8),
                let node = try? Yams.compose(yaml: text), let calculation = node["calculation"]?.string
            else {
                return [Case(calculation: name, name: "cannot be read", input: Data(), expected: [], isRefused: false)]
            }
            return (node["cases"]?.array() ?? []).map { one in
                Case(
                    calculation: calculation, name: one["name"]?.string ?? "",
                    input: Data(json(one["input"] ?? Node("")).utf8),
                    expected: (one["expected"]?.mapping ?? [:]).map { ($0.key.string ?? "", json($0.value)) },
                    isRefused: one["refused"]?.bool ?? false)
            }
        }
    }()

    /// A node as JSON.
    static func json(_ node: Node) -> String {
        if let mapping = node.mapping {
            return "{" + mapping.map { "\(quoted($0.key.string ?? "")):\(json($0.value))" }.joined(separator: ",") + "}"
        }
        if let sequence = node.sequence { return "[" + sequence.map(json).joined(separator: ",") + "]" }
        guard let scalar = node.scalar else { return "null" }
        if scalar.style == .plain {
            if scalar.string == "null" || scalar.string.isEmpty || scalar.string == "~" { return "null" }
            if scalar.string == "true" || scalar.string == "false" { return scalar.string }
            if Double(scalar.string) != nil, Day(scalar.string) == nil { return scalar.string }
        }
        return quoted(scalar.string)
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    @Test(arguments: cases)
    func `a worked example comes out as the law reads`(one: Case) throws {
        let table = try Self.table.get()
        let calculation = try Calculation.named(one.calculation)
        if one.isRefused {
            #expect(throws: LegislationError.self) { _ = try calculation.answer(one.input, table) }
            return
        }
        let answer = try calculation.answer(one.input, table, explains: true)
        for (name, value) in one.expected {
            let found = try #require(answer.outputs.first { $0.name == name }, "no output \(name)")
            let encoded = String(decoding: try JSONEncoder().encode(found.value), as: UTF8.self)
            #expect(Self.same(encoded, value), "\(name): \(encoded), wanted \(value)")
        }
        #expect(!answer.steps.isEmpty && !answer.used.isEmpty)
    }

    /// Numbers by value, everything else by text.
    static func same(_ left: String, _ right: String) -> Bool {
        if let first = Double(left), let second = Double(right) { return abs(first - second) < 1e-9 }
        return left == right || left.replacing("\\/", with: "/") == right
    }

    @Test
    func `there are as many examples as were asked for, and every calculation has some`() {
        #expect(Self.cases.count >= 120)
        for calculation in Calculation.all {
            #expect(Self.cases.contains { $0.calculation == calculation.name }, "\(calculation.name)")
        }
    }
}
