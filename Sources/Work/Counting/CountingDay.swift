public import Access
import Database
public import Kernel
import Notices
import PlanText

extension Right {
    public static let setCountingDay = Right("work.set-counting-day", "Đặt ngày hệ thống bắt đầu tính quá hạn")
}

/// The day from which the system counts: what fell due before it was not asked for here, and is "trước khi đưa vào sử dụng"
/// instead of overdue.
public struct CountingDay: Sendable, Equatable {
    public let day: Day
    public let reason: String
    public let at: Timestamp
    public let by: String

    static let key = "counts-from"

    /// The day as text, which every query of work compares with `due_key`; empty while none is set. It stands in no table
    /// of its own: like the other settings of the plan, the latest value holds and the earlier ones tell its history.
    static let sql = """
        COALESCE((SELECT s.value FROM plan_setting s WHERE s.key = 'counts-from' ORDER BY s.at DESC, s.id DESC LIMIT 1), '')
        """

    /// A condition on `task_instance i`: asked for here.
    static let counts = "(i.due_key >= \(sql))"
}

extension WorkService {
    /// Nil in an installation that counts from the plan's beginning.
    public func countingDay() async throws -> CountingDay? {
        try await store.read { connection in try self.countingDay(on: connection) }
    }

    func countingDay(on connection: any SQLConnection) throws -> CountingDay? {
        guard
            let row = try connection.row(
                "SELECT value, source, at, actor_name FROM plan_setting WHERE key = ? ORDER BY at DESC, id DESC LIMIT 1",
                CountingDay.key)
        else { return nil }
        return CountingDay(
            day: try row.day("value"), reason: try row.text("source"), at: try row.timestamp("at"),
            by: try row.text("actor_name"))
    }

    /// At the first start: counting begins today, where no day was set and nobody has done anything with the work.
    /// - Returns: the day, when it was set now.
    @discardableResult
    public func beginCounting() async throws -> Day? {
        let now = clock.now
        return try await store.write { connection in
            guard try self.countingDay(on: connection) == nil,
                try connection.integer("SELECT COUNT(*) FROM instance_event") == 0
            else { return nil }
            try self.keep(
                now.day, reason: "Ngày khởi động lần đầu", account: nil, name: "Hệ thống", by: .system, at: now,
                on: connection)
            return now.day
        }
    }

    /// Sets another day, with a reason.
    public func setCountingDay(
        _ typed: String, reason typedReason: String, version: Int? = nil, by submission: Submission
    ) async throws {
        try submission.viewer.require(.setCountingDay)
        try await store.once(submission, about: Subject(.plan, CountingDay.key), at: clock.now) { connection, now in
            try Revisions.require(version, of: .plan, on: connection)
            let (day, reason) = try self.checkedCountingDay(typed, reason: typedReason, today: now.day)
            try self.keep(
                day, reason: reason, account: submission.viewer.account, name: submission.viewer.name,
                by: submission.actor, at: now, on: connection)
        }
    }

    private func keep(
        _ day: Day, reason: String, account: RecordID?, name: String, by actor: Actor, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO plan_setting (id, key, value, source, as_of, at, account, actor_name)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, RecordID(at: now), CountingDay.key, day, reason, nil as Day?, now, account, name)
        try AuditTrail.append(
            AuditEvent(
                "work.counting-set", subject: Subject(.plan, CountingDay.key), detail: "\(day.vietnamese): \(reason)"),
            by: actor, at: now, on: connection)
        // What is no longer late calls nobody any more.
        let ids = try connection.rows(
            "SELECT i.id FROM task_instance i WHERE i.state = 'none' AND i.due_key < ?", day
        ).map { Subject(.instance, try $0.text("id")) }
        try NoticeBoard.resolve([.workLate], about: ids, at: now, on: connection)
    }
}
