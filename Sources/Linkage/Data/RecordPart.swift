import Foundation
import Tabular

/// Rows read in one go: each column's values as codes of a pool of its own.
struct RecordPart: Sendable {
    /// What is to be read of each row.
    struct Layout: Sendable {
        let width: Int
        let idColumn: Int?
        let keep: [Bool]
    }

    private(set) var pools: [TextPool]
    private(set) var columns: [[UInt32]]
    private(set) var ids = TextList()
    private(set) var rows = 0
    /// The numbers of the rows in a workbook; empty for a text, whose rows are counted.
    private(set) var numbers: [Int] = []
    /// Rows with more or fewer fields than the header, and the first of them, counted within the part.
    private(set) var uneven = 0
    private(set) var firstUneven: Int?
    /// Rows with more cells than the header has: their values stand under other columns than they belong to, so that only their
    /// ids are kept; and the first of them.
    private(set) var shifted = 0
    private(set) var firstShifted: Int?
    /// Formulas without a result, which are taken for empty, and the row of the first.
    private(set) var uncomputed = 0
    private(set) var firstUncomputed: Int?
    /// The first row with bytes that are no text, counted within the part.
    private(set) var invalidRow: Int?
    /// The first row whose quotes do not fit, counted within the part.
    private(set) var brokenRow: Int?
    private var waiting: [[(start: Int, end: Int)]]
    private let layout: Layout

    private init(_ layout: Layout) {
        self.layout = layout
        pools = Array(repeating: TextPool(), count: layout.width)
        columns = Array(repeating: [], count: layout.width)
        waiting = Array(repeating: [], count: layout.width)
    }

    // MARK: A workbook's rows

    /// Reads all rows behind the one that a reader stands at.
    init(_ reader: RowReader, _ layout: Layout) throws(TableFileError) {
        self.init(layout)
        while try reader.nextRow() {
            for column in 0..<layout.width where layout.keep[column] || column == layout.idColumn {
                if reader.isUncomputed(column) {
                    if layout.keep[column] { columns[column].append(0) }
                    if column == layout.idColumn { ids.append(UnsafeRawBufferPointer(start: nil, count: 0)) }
                    uncomputed += 1
                    firstUncomputed = firstUncomputed ?? rows + 1
                    continue
                }
                reader.withText(of: column) { text in
                    let text = Self.trimmed(text)
                    if layout.keep[column] { columns[column].append(pools[column].code(of: text)) }
                    if column == layout.idColumn { ids.append(text) }
                }
            }
            rows += 1
            numbers.append(reader.number)
            // A workbook's cells stand where they stand: those beyond the header are remarks.
        }
    }

    private static func trimmed(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var (start, end) = (0, text.count)
        while start < end, text[start] == 32 { start += 1 }
        while end > start, text[end - 1] == 32 { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: text[start..<end])
    }

    private mutating func countUneven() {
        uneven += 1
        firstUneven = firstUneven ?? rows
    }

    // MARK: A stretch of text

    init(_ content: Data, _ range: Range<Int>, separator: UInt8, _ layout: Layout) {
        self.init(layout)
        content.withUnsafeBytes { bytes in
            let bytes = UnsafeRawBufferPointer(rebasing: bytes[range])
            if let place = UTF8Check.firstInvalid(in: bytes) {
                invalidRow = bytes.prefix(place).count { $0 == 10 } + 1
                return
            }
            read(bytes, separator: separator)
        }
    }

    private mutating func read(_ bytes: UnsafeRawBufferPointer, separator: UInt8) {
        var scanner = CSVScanner(separator: separator)
        let (width, idColumn) = (layout.width, layout.idColumn)
        reading: while true {
            switch scanner.next(in: bytes) {
            case .record: break
            case .unclosed:
                brokenRow = brokenRow ?? rows + 1
                rows += 1
                break reading
            case .end, .unfinished: break reading
            }
            let count = scanner.fields.count
            let isShifted = count > width && scanner.fields[width...].contains { !Self.isBlank($0, in: bytes) }
            if isShifted {
                shifted += 1
                firstShifted = firstShifted ?? rows + 1
            }
            if isShifted {
                for column in 0..<width where layout.keep[column] && column != idColumn {
                    waiting[column].append((0, 0))
                }
            }
            for column in 0..<min(count, width)
            where isShifted ? column == idColumn : layout.keep[column] || column == idColumn {
                let field = scanner.fields[column]
                switch field.form {
                case .plain: take(Self.trimmed(field, in: bytes), column, bytes)
                case .quoted: take((field.start, field.end), column, bytes)
                case .doubled, .broken:
                    if field.form == .broken { brokenRow = brokenRow ?? rows + 1 }
                    // Its bytes lie nowhere in the file as they are: coded at once, in its turn.
                    CSVScanner.withText(of: field, in: bytes) { text in
                        if layout.keep[column] {
                            flush(column, bytes)
                            columns[column].append(pools[column].code(of: text))
                        }
                        if column == idColumn { ids.append(text) }
                    }
                }
            }
            if brokenRow == nil, scanner.fields.contains(where: { $0.form == .broken }) { brokenRow = rows + 1 }
            // A short row lacks its last columns.
            for column in min(count, width)..<width { take((0, 0), column, bytes) }
            rows += 1
            if count != width, !isShifted { countUneven() }
            if rows % 64 == 0 { flush(bytes) }
        }
        flush(bytes)
    }

    private static func isBlank(_ field: CSVScanner.Field, in bytes: UnsafeRawBufferPointer) -> Bool {
        let (start, end) = trimmed(field, in: bytes)
        return start == end
    }

    private static func trimmed(
        _ field: CSVScanner.Field, in bytes: UnsafeRawBufferPointer
    ) -> (start: Int, end: Int) {
        var (start, end) = (field.start, field.end)
        while start < end, bytes[start] == 32 { start += 1 }
        while end > start, bytes[end - 1] == 32 { end -= 1 }
        return (start, end)
    }

    private mutating func take(_ value: (start: Int, end: Int), _ column: Int, _ bytes: UnsafeRawBufferPointer) {
        if column == layout.idColumn {
            ids.append(UnsafeRawBufferPointer(rebasing: bytes[value.start..<value.end]))
        }
        if layout.keep[column] { waiting[column].append(value) }
    }

    private mutating func flush(_ bytes: UnsafeRawBufferPointer) {
        for column in 0..<layout.width where layout.keep[column] { flush(column, bytes) }
    }

    /// Codes the values of a column that wait for it: many at once, so that memory is waited for once.
    private mutating func flush(_ column: Int, _ bytes: UnsafeRawBufferPointer) {
        guard !waiting[column].isEmpty else { return }
        pools[column].codes(of: waiting[column], in: bytes, into: &columns[column])
        waiting[column].removeAll(keepingCapacity: true)
    }
}
