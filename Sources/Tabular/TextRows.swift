import Kernel

/// The rows of a text file, one at a time: of UTF-8 where the file's bytes lie, of another encoding piece by piece.
final class TextRows {
    let form: TextForm
    private let bytes: StoredBytes
    private var scanner: CSVScanner
    /// Decoded and not yet passed; empty for UTF-8, which is read as it lies.
    private var window: [UInt8] = []
    private var decoder: TextDecoder?
    private let limits: TableLimits
    /// Cells that may still come.
    private var left: Int

    /// A piece of the file's bytes that is decoded at a time.
    private static let piece = 256 << 10

    init(_ bytes: StoredBytes, limits: TableLimits) throws(TableFileError) {
        let beginning = try bytes.withBytes { bytes throws(TableFileError) in try TextForm.beginning(of: bytes) }
        self.bytes = bytes
        form = beginning.form
        left = limits.cells
        self.limits = limits
        let separator = form.separator.asciiValue ?? UInt8(ascii: ",")
        if form.encoding == .utf8 {
            scanner = CSVScanner(separator: separator, position: beginning.start + beginning.passedOver)
        } else {
            scanner = CSVScanner(separator: separator, position: beginning.passedOver)
            decoder = TextDecoder(encoding: form.encoding, position: beginning.start)
        }
    }

    var number: Int { scanner.line }
    var width: Int { scanner.fields.count }

    func next() throws(TableFileError) -> Bool {
        while true {
            let isLast = decoder.map { decoder in bytes.withBytes { decoder.isAtEnd(of: $0) } } ?? true
            let step = withText { scanner.next(in: $0, isLast: isLast) }
            switch step {
            case .record:
                left -= width
                guard left >= 0 else { throw .tooLarge("hơn \(VietnameseText.grouped(limits.cells)) ô") }
                return true
            case .end: return false
            case .unclosed(let line): throw .unclosedQuote(line: line)
            case .unfinished: decode()
            }
        }
    }

    /// Puts the next piece behind what is not passed yet.
    private func decode() {
        let passed = min(scanner.position, window.count)
        window.removeFirst(passed)
        scanner.position -= passed
        // A record longer than the window is looked at again from its beginning: twice as much then.
        let most = max(Self.piece, window.count)
        bytes.withBytes { window += decoder?.next(in: $0, most: most) ?? [] }
    }

    private func withText<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        decoder == nil ? bytes.withBytes(body) : window.withUnsafeBytes(body)
    }

    func withText<Result>(of column: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        guard scanner.fields.indices.contains(column) else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        let field = scanner.fields[column]
        return withText { CSVScanner.withText(of: field, in: $0, body) }
    }

    func cell(_ column: Int) -> Cell {
        guard scanner.fields.indices.contains(column) else { return .empty }
        let field = scanner.fields[column]
        return withText { Self.cell(field, in: $0) }
    }

    var cells: [Cell] { withText { bytes in scanner.fields.map { Self.cell($0, in: bytes) } } }

    private static func cell(_ field: CSVScanner.Field, in bytes: UnsafeRawBufferPointer) -> Cell {
        guard !field.isEmpty else { return .empty }
        let text = CSVScanner.withText(of: field, in: bytes) { String(decoding: $0, as: UTF8.self) }
        return text.isEmpty ? .empty : .text(text)
    }
}
