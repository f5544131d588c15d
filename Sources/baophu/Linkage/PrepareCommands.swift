import ArgumentParser
import Foundation
import Linkage

struct LinkageProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "Tells what the columns of a file hold.")

    @Argument(help: "CSV, or XLSX (its first sheet).")
    var file: String

    @OptionGroup var answer: JSONOption

    private struct Column: Encodable {
        struct Value: Encodable {
            let value: String
            let count: Int
        }

        let name: String
        let kind: String
        let filled: Int
        let distinct: Int
        let shortest: Int
        let longest: Int
        /// The chance that two rows share a value.
        let collision: Double
        let common: [Value]
    }

    private struct Answer: Encodable {
        let rows: Int
        let columns: [Column]
    }

    func run() async throws {
        try await reporting {
            let profile = try await FileProfile(
                LinkFiles.list(file), threads: ProcessInfo.processInfo.activeProcessorCount)
            let found = Answer(
                rows: profile.rows,
                columns: profile.columns.map { column in
                    Column(
                        name: column.name, kind: column.kind.rawValue, filled: column.filled, distinct: column.distinct,
                        shortest: column.lengths.lowerBound, longest: column.lengths.upperBound,
                        collision: column.collision,
                        common: column.common.map { Column.Value(value: $0.value, count: $0.count) })
                })
            if answer.json { return try sayJSON(found) }
            say("\(found.rows) rows")
            for column in found.columns {
                let share = String(format: "%.1f", Double(column.filled) * 100 / Double(max(found.rows, 1)))
                say(
                    "\(column.name): \(column.kind), \(share) % filled, \(column.distinct) distinct, \(column.shortest)–\(column.longest) bytes; "
                        + column.common.prefix(3).map { "“\($0.value)” \($0.count)" }.joined(separator: ", "))
            }
        }
    }
}

struct LinkageSuggestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest", abstract: "Writes a first settings file from the data alone.")

    @Argument(help: "The first file, or the only one.")
    var left: String

    @Argument(help: "The second file; without it, settings to find the doubles of the first.")
    var right: String?

    @Option(help: "The column of ids.")
    var id: String?

    @Option(help: "Where the settings go, as YAML.")
    var output: String

    @Flag(help: "Write over a file that is there.")
    var force = false

    @Flag(help: "Leaves out what to expect and what to ask, which takes a run of its own and some smaller ones.")
    var quick = false

    @OptionGroup var answer: JSONOption

    private struct Answer: Encodable {
        struct Expected: Encodable {
            let pairs: Int
            let precision: Double
            let recall: Double
            let f1: Double
            /// Matches thought to be compared and not taken, and never compared.
            let passedOver: Double
            let unseen: Double
        }

        let columns: [String: String]
        let blocking: [String]
        let notes: [String]
        /// Left out with `--quick`.
        let expected: Expected?
        let questions: [SuggestionQuestion]?
    }

    func run() async throws {
        try await reporting {
            try LinkFiles.check(outputs: [output], inputs: [left, right])
            if !force, FileManager.default.fileExists(atPath: output) {
                throw ValidationError("\(output) is there already; --force writes over it")
            }
            let suggestion = try await Suggestion(
                left: LinkFiles.list(left), right: right.map(LinkFiles.list), id: id,
                threads: ProcessInfo.processInfo.activeProcessorCount, givesAccount: !quick)
            try LinkFiles.write(output, text: suggestion.yaml)
            let found = Answer(
                columns: suggestion.settings.columns.mapValues(\.kind.rawValue), blocking: suggestion.settings.blocking,
                notes: suggestion.notes,
                expected: suggestion.expectation.map {
                    .init(
                        pairs: $0.taken, precision: $0.precision, recall: $0.recall, f1: $0.f1,
                        passedOver: $0.passedOver, unseen: $0.unseen)
                },
                questions: quick ? nil : suggestion.questions)
            if answer.json { return try sayJSON(found) }
            for note in found.notes { say("lưu ý: \(note)") }
            say("\(found.columns.count) columns, \(found.blocking.count) blocking rules; look through \(output)")
            for line in suggestion.account { say(line) }
        }
    }
}

struct LinkageSplinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-splink", abstract: "Reads a model that Splink saved and writes it as ours.")

    @Argument(help: "JSON of save_model_to_json.")
    var file: String

    @Option(help: "Where the model goes, as JSON.")
    var output: String

    func run() async throws {
        try await reporting(settings: file) {
            let (model, notes) = try SplinkModel.read(LinkFiles.bytes(file))
            try LinkFiles.save(model, to: output)
            for note in notes { say("lưu ý: \(note)") }
            say("\(model.comparisons.count) comparisons, \(model.settings.blocking.count) blocking rules")
        }
    }
}
