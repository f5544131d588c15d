import Database
public import Kernel

/// A letter of the outbox, as it may be read: by its addressee whole, by who keeps the outbox without what is the
/// addressee's own.
public struct Letter: Sendable, Equatable {
    public let id: RecordID
    public let account: RecordID
    public let name: String
    public let day: Day
    public let subject: String
    /// Plain text: goes into an e-mail as it is, and into Zalo by copying.
    public let body: String
    /// E-mail address at the time of writing; nil when the person has none.
    public let recipient: String?
    public let sentAt: Timestamp?
    public let attempts: Int
    public let problem: String?

    init(_ row: SQLRow, whole: Bool, _ names: [RecordID: String]) throws {
        id = try row.recordID("id")
        account = try row.recordID("account")
        name = names[account] ?? ""
        day = try row.day("day")
        subject = try row.text("subject")
        body = try (whole ? row.optionalText("own_body") : nil) ?? row.text("body")
        recipient = try row.optionalText("recipient")
        sentAt = try row.optionalTimestamp("sent_at")
        attempts = try row.integer("attempts")
        problem = try row.optionalText("problem")
    }
}

/// What one part of the house has to say in a person's letter.
public struct LetterPart: Sendable, Equatable {
    /// For the subject line: “2 việc quá hạn”.
    public let counts: [String]
    public let lines: [String]
    /// Whether nobody but the addressee may read it, not even who keeps the outbox.
    public let isOwn: Bool

    public init(counts: [String], lines: [String], isOwn: Bool = false) {
        self.counts = counts
        self.lines = lines
        self.isOwn = isOwn
    }
}

/// The words around the parts.
enum LetterText {
    static func subject(_ parts: [LetterPart]) -> String {
        "Bao Phủ: " + parts.flatMap(\.counts).joined(separator: ", ")
    }

    static func whole(_ parts: [LetterPart], to name: String) -> String {
        letter(to: name, parts.flatMap(\.lines))
    }

    /// Without what is the addressee's own.
    static func shared(_ parts: [LetterPart], to name: String) -> String {
        let own = parts.filter(\.isOwn).flatMap(\.counts)
        return letter(
            to: name,
            parts.filter { !$0.isOwn }.flatMap(\.lines)
                + (own.isEmpty ? [] : ["(\(own.joined(separator: ", ")): chỉ người nhận đọc được.)"]))
    }

    private static func letter(to name: String, _ lines: [String]) -> String {
        (["Kính gửi \(name),"] + lines + ["Xem và xử lý trong hệ thống Bao Phủ, mục “Việc của tôi”."])
            .joined(separator: "\n")
    }
}
