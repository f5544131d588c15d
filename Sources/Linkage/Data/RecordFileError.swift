public import Tabular

/// What a file of records has wrong as a whole, or in a row.
public enum RecordFileError: Error, Sendable, Equatable, CustomStringConvertible {
    case empty(file: String)
    case oneColumn(file: String)
    case brokenQuoting(file: String, row: Int)
    case notText(file: String)
    case invalidText(file: String, row: Int)
    case missingColumn(String, file: String, nearest: String?)
    case doubleColumn(String, file: String)
    case doubleID(String, file: String, rows: [Int])
    case missingID(file: String, row: Int)
    /// Why no table can be read from it, with the remedy.
    case unreadable(file: String, reason: String)

    public init(_ error: TableFileError, file: String) {
        switch error {
        case .empty, .noRows: self = .empty(file: file)
        case .unknown, .encoding: self = .notText(file: file)
        case .unclosedQuote(let line): self = .brokenQuoting(file: file, row: line)
        default: self = .unreadable(file: file, reason: error.description)
        }
    }

    public var description: String {
        switch self {
        case .empty(let file): "Tệp \(file) không có dòng dữ liệu; cần một dòng tiêu đề và mỗi bản ghi một dòng."
        case .oneColumn(let file):
            "Tệp \(file) chỉ có một cột, hoặc không có dòng tiêu đề; mỗi cột cần một tiêu đề, và dấu ngăn cột của tệp văn bản phải là dấu phẩy, chấm phẩy, tab hoặc gạch đứng."
        case .brokenQuoting(let file, let row):
            "Tệp \(file), dòng \(row): dấu ngoặc kép không đóng, hoặc còn chữ sau khi đã đóng; hãy sửa dấu ngoặc kép."
        case .notText(let file): "Tệp \(file) không phải văn bản UTF-8; hãy lưu lại thành CSV (UTF-8) hoặc XLSX."
        case .invalidText(let file, let row):
            "Tệp \(file), dòng \(row): có ký tự không phải UTF-8 (có thể là bảng mã cũ); hãy lưu lại thành CSV UTF-8 hoặc XLSX."
        case .missingColumn(let name, let file, let nearest):
            "Tệp \(file) không có cột “\(name)”" + (nearest.map { "; có phải là “\($0)”?" } ?? ".")
        case .doubleColumn(let name, let file): "Tệp \(file) có hai cột cùng tên “\(name)”; hãy đổi tên một cột."
        case .doubleID(let id, let file, let rows):
            "Tệp \(file): mã “\(id)” có ở dòng \(rows.map(String.init).joined(separator: " và ")); mỗi mã chỉ được có một lần."
        case .unreadable(let file, let reason): "\(file): \(reason)"
        case .missingID(let file, let row): "Tệp \(file), dòng \(row): mã để trống; hãy điền mã của bản ghi."
        }
    }
}
