import Foundation
import Tabular

/// A stretch of a file's rows: where the values of its columns stand. They get their codes later, column by column (``ColumnBuilder``).
struct TextPiece: Sendable {
    /// Where a value stands in the stretch; in ``unquoted`` when its start is below 0.
    struct Value {
        let start: Int
        let end: Int

        static let missing = Value(start: 0, end: 0)
    }

    let range: Range<Int>
    /// By column of the header; those not asked for are empty.
    private(set) var values: [[Value]]
    /// What stands between quotes with quotes doubled in it, with these undone. The first byte means nothing.
    private(set) var unquoted: [UInt8] = [0]
    private(set) var counts = RowCounts()
    private let layout: RecordLayout

    init(_ content: Data, _ range: Range<Int>, separator: UInt8, _ layout: RecordLayout) {
        self.range = range
        self.layout = layout
        values = Array(repeating: [], count: layout.width)
        content.withUnsafeBytes { bytes in
            let bytes = UnsafeRawBufferPointer(rebasing: bytes[range])
            if let place = UTF8Check.firstInvalid(in: bytes) {
                counts.invalidRow = bytes.prefix(place).count { $0 == 10 } + 1
                return
            }
            read(bytes, separator: separator)
        }
    }

    /// The bytes of a value.
    /// - Parameter bytes: of the stretch.
    @inline(__always)
    static func text(
        _ value: Value, in bytes: UnsafeRawBufferPointer, _ unquoted: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer {
        value.start < 0
            ? UnsafeRawBufferPointer(rebasing: unquoted[-value.start..<value.end])
            : UnsafeRawBufferPointer(rebasing: bytes[value.start..<value.end])
    }

    private mutating func read(_ bytes: UnsafeRawBufferPointer, separator: UInt8) {
        var scanner = CSVScanner(separator: separator)
        let width = layout.width
        reading: while true {
            switch scanner.next(in: bytes) {
            case .record: break
            case .unclosed:
                counts.brokenRow = counts.brokenRow ?? counts.rows + 1
                counts.rows += 1
                break reading
            case .end, .unfinished: break reading
            }
            let count = scanner.fields.count
            if counts.brokenRow == nil, scanner.fields.contains(where: { $0.form == .broken }) {
                counts.brokenRow = counts.rows + 1
            }
            if count > width, scanner.fields[width...].contains(where: { !Self.isBlank($0, in: bytes) }) {
                // Its values stand under other columns than they belong to: only its id is kept.
                counts.shifted += 1
                counts.firstShifted = counts.firstShifted ?? counts.rows + 1
                for column in layout.columns {
                    take(column == layout.idColumn ? value(of: scanner.fields[column], bytes) : .missing, column)
                }
                counts.rows += 1
                continue
            }
            for column in layout.columns {
                // A short row lacks its last columns.
                take(column < count ? value(of: scanner.fields[column], bytes) : .missing, column)
            }
            counts.rows += 1
            if count != width {
                counts.uneven += 1
                counts.firstUneven = counts.firstUneven ?? counts.rows
            }
        }
    }

    private mutating func take(_ value: Value, _ column: Int) { values[column].append(value) }

    private mutating func value(of field: CSVScanner.Field, _ bytes: UnsafeRawBufferPointer) -> Value {
        switch field.form {
        case .plain: return Self.trimmed(field, in: bytes)
        case .quoted: return Value(start: field.start, end: field.end)
        case .doubled, .broken:
            let start = unquoted.count
            CSVScanner.withText(of: field, in: bytes) { unquoted.append(contentsOf: $0) }
            return Value(start: -start, end: unquoted.count)
        }
    }

    private static func isBlank(_ field: CSVScanner.Field, in bytes: UnsafeRawBufferPointer) -> Bool {
        let value = trimmed(field, in: bytes)
        return value.start == value.end
    }

    @inline(__always)
    private static func trimmed(_ field: CSVScanner.Field, in bytes: UnsafeRawBufferPointer) -> Value {
        var (start, end) = (field.start, field.end)
        while start < end, bytes[start] == 32 { start += 1 }
        while end > start, bytes[end - 1] == 32 { end -= 1 }
        return Value(start: start, end: end)
    }
}

/// What is to be read of each row.
struct RecordLayout: Sendable {
    let width: Int
    let idColumn: Int?
    let keep: [Bool]
    /// Those to be read.
    let columns: [Int]

    init(width: Int, idColumn: Int?, keep: [Bool]) {
        (self.width, self.idColumn, self.keep) = (width, idColumn, keep)
        columns = (0..<width).filter { keep[$0] || $0 == idColumn }
    }
}

/// What was counted in rows read in one go. Rows are counted within them, from 1.
struct RowCounts: Sendable {
    var rows = 0
    /// Rows with more or fewer fields than the header, and the first of them.
    var uneven = 0
    var firstUneven: Int?
    /// Rows with more cells than the header has: their values stand under other columns than they belong to, so that only their
    /// ids are kept; and the first of them.
    var shifted = 0
    var firstShifted: Int?
    /// Formulas without a result, which are taken for empty, and the row of the first.
    var uncomputed = 0
    var firstUncomputed: Int?
    /// The first row with bytes that are no text.
    var invalidRow: Int?
    /// The first row whose quotes do not fit.
    var brokenRow: Int?

    /// - Throws: ``RecordFileError`` where the rows cannot be used.
    /// - Parameter number: of a row in the file.
    func check(_ file: String, number: (Int) -> Int) throws(RecordFileError) {
        if let row = invalidRow { throw .invalidText(file: file, row: number(row)) }
        if let row = brokenRow { throw .brokenQuoting(file: file, row: number(row)) }
    }

    /// Adds rows that come behind these.
    mutating func add(_ other: RowCounts) {
        firstUneven = firstUneven ?? other.firstUneven.map { $0 + rows }
        firstShifted = firstShifted ?? other.firstShifted.map { $0 + rows }
        firstUncomputed = firstUncomputed ?? other.firstUncomputed.map { $0 + rows }
        uneven += other.uneven
        shifted += other.shifted
        uncomputed += other.uncomputed
        rows += other.rows
    }
}
