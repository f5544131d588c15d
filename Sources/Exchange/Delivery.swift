import Access
import Database
public import Formats
public import Kernel

extension Subject.Kind {
    /// A delivery; the key is its number.
    public static let delivery = Self("delivery")
}

/// A file that an agency handed over for a period.
public struct Delivery: Sendable, Equatable {
    /// Where it stands. Follows from its events.
    public enum State: String, Sendable {
        /// The file is on its way in.
        case arriving
        /// Its rows are being kept.
        case receiving
        /// All of it is kept, and persons and employers derive from it.
        case inForce = "in-force"
        /// Its records are being taken out.
        case leaving
        /// A later delivery for the same period took its place; its records stay as what was said once.
        case replaced
        /// Taken out with all that followed from it.
        case withdrawn
        /// Its file cannot be received, or none of its rows: nothing of it is kept but what was returned.
        case refused
        /// Its rows were destroyed when the time for which they could be kept was over; minutes tell of it.
        case destroyed

        /// In Vietnamese.
        public var words: String {
            switch self {
            case .arriving: "đang tải lên"
            case .receiving: "đang nhận"
            case .inForce: "có hiệu lực"
            case .leaving: "đang thu hồi"
            case .replaced: "đã được thay"
            case .withdrawn: "đã thu hồi"
            case .refused: "không nhận được"
            case .destroyed: "đã huỷ dữ liệu gốc"
            }
        }

        /// Whether the same file again would be the same once more.
        var stands: Bool { ![.withdrawn, .replaced, .refused, .destroyed].contains(self) }
    }

    /// What happened to it, each once or more.
    public enum EventKind: String, Sendable {
        /// Somebody handed it over.
        case received
        /// The file is there whole, and reading begins.
        case begun
        case taken
        /// What had taken its place was withdrawn.
        case restored
        case leaving = "withdrawal-begun"
        case replaced
        case withdrawn
        /// It cannot be received; what was kept of it goes.
        case refusing = "refusal-begun"
        case refused
        /// Its rows are being destroyed; are destroyed; are destroyed but for what may stay.
        case destroying = "destruction-begun"
        case destroyed, reduced

        var state: State {
            switch self {
            case .received: .arriving
            case .begun: .receiving
            case .taken, .restored, .reduced: .inForce
            case .leaving, .destroying, .refusing: .leaving
            case .replaced: .replaced
            case .withdrawn: .withdrawn
            case .refused: .refused
            case .destroyed: .destroyed
            }
        }
    }

    public struct Event: Sendable, Equatable {
        public let kind: EventKind
        /// A reason, or what it came to; in Vietnamese.
        public let words: String
        public let at: Timestamp
        public let byName: String
    }

    /// From 1, in the order of receipt.
    public let number: Int
    /// Twelve hexadecimal digits that follow from file, sender, format and period.
    public let code: String
    public let format: String
    public let sender: UnitCode
    public let period: Month
    /// Number and day of the agreement or request it answers; may be empty.
    public let agreement: String
    public let fileName: String
    public let sha256: String
    public let size: Int
    /// Whether it takes the place of what the sender delivered for the period before.
    public let replacesPeriod: Bool
    /// The encoding of before Unicode that somebody agreed to read it from.
    public let accepted: OldEncoding?
    public let state: State
    public let counts: DeliveryCounts
    public let job: RecordID?
    public let receivedAt: Timestamp
    public let receivedBy: String

    /// As a receipt names it: `12/2026`.
    public var receipt: String { "\(number)/\(receivedAt.day.year)" }

    init(_ row: SQLRow) throws {
        number = try row.integer("number")
        code = try row.text("code")
        format = try row.text("format")
        let sender = try row.text("sender")
        guard let code = UnitCode(sender) else {
            throw DatabaseError.column(name: "sender", problem: "is not a unit: \(sender)")
        }
        self.sender = code
        period = try row.month("period")
        agreement = try row.text("agreement")
        fileName = try row.text("file_name")
        sha256 = try row.text("sha256")
        size = try row.integer("size")
        replacesPeriod = try row.flag("replaces_period")
        accepted = try row.optionalText("old_encoding").flatMap { OldEncoding(rawValue: $0) }
        state = try row.choice("state")
        counts = try DeliveryCounts(json: try row.text("counts"))
        job = try row.optionalRecordID("job")
        receivedAt = try row.timestamp("received_at")
        receivedBy = try row.text("received_by")
    }
}

/// Reading and noting deliveries inside a running read or write.
enum Deliveries {
    static func find(_ number: Int, on connection: any SQLConnection) throws -> Delivery? {
        try connection.row("SELECT * FROM delivery WHERE number = ?", number).map { try Delivery($0) }
    }

    static func require(_ number: Int, on connection: any SQLConnection) throws -> Delivery {
        guard let delivery = try find(number, on: connection) else { throw unknown("\(number)") }
        return delivery
    }

    static func unknown(_ name: String) -> Refusal {
        Refusal(.notFound, "Không có lần giao dữ liệu \(name). Hãy xem danh sách bằng “baophu register deliveries”.")
    }

    /// By number, receipt (`12/2026`) or code.
    static func find(named name: String, on connection: any SQLConnection) throws -> Delivery {
        let digits = name.split(separator: "/").first.map(String.init) ?? ""
        if let number = Int(digits), digits.utf8.count < 12, let delivery = try find(number, on: connection),
            !name.contains("/") || delivery.receipt == name
        {
            return delivery
        }
        let rows = try connection.rows("SELECT * FROM delivery WHERE code = ? ORDER BY number DESC LIMIT 1", name)
        guard let delivery = try rows.first.map({ try Delivery($0) }) else { throw unknown(name) }
        return delivery
    }

    static func events(of number: Int, on connection: any SQLConnection) throws -> [Delivery.Event] {
        try connection.rows("SELECT * FROM delivery_event WHERE delivery = ? ORDER BY step", number).map { row in
            Delivery.Event(
                kind: try row.choice("kind"), words: try row.text("words"), at: try row.timestamp("at"),
                byName: try row.text("by_name"))
        }
    }

    /// The receipt of what took its place last; nil where nothing did.
    static func replacer(of number: Int, on connection: any SQLConnection) throws -> String? {
        let last = try events(of: number, on: connection).last {
            [.replaced, .restored].contains($0.kind)
        }
        return last?.kind == .replaced ? last?.words : nil
    }

    /// Whether it leaves because it could not be received, and not because somebody withdrew it.
    static func isBeingRefused(_ delivery: Delivery, on connection: any SQLConnection) throws -> Bool {
        try delivery.state == .leaving && events(of: delivery.number, on: connection).last?.kind == .refusing
    }

    /// Notes what happened, and where the delivery stands for it.
    static func note(
        _ kind: Delivery.EventKind, of number: Int, words: String = "", by name: String, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let last = try connection.integer("SELECT MAX(step) FROM delivery_event WHERE delivery = ?", number) ?? 0
        try connection.execute(
            "INSERT INTO delivery_event (delivery, step, kind, words, at, by_name) VALUES (?, ?, ?, ?, ?, ?)", number,
            last + 1, kind.rawValue, words, now, name)
        try connection.execute(
            "UPDATE delivery SET state = ? WHERE number = ?", kind.state.rawValue, number)
        try Revisions.advance(.delivery, on: connection)
    }

    static func save(_ counts: DeliveryCounts, of number: Int, on connection: any SQLConnection) throws {
        try connection.execute("UPDATE delivery SET counts = ? WHERE number = ?", counts.json, number)
    }
}
