public import Foundation

/// A file of tables to be read row by row: XLSX, or CSV in one of the encodings met. What it is is told from its content, not
/// from its name.
///
/// It only says where the bytes lie; each ``open(limits:)`` reads them from the beginning.
public struct RowSource: Sendable {
    enum Content: Sendable {
        case bytes([UInt8])
        case data(Data)
        case file(String)
    }

    let content: Content

    public init(_ bytes: [UInt8]) { content = .bytes(bytes) }

    public init(_ data: Data) { content = .data(data) }

    /// - Parameter path: of a file on disk. A workbook is unpacked from there, a text is mapped: neither is held.
    public init(file path: String) { content = .file(path) }

    public func open(limits: TableLimits = TableLimits()) throws(TableFileError) -> RowReader {
        try RowReader(self, limits: limits)
    }

    /// The file as text in UTF-8 of one piece, where its first record is looked for, and its form; nil for a workbook.
    ///
    /// For those who read a text on all cores: what is not marked as UTF-16 is taken for UTF-8 and stays where it lies;
    /// whoever reads it checks it (``UTF8Check``).
    public func unicodeText() throws(TableFileError) -> (data: Data, start: Int, form: TextForm)? {
        let stored = try stored()
        guard try TableSignature.isText(stored) else { return nil }
        let beginning = try stored.withBytes { bytes throws(TableFileError) in
            try TextForm.beginning(of: bytes, takesUTF8: true)
        }
        guard beginning.form.encoding != .utf8 else {
            return (stored.data, beginning.start + beginning.passedOver, beginning.form)
        }
        let decoded = stored.withBytes { bytes in
            var decoder = TextDecoder(encoding: beginning.form.encoding, position: beginning.start)
            var text = Data()
            while !decoder.isAtEnd(of: bytes) { text += decoder.next(in: bytes, most: 1 << 20) }
            return text
        }
        return (decoded, beginning.passedOver, beginning.form)
    }

    func stored() throws(TableFileError) -> StoredBytes {
        switch content {
        case .bytes(let bytes): return .array(bytes)
        case .data(let data): return .data(data)
        case .file(let path):
            do {
                return .data(try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe))
            } catch {
                throw .unreadable(path)
            }
        }
    }
}

/// Bytes in memory, or of a mapped file.
enum StoredBytes {
    case array([UInt8])
    case data(Data)

    var data: Data {
        switch self {
        case .array(let bytes): Data(bytes)
        case .data(let data): data
        }
    }

    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch self {
        case .array(let bytes):
            return try bytes.withUnsafeBufferPointer { bytes throws(Failure) in
                try body(UnsafeRawBufferPointer(bytes))
            }
        case .data(let data):
            // `Data` hands its bytes to untyped closures only.
            let result = data.withUnsafeBytes { bytes in
                do throws(Failure) {
                    return Swift.Result<Result, Failure>.success(try body(bytes))
                } catch {
                    return .failure(error)
                }
            }
            return try result.get()
        }
    }
}

/// Reads a file's sheets and their rows in order, once, in bounded memory: what is asked of a row is of the one that
/// ``nextRow()`` found last.
///
/// ```swift
/// let reader = try RowSource(file: path).open()
/// while let sheet = try reader.nextSheet() {
///     while try reader.nextRow() { print(sheet, reader.number, reader[0].shown) }
/// }
/// ```
public final class RowReader {
    private enum Rows {
        case text(TextRows)
        case workbook(WorkbookRows)
    }

    private let rows: Rows
    private var isTextPassed = false

    init(_ source: RowSource, limits: TableLimits) throws(TableFileError) {
        let stored = try source.stored()
        rows =
            try TableSignature.isText(stored)
            ? .text(TextRows(stored, limits: limits)) : .workbook(WorkbookRows(source, limits: limits))
    }

    public var format: TableFile.Format {
        switch rows {
        case .text: .csv
        case .workbook: .xlsx
        }
    }

    /// How a CSV file is read: encoding and separator; nil for a workbook.
    public var textForm: TextForm? {
        switch rows {
        case .text(let rows): rows.form
        case .workbook: nil
        }
    }

