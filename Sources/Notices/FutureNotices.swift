import Access
public import Database
public import Kernel

extension NoticeBoard {
    /// Ends what a clock that ran ahead told, and drops letters of that future that were not sent.
    /// - Returns: how many notices and letters went.
    public static func forgetFuture(after now: Timestamp, on connection: any SQLConnection) throws -> Int {
        let later = now.adding(seconds: 86_400)
        let ended = try connection.execute(
            "UPDATE notice SET resolved_at = ?, at = ? WHERE at > ?", now, now, later)
        let dropped = try connection.execute(
            "DELETE FROM letter WHERE created_at > ? AND sent_at IS NULL", later)
        if ended > 0 { try Revisions.advance(.notice, on: connection) }
        return ended + dropped
    }
}
