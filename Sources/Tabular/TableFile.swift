/// How much of a file is read at most. A file beyond it is refused whole.
public struct TableLimits: Sendable {
    /// Cells of all tables together, empty ones before a row's last among them.
    public var cells = 8_000_000
    /// Bytes a workbook may unpack to.
    public var unpackedBytes = 400 << 20
    /// How many times its own size a workbook may unpack to, once past 20 MB: a zip bomb unpacks to thousands of times.
    public var unpackedRatio = 250

    public init() {}

    /// For whoever keeps little of a row: as many cells as a workbook can hold.
    public static var rows: TableLimits {
        var limits = TableLimits()
        limits.cells = .max
        limits.unpackedBytes = 8 << 30
        return limits
    }
}

/// A file of tables as people send it, read whole: XLSX, or CSV in one of the encodings met.
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
        let reader = try RowSource(bytes).open(limits: limits)
        format = reader.format
        textForm = reader.textForm
        var tables: [Table] = []
        while let name = try reader.nextSheet() {
            var rows: [TableRow] = []
            while try reader.nextRow() { rows.append(reader.row) }
            tables.append(Table(name: name, rows: rows, merged: reader.merged))
        }
        self.tables = tables
        guard tables.contains(where: { !$0.rows.isEmpty }) else { throw .noRows }
    }
}

/// Why a file cannot be read as tables. The message is Vietnamese and names the remedy.
public enum TableFileError: Error, Equatable, Sendable, CustomStringConvertible {
    case empty
    /// No file stands there, or none that may be read.
    case unreadable(String)
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
        case .unreadable(let path):
            "Không đọc được tệp \(path). Hãy kiểm tra đường dẫn và quyền đọc."
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
