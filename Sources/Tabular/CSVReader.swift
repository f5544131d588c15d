/// One record of a CSV file with the line it begins on.
public struct CSVRecord: Sendable, Equatable {
    /// 1-based line of the file; a quoted field may span lines, so records and lines differ.
    public let line: Int
    public let fields: [String]

    public init(line: Int, fields: [String]) {
        self.line = line
        self.fields = fields
    }
}

/// What a CSV file can have wrong as a whole.
public enum CSVError: Error, Equatable, CustomStringConvertible {
    case notUTF8(line: Int)
    case unclosedQuote(line: Int)

    public var line: Int {
        switch self {
        case .notUTF8(let line), .unclosedQuote(let line): line
        }
    }

    public var description: String {
        switch self {
        case .notUTF8(let line):
            "dòng \(line): tệp không ở bảng mã UTF-8; hãy lưu lại tệp với bảng mã UTF-8"
        case .unclosedQuote(let line):
            "dòng \(line): dấu ngoặc kép mở ra mà không đóng; hãy thêm dấu \" còn thiếu"
        }
    }
}

/// Reads CSV by RFC 4180: comma (or another separator), double quotes, CRLF or LF, an optional UTF-8 byte-order mark.
public struct CSVReader {
    /// All records of a file, blank lines left out.
    public static func records(
        of bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")
    ) throws(CSVError) -> [CSVRecord] {
        var reader = CSVReader(separator: separator)
        for byte in bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...] { try reader.take(byte) }
        try reader.finish()
        return reader.records
    }

    private let separator: UInt8
    private var records: [CSVRecord] = []
    private var fields: [String] = []
    private var field: [UInt8] = []
    private var line = 1
    private var recordLine = 1
    private var quoteLine = 1
    private var state = State.fieldStart

    private enum State { case fieldStart, plain, quoted, quoteInQuoted }

    private init(separator: UInt8) {
        self.separator = separator
    }

    private mutating func take(_ byte: UInt8) throws(CSVError) {
        switch (state, byte) {
        case (.quoted, UInt8(ascii: "\"")):
            state = .quoteInQuoted
        case (.quoted, _):
            field.append(byte)
        case (.quoteInQuoted, UInt8(ascii: "\"")):
            field.append(byte)
            state = .quoted
        case (.fieldStart, UInt8(ascii: "\"")):
            quoteLine = line
            state = .quoted
        case (_, separator):
            try endField()
        case (_, UInt8(ascii: "\n")):
            try endRecord()
        case (_, UInt8(ascii: "\r")):
            break
        default:
            field.append(byte)
            state = .plain
        }
        if byte == UInt8(ascii: "\n") {
            line += 1
            if state != .quoted { recordLine = line }
        }
    }

    private mutating func endField() throws(CSVError) {
        guard let text = String(validating: field, as: UTF8.self) else { throw .notUTF8(line: recordLine) }
        fields.append(text)
        field.removeAll(keepingCapacity: true)
        state = .fieldStart
    }

    private mutating func endRecord() throws(CSVError) {
        try endField()
        if fields != [""] { records.append(CSVRecord(line: recordLine, fields: fields)) }
        fields.removeAll(keepingCapacity: true)
    }

    private mutating func finish() throws(CSVError) {
        if state == .quoted { throw .unclosedQuote(line: quoteLine) }
        if !field.isEmpty || !fields.isEmpty || state == .quoteInQuoted { try endRecord() }
    }
}
