import Database
public import Kernel

/// A notice as it stands on the board, for who keeps the system.
public struct PostedNotice: Sendable, Equatable {
    public let id: RecordID
    public let kind: String
    public let key: String
    public let subject: Subject
    public let at: Timestamp
    public let title: String
    /// Places, with the right that it takes: `unit/10507 work.hand-in`.
    public let addressees: [String]
    /// How many people read it.
    public let readers: Int
    public let until: Day?
    /// When its fact was gone.
    public let resolvedAt: Timestamp?
}

extension NoticeService {
    /// What was told to anybody, the latest first, for the command line: a title may be about one person's account.
    public func board(_ limit: Int) async throws -> [PostedNotice] {
        try await store.read { connection in
            try connection.rows("SELECT * FROM notice ORDER BY at DESC, id DESC LIMIT ?", limit).map { row in
                let id = try row.recordID("id")
                let stored = try row.text("subject")
                guard let subject = Subject(stored) else {
                    throw DatabaseError.column(name: "subject", problem: "is not a subject: \(stored)")
                }
                let addressees = try connection.rows(
                    "SELECT place, right_name FROM notice_addressee WHERE notice = ? ORDER BY place, right_name", id
                ).map {
                    [try $0.text("place"), try $0.text("right_name")].filter { !$0.isEmpty }.joined(separator: " ")
                }
                let readers =
                    try connection.integer(
                        "SELECT COUNT(*) FROM notice_reader WHERE notice = ? AND read_at IS NOT NULL", id) ?? 0
                return PostedNotice(
                    id: id, kind: try row.text("kind"), key: try row.text("once_key"), subject: subject,
                    at: try row.timestamp("at"), title: try row.text("title"), addressees: addressees,
                    readers: readers, until: try row.optionalDay("until_day"),
                    resolvedAt: try row.optionalTimestamp("resolved_at"))
            }
        }
    }
}
