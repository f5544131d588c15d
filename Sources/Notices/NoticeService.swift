public import Access
public import Database
public import Kernel

/// What people must know, as each of them sees it.
public struct NoticeService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    /// All kinds there are, by part of the house.
    public let areas: [NoticeArea]
    let kinds: [String: NoticeKind]

    public init(store: any DataStore, clock: Clock, areas: [NoticeArea]) {
        self.store = store
        self.clock = clock
        self.areas = areas
        kinds = Dictionary(
            areas.flatMap(\.kinds).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public var outbox: Outbox { Outbox(store: store, clock: clock) }

    /// The kind's title; its name for a kind that this release no longer knows.
    public func title(ofKind name: String) -> String { kinds[name]?.title ?? name }
}

/// A notice as one person sees it.
public struct ReceivedNotice: Sendable, Equatable {
    public let id: RecordID
    /// The name of its ``NoticeKind``.
    public let kind: String
    public let subject: Subject
    public let day: Day
    public let at: Timestamp
    public let title: String
    public let detail: String
    public let weight: NoticeWeight
    public let until: Day?
    /// Whether it is for this account alone.
    public let isOwn: Bool
    public let isRead: Bool

    static let columns = """
        n.id, n.kind, n.subject, n.day, n.at, n.title, n.detail, n.weight, n.until_day, n.own, r.read_at
        """

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        kind = try row.text("kind")
        let stored = try row.text("subject")
        guard let subject = Subject(stored) else {
            throw DatabaseError.column(name: "subject", problem: "is not a subject: \(stored)")
        }
        self.subject = subject
        day = try row.day("day")
        at = try row.timestamp("at")
        title = try row.text("title")
        detail = try row.text("detail")
        let number = try row.integer("weight")
        guard let weight = NoticeWeight(rawValue: number) else {
            throw DatabaseError.column(name: "weight", problem: "is not a weight: \(number)")
        }
        self.weight = weight
        until = try row.optionalDay("until_day")
        isOwn = try row.flag("own")
        isRead = try row.optionalTimestamp("read_at") != nil
    }
}

extension NoticeService {
    /// How many a page of the list shows.
    public static let pageLength = 40

    private static let source = "notice n LEFT JOIN notice_reader r ON r.notice = n.id AND r.account = ?"

    /// How many the person has not read.
    public func unread(for viewer: Viewer) async throws -> Int { try await count(unreadOnly: true, for: viewer) }

    public func count(unreadOnly: Bool, for viewer: Viewer) async throws -> Int {
        let today = clock.today
        return try await store.read { connection in
            let (sql, values) = NoticeScope(viewer).condition(today: today.sqlValue)
            guard
                case .integer(let number)? = try connection.rows(
                    "SELECT COUNT(*) FROM \(Self.source) WHERE \(sql)\(unreadOnly ? " AND r.read_at IS NULL" : "")",
                    [viewer.account.sqlValue] + values
                ).first?.values.first
            else { return 0 }
            return Int(number)
        }
    }

    /// One's own notices: of those unread the most urgent first, of all the latest.
    public func notices(
        unreadOnly: Bool, for viewer: Viewer, skipping: Int = 0, limit: Int = pageLength
    ) async throws -> [ReceivedNotice] {
        let today = clock.today
        return try await store.read { connection in
            let (sql, values) = NoticeScope(viewer).condition(today: today.sqlValue)
            return try connection.rows(
                """
                SELECT \(ReceivedNotice.columns) FROM \(Self.source)
                WHERE \(sql)\(unreadOnly ? " AND r.read_at IS NULL" : "")
                ORDER BY \(unreadOnly ? "n.weight DESC, " : "")n.at DESC, n.id DESC LIMIT ? OFFSET ?
                """, [viewer.account.sqlValue] + values + [limit.sqlValue, skipping.sqlValue]
            ).map(ReceivedNotice.init)
        }
    }

    static func find(
        _ id: RecordID, for viewer: Viewer, today: Day, on connection: any SQLConnection
    ) throws -> ReceivedNotice {
        let (sql, values) = NoticeScope(viewer).condition(today: today.sqlValue)
        guard
            let row = try connection.rows(
                "SELECT \(ReceivedNotice.columns) FROM \(source) WHERE n.id = ? AND \(sql)",
                [viewer.account.sqlValue, id.sqlValue] + values
            ).first
        else {
            throw Refusal(
                .notFound, "Không có thông báo này: đã được giải quyết, đã hết hạn, hoặc không gửi cho bạn.")
        }
        return try ReceivedNotice(row)
    }

    /// Those of the person's that no letter has told of, the most urgent first.
    static func untold(
        for viewer: Viewer, today: Day, on connection: any SQLConnection
    ) throws -> [ReceivedNotice] {
        let (sql, values) = NoticeScope(viewer).condition(today: today.sqlValue)
        return try connection.rows(
            """
            SELECT \(ReceivedNotice.columns) FROM \(source)
            WHERE \(sql) AND r.read_at IS NULL AND r.told_at IS NULL ORDER BY n.weight DESC, n.at, n.id
            """, [viewer.account.sqlValue] + values
        ).map(ReceivedNotice.init)
    }
}
