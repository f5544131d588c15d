import Foundation
import Tabular

/// A file whose headings were found, and its rows behind them.
struct OpenTable {
    enum Rows {
        /// UTF-8, from where on records stand.
        case text(Data, start: Int, separator: UInt8)
        /// Stands at the row of headings.
        case sheet(RowReader)
    }

    /// The names of the columns.
    let header: [String]
    /// The number of the row of headings: of a text, its line.
    let heading: Int
    let rows: Rows

    /// Titles above the headings are passed over, so many rows at most.
    private static let mostTitles = 40

    /// - Parameter wanted: columns that the headings are known by; without any, the first row with several cells is theirs.
    init(_ source: RowSource, file: String, looksFor wanted: [String]) throws(RecordFileError) {
        do {
            if let text = try source.unicodeText() {
                let separator = text.form.separator.asciiValue ?? UInt8(ascii: ",")
                guard
                    let found = try Self.heading(in: text.data, from: text.start, separator: separator, wanted: wanted)
                else { throw RecordFileError.empty(file: file) }
                (header, heading) = (found.header, found.line)
                rows = .text(text.data, start: found.end, separator: separator)
            } else {
                let (found, number, reader) = try Self.heading(in: source, wanted: wanted)
                (header, heading, rows) = (found, number, .sheet(reader))
            }
        } catch let error as RecordFileError {
            throw error
        } catch let error as TableFileError {
            throw RecordFileError(error, file: file)
        } catch {
            throw .unreadable(file: file, reason: "\(error)")
        }
        guard header.count > 1 else { throw .oneColumn(file: file) }
    }

    private static func isHeading(_ names: [String], _ wanted: [String]) -> Bool {
        wanted.isEmpty ? names.count { !$0.isEmpty } > 1 : Set(wanted).isSubset(of: names)
    }

    private static func heading(
        in content: Data, from start: Int, separator: UInt8, wanted: [String]
    ) throws -> (header: [String], line: Int, end: Int)? {
        content.withUnsafeBytes { bytes in
            var scanner = CSVScanner(separator: separator, position: start)
            var candidates: [(header: [String], line: Int, end: Int)] = []
            while candidates.count < mostTitles, scanner.next(in: bytes) == .record {
                let names = scanner.fields.map { field in
                    CSVScanner.withText(of: field, in: bytes) { String(decoding: $0, as: UTF8.self) }
                        .trimmingCharacters(in: .whitespacesAndNewlines)
                }
                candidates.append((names, scanner.line, scanner.position))
                if isHeading(names, wanted) { break }
            }
            // Where no row names all columns, the first one with several cells tells what is missing.
            return candidates.last { isHeading($0.header, wanted) } ?? candidates.first { isHeading($0.header, []) }
                ?? candidates.first
        }
    }

    private static func heading(
        in source: RowSource, wanted: [String]
    ) throws(TableFileError) -> (header: [String], number: Int, reader: RowReader) {
        // The rows passed on the way are read again: a workbook cannot be read backwards.
        let place = try place(in: source, wanted: wanted)
        let reader = try source.open(limits: .rows)
        for _ in 0...place.sheet { _ = try reader.nextSheet() }
        for _ in 0...place.row { _ = try reader.nextRow() }
        return (names(reader), reader.number, reader)
    }

    /// The sheet and the row in it, by the order in which they come.
    private static func place(
        in source: RowSource, wanted: [String]
    ) throws(TableFileError) -> (sheet: Int, row: Int) {
        let reader = try source.open(limits: .rows)
        var sheet = 0
        while try reader.nextSheet() != nil {
            var several: Int?
            var row = 0
            while row < mostTitles, try reader.nextRow() {
                let names = names(reader)
                if isHeading(names, wanted) { return (sheet, row) }
                if several == nil, isHeading(names, []) { several = row }
                row += 1
            }
            // The first sheet with rows is the one meant.
            if row > 0 { return (sheet, several ?? 0) }
            sheet += 1
        }
        throw .noRows
    }

    private static func names(_ reader: RowReader) -> [String] {
        (0..<reader.width).map { reader[$0].shown.trimmingCharacters(in: .whitespacesAndNewlines) }
    }
}
