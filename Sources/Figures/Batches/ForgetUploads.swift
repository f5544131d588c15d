import Access
public import Database
import Files
import Jobs
public import Kernel

extension FigureService {
    /// How long a file waits to be taken.
    public static let waitingDays = 60
    /// How long the content of one that was thrown away is kept.
    public static let discardedDays = 30

    /// Throws away files that nobody took in two months, and forgets the content of what was thrown away a month ago. What
    /// was taken stays. Part of the caller's transaction.
    /// - Returns: how many files something was done to.
    @Sendable public static func forgetUploads(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        let waiting = try connection.rows(
            """
            SELECT id, job FROM figure_upload WHERE batch IS NULL AND discarded_at IS NULL AND at < ? ORDER BY at LIMIT ?
            """, now.adding(seconds: Int64(-waitingDays) * 86_400), limit
        ).filter { row in
            guard let job = try row.optionalRecordID("job") else { return true }
            return try !JobService.isLive(job, on: connection)
        }
        for row in waiting {
            let id = try row.recordID("id")
            try connection.execute("UPDATE figure_upload SET discarded_at = ? WHERE id = ?", now, id)
            try AuditTrail.append(
                AuditEvent(
                    "figures.discarded", subject: Subject(.figureUpload, id),
                    detail: "quá \(waitingDays) ngày chưa nhận"),
                by: .system, at: now, on: connection)
        }
        let discarded = try connection.rows(
            """
            SELECT id, file FROM figure_upload
            WHERE discarded_at < ? AND batch IS NULL AND forgotten_at IS NULL ORDER BY discarded_at LIMIT ?
            """, now.adding(seconds: Int64(-discardedDays) * 86_400), limit)
        for row in discarded {
            try StoredFiles.forgetContent(of: try row.recordID("file"), at: now, on: connection)
            try connection.execute(
                "UPDATE figure_upload SET forgotten_at = ? WHERE id = ?", now, try row.recordID("id"))
        }
        return waiting.count + discarded.count
    }
}
