import ArgumentParser
import Assembly
import Foundation
import Kernel
import Legislation

struct LawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "law", abstract: "Parameters of the law by date, and calculations that explain themselves.",
        discussion: "docs/law.md describes the calculations. Illustrations: the social insurance agency decides.",
        subcommands: [
            LawGetCommand.self, LawListCommand.self, LawDescribeCommand.self, LawCalculateCommand.self,
            LawClockCommand.self,
        ])
}

/// Where the parameters are.
struct LawOptions: ParsableArguments {
    @Option(
        help:
            "Folder of the parameters' files, alone. Left out: the configured folder, with what administrators entered on screen over it."
    )
    var legislation: String?

    /// The same table as the server's, where its database is there.
    func table() async throws -> ParameterTable {
        if let legislation { return try ParameterTable(folder: URL(fileURLWithPath: legislation)) }
        return try await Settings.read(flags: [:]).lawTable()
    }

    static func day(_ text: String?, field: String = "on") throws -> Day {
        guard let text else { return Clock.machine.today }
        guard let day = Day(text) else {
            throw LegislationError.input(field: field, reason: "“\(text)” không phải ngày yyyy-MM-dd")
        }
        return day
    }
}

struct LawGetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "get", abstract: "Tells a parameter's value on a day.")

    @Argument(help: "The parameter, as in voluntary.rate.")
    var key: String

    @Option(help: "The day, yyyy-MM-dd; today when left out.")
    var on: String?

    @OptionGroup var options: LawOptions
    @OptionGroup var answer: JSONOption

    func run() async throws {
        try await reporting {
            let table = try await options.table()
            let day = try LawOptions.day(on)
            let (parameter, dated) = (try table.parameter(key), try table.dated(key, on: day))
            if answer.json { return try sayJSON(ParameterReport(parameter, dated)) }
            say("\(parameter.name): \(dated.value.vietnamese(parameter.unit))")
            say(
                "từ \(dated.from.vietnamese)\(dated.to.map { " đến \($0.vietnamese)" } ?? ""); \(dated.source); \(dated.confidence.words)"
            )
            if let note = dated.note { say(note) }
        }
    }
}

struct LawListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the parameters in force on a day, or what changes from one day to another.")

    @Option(help: "The day, yyyy-MM-dd; today when left out.")
    var on: String?

    @Option(help: "Only what differs from this day.")
    var since: String?

    @Flag(help: "Only the documents that values wait for: those that end within 60 days, or have ended.")
    var awaited = false

    @OptionGroup var options: LawOptions
    @OptionGroup var answer: JSONOption

    func run() async throws {
        try await reporting {
            let table = try await options.table()
            let day = try LawOptions.day(on)
            if awaited { return try tellAwaited(table, on: day) }
            let since = try since.map { try LawOptions.day($0) }
            let rows =
                since.map { first in
                    table.changes(from: first, to: day).compactMap { change in
                        change.after.map { ParameterReport(change.parameter, $0) }
                    }
                }
                ?? table.parameters.compactMap { parameter in
                    parameter.value(on: day).map { ParameterReport(parameter, $0) }
                }
            if answer.json { return try sayJSON(rows) }
            for row in rows {
                say("\(row.key)\t\(row.value)\t\(row.unit)\t\(row.from)\t\(row.confidence)\t\(row.source)")
            }
        }
    }
}

extension LawListCommand {
    private struct Awaited: Encodable {
        struct Value: Encodable {
            let key: String?
            let name: String
            let draft: String?
        }

        let document: String
        let lastDay: Day
        let values: [Value]
    }

    private func tellAwaited(_ table: ParameterTable, on day: Day) throws {
        let found = table.awaited(on: day)
        if answer.json {
            return try sayJSON(
                found.map { one in
                    Awaited(
                        document: one.document, lastDay: one.lastDay,
                        values: one.values.map { .init(key: $0.key, name: $0.name, draft: $0.draft) })
                })
        }
        for document in found {
            say("\(document.lastDay)\t\(document.document)")
            for value in document.values {
                say("\t\(value.key ?? "-")\t\(value.name)\(value.draft.map { "\t\($0)" } ?? "")")
            }
        }
    }
}

struct LawDescribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Tells the inputs and outputs of the calculations, with units.")

    @Argument(help: "A calculation; all when left out.")
    var name: String?

    @OptionGroup var options: LawOptions
    @OptionGroup var answer: JSONOption

    private struct Description: Encodable {
        let name: String
        let summary: String
        let inputs: [Calculation.Field]
        let outputs: [Calculation.Field]
    }

    func run() async throws {
        try await reporting {
            let found = try name.map { [try Calculation.named($0)] } ?? Calculation.all
            if answer.json {
                return try sayJSON(
                    found.map {
                        Description(name: $0.name, summary: $0.summary, inputs: $0.inputs, outputs: $0.outputs)
                    })
            }
            for calculation in found {
                say("\(calculation.name): \(calculation.summary)")
                for (title, fields) in [("in ", calculation.inputs), ("out", calculation.outputs)] {
                    for field in fields {
                        say(
                            "  \(title) \(field.name)\(field.isRequired ? "*" : ""): \(field.type)\(field.unit.map { " (\($0))" } ?? "")\(field.meaning.isEmpty ? "" : "; \(field.meaning)")"
                        )
                    }
                }
            }
        }
    }
}

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
