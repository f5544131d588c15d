/// What a delimited file has wrong as a whole, or in a row.
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

    public var description: String {
        switch self {
        case .empty(let file): "Tệp \(file) không có dòng dữ liệu; cần một dòng tiêu đề và mỗi bản ghi một dòng."
        case .oneColumn(let file):
            "Tệp \(file) chỉ có một cột; dấu ngăn cột phải là dấu phẩy, chấm phẩy, tab hoặc gạch đứng."
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
        case .missingID(let file, let row): "Tệp \(file), dòng \(row): mã để trống; hãy điền mã của bản ghi."
        }
    }
}
