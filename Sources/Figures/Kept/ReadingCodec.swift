import Foundation
import Kernel
import Tabular

/// A reading as bytes: what is said of the file as JSON, then the numbers of its rows one behind the other.
///
/// Only this program reads it, on the machine and in the process that wrote it.
enum ReadingCodec {
    /// Why a file could not be read.
    static func encode(failure error: any Error) -> Data? {
        // Anything else may pass: the file is read again.
        guard error is FigureFileError || error is TableFileError else { return nil }
        var head = Head()
        head.failure = "\(error)"
        return try? bytes(head, [])
    }

    static func encode(_ read: FigureReader.ReadRows) throws -> Data {
        var head = Head(read.reading)
        var texts = Texts()
        var numbers: [Int64] = []
        numbers.reserveCapacity(read.rows.count * 9)
        for row in read.rows {
            let sheet = texts.index(of: row.sheet)
            if head.headings[sheet] == nil { head.headings[sheet] = row.headings }
            let start = numbers.count
            numbers += [
                Int64(sheet), Int64(row.number), Int64(texts.index(of: row.commune.text)),
                Int64(row.month.year * 12 + row.month.month - 1),
                Int64(row.formerName.map { texts.index(of: $0) } ?? -1), 0,
            ]
            row.values.forEach { entry in
                numbers += [Int64(entry.key.place), Int64(entry.people), Int64(entry.column)]
                numbers[start + 5] += 1
            }
        }
        head.texts = texts.all
        return try bytes(head, numbers)
    }

    private static func bytes(_ head: Head, _ numbers: [Int64]) throws -> Data {
        let json = try JSONEncoder().encode(head)
        var data = Data(capacity: 8 + json.count + numbers.count * 8)
        withUnsafeBytes(of: Int64(json.count)) { data.append(contentsOf: $0) }
        data += json
        numbers.withUnsafeBytes { data.append(contentsOf: $0) }
        return data
    }

    private struct Damaged: Error {}

    /// - Throws: ``FigureFileError`` when a failure was kept.
    static func decode(_ data: Data) throws -> FigureReader.ReadRows {
        guard data.count >= 8 else { throw Damaged() }
        let length = Int(data.withUnsafeBytes { $0.loadUnaligned(as: Int64.self) })
        guard length >= 0, data.count >= 8 + length else { throw Damaged() }
        let head = try JSONDecoder().decode(Head.self, from: data.subdata(in: 8..<8 + length))
        if let failure = head.failure { throw FigureFileError(failure) }
        let communes = head.texts.map { CommuneCode($0) }
        var rows: [FigureRow] = []
        try data.withUnsafeBytes { bytes in
            var place = 8 + length
            func next() throws -> Int {
                guard place + 8 <= bytes.count else { throw Damaged() }
                defer { place += 8 }
                return Int(bytes.loadUnaligned(fromByteOffset: place, as: Int64.self))
            }
            while place < bytes.count {
                let (sheet, number, commune, month, former) = (
                    try next(), try next(), try next(), try next(), try next()
                )
                guard head.texts.indices.contains(sheet), communes.indices.contains(commune),
                    let code = communes[commune], let month = Month(year: month / 12, month: month % 12 + 1)
                else { throw Damaged() }
                var row = FigureRow(
                    sheet: head.texts[sheet], number: number, commune: code, month: month,
                    formerName: head.texts.indices.contains(former) ? head.texts[former] : nil)
                row.headings = head.headings[sheet] ?? [:]
                for _ in 0..<(try next()) {
                    guard let key = FigureKey(place: try next()) else { throw Damaged() }
                    row.values.set(key, try next(), column: try next())
                }
                rows.append(row)
            }
        }
        return FigureReader.ReadRows(rows: rows, reading: try head.reading())
    }

    /// Each text once.
    private struct Texts {
        private(set) var all: [String] = []
        private var places: [String: Int] = [:]

        mutating func index(of text: String) -> Int {
            if let known = places[text] { return known }
            places[text] = all.count
            all.append(text)
            return all.count - 1
        }
    }

    private struct Note: Codable {
        let sheet: String
        let row: Int
        let column: String
        let heading: String
        let value: String
        let message: String

        init(_ note: CellNote) {
            (sheet, row, column) = (note.sheet, note.row, note.column)
            (heading, value, message) = (note.heading, note.value, note.message)
        }

        var note: CellNote {
            CellNote(sheet: sheet, row: row, column: column, heading: heading, value: value, message: message)
        }
    }

    private struct Rejected: Codable {
        let sheet: String
        let row: Int
        let reasons: [String]
    }

    private struct Head: Codable {
        var failure: String?
        var texts: [String] = []
        /// By the index of the sheet's name.
        var headings: [Int: [Int: String]] = [:]
        var statedMonths: [String] = []
        var errors: [Note] = []
        var warnings: [Note] = []
        var repairs: [Note] = []
        var skipped: [Note] = []
        var silent: [CommuneCode] = []
        var ignoredColumns: [String] = []
        var cutoff: String?
        var title = ""
        var rejected: [Rejected] = []

        init() {}

        init(_ reading: FigureReading) {
            statedMonths = reading.statedMonths.map(\.description)
            errors = reading.errors.map { Note($0) }
            warnings = reading.warnings.map { Note($0) }
            repairs = reading.repairs.map { Note($0) }
            skipped = reading.skipped.map { Note($0) }
            silent = reading.silent
            ignoredColumns = reading.ignoredColumns
            cutoff = reading.cutoff?.description
            title = reading.title
            rejected = reading.rejectedRows.map { Rejected(sheet: $0.sheet, row: $0.row, reasons: $1) }
        }

        func reading() throws -> FigureReading {
            var reading = FigureReading()
            reading.statedMonths = Set(statedMonths.compactMap { Month($0) })
            reading.errors = errors.map(\.note)
            reading.warnings = warnings.map(\.note)
            reading.repairs = repairs.map(\.note)
            reading.skipped = skipped.map(\.note)
            reading.silent = silent
            reading.ignoredColumns = ignoredColumns
            reading.cutoff = cutoff.flatMap { Day($0) }
            reading.title = title
            for one in rejected { reading.rejectedRows[.init(sheet: one.sheet, row: one.row)] = one.reasons }
            return reading
        }
    }
}
