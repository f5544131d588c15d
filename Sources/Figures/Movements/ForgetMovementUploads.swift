import Access
public import Database
import Files
public import Kernel

extension MovementService {
    /// Throws away files that nobody took, and forgets the content of what was thrown away, after the same days as files of
    /// figures. Part of the caller's transaction.
    /// - Returns: how many files something was done to.
    @Sendable public static func forgetUploads(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        let waiting = try connection.rows(
            """
            SELECT id FROM movement_upload WHERE batch IS NULL AND discarded_at IS NULL AND at < ? ORDER BY at LIMIT ?
            """, now.adding(seconds: Int64(-FigureService.waitingDays) * 86_400), limit
        ).map { try $0.recordID("id") }
        for id in waiting {
            try connection.execute("UPDATE movement_upload SET discarded_at = ? WHERE id = ?", now, id)
            try AuditTrail.append(
                AuditEvent(
                    "movements.discarded", subject: Subject(.movementUpload, id),
                    detail: "quá \(FigureService.waitingDays) ngày chưa nhận"),
                by: .system, at: now, on: connection)
        }
        let discarded = try connection.rows(
            """
            SELECT id, file FROM movement_upload
            WHERE discarded_at < ? AND batch IS NULL AND forgotten_at IS NULL ORDER BY discarded_at LIMIT ?
            """, now.adding(seconds: Int64(-FigureService.discardedDays) * 86_400), limit)
        for row in discarded {
            try StoredFiles.forgetContent(of: try row.recordID("file"), at: now, on: connection)
            try connection.execute(
                "UPDATE movement_upload SET forgotten_at = ? WHERE id = ?", now, try row.recordID("id"))
        }
        return waiting.count + discarded.count
    }
}
