import Access
import ArgumentParser
import Assembly
import Figures
import Files
import Foundation
import Kernel
import Tabular
import Province

/// What an import came to, as JSON writes it.
private struct ImportAnswer: Encodable {
    struct Note: Encodable {
        let row: Int
        let column: String
        let heading: String
        let value: String
        let message: String
        let sheet: String

        init(_ note: CellNote) {
            row = note.row
            column = note.column
            heading = note.heading
            value = note.value
            message = note.message
            sheet = note.sheet
        }
    }

    struct Totals: Encodable {
        let compulsory: Int?
        let voluntary: Int?

        // A scheme that the file does not have is null, not zero.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(compulsory, forKey: .compulsory)
            try container.encode(voluntary, forKey: .voluntary)
        }

        enum Keys: String, CodingKey { case compulsory, voluntary }
    }

    let file: String
    let dryRun: Bool
    let months: [String]
    let accepted: Int
    let repaired: Int
    let errors: [Note]
    let warnings: [Note]
    let repairs: [Note]
    let totals: Totals
    let added: Int
    let changed: Int
    let unchanged: Int
    let batch: Int?
    let silent: [String]
    let skipped: [Note]
    let ignoredColumns: [String]

    // Without a batch its number is null, not left out.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(file, forKey: .file)
        try container.encode(dryRun, forKey: .dryRun)
        try container.encode(months, forKey: .months)
        try container.encode(accepted, forKey: .accepted)
        try container.encode(repaired, forKey: .repaired)
        try container.encode(errors, forKey: .errors)
        try container.encode(warnings, forKey: .warnings)
        try container.encode(repairs, forKey: .repairs)
        try container.encode(totals, forKey: .totals)
        try container.encode(added, forKey: .added)
        try container.encode(changed, forKey: .changed)
        try container.encode(unchanged, forKey: .unchanged)
        try container.encode(batch, forKey: .batch)
        try container.encode(silent, forKey: .silent)
        try container.encode(skipped, forKey: .skipped)
        try container.encode(ignoredColumns, forKey: .ignoredColumns)
    }

    enum Keys: String, CodingKey {
        case file, dryRun, months, accepted, repaired, errors, warnings, repairs, totals, added, changed, unchanged,
            batch, silent, skipped
        case ignoredColumns
    }

    init(file: String, dryRun: Bool, _ outcome: ImportOutcome) {
        let reading = outcome.reading
        self.file = file
        self.dryRun = dryRun
        months = reading.months.map(\.description)
        accepted = reading.acceptedRows
        repaired = reading.repairs.count
        errors = reading.errors.map(Note.init)
        warnings = reading.warnings.map(Note.init)
        repairs = reading.repairs.map(Note.init)
        func total(_ scheme: Scheme) -> Int? {
            reading.figures.contains { $0.scheme == scheme } ? reading.total(scheme) : nil
        }
        totals = Totals(compulsory: total(.compulsory), voluntary: total(.voluntary))
        added = outcome.added
        changed = outcome.changed
        unchanged = outcome.unchanged
        batch = outcome.batch
        silent = reading.silent.map(\.text)
        skipped = reading.skipped.map(Note.init)
        ignoredColumns = reading.ignoredColumns
    }

    /// For a file that cannot be read at all.
    init(file: String, dryRun: Bool, failure: String) {
        self.file = file
        self.dryRun = dryRun
        (months, accepted, repaired) = ([], 0, 0)
        errors = [Note(CellNote(row: 0, value: file, message: failure))]
        (warnings, repairs, silent, skipped, ignoredColumns) = ([], [], [], [], [])
        totals = Totals(compulsory: nil, voluntary: nil)
        (added, changed, unchanged, batch) = (0, 0, 0, nil)
    }
}

