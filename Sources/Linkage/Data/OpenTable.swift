import Foundation
import Kernel
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

    /// - Parameter wanted: columns that the headings are known by; without any, the first row with several cells is theirs.
    init(_ source: RowSource, file: String, looksFor wanted: [String]) throws(RecordFileError) {
        do {
            if let text = try source.unicodeText() {
                let separator = text.form.separator.asciiValue ?? UInt8(ascii: ",")
                guard let found = Self.heading(in: text.data, from: text.start, separator: separator, wanted: wanted)
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

    private static func heading(
        in content: Data, from start: Int, separator: UInt8, wanted: [String]
    ) -> (header: [String], line: Int, end: Int)? {
        content.withUnsafeBytes { bytes in
            var scanner = CSVScanner(separator: separator, position: start)
            var rows: [TableRow] = []
            var ends: [Int] = []
            while rows.count < Heading.mostRows, scanner.next(in: bytes) == .record {
                rows.append(
                    TableRow(
                        number: scanner.line,
                        cells: scanner.fields.map { field in
                            .text(CSVScanner.withText(of: field, in: bytes) { String(decoding: $0, as: UTF8.self) })
                        }))
                ends.append(scanner.position)
            }
            return Heading.place(naming: wanted.map { [$0] }, among: rows).map {
                (names(rows[$0]), rows[$0].number, ends[$0])
            }
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
        return (names(reader.row), reader.number, reader)
    }

    /// The sheet and the row in it, by the order in which they come: the first sheet with rows is the one meant.
    private static func place(
        in source: RowSource, wanted: [String]
    ) throws(TableFileError) -> (sheet: Int, row: Int) {
        let reader = try source.open(limits: .rows)
        var sheet = 0
        while try reader.nextSheet() != nil {
            var rows: [TableRow] = []
            while rows.count < Heading.mostRows, try reader.nextRow() { rows.append(reader.row) }
            if let row = Heading.place(naming: wanted.map { [$0] }, among: rows) { return (sheet, row) }
            sheet += 1
        }
        throw .noRows
    }

    private static func names(_ row: TableRow) -> [String] { row.cells.map { VietnameseText.tidy($0.shown) } }
}
