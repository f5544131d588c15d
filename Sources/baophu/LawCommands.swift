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
