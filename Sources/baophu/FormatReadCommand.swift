import ArgumentParser
import Assembly
import Formats
import Foundation
import Kernel
import Tabular

struct FormatsReadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Reads a file by a format and counts what became of its rows. Keeps nothing.",
        discussion: """
            --records writes a line of JSON for each row taken, --returned one for each row returned with its reason: both hold \
            what the list holds, so keep them as you keep the list.
            """)

    @Argument(help: "XLSX, CSV, or XML where the format reads it.")
    var file: String

    @Option(help: "Key of the format; recognised when left out and sure.")
    var format: String?

    @Option(
        help: "Old encoding to read the file's text from, after looking at a sample: tcvn3 or vni.",
        transform: { text in
            if let encoding = OldEncoding(rawValue: text) { return encoding }
            throw ValidationError("give tcvn3 or vni")
        })
    var accept: OldEncoding?

    @Option(help: ArgumentHelp("Write the rows taken here, a line of JSON each.", valueName: "file"))
    var records: String?

    @Option(help: ArgumentHelp("Write the rows returned here, a line of JSON each.", valueName: "file"))
    var returned: String?

    @OptionGroup var options: FormatOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reporting {
            let folder = try await options.folder()
            let context = try await options.context(accepting: accept)
            let format = try chosen(folder, context)
            let start = ContinuousClock.now
            let reader = try FormatReader(RowSource(file: file), format: format, context: context)
            let lines = (try LineFile(records), try LineFile(returned))
            var samples: [ReturnedRow] = []
            while let outcome = try reader.next() {
                try Task.checkCancellation()
                switch outcome {
                case .taken(let row):
                    try lines.0?.write(
                        "{\"row\":\(row.row),\"sheet\":\(Self.quoted(row.sheet)),\"values\":\(row.values.json)}")
                case .returned(let row):
                    if samples.count < 20 { samples.append(row) }
                    try lines.1?.write(
                        "{\"reason\":\"\(row.reason.rawValue)\",\"row\":\(row.row),\"sentence\":\(Self.quoted(row.sentence))}"
                    )
                }
            }
            try lines.0?.close()
            try lines.1?.close()
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let answer = Answer(format.key, reader.summary, seconds)
            if output.json { return try sayJSON(answer) }
            say(
                "\(format.key): \(answer.rows) rows, \(answer.taken) taken (\(answer.repaired) with repairs), \(answer.data - answer.taken) returned, \(String(format: "%.2f", seconds)) s, \(answer.peakMemoryMB) MB"
            )
            for (title, counts) in [
                ("returned", answer.returned), ("repairs", answer.repairs), ("doubts", answer.doubts),
                ("passed over", answer.passedOver), ("other sheets", answer.otherSheets),
            ] where !counts.isEmpty {
                let listed = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                say("  \(title): \(listed.joined(separator: ", "))")
            }
            for (sheet, headings) in answer.unread.sorted(by: { $0.key < $1.key }) {
                say("  not read\(sheet.isEmpty ? "" : " in \(sheet)"): \(headings.joined(separator: ", "))")
            }
            if !answer.hiddenSheets.isEmpty {
                say("  hidden, not read: \(answer.hiddenSheets.joined(separator: ", "))")
            }
            for row in samples { say("  \(row.sentence)") }
        }
    }

    private func chosen(_ folder: FormatFolder, _ context: ReadingContext) throws -> Format {
        if let key = format {
            if let found = folder.formats[key] { return found }
            let nearest = Nearest.name(to: key, among: folder.all.map(\.key))
            throw ValidationError(
                "--format \(key): there is none"
                    + (nearest.map { "; do you mean \($0)?" } ?? "; see `baophu formats list`"))
        }
        let found = try Recognition(RowSource(file: file), among: folder.all, context: context)
        guard let sure = found.sure, let format = folder.formats[sure.format] else {
            let near = found.candidates.prefix(3).map { "\($0.format) (\($0.score))" }.joined(separator: ", ")
            throw ValidationError("not sure which list it is\(near.isEmpty ? "" : ": \(near)"); say with --format")
        }
        return format
    }

    private static func quoted(_ text: String) -> String {
        (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }

    private struct Answer: Encodable {
        let format: String
        let rows: Int
        let data: Int
        let taken: Int
        let repaired: Int
        let returned: [String: Int]
        let repairs: [String: Int]
        let doubts: [String: Int]
        let passedOver: [String: Int]
        let otherSheets: [String: Int]
        let hiddenSheets: [String]
        let unread: [String: [String]]
        let seconds: Double
        let peakMemoryMB: Int

        init(_ key: String, _ summary: ReadingSummary, _ seconds: Double) {
            func named<Kind: RawRepresentable<String>>(_ counts: [Kind: Int]) -> [String: Int] {
                Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
            }
            format = key
            (rows, data, taken, repaired) = (summary.rows, summary.data, summary.taken, summary.repaired)
            (returned, repairs, doubts) = (named(summary.returned), named(summary.repairs), named(summary.doubts))
            (passedOver, otherSheets, unread) = (named(summary.passedOver), summary.otherSheets, summary.unread)
            hiddenSheets = summary.hiddenSheets
            self.seconds = seconds
            peakMemoryMB = LinkAnswer.peakMemory
        }
    }
}

/// Lines written as they come, in pieces; the file appears whole or not at all.
private final class LineFile {
    private let path: String
    private let part: String
    private let handle: FileHandle
    private var waiting = Data()

    /// - Returns: nil where no file is wanted.
    init?(_ path: String?) throws {
        guard let path else { return nil }
        self.path = path
        part = path + ".part"
        guard FileManager.default.createFile(atPath: part, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw ValidationError("\(path): no file can be written there")
        }
        handle = try FileHandle(forWritingTo: URL(fileURLWithPath: part))
    }

    func write(_ line: String) throws {
        waiting += Data(line.utf8)
        waiting.append(10)
        guard waiting.count > 1 << 20 else { return }
        try handle.write(contentsOf: waiting)
        waiting.removeAll(keepingCapacity: true)
    }

    func close() throws {
        try handle.write(contentsOf: waiting)
        try handle.close()
        guard rename(part, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
