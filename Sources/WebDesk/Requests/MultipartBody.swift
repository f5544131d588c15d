import Foundation

/// What a `multipart/form-data` request carried (RFC 7578): short fields in memory, files on disk.
///
/// The files belong to whoever holds the form: move them away or call ``discard()``, on every path.
struct MultipartForm: Sendable {
    /// Every value of a field, in the order of the body, under the field's name.
    var fields: [String: [String]] = [:]
    /// The files, in the order of the body; an input left empty by the person is none.
    var files: [UploadedFile] = []

    /// Removes the temporary files that are still where they were written; does nothing to others.
    func discard() {
        for file in files { unlink(file.temporaryPath) }
    }
}

/// One file of a form, whole, under a name of our own making in the temporary directory.
struct UploadedFile: Sendable, Equatable {
    let fieldName: String
    /// The last path component of the name the sender gave, without control characters. For showing and for its
    /// extension; never a path to open.
    let fileName: String
    /// The sender's word for the content, lower case and without parameters; `application/octet-stream` when silent.
    let declaredType: String
    /// Readable and writable by this process's user only.
    let temporaryPath: String
    /// In bytes; may be 0.
    let size: Int
}

/// How much one form may carry.
struct MultipartLimits: Sendable, Equatable {
    /// Bytes of all files together.
    var fileBytes: Int
    /// Bytes of one field's value.
    var fieldBytes = 64 * 1024
    /// Parts in all, files among them.
    var parts = 200

    init(fileBytes: Int) {
        self.fileBytes = fileBytes
    }

    /// Bytes of one part's header lines, and of the text before the first and after the last part.
    static let headerBytes = 16 * 1024
}

/// Why a form was not read. `message` is Vietnamese, for the person who sent it.
enum MultipartError: Error, Equatable, Sendable {
    /// The content type is not `multipart/form-data` with a usable boundary (RFC 2046 section 5.1.1).
    case notMultipart
    /// The body breaks the format; the text, in English, says where, for the log.
    case malformed(String)
    /// The body ended before its closing boundary.
    case truncated
    case tooManyParts(limit: Int)
    case fieldTooLarge(name: String, limit: Int)
    /// The files together have more than `limit` bytes.
    case fileTooLarge(limit: Int)
    /// The temporary file could not be written; an `errno` value.
    case storage(code: Int32)

    var message: String {
        switch self {
        case .notMultipart, .malformed:
            "Biểu mẫu gửi lên không đúng định dạng. Hãy tải lại trang rồi gửi lại."
        case .truncated:
            "Dữ liệu gửi lên bị ngắt giữa chừng. Hãy kiểm tra đường truyền rồi gửi lại."
        case .tooManyParts(let limit):
            "Biểu mẫu có quá nhiều mục (tối đa \(limit)). Hãy chia thành nhiều lần gửi."
        case .fieldTooLarge(let name, let limit):
            "Nội dung ô “\(name)” quá dài (tối đa \(Self.size(limit))). Hãy rút gọn rồi gửi lại."
        case .fileTooLarge(let limit):
            "Tệp gửi lên quá lớn (tối đa \(Self.size(limit))). Hãy giảm dung lượng hoặc chia nhỏ rồi gửi lại."
        case .storage:
            "Máy chủ không ghi được tệp tải lên. Hãy thử lại sau hoặc báo người quản trị."
        }
    }

    /// A limit for reading: whole binary units where they fit.
    private static func size(_ bytes: Int) -> String {
        for (unit, name) in [(1 << 20, "MB"), (1 << 10, "KB")] where bytes >= unit && bytes % unit == 0 {
            return "\(bytes / unit) \(name)"
        }
        return "\(bytes) byte"
    }
}
