import Database
import Kernel

/// Browsers in which an account came in completely, and from where. Who comes back in one is not delayed by what others guess
/// (OWASP, “Slow Down Online Guessing Attacks with Device Cookies”); who comes in another one, the account's holder is told of.
///
/// The value that a browser keeps proves nothing: it only says where guesses are counted.
enum KnownBrowsers {
    /// Kept for an account; the longest unused goes first.
    private static let most = 30

    /// Notes that an account came in.
    /// - Returns: what the browser is to keep, and whether it is a new one for an account that came in before.
    static func note(
        _ caller: Caller, of account: RecordID, at now: Timestamp, on connection: any SQLConnection
    ) throws -> (token: String, isNew: Bool) {
        let token = try held(caller, on: connection) ?? SecretToken.make()
        let hash = SecretToken.hash(token)
        let isNew = try isNew(caller, hash, account, on: connection)
        try connection.execute(
            """
            INSERT INTO account_browser (account, token_hash, device, place, first_at, last_at, failures)
            VALUES (?, ?, ?, ?, ?, ?, 0)
            ON CONFLICT (account, token_hash)
                DO UPDATE SET device = excluded.device, place = excluded.place, last_at = excluded.last_at, failures = 0
            """, account, hash, caller.device, caller.place, now, now)
        for row in try connection.rows(
            "SELECT token_hash FROM account_browser WHERE account = ? ORDER BY last_at DESC, token_hash LIMIT 100 OFFSET ?",
            account, most)
        {
            try connection.execute(
                "DELETE FROM account_browser WHERE account = ? AND token_hash = ?", account, row.text("token_hash"))
        }
        return (token, isNew)
    }

    /// What the browser keeps, if it was given by us: nobody plants one of his own making.
    private static func held(_ caller: Caller, on connection: any SQLConnection) throws -> String? {
        guard let token = caller.browser,
            try connection.row(
                "SELECT account FROM account_browser WHERE token_hash = ?", SecretToken.hash(token)) != nil
        else { return nil }
        return token
    }

    private static func isNew(
        _ caller: Caller, _ hash: String, _ account: RecordID, on connection: any SQLConnection
    ) throws -> Bool {
        let known = try connection.rows(
            "SELECT token_hash, device, place FROM account_browser WHERE account = ?", account)
        if known.isEmpty {
            // Accounts older than this list: their last sessions tell.
            let devices = try connection.rows(
                "SELECT device FROM session WHERE account = ? AND stage = 'complete' ORDER BY created_at DESC LIMIT 100",
                account
            ).map { try $0.text("device") }
            return !devices.isEmpty && !devices.contains(caller.device)
        }
        // The same kind of browser at the same address: somebody who lets no cookies live is not told every day.
        return try !known.contains { row in
            let isSame = try row.text("device") == caller.device && row.text("place") == caller.place
            return try isSame || row.text("token_hash") == hash
        }
    }

    /// Trusts none of an account's browsers until it comes in again: its password was changed or taken away.
    static func distrust(of account: RecordID, _ policy: AccessPolicy, on connection: any SQLConnection) throws {
        try connection.execute(
            "UPDATE account_browser SET failures = ? WHERE account = ?", policy.failuresPerBrowser, account)
    }
}
