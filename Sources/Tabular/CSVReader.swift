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

/// Reads CSV of our own making whole: UTF-8 with or without a byte-order mark, and a separator that is known. Files that
/// people send are read by ``RowSource``.
public enum CSVReader {
    /// All records of a file, blank lines left out.
    public static func records(
        of bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")
    ) throws(CSVError) -> [CSVRecord] {
        try bytes.withUnsafeBufferPointer { buffer throws(CSVError) in
            let bytes = UnsafeRawBufferPointer(buffer)
            var scanner = CSVScanner(separator: separator, position: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
            var records: [CSVRecord] = []
            while true {
                switch scanner.next(in: bytes) {
                case .record: break
                case .unclosed(let line): throw .unclosedQuote(line: line)
                case .end, .unfinished: return records
                }
                var fields: [String] = []
                fields.reserveCapacity(scanner.fields.count)
                for field in scanner.fields {
                    let text = CSVScanner.withText(of: field, in: bytes) { String(validating: $0, as: UTF8.self) }
                    guard let text else { throw .notUTF8(line: scanner.line) }
                    fields.append(text)
                }
                records.append(CSVRecord(line: scanner.line, fields: fields))
            }
        }
    }
}
