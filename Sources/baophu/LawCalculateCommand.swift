import ArgumentParser
import Foundation
import Legislation

struct LawCalculateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calculate",
        abstract:
            "Calculates from a JSON object, or from one a line; answers the same way. A bad line is answered with its error.",
        discussion:
            """
            Without a name each line is a case: {"calculation": "fine", "input": {…}, "expect": {"from": 5000000}}. Where something is \
            expected ("error" for what must be refused), the answer says whether it agrees; a case that differs ends with 1.
            """
    )

    @Argument(help: "The calculation; `law describe` lists them. Left out: each line names its own.")
    var name: String?

    @Option(help: "A file, or - for standard input.")
    var input: String

    @Flag(help: "Add the steps, with articles, and the parameters used.")
    var explain = false

    @OptionGroup var options: LawOptions
    @OptionGroup var answer: JSONOption

    private struct Failure: Encodable {
        let line: Int
        let error: String
    }

    /// What some lines came to.
    private struct Part {
        let number: Int
        var output = Data()
        var failures = 0
        var agreeing = 0
        var differing = 0

        init(number: Int) { self.number = number }

        mutating func take(_ verdict: WorkedCase.Verdict) throws {
            output += try verdict.json()
            switch verdict.agrees {
            case true?: agreeing += 1
            case false?: differing += 1
            case nil: if case .failure = verdict.answer { failures += 1 }
            }
        }
    }

    func run() async throws {
        try await reporting {
            let calculation = try name.map { try Calculation.named($0) }
            let table = try await options.table()
            let file: FileHandle
            if input == "-" {
                file = .standardInput
            } else {
                guard let handle = FileHandle(forReadingAtPath: input) else {
                    throw LegislationError.input(field: "input", reason: "không đọc được \(input)")
                }
                file = handle
            }
            var lines = 0
            var bad = 0
            var (agreeing, differing) = (0, 0)
            var buffer = Data()
            /// Answers whole lines, on all cores, in their order.
            func take(_ batch: [Data]) async throws {
                let first = lines + 1
                lines += batch.count
                let explains = explain
                let parts = max(min(ProcessInfo.processInfo.activeProcessorCount, batch.count), 1)
                let answers = try await withThrowingTaskGroup(of: Part.self) { group in
                    for part in 0..<parts {
                        let range = (batch.count * part / parts)..<(batch.count * (part + 1) / parts)
                        group.addTask {
                            var answer = Part(number: part)
                            for index in range {
                                do {
                                    if let calculation {
                                        let one = try calculation.answer(batch[index], table, explains: explains)
                                        answer.output += try one.json()
                                    } else {
                                        let one = try WorkedCase(line: batch[index])
                                        try answer.take(one.judged(table, explains: explains))
                                    }
                                } catch let error as LegislationError {
                                    answer.failures += 1
                                    answer.output += try JSONEncoder().encode(
                                        Failure(line: first + index, error: "\(error)"))
                                }
                                answer.output.append(10)
                            }
                            return answer
                        }
                    }
                    var answers: [Part] = []
                    for try await answer in group { answers.append(answer) }
                    return answers.sorted { $0.number < $1.number }
                }
                for answer in answers {
                    FileHandle.standardOutput.write(answer.output)
                    bad += answer.failures
                    agreeing += answer.agreeing
                    differing += answer.differing
                }
            }
            func isBlank(_ line: Data) -> Bool { !line.contains { $0 > 32 } }
            // One object over several lines, or an object a line: told by the first line.
            var isWhole: Bool?
            while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty {
                buffer += chunk
                if isWhole == nil, let end = buffer.firstIndex(of: 10) {
                    isWhole = (try? JSONSerialization.jsonObject(with: buffer[..<end])) == nil
                }
                guard isWhole == false else { continue }
                var batch: [Data] = []
                var start = buffer.startIndex
                while let end = buffer[start...].firstIndex(of: 10) {
                    if !isBlank(buffer[start..<end]) { batch.append(buffer[start..<end]) }
                    start = end + 1
                }
                try await take(batch)
                buffer = Data(buffer[start...])
            }
            if !isBlank(buffer) { try await take([buffer]) }
            if agreeing + differing > 0 { complain("\(agreeing) as expected, \(differing) not") }
            if lines > 0, bad == lines { throw ExitCode(65) }
            if bad > 0 { complain("\(bad) of \(lines) lines could not be calculated") }
            if differing > 0 { throw ExitCode(1) }
        }
    }
}
