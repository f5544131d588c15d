public import Access
import Database
import Kernel

extension Right {
    public static let withdrawFigures = Right("figures.withdraw", "Thu hồi một lô số liệu đã nhận")
}

extension FigureService {
    /// Undoes a batch as a whole: what held before it holds again; its figures stay in the history.
    public func withdraw(batch number: Int, reason: String, by submission: Submission) async throws {
        try submission.viewer.require(.withdrawFigures)
        let reason = VietnameseText.tidy(reason)
        guard !reason.isEmpty else { throw Refusal(fields: [.init(FigureField.reason, "Hãy ghi lý do thu hồi.")]) }
        try await store.once(submission, about: Subject(.figureBatch, number), at: clock.now) { connection, now in
            try Self.withdraw(number, reason: reason, by: submission.actor, at: now, on: connection)
        }
    }

    static func withdraw(
        _ number: Int, reason: String, by actor: Actor, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let changed = try connection.execute(
            """
            UPDATE figure_batch SET withdrawn_at = ?, withdrawn_by_name = ?, withdrawn_reason = ?
            WHERE number = ? AND withdrawn_at IS NULL
            """, now, actor.name, reason, number)
        guard changed == 1 else { throw Refusal(.stale, "Lô số liệu này không có hoặc đã được thu hồi.") }
        // Only keys at which the batch held can change.
        try connection.execute(
            """
            INSERT INTO participant_figure (commune, month, scheme, people, batch)
            SELECT e.commune, e.month, e.scheme, e.people, e.batch
            FROM participant_figure p
            JOIN figure_entry e ON e.commune = p.commune AND e.month = p.month AND e.scheme = p.scheme
            JOIN figure_batch b ON b.number = e.batch AND b.withdrawn_at IS NULL
            WHERE p.batch = ? AND e.batch = (
                SELECT MAX(l.batch) FROM figure_entry l JOIN figure_batch lb ON lb.number = l.batch
                WHERE lb.withdrawn_at IS NULL AND l.commune = p.commune AND l.month = p.month AND l.scheme = p.scheme)
            ON CONFLICT (commune, month, scheme) DO UPDATE SET people = excluded.people, batch = excluded.batch
            """, number)
        try connection.execute("DELETE FROM participant_figure WHERE batch = ?", number)
        try AuditTrail.append(
            AuditEvent("figures.withdrawn", subject: Subject(.figureBatch, number), detail: reason), by: actor, at: now,
            on: connection)
    }
}
