import Overview
import Access
import ArgumentParser
import Assembly
import Figures
import Files
import Foundation
import Kernel
import PlanText
import Tabular
import Targets
import Work

struct TargetsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "targets", abstract: "Targets of communes.", subcommands: [TargetsImportCommand.self])
}

struct TargetsImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Loads a table of targets: commune (code or name), year, total, voluntary, document.")

    @Argument(help: "The file: XLSX or CSV.")
    var file: String

    @Option(help: "The year, for a table without a column of it.")
    var year: Int?

    @Option(help: "The deciding document, for a table without a column of it.")
    var document = ""

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        struct Note: Encodable {
            let row: Int
            let column: String
            let value: String
            let message: String

            init(_ note: CellNote) {
                (row, column, value, message) = (note.row, note.column, note.value, note.message)
            }
        }

        let accepted: Int
        let unchanged: Int
        let errors: [Note]
        let skipped: [Note]
    }

    func run() async throws {
        try await reporting {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Refusal(.notFound, "Không đọc được tệp \(file).")
            }
            let incoming = IncomingFile(
                name: URL(fileURLWithPath: file).lastPathComponent, mediaType: "application/octet-stream",
                bytes: Array(data))
            let load = try await withFigures(try await settings.read(), keeps: true) { system in
                // Nobody on the command line is a second person.
                guard !system.services.pairs.needsTwo(.decideTargets) else {
                    throw Refusal(
                        .forbidden,
                        "Ở đây chỉ tiêu phải do hai người quyết định (decisions.two-people): hãy ghi quyết định ở mục Phân bổ."
                    )
                }
                return try await system.targets.loadTargets(
                    incoming, year: year, document: document, by: .commandLine)
            }
            if output.json {
                try sayJSON(
                    Answer(
                        accepted: load.accepted.count, unchanged: load.unchanged,
                        errors: load.errors.map(Answer.Note.init),
                        skipped: (load.skipped + load.silent).map(Answer.Note.init)))
            } else {
                for note in load.errors { say("LỖI      \(note.sentence)") }
                for note in load.skipped + load.silent { say("BỎ QUA   \(note.sentence)") }
                say(
                    "\(load.accepted.count) chỉ tiêu mới hoặc thay đổi, \(load.unchanged) không đổi, \(load.errors.count) lỗi."
                )
            }
            if load.accepted.isEmpty, load.unchanged == 0 { throw ExitCode(65) }
        }
    }
}
