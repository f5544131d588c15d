import Kernel

/// How much of a file is read at most. A file beyond it is refused whole.
public struct TableLimits: Sendable {
    /// Cells of all tables together, empty ones before a row's last among them.
    public var cells = 8_000_000
    /// Bytes a workbook may unpack to.
    public var unpackedBytes = 400 << 20
    /// How many times its own size a workbook may unpack to, once past 20 MB: a zip bomb unpacks to thousands of times.
    public var unpackedRatio = 250

    public init() {}
}

/// A file of tables as people send it: XLSX, or CSV in one of the encodings met.
public struct TableFile: Sendable {
    public enum Format: String, Sendable {
        case xlsx
        case csv
    }

    public let format: Format
    public let tables: [Table]
    /// How a CSV file was read: encoding and separator; nil for a workbook.
    public let textForm: TextForm?

    /// Reads a file's tables; what the file is is told from its content, not from its name.
    public init(_ bytes: [UInt8], limits: TableLimits = TableLimits()) throws(TableFileError) {
        guard !bytes.isEmpty else { throw .empty }
        switch Self.container(of: bytes) {
        case .zip:
            format = .xlsx
            textForm = nil
            tables = try XLSXReader.tables(of: bytes, limits: limits)
        case .text:
            format = .csv
            let text = try TextForm.read(bytes)
            textForm = text.form
            tables = [Table(name: "", rows: try text.rows(limit: limits.cells))]
        case .other(let error):
            throw error
        }
        guard tables.contains(where: { !$0.rows.isEmpty }) else { throw .noRows }
    }

    private enum Container {
        case zip, text
        case other(TableFileError)
    }

    private static func container(of bytes: [UInt8]) -> Container {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            return .zip
        }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            // An encrypted workbook and one of Excel 97 share the container; the former names its package inside.
            return .other(contains("EncryptedPackage", utf16In: bytes) ? .locked : .oldExcel)
        }
        if bytes.starts(with: "%PDF-".utf8) { return .other(.notATable("PDF")) }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) || bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
            return .other(.notATable("ảnh"))
        }
        let beginning = String(decoding: bytes.prefix(400), as: UTF8.self).lowercased()
        if let first = beginning.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }), first == "<" {
            return .other(.markup)
        }
        let marked = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        if !marked, !TextForm.looksLikeUTF16(bytes), bytes.prefix(8_192).contains(0) { return .other(.unknown) }
        return .text
    }

    private static func contains(_ name: String, utf16In bytes: [UInt8]) -> Bool {
        let wanted = name.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        guard bytes.count >= wanted.count else { return false }
        return (0...bytes.count - wanted.count).contains { bytes[$0] == wanted[0] && bytes[$0...].starts(with: wanted) }
    }
}

/// Why a file cannot be read as tables. The message is Vietnamese and names the remedy.
public enum TableFileError: Error, Equatable, Sendable, CustomStringConvertible {
    case empty
    case noRows
    /// A known kind that holds no table.
    case notATable(String)
    /// HTML or XML under another name, as some programs "export to Excel".
    case markup
    case unknown
    /// Excel 97–2003 (`.xls`).
    case oldExcel
    /// Protected by a password.
    case locked
    /// `.xlsb`, or another Office document.
    case otherOffice(String)
    case damaged(String)
    case tooLarge(String)
    case bomb
    case unclosedQuote(line: Int)
    case encoding(String)

    public var description: String {
        switch self {
        case .empty: "Tệp không có nội dung (0 byte). Hãy kiểm tra lại tệp trên máy rồi gửi lại."
        case .noRows: "Tệp không có dòng dữ liệu nào. Hãy kiểm tra đã lưu đúng trang tính có số liệu."
        case .notATable(let kind): "Tệp là \(kind), không phải bảng. Hãy gửi tệp Excel (.xlsx) hoặc CSV."
        case .markup:
            "Tệp là trang web (HTML/XML) mang tên Excel, không phải Excel. Hãy mở bằng Excel, chọn Lưu thành (Save As) kiểu “Excel Workbook (.xlsx)” rồi gửi lại."
        case .unknown:
            "Không nhận ra đây là tệp Excel (.xlsx) hay CSV. Hãy mở thử trên máy, lưu lại thành .xlsx rồi gửi."
        case .oldExcel:
            "Tệp là Excel đời cũ (.xls). Hãy mở bằng Excel, chọn Lưu thành (Save As) kiểu “Excel Workbook (.xlsx)” rồi gửi lại."
        case .locked: "Tệp Excel có mật khẩu. Hãy bỏ mật khẩu (Tệp → Thông tin → Bảo vệ) rồi gửi lại."
        case .otherOffice(let kind):
            "Tệp là \(kind), không phải Excel (.xlsx). Hãy mở và lưu lại bảng số liệu thành .xlsx rồi gửi."
        case .damaged(let part): "Tệp Excel bị hỏng (\(part)). Hãy mở bằng Excel, lưu lại thành tệp mới rồi gửi lại."
        case .tooLarge(let what): "Tệp quá lớn: \(what). Hãy chia thành nhiều tệp rồi gửi lại."
        case .bomb:
            "Tệp nén bung ra lớn bất thường so với kích thước của nó, nên không được mở. Hãy lưu lại bảng số liệu thành tệp Excel mới rồi gửi."
        case .unclosedQuote(let line):
            "Dòng \(line): dấu ngoặc kép mở ra mà không đóng. Hãy thêm dấu \" còn thiếu rồi gửi lại."
        case .encoding(let detail):
            "Không đọc được chữ trong tệp (\(detail)). Hãy lưu lại CSV với bảng mã UTF-8 rồi gửi lại."
        }
    }
}