struct FiguresImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Reads an Excel or CSV file of participants by commune and takes its figures.",
        discussion: """
            Rows with an error are left out and listed; the others are taken: up to \(FigureJobs.mostAtOnce) figures in one \
            transaction, more month by month, so that a running server goes on (an import that was stopped is finished by \
            importing the file again). The same file again changes nothing; a corrected file replaces what differs and keeps \
            the history. A database that is not there is made.
            Exit code 65 when nothing can be read; with --strict also when any row is left out.
            """)

    @Argument(help: "The file: XLSX, or CSV in UTF-8, UTF-16 or TCVN3.")
    var file: String

    @Option(help: "The month of the figures (2026-09), when the file does not say it or to insist on it.")
    var month: Month?

    @Option(help: "Who answers for the figures; the file's first title line when left out.")
    var source = ""

    @Flag(help: "Read and report, keep nothing.")
    var dryRun = false

    @Flag(help: "Also take figures that jump against the months before.")
    var acceptJumps = false

    @Option(
        help: ArgumentHelp(
            "Why the sum of a month moves as much as it does, where it moves more than a file may without a word.",
            valueName: "reason"))
    var whole = ""

    @Flag(help: "Exit with 65 when a row is left out.")
    var strict = false

    @Option(help: "Write the file back with a column “Lý do” to this path.")
    var returned: String?

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reporting {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Refusal(.notFound, "Không đọc được tệp \(file).")
            }
            let name = URL(fileURLWithPath: file).lastPathComponent
            do {
                let (outcome, reader) = try await outcome(Array(data), name: name)
                try tell(ImportAnswer(file: name, dryRun: dryRun, outcome), outcome.reading)
                if !output.json {
                    for move in outcome.moves where move.isLarge { say("TỔNG SỐ  \(move.sentence)") }
                }
                if let returned {
                    try Data(try ReturnedFile.bytes(TableFile(Array(data)), outcome.reading, by: reader)).write(
                        to: URL(fileURLWithPath: returned))
                }
                if strict, !outcome.reading.errors.isEmpty { throw ExitCode(65) }
                if outcome.reading.acceptedRows == 0 { throw ExitCode(65) }
            } catch let error where error is FigureFileError || error is TableFileError {
                if output.json {
                    try sayJSON(ImportAnswer(file: name, dryRun: dryRun, failure: "\(error)"))
                } else {
                    complain("\(name): \(error)")
                }
                throw ExitCode(65)
            }
        }
    }

    private func outcome(_ bytes: [UInt8], name: String) async throws -> (ImportOutcome, FigureReader) {
        let settings = try await settings.read()
        let file = IncomingFile(name: name, mediaType: "application/octet-stream", bytes: bytes)
        return try await withFigures(settings, keeps: !dryRun) { system in
            let outcome =
                dryRun
                ? try await system.figures.preview(file, month: month, acceptsJumps: acceptJumps)
                : try await system.figures.importFile(
                    file, month: month, source: source, acceptsJumps: acceptJumps, whole: whole, by: .commandLine)
            return (outcome, system.figures.reader)
        }
    }

    private func tell(_ answer: ImportAnswer, _ reading: FigureReading) throws {
        if output.json { return try sayJSON(answer) }
        for note in reading.errors { say("LỖI      \(note.sentence)") }
        for note in reading.warnings { say("LƯU Ý    \(note.sentence)") }
        if !reading.silent.isEmpty {
            say("CHƯA CÓ  Không có số nào ở dòng của: \(reading.silent.map(\.text).joined(separator: ", "))")
        }
        if !reading.skipped.isEmpty {
            say(
                "BỎ QUA   \(reading.skipped.count) dòng không phải đơn vị (nhóm, tổng, ghi chú): dòng \(reading.skipped.prefix(20).map { String($0.row) }.joined(separator: ", "))\(reading.skipped.count > 20 ? " …" : "")"
            )
        }
        if !reading.ignoredColumns.isEmpty {
            say("BỎ QUA   Cột không dùng: \(reading.ignoredColumns.joined(separator: "; "))")
        }
        say(
            "\(answer.file): \(answer.accepted) dòng nhận, \(reading.rejectedRows.count) dòng trả lại, \(answer.repaired) ô tự sửa; "
                + "tháng \(reading.months.map(\.vietnamese).joined(separator: ", ")); bắt buộc \(answer.totals.compulsory.map { VietnameseText.grouped($0) } ?? "chưa có số liệu"), "
                + "tự nguyện \(answer.totals.voluntary.map { VietnameseText.grouped($0) } ?? "chưa có số liệu"); \(answer.added) mới, \(answer.changed) thay, \(answer.unchanged) không đổi"
                + (answer.dryRun
                    ? " (xem trước, chưa lưu)." : answer.batch.map { "; lô số \($0)." } ?? "; không có gì thay đổi."))
    }
}
