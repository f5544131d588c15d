import PlanText
public import Access
public import Database
public import Kernel

/// A difficulty an officer reports ("vướng mắc"), and its way to an answer (task V.2 of the plan).
public struct Obstacle: Sendable, Equatable {
    public enum Status: String, Sendable, CaseIterable {
        case new, assigned, answered, merged

        public var title: String {
            switch self {
            case .new: "Mới gửi"
            case .assigned: "Đã giao trả lời"
            case .answered: "Đã trả lời"
            case .merged: "Đã gộp"
            }
        }
    }

    public let id: RecordID
    public let at: Timestamp
    public let account: RecordID
    public let sender: String
    public let unit: UnitCode?
    /// The page it was sent from.
    public let page: String
    public let task: String?
    public let title: String
    public let text: String
    public let mergedInto: RecordID?
    public let assignedTo: AgencyCode?
    /// The last day to answer; nil until an agency was asked to.
    public let answerDue: Day?
    public let answer: String?
    public let legalBasis: String?
    public let answeredAt: Timestamp?
    public let answeredBy: String?
    /// Of the report on difficulties; empty while nobody put it into one.
    public let group: String
    public let version: Int

    public var status: Status {
        if mergedInto != nil { return .merged }
        if answer != nil { return .answered }
        return assignedTo != nil ? .assigned : .new
    }

    /// Whether the agency that was asked let its day pass.
    public func isOverdue(on today: Day) -> Bool {
        guard status == .assigned, let answerDue else { return false }
        return answerDue < today
    }

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        at = try row.timestamp("at")
        account = try row.recordID("account")
        sender = try row.text("sender_name")
        unit = try row.optionalText("unit").flatMap { UnitCode($0) }
        page = try row.text("page")
        task = try row.optionalText("task")
        title = try row.text("title")
        text = try row.text("text")
        mergedInto = try row.optionalRecordID("merged_into")
        assignedTo = try row.optionalText("assigned_to").flatMap { AgencyCode($0) }
        answerDue = try row.optionalText("answer_due").flatMap { Day($0) }
        answer = try row.optionalText("answer")
        legalBasis = try row.optionalText("legal_basis")
        answeredAt = try row.optionalTimestamp("answered_at")
        answeredBy = try row.optionalText("answered_by_name")
        group = try row.text("report_group")
        version = try row.integer("version")
    }
}

/// Reading obstacles.
public enum Obstacles {
    /// What the viewer may read: one's own and what they were merged into, those assigned to one's agency, all for whoever manages them; answers are
    /// guidance for everybody.
    static func condition(for viewer: Viewer) -> (sql: String, values: [SQLValue]) {
        if viewer.may(.manageObstacles) { return ("1 = 1", []) }
        return (
            """
            (o.account = ? OR o.assigned_to = ? OR (o.answer IS NOT NULL AND o.merged_into IS NULL)
                OR EXISTS (SELECT 1 FROM obstacle m WHERE m.merged_into = o.id AND m.account = ?))
            """,
            [viewer.account.sqlValue, (viewer.agency?.text ?? "").sqlValue, viewer.account.sqlValue]
        )
    }

    /// Obstacles by the words of a search (all must occur; marks and case do not matter), the latest first.
    static func search(
        _ query: String, status: Obstacle.Status?, for viewer: Viewer, limit: Int, on connection: any SQLConnection
    ) throws -> [Obstacle] {
        var (sql, values) = condition(for: viewer)
        for word in VietnameseText.fold(query).split(separator: " ").prefix(8) {
            sql += " AND o.searched LIKE ? ESCAPE '!'"
            values.append("%\(escaped(word))%".sqlValue)
        }
        switch status {
        case .new: sql += " AND o.answer IS NULL AND o.assigned_to IS NULL AND o.merged_into IS NULL"
        case .assigned: sql += " AND o.answer IS NULL AND o.assigned_to IS NOT NULL AND o.merged_into IS NULL"
        case .answered: sql += " AND o.answer IS NOT NULL AND o.merged_into IS NULL"
        case .merged: sql += " AND o.merged_into IS NOT NULL"
        case nil: sql += " AND o.merged_into IS NULL"
        }
        return try connection.rows(
            "SELECT o.* FROM obstacle o WHERE \(sql) ORDER BY o.at DESC, o.id DESC LIMIT ?", values + [limit.sqlValue]
        ).map(Obstacle.init)
    }

    public static func openCount(on connection: any SQLConnection) throws -> Int {
        try connection.integer("SELECT COUNT(*) FROM obstacle WHERE merged_into IS NULL AND answer IS NULL") ?? 0
    }

    /// What the viewer may read and was not merged into another, the oldest first, at most five hundred: for the report on
    /// difficulties.
    public static func reported(for viewer: Viewer, on connection: any SQLConnection) throws -> [Obstacle] {
        let (sql, values) = condition(for: viewer)
        return try connection.rows(
            "SELECT o.* FROM obstacle o WHERE o.merged_into IS NULL AND \(sql) ORDER BY o.at, o.id LIMIT 500", values
        ).map(Obstacle.init)
    }

    private static func escaped(_ word: some StringProtocol) -> String {
        word.map { "!%_".contains($0) ? "!\($0)" : String($0) }.joined()
    }

    static func searched(_ parts: String?...) -> String {
        VietnameseText.fold(parts.compactMap(\.self).joined(separator: " "))
    }
}

extension ObstacleService {
    /// An obstacle with those merged into it.
    public func obstacle(_ id: RecordID, for viewer: Viewer) async throws -> (obstacle: Obstacle, merged: [Obstacle]) {
        try await store.read { connection in
            let obstacle = try Self.obstacle(id, for: viewer, on: connection)
            let (sql, values) = Obstacles.condition(for: viewer)
            let merged = try connection.rows(
                "SELECT o.* FROM obstacle o WHERE o.merged_into = ? AND \(sql) ORDER BY o.at, o.id",
                [id.sqlValue] + values
            ).map(Obstacle.init)
            return (obstacle, merged)
        }
    }

    static func obstacle(_ id: RecordID, for viewer: Viewer, on connection: any SQLConnection) throws -> Obstacle {
        let (sql, values) = Obstacles.condition(for: viewer)
        guard
            let row = try connection.rows(
                "SELECT o.* FROM obstacle o WHERE o.id = ? AND \(sql)", [id.sqlValue] + values
            ).first
        else { throw Refusal(.notFound, "Không có vướng mắc này, hoặc nó không thuộc phạm vi của bạn.") }
        return try Obstacle(row)
    }

    public func obstacles(
        matching query: String = "", status: Obstacle.Status? = nil, for viewer: Viewer, limit: Int = 100
    ) async throws -> [Obstacle] {
        try await store.read { connection in
            try Obstacles.search(query, status: status, for: viewer, limit: limit, on: connection)
        }
    }
}
