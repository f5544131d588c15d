import Access
public import Database
import Files
import Jobs
public import Kernel

/// Files that were sent, looked at and never taken, in a table of their own: thrown away after a while, their content
/// forgotten a while later. What was taken stays.
struct WaitingFiles: Sendable {
    let table: String
    /// Whether the row names a job that may be taking the file.
    let hasJob: Bool
    /// What the audit trail is told of one thrown away.
    let event: @Sendable (RecordID) -> AuditEvent

    /// - Returns: how many files something was done to.
    func forget(at now: Timestamp, atMost limit: Int, on connection: any SQLConnection) throws -> Int {
        func days(_ count: Int) -> Timestamp { now.adding(seconds: Int64(-count) * 86_400) }
        let waiting = try connection.rows(
            """
            SELECT id\(hasJob ? ", job" : "") FROM \(table)
            WHERE batch IS NULL AND discarded_at IS NULL AND at < ? ORDER BY at LIMIT ?
            """, days(FigureService.waitingDays), limit
        ).filter { row in
            guard hasJob, let job = try row.optionalRecordID("job") else { return true }
            return try !JobService.isLive(job, on: connection)
        }
        for row in waiting {
            let id = try row.recordID("id")
            try connection.execute("UPDATE \(table) SET discarded_at = ? WHERE id = ?", now, id)
            try AuditTrail.append(event(id), by: .system, at: now, on: connection)
        }
        let discarded = try connection.rows(
            """
            SELECT id, file FROM \(table)
            WHERE discarded_at < ? AND batch IS NULL AND forgotten_at IS NULL ORDER BY discarded_at LIMIT ?
            """, days(FigureService.discardedDays), limit)
        for row in discarded {
            try StoredFiles.forgetContent(of: try row.recordID("file"), at: now, on: connection)
            try connection.execute("UPDATE \(table) SET forgotten_at = ? WHERE id = ?", now, try row.recordID("id"))
        }
        return waiting.count + discarded.count
    }
}

extension FigureService {
    /// How long a file waits to be taken.
    public static let waitingDays = 60
    /// How long the content of one that was thrown away is kept.
    public static let discardedDays = 30

    private static let tooLong = "quá \(waitingDays) ngày chưa nhận"

    private static let waitingFiles = [
        WaitingFiles(table: "figure_upload", hasJob: true) { id in
            AuditEvent("figures.discarded", subject: Subject(.figureUpload, id), detail: tooLong)
        },
        WaitingFiles(table: "movement_upload", hasJob: false) { id in
            AuditEvent("movements.discarded", subject: Subject(.movementUpload, id), detail: tooLong)
        },
    ]

    /// Throws away files of figures and of movements that nobody took in two months, and forgets the content of what was
    /// thrown away a month ago. Part of the caller's transaction.
    /// - Returns: how many files something was done to.
    @Sendable public static func forgetUploads(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        try waitingFiles.reduce(0) { try $0 + $1.forget(at: now, atMost: limit, on: connection) }
    }
}
