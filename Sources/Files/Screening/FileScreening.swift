public import Foundation

/// What keeps a file from being taken, whatever record it is meant for: what it could do on the machine of whoever opens it.
public struct FileScreening: Sendable {
    /// Nil where no scanner is configured.
    public let scanner: VirusScanner?
    /// Takes files that could not be scanned; otherwise they wait for the scanner.
    public let takesUnscanned: Bool

    public init(scanner: VirusScanner? = nil, takesUnscanned: Bool = false) {
        self.scanner = scanner
        self.takesUnscanned = takesUnscanned
    }

    public struct Finding: Sendable, Equatable {
        /// For whoever sent the file.
        public let message: String
        /// What the scanner calls it; nil for what is refused without it.
        public let signature: String?
    }

    /// Looks at a file on disk for what it would do when opened; blocks meanwhile.
    /// - Returns: nil where nothing is found.
    public func active(in path: String) -> Finding? {
        guard let content = Self.content(of: path) else { return Self.unread }
        return ActiveContent.found(in: content).map { Finding(message: $0.message, signature: nil) }
    }

    /// Asks the scanner about a file on disk, where there is one; blocks meanwhile.
    /// - Parameter start: when it was to be asked at first. Whoever waited for a turn as long as the scanner may take is not
    ///   kept longer: the scanner counts as not answering.
    /// - Returns: nil where nothing is found.
    public func infection(in path: String, askedAt start: ContinuousClock.Instant = .now) -> Finding? {
        guard let scanner else { return nil }
        guard let content = Self.content(of: path) else { return Self.unread }
        do {
            guard ContinuousClock.now < start + .seconds(scanner.patience) else {
                throw VirusScanner.Failure(description: "clamd was not free for \(scanner.patience) seconds")
            }
            guard case .infected(let signature) = try scanner.scan(content) else { return nil }
            return Finding(
                message:
                    "Phần mềm quét virus từ chối tệp này (\(signature)). Đừng mở lại tệp; hãy báo người phụ trách công nghệ thông tin của đơn vị.",
                signature: signature)
        } catch {
            guard !takesUnscanned else { return nil }
            return Finding(
                message: "Chưa quét được virus nên chưa nhận tệp. Hãy thử lại sau ít phút, hoặc báo quản trị hệ thống.",
                signature: nil)
        }
    }

    private static let unread = Finding(message: "Không đọc được tệp vừa tải lên. Hãy gửi lại.", signature: nil)

    private static func content(of path: String) -> Data? {
        try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    }
}

/// What runs, or brings in another file, when a document is opened.
public enum ActiveContent: Sendable, Equatable {
    case macros
    case embeddedObject
    /// Of PDF.
    case script
    case attachment

    public var message: String {
        switch self {
        case .macros:
            "Tệp có macro (chương trình chạy khi mở tệp). Hãy lưu lại không kèm macro (Word: .docx, Excel: .xlsx), hoặc in ra PDF, rồi gửi lại."
        case .embeddedObject:
            "Tệp có đối tượng nhúng (tệp khác nằm bên trong). Hãy bỏ đối tượng đó, hoặc in ra PDF, rồi gửi lại; tệp nằm bên trong gửi riêng."
        case .script:
            "Tệp PDF có mã JavaScript hoặc lệnh mở chương trình. Hãy in lại ra một tệp PDF mới rồi gửi lại."
        case .attachment:
            "Tệp PDF có tệp khác đính kèm bên trong. Hãy in lại ra một tệp PDF mới rồi gửi lại; tệp đính kèm gửi riêng."
        }
    }

    /// The first found, by what the content is; nil for content of other kinds.
    public static func found(in content: Data) -> ActiveContent? {
        if content.starts(with: "%PDF-".utf8) { return PDFNames(content).active }
        if content.starts(with: [0x50, 0x4B]) { return OfficeArchive.active(partsOf: content) }
        if content.starts(with: CompoundFile.signature) { return CompoundFile(content)?.active }
        return nil
    }
}
