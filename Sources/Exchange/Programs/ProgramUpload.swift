import Database
public import Kernel

/// A file on its way from a program, in as many pieces as its connection makes of it.
public struct ProgramUpload: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        /// Bytes are still to come.
        case open
        /// All of it is there, and is looked at.
        case whole
        /// It was understood, and has a receipt.
        case delivered
        /// It could not be understood: nothing of it is kept but why.
        case refused

        /// In Vietnamese.
        public var words: String {
            switch self {
            case .open: "đang tải lên"
            case .whole: "đang được đọc"
            case .delivered: "đã có phiếu nhận"
            case .refused: "không nhận được"
            }
        }
    }

    public let id: RecordID
    public let program: RecordID
    public let agreement: Int
    public let purpose: String
    public let period: Month
    public let fileName: String
    public let replacesPeriod: Bool
    /// What the program says of the whole file; nil where it says nothing.
    public let sha256: String?
    /// Bytes in all, and those that are kept.
    public let size: Int
    public let taken: Int
    public let state: State
    /// Why it was refused, with the remedy, in Vietnamese.
    public let problem: String
    public let job: RecordID?
    /// Known once it was understood.
    public let delivery: Int?
    public let createdAt: Timestamp
    public let touchedAt: Timestamp

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        program = try row.recordID("program")
        agreement = try row.integer("agreement")
        purpose = try row.text("purpose")
        period = try row.month("period")
        fileName = try row.text("file_name")
        replacesPeriod = try row.flag("replaces_period")
        sha256 = try row.optionalText("sha256")
        size = try row.integer("size")
        taken = try row.integer("taken")
        state = try row.choice("state")
        problem = try row.text("problem")
        job = try row.optionalRecordID("job")
        delivery = try row.optionalInteger("delivery")
        createdAt = try row.timestamp("created_at")
        touchedAt = try row.timestamp("touched_at")
    }

    /// How long one that stands still is kept, in seconds.
    static let keptSeconds: Int64 = 2 * 86_400

    /// When it is given up where nothing more comes; nil once all of it came.
    public var expires: Timestamp? { state == .open ? touchedAt.adding(seconds: Self.keptSeconds) : nil }
}

/// What a program says of a file before it sends it.
public struct ProgramUploadDraft: Sendable, Equatable {
    public let idempotency: String
    public let period: Month
    public let fileName: String
    public let size: Int
    public let replacesPeriod: Bool
    public let sha256: String?

    /// - Parameters:
    ///   - idempotency: what the program calls the upload.
    ///   - period: `yyyy-MM`.
    ///   - sha256: of the whole file, 64 hexadecimal digits.
    /// - Throws: a refusal that names what is wrong.
    public init(
        idempotency: String, period: String, fileName: String, size: Int, replacesPeriod: Bool, sha256: String? = nil
    ) throws(Refusal) {
        guard period.utf8.count == 7, let month = Month(period) else {
            throw Refusal(.invalid, "Kỳ (period) “\(period.prefix(20))” không phải tháng dạng yyyy-MM.")
        }
        let name = VietnameseText.tidy(fileName)
        guard !name.isEmpty, name.count <= 200, !name.contains("/"), !name.contains("\\"), ProgramErrand.isPlain(name)
        else {
            throw Refusal(
                .invalid, "Tên tệp (filename) trống, dài quá 200 chữ, có dấu gạch chéo hoặc ký tự điều khiển.")
        }
        guard (1...Self.mostBytes).contains(size) else {
            throw Refusal(.invalid, "Cỡ tệp từ 1 đến \(VietnameseText.grouped(Self.mostBytes)) byte.")
        }
        guard (8...100).contains(idempotency.utf8.count),
            idempotency.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw Refusal(
                .invalid, "Thiếu Idempotency-Key, hoặc khóa không phải 8 đến 100 ký tự ASCII không khoảng trắng.")
        }
        let digits = sha256?.lowercased()
        if let digits {
            guard digits.utf8.count == 64, digits.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) }) else {
                throw Refusal(.invalid, "Mã băm (sha256) phải là 64 chữ số thập lục phân.")
            }
        }
        (self.idempotency, self.period, self.fileName) = (idempotency, month, name)
        (self.size, self.replacesPeriod, self.sha256) = (size, replacesPeriod, digits)
    }

    /// Two gigabytes: lists of millions of rows are a tenth of it.
    public static let mostBytes = 2 << 30
}
