import ArgumentParser
import Assembly
import Formats
import Foundation
import Kernel
import PlanText
import Province
import Tabular

struct FormatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats",
        abstract:
            "Kinds of list that are delivered: list and check them, tell which a file is, read one. Needs no database.",
        subcommands: [
            FormatsListCommand.self, FormatsCheckCommand.self, FormatsRecogniseCommand.self, FormatsReadCommand.self,
            FormatsSuggestCommand.self,
        ])
}

/// Where the formats stand, and what a file is read with.
struct FormatOptions: ParsableArguments {
    @Option(help: "Folder of the formats; the setting formats when left out.")
    var formats: String?

    @OptionGroup var settings: SettingsOptions

    /// - Throws: all faults of the folder's files.
    func folder() async throws -> FormatFolder {
        let folder = try await unchecked()
        guard folder.faults.isEmpty else { throw DataFaults(folder.faults) }
        return folder
    }

    func unchecked() async throws -> FormatFolder {
        guard let path = formats else {
            guard let path = try await settings.read().formatFolder else {
                throw ValidationError(
                    "there are no formats: set formats (see `baophu doctor`) or give --formats FOLDER")
            }
            return try Self.load(path)
        }
        return try Self.load(path)
    }

    static func load(_ path: String) throws -> FormatFolder {
        let place = URL(fileURLWithPath: path)
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw DataFault(file: path, line: 0, reason: "không đọc được thư mục; hãy kiểm tra đường dẫn và quyền đọc")
        }
        return FormatFolder.load(names) { name in
            (try? Data(contentsOf: place.appendingPathComponent(name))).map { [UInt8]($0) }
        }
    }

    /// With the communes of the plan's province, where there is one.
    func context(accepting encoding: OldEncoding?) async throws -> ReadingContext {
        let plan = try? PlanFolder.load(try await settings.read().planFolder)
        return ReadingContext(
            today: Clock.machine.today, communes: plan.map { CommuneFinder($0.communes) }, accepted: encoding)
    }
}

struct FormatsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the kinds of list, with where each layout is from and how sure it is.")

    @OptionGroup var options: FormatOptions
    @OptionGroup var output: JSONOption

    private struct Line: Encodable {
        let key: String
        let title: String
        let record: String
        let confidence: String
        let source: String
        let senders: [String]
        let columns: Int
        let needed: [String]
        let note: String?
    }

    func run() async throws {
        try await reporting {
            let lines = try await options.folder().all.map { format in
                Line(
                    key: format.key, title: format.title, record: format.record.rawValue,
                    confidence: format.confidence.rawValue, source: format.source, senders: format.senders,
                    columns: format.columns.count, needed: format.needed.map(\.name), note: format.note)
            }
            if output.json { return try sayJSON(lines) }
            for line in lines {
                say("\(line.key.padding(to: 22)) \(line.confidence.padding(to: 10)) \(line.title)")
            }
        }
    }
}

struct FormatsCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks a folder of formats; names file, line and reason of each fault.")

    @Argument(help: "The folder; the setting formats when left out.")
    var folder: String?

    @OptionGroup var options: FormatOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        struct Fault: Encodable {
            let file: String
            let line: Int
            let reason: String
        }

        let ok: Bool
        let formats: [String]
        let faults: [Fault]
    }

    func run() async throws {
        try await reporting {
            let found =
                if let folder { try FormatOptions.load(folder) } else { try await options.unchecked() }
            let faults = found.faults.map { Answer.Fault(file: $0.file, line: $0.line, reason: $0.reason) }
            if output.json {
                try sayJSON(Answer(ok: faults.isEmpty, formats: found.all.map(\.key), faults: faults))
                if !faults.isEmpty { throw ExitCode(65) }
                return
            }
            guard faults.isEmpty else { throw DataFaults(found.faults) }
            say("\(found.all.count) formats, no fault: \(found.all.map(\.key).joined(separator: ", ")).")
        }
    }
}

struct FormatsRecogniseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recognise",
        abstract: "Tells which kind of list a file is, by headings and contents, how sure and why.")

    @Argument(help: "XLSX or CSV.")
    var file: String

    @OptionGroup var options: FormatOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        struct Candidate: Encodable {
            let format: String
            let title: String
            let score: Int
            let reasons: [String]
            let missing: [String]
        }

        /// What may be taken without asking.
        let sure: String?
        let candidates: [Candidate]
    }

    func run() async throws {
        try await reporting {
            let formats = try await options.folder().all
            let context = try await options.context(accepting: nil)
            let found = try Recognition(RowSource(file: file), among: formats, context: context)
            if output.json {
                return try sayJSON(
                    Answer(
                        sure: found.sure?.format,
                        candidates: found.candidates.map {
                            .init(
                                format: $0.format, title: $0.title, score: $0.score, reasons: $0.reasons,
                                missing: $0.missing)
                        }))
            }
            guard !found.candidates.isEmpty else {
                return say("None of \(formats.count) formats; `baophu formats suggest` proposes a new one.")
            }
            for candidate in found.candidates.prefix(5) {
                say("\(candidate.score)  \(candidate.format.padding(to: 22)) \(candidate.title)")
                for reason in candidate.reasons { say("      \(reason)") }
                if !candidate.missing.isEmpty { say("      thiếu cột: \(candidate.missing.joined(separator: ", "))") }
            }
            say(found.sure.map { "It is \($0.format)." } ?? "Not sure: say which with --format.")
        }
    }
}

struct FormatsSuggestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest",
        abstract: "Proposes a first format for a file never seen, by its columns' names and contents.")

    @Argument(help: "XLSX or CSV.")
    var file: String

    @Option(help: "Key of the new format: lower-case letters, digits and hyphens.")
    var key = "new-list"

    @Option(
        help: "What its rows tell of, as formats name it; guessed from the columns when left out.",
        transform: { text in
            if let kind = RecordKind(rawValue: text) { return kind }
            throw ValidationError("give one of \(RecordKind.allCases.map(\.rawValue).joined(separator: ", "))")
        })
    var record: RecordKind?

    @Option(
        name: .customLong("output"),
        help: ArgumentHelp("Folder to write KEY.yaml into; standard output when left out.", valueName: "folder"))
    var folder: String?

    @OptionGroup var options: FormatOptions

    func validate() throws {
        guard !Format.isKey(key) else { return }
        throw ValidationError("--key \(key): lower-case letters, digits and single hyphens between them")
    }

    func run() async throws {
        try await reporting {
            let found = try FormatSuggestion(
                RowSource(file: file), key: key, record: record, among: try await options.folder().all,
                context: try await options.context(accepting: nil))
            guard let folder else { return FileHandle.standardOutput.write(Data(found.yaml.utf8)) }
            let place = URL(fileURLWithPath: folder).appendingPathComponent("\(key).yaml")
            guard !FileManager.default.fileExists(atPath: place.path) else {
                throw ValidationError("\(place.path) is there already: give another --key")
            }
            try Data(found.yaml.utf8).write(to: place)
            say("Wrote \(place.path); look it through, then `baophu formats check \(folder)`.")
            if !found.unread.isEmpty { say("Columns nothing was found for: \(found.unread.joined(separator: ", ")).") }
        }
    }
}
