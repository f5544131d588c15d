public import Access
import Database
public import Kernel

extension NoticeService {
    /// What a person opens is read.
    /// - Throws: not found for a notice that is gone or somebody else's.
    public func open(_ id: RecordID, by viewer: Viewer) async throws -> ReceivedNotice {
        let now = clock.now
        let found = try await store.read { try Self.find(id, for: viewer, today: now.day, on: $0) }
        if !found.isRead { try await markRead(id, by: viewer) }
        return found
    }

    /// Marks one as read.
    public func markRead(_ id: RecordID, by viewer: Viewer) async throws {
        let now = clock.now
        try await store.write { connection in
            let found = try Self.find(id, for: viewer, today: now.day, on: connection)
            guard !found.isRead else { return }
            try Self.note([id], readAt: now, by: viewer.account, on: connection)
        }
    }

    /// Marks all that the person had not read. What was told after the page was made stays unread.
    /// - Parameter seen: the moment of the page on which the person asked for it.
    public func markAllRead(until seen: Timestamp? = nil, by viewer: Viewer) async throws {
        let now = clock.now
        let last = seen ?? now
        try await store.write { connection in
            let (sql, values) = NoticeScope(viewer).condition(today: now.day.sqlValue)
            let unread = try connection.rows(
                """
                SELECT n.id FROM notice n LEFT JOIN notice_reader r ON r.notice = n.id AND r.account = ?
                WHERE \(sql) AND r.read_at IS NULL AND n.at <= ?
                """, [viewer.account.sqlValue] + values + [last.sqlValue]
            ).map { try $0.recordID("id") }
            try Self.note(unread, readAt: now, by: viewer.account, on: connection)
        }
    }

    /// Marks what the person has just seen on a thing's own page.
    public func see(_ subject: Subject, by viewer: Viewer) async throws {
        let now = clock.now
        @Sendable func unread(_ connection: any SQLConnection) throws -> [RecordID] {
            let (sql, values) = NoticeScope(viewer).condition(today: now.day.sqlValue)
            return try connection.rows(
                """
                SELECT n.id FROM notice n LEFT JOIN notice_reader r ON r.notice = n.id AND r.account = ?
                WHERE n.subject = ? AND \(sql) AND r.read_at IS NULL
                """, [viewer.account.sqlValue, subject.text.sqlValue] + values
            ).map { try $0.recordID("id") }
        }
        // Looked at by a reader first: whoever only looks keeps nobody from writing.
        guard try await store.read({ try !unread($0).isEmpty }) else { return }
        try await store.write { connection in
            try Self.note(try unread(connection), readAt: now, by: viewer.account, on: connection)
        }
    }

    private static func note(
        _ notices: [RecordID], readAt now: Timestamp, by account: RecordID, on connection: any SQLConnection
    ) throws {
        guard !notices.isEmpty else { return }
        for notice in notices {
            try connection.execute(
                """
                INSERT INTO notice_reader (account, notice, read_at) VALUES (?, ?, ?)
                ON CONFLICT (account, notice) DO UPDATE SET read_at = excluded.read_at
                """, account, notice, now)
        }
        try Revisions.advance(.notice, on: connection)
    }
}
