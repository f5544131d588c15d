public import Database
import Files
public import Kernel

extension LawService {
    /// How long a value waits that was looked at and not kept.
    public static let waitingDays = 60

    /// Drops values that nobody kept, with their documents. Part of the caller's transaction.
    /// - Returns: how many.
    @Sendable public static func forgetDrafts(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        let old = try connection.rows(
            "SELECT id, file FROM law_amendment WHERE state = ? AND entered_at < ? ORDER BY entered_at LIMIT ?",
            StoredAmendment.State.draft.rawValue, now.adding(seconds: Int64(-waitingDays) * 86_400), limit)
        for row in old {
            try connection.execute(
                "UPDATE law_amendment SET state = ? WHERE id = ?", StoredAmendment.State.dropped.rawValue,
                try row.recordID("id"))
            if let file = try row.optionalRecordID("file") {
                try StoredFiles.forgetContent(of: file, at: now, on: connection)
            }
        }
        return old.count
    }
}
