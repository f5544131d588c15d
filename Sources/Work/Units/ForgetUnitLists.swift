public import Database
import Files
public import Kernel

extension UnitListService {
    /// How long a table waits to be taken.
    public static let waitingDays = 60

    /// Drops tables that nobody took, with their content. Part of the caller's transaction.
    /// - Returns: how many.
    @Sendable public static func forgetDrafts(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        let old = try connection.rows(
            "SELECT id, file FROM unit_list WHERE state = ? AND entered_at < ? ORDER BY entered_at LIMIT ?",
            Loaded.State.draft.rawValue, now.adding(seconds: Int64(-waitingDays) * 86_400), limit)
        for row in old {
            try connection.execute(
                "UPDATE unit_list SET state = ? WHERE id = ?", Loaded.State.dropped.rawValue, try row.recordID("id"))
            try StoredFiles.forgetContent(of: try row.recordID("file"), at: now, on: connection)
        }
        return old.count
    }
}
