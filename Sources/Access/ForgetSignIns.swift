public import Database
public import Kernel

/// What is kept of signing in, and for how long. The audit trail keeps who came in and when; the rest goes.
public enum SignInRecords {
    /// Sessions, with address and browser, and links that were used or ran out, in days.
    public static let keptDays = 90
    /// Wrong tries, which count for a day.
    public static let tryDays = 2

    /// Removes what is older.
    /// - Parameter limit: rows of each kind, so that other writers wait for a moment only.
    /// - Returns: how many were removed; 0 when nothing old is left.
    public static func forget(
        at now: Timestamp, _ policy: AccessPolicy, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        func before(_ days: Int) -> Timestamp { now.adding(seconds: -Int64(days) * 86_400) }
        let (old, tries) = (before(keptDays), before(tryDays))
        let browsers = now.adding(seconds: -policy.browserSeconds)
        var removed = try connection.execute(
            "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE created_at < ? ORDER BY created_at LIMIT ?)",
            old, limit)
        removed += try connection.execute(
            """
            DELETE FROM invitation WHERE token_hash IN (SELECT token_hash FROM invitation WHERE expires_at < ? LIMIT ?)
            """, old, limit)
        removed += try connection.execute(
            "DELETE FROM sign_in_attempt WHERE id IN (SELECT id FROM sign_in_attempt WHERE at < ? ORDER BY at LIMIT ?)",
            tries, limit)
        removed += try connection.execute(
            """
            DELETE FROM sign_in_window
            WHERE began_at IN (SELECT DISTINCT began_at FROM sign_in_window WHERE began_at < ? LIMIT 10)
            """, tries.secondsSinceEpoch)
        removed += try connection.execute(
            """
            DELETE FROM account_browser
            WHERE last_at < ? AND token_hash IN (SELECT token_hash FROM account_browser WHERE last_at < ? LIMIT ?)
            """, browsers, browsers, limit)
        return removed
    }
}
