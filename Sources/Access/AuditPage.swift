import Database
public import Kernel

/// What a look into the audit trail is narrowed to.
public struct AuditSelection: Sendable, Hashable {
    /// As stored: `account/`, `document/01…`; empty for everything.
    public var subjectPrefix: String
    public var action: String?
    /// Both days count.
    public var from: Day?
    public var until: Day?

    public init(subjectPrefix: String = "", action: String? = nil, from: Day? = nil, until: Day? = nil) {
        self.subjectPrefix = subjectPrefix
        self.action = action
        self.from = from
        self.until = until
    }

    var condition: (sql: String, values: [SQLValue]) {
        var (conditions, values): ([String], [SQLValue]) = ([], [])
        if !subjectPrefix.isEmpty {
            conditions.append("substr(subject, 1, ?) = ?")
            values += [subjectPrefix.unicodeScalars.count.sqlValue, subjectPrefix.sqlValue]
        }
        if let action {
            conditions.append("action = ?")
            values.append(action.sqlValue)
        }
        if let from {
            conditions.append("at >= ?")
            values.append(Timestamp(day: from).sqlValue)
        }
        if let until {
            conditions.append("at < ?")
            values.append(Timestamp(day: until.adding(days: 1)).sqlValue)
        }
        return (conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))", values)
    }
}

extension AccessService {
    /// One page of the audit trail, without the words that nobody may read any more.
    /// - Parameters:
    ///   - oldestFirst: by its numbers upwards; the newest first otherwise.
    ///   - page: 1-based; the last one for any beyond it.
    public func auditPage(
        _ selection: AuditSelection, oldestFirst: Bool, page: Int, size: Int, for viewer: Viewer
    ) async throws -> (entries: [AuditEntry], total: Int, page: Int) {
        try viewer.require(.viewAudit)
        let (condition, values) = selection.condition
        return try await store.read { connection in
            // All of it is as many as its last number says: nobody counts a million entries.
            let total =
                condition.isEmpty
                ? try connection.integer("SELECT sequence FROM audit_head WHERE one = 1") ?? 0
                : try connection.rows("SELECT COUNT(*) AS n FROM audit_entry \(condition)", values).first?
                    .integer("n") ?? 0
            let page = min(max(1, page), max(1, (total + size - 1) / size))
            let entries = try connection.rows(
                "SELECT * FROM audit_entry \(condition) ORDER BY sequence\(oldestFirst ? "" : " DESC") LIMIT ? OFFSET ?",
                values + [size.sqlValue, ((page - 1) * size).sqlValue]
            ).map(AuditEntry.init)
            return (try AuditTrail.masked(entries, on: connection), total, page)
        }
    }
}
