import Components

/// The kinds of file that people may send, told by extension and confirmed by the first bytes.
public enum FileKind: String, CaseIterable, Sendable {
    case pdf, docx, xlsx, doc, xls, jpeg, png, csv, text

    /// Bytes of a file's beginning that ``sniff(prefix:fileName:)`` can make use of; fewer will do for a short file.
    static let prefixBytes = 8192

    /// Lower case, without the dot; the usual one first.
    var extensions: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg"]
        case .text: ["txt"]
        default: [rawValue]
        }
    }

    /// The folder of an archive in which its content lies; nil for what is no archive.
    private var folder: String? {
        switch self {
        case .docx: "word/"
        case .xlsx: "xl/"
        default: nil
        }
    }

    /// Whether an archive of these parts is such a document, and whole: an archive that was cut off has no list of its parts.
    func isMade(of parts: [String]) -> Bool {
        guard let folder else { return true }
        return parts.contains("[Content_Types].xml") && parts.contains { $0.hasPrefix(folder) }
    }

    /// The media type as registered with IANA, for `Content-Type`.
    var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .doc: "application/msword"
        case .xls: "application/vnd.ms-excel"
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .csv: "text/csv"
        case .text: "text/plain"
        }
    }

    /// The kind in a Vietnamese sentence.
    var title: String {
        switch self {
        case .pdf: "PDF"
        case .docx: "Word (.docx)"
        case .xlsx: "Excel (.xlsx)"
        case .doc: "Word đời cũ (.doc)"
        case .xls: "Excel đời cũ (.xls)"
        case .jpeg: "ảnh JPEG"
        case .png: "ảnh PNG"
        case .csv: "bảng CSV"
        case .text: "văn bản thuần"
        }
    }

    /// The kind that a media type names, in a Vietnamese sentence; the type itself where it is none of these.
    public static func title(ofMediaType type: String) -> String {
        let plain = type.prefix { $0 != ";" }
        return allCases.first { $0.mediaType == plain }?.title ?? type
    }

    /// Tells a file's kind: its extension names one, and its first bytes must not speak against it.
    ///
    /// - Parameters:
    ///   - prefix: the file's first bytes, best ``prefixBytes`` of them; empty only for an empty file.
    ///   - fileName: with its extension in any case.
    ///   - accepted: what is taken where it was sent to; nil for all kinds.
    static func sniff(
        prefix: [UInt8], fileName: String, of accepted: AcceptedFiles? = nil
    ) -> Result<FileKind, FileKindError> {
        let ending = pathExtension(fileName)
        let taken = accepted?.endings ?? allCases.flatMap(\.extensions)
        guard taken.contains(ending), let named = allCases.first(where: { $0.extensions.contains(ending) }) else {
            return .failure(.unknownExtension(ending, taken: taken))
        }
        guard !prefix.isEmpty else { return .failure(.empty) }
        let content = Content(prefix)
        guard content.kinds.contains(named) else {
            return .failure(.contentDiffers(named: named, found: content.likelyKind(insteadOf: named)))
        }
        return .success(named)
    }

    static func pathExtension(_ fileName: String) -> String {
        guard let dot = fileName.lastIndex(of: ".") else { return "" }
        return fileName[fileName.index(after: dot)...].lowercased()
    }
}

/// Why a file is not taken. `message` is Vietnamese and names the remedy.
enum FileKindError: Error, Equatable, Sendable {
    /// The extension, lower case, without the dot; empty for a name that has none; and those that are taken.
    case unknownExtension(String, taken: [String])
    /// The extension says one thing and the bytes another; `found` is `nil` when they say nothing known.
    case contentDiffers(named: FileKind, found: FileKind?)
    /// The file has no byte.
    case empty
    /// An archive by its beginning, but no document, or not all of one.
    case brokenDocument(FileKind)

    var message: String {
        switch self {
        case .unknownExtension(let ending, let taken):
            let accepted = taken.map { ".\($0)" }.joined(separator: ", ")
            let problem = ending.isEmpty ? "Tên tệp không có đuôi" : "Không nhận tệp có đuôi .\(ending)"
            let formats = taken.count == 1 ? "định dạng" : "một trong các định dạng"
            return "\(problem). Hãy lưu tệp ở \(formats) \(accepted) rồi gửi lại."
        case .contentDiffers(let named, let found?):
            return "Tên tệp cho biết đây là \(named.title) nhưng nội dung là \(found.title). "
                + "Hãy mở tệp, lưu lại đúng định dạng \(named.title) rồi gửi lại; đổi đuôi tên tệp là không đủ."
        case .contentDiffers(let named, nil):
            return "Nội dung tệp không phải là \(named.title) như tên tệp cho biết; tệp có thể bị hỏng. "
                + "Hãy mở thử tệp trên máy, lưu lại ở định dạng \(named.title) rồi gửi lại."
        case .brokenDocument(let kind):
            return
                "Tệp không phải là \(kind.title) nguyên vẹn: có thể tải về chưa hết, bị hỏng, hoặc là tệp nén đổi tên. "
                + "Hãy mở thử tệp bằng Word hoặc Excel, lưu lại ở định dạng \(kind.title) rồi gửi lại."
        case .empty:
            return "Tệp không có nội dung (0 byte). Hãy kiểm tra lại tệp trên máy rồi chọn và gửi lại."
        }
    }
}

/// What a file's first bytes allow it to be.
private struct Content {
    /// Every kind that agrees with the bytes, the likeliest first.
    let kinds: [FileKind]

    init(_ bytes: [UInt8]) {
        if bytes.starts(with: "%PDF-".utf8) {
            kinds = [.pdf]
        } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            kinds = Content.zipKinds(bytes)
        } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            kinds = [.doc, .xls]
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            kinds = [.jpeg]
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            kinds = [.png]
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || !bytes.contains(0) {
            kinds = [.text, .csv]
        } else {
            kinds = []
        }
    }

    /// The kind to name in a message: the like of the named one where the bytes leave a choice; `nil` for a container
    /// of Office documents under a name that speaks of none, because much else comes in such containers.
    func likelyKind(insteadOf named: FileKind) -> FileKind? {
        let office: Set<FileKind> = [.doc, .docx, .xls, .xlsx]
        if kinds.count > 1, office.isSuperset(of: kinds), !office.contains(named) { return nil }
        let sheets: Set<FileKind> = [.xls, .xlsx, .csv]
        return kinds.first { sheets.contains($0) == sheets.contains(named) } ?? kinds.first
    }

    /// Office documents are ZIP archives whose parts lie in `word/` or `xl/`; when neither or both names occur in the
    /// bytes at hand, the archive may be either.
    private static func zipKinds(_ bytes: [UInt8]) -> [FileKind] {
        switch (occurs("word/", in: bytes), occurs("xl/", in: bytes)) {
        case (true, false): [.docx]
        case (false, true): [.xlsx]
        default: [.docx, .xlsx]
        }
    }

    private static func occurs(_ name: String, in bytes: [UInt8]) -> Bool {
        let name = Array(name.utf8)
        guard bytes.count >= name.count else { return false }
        return (0...bytes.count - name.count).contains { bytes[$0...].starts(with: name) }
    }
}