    /// The names of the sheets that ``nextSheet()`` passes over because they are hidden.
    public var hiddenSheets: [String] {
        switch rows {
        case .text: []
        case .workbook(let rows): rows.hiddenSheets
        }
    }

    /// Goes on to the next sheet that is shown, to all of them where none is.
    /// - Returns: its name, empty for the one table of a text; nil when there is no further one.
    public func nextSheet() throws(TableFileError) -> String? {
        switch rows {
        case .workbook(let rows): return try rows.nextSheet()
        case .text:
            defer { isTextPassed = true }
            return isTextPassed ? nil : ""
        }
    }

    /// Goes on to the next row of the sheet that holds anything.
    /// - Returns: false behind the last one.
    public func nextRow() throws(TableFileError) -> Bool {
        switch rows {
        case .text(let rows): try rows.next()
        case .workbook(let rows): try rows.next()
        }
    }

    /// The row's number in the file, from 1: the row of a workbook, the line of a text that it begins on.
    public var number: Int {
        switch rows {
        case .text(let rows): rows.number
        case .workbook(let rows): rows.number
        }
    }

    /// How many cells there are up to the last that holds something; of a text, all.
    public var width: Int {
        switch rows {
        case .text(let rows): rows.width
        case .workbook(let rows): rows.width
        }
    }

    /// The cell of a column (0-based); empty past the row's end.
    public subscript(column: Int) -> Cell {
        switch rows {
        case .text(let rows): rows.cell(column)
        case .workbook(let rows): rows.cell(column)
        }
    }

    /// Hands out a cell as a person sees it, in UTF-8, without making a string of a text.
    public func withText<Result>(of column: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        switch rows {
        case .text(let rows): rows.withText(of: column, body)
        case .workbook(let rows): rows.withText(of: column, body)
        }
    }

    /// Whether a cell is a formula whose result the file does not hold.
    public func isUncomputed(_ column: Int) -> Bool {
        switch rows {
        case .text: false
        case .workbook(let rows): rows.isUncomputed(column)
        }
    }

    /// The row to keep.
    public var row: TableRow {
        switch rows {
        case .text(let rows): TableRow(number: rows.number, cells: rows.cells)
        case .workbook(let rows): TableRow(number: rows.number, cells: (0..<rows.width).map { rows.cell($0) })
        }
    }

    /// The merged cells of the sheet: all of them once its last row is passed.
    public var merged: [CellRange] {
        switch rows {
        case .text: []
        case .workbook(let rows): rows.merged
        }
    }
}

/// Tells tables from other files by their first bytes.
enum TableSignature {
    /// Whether a file is a text; otherwise it is a zip archive.
    static func isText(_ stored: StoredBytes) throws(TableFileError) -> Bool {
        try stored.withBytes { bytes throws(TableFileError) in try isText(bytes) }
    }

    private static func isText(_ bytes: UnsafeRawBufferPointer) throws(TableFileError) -> Bool {
        guard !bytes.isEmpty else { throw .empty }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            return false
        }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            // An encrypted workbook and one of Excel 97 share the container; the former names its package inside.
            throw contains("EncryptedPackage", utf16In: bytes) ? .locked : .oldExcel
        }
        if bytes.starts(with: "%PDF-".utf8) { throw .notATable("PDF") }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) || bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
            throw .notATable("ảnh")
        }
        if bytes.prefix(400).contains(UInt8(ascii: "<")) {
            let beginning = String(decoding: bytes.prefix(400), as: UTF8.self)
            if beginning.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) == "<" { throw .markup }
        }
        let isMarked = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        if !isMarked, !TextForm.looksLikeUTF16(bytes), bytes.prefix(8_192).contains(0) { throw .unknown }
        return true
    }

    private static func contains(_ name: String, utf16In bytes: UnsafeRawBufferPointer) -> Bool {
        let wanted = name.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        guard bytes.count >= wanted.count else { return false }
        return (0...bytes.count - wanted.count).contains { bytes[$0] == wanted[0] && bytes[$0...].starts(with: wanted) }
    }
}
