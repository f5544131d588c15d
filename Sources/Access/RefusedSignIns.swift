import Database
import Kernel

/// Sign-ins that failed, as the audit trail tells them. A flood must not fill it: within a quarter of an hour an account and
/// an address have an entry at the first, the tenth, the hundredth … failure; names that no account has are one line for each
/// address; and there is an end to the entries of all together.
enum RefusedSignIns {
    static let windowSeconds: Int64 = 15 * 60
    /// Entries of all accounts and addresses within a window.
    static let mostEntries = 300

    static func note(
        _ refused: RefusedTry, of account: Account?, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let window = window(at: now)
        let address = refused.caller.address
        let count = try counted("\(account?.login ?? "?")/\(refused.caller.place)", in: window, on: connection)
        guard isTold(count) else { return }
        let entries = try counted("", in: window, on: connection)
        guard entries <= mostEntries else { return }
        let detail =
            entries == mostEntries
            ? "quá nhiều lần không thành công trong 15 phút; các lần sau không ghi riêng"
            : (account == nil ? "tên đăng nhập không có trong hệ thống" : refused.proof.rawValue)
                + (count > 1 ? ", lần thứ \(count) trong 15 phút" : "")
        try AuditTrail.append(
            AuditEvent("session.refused", subject: Subject(.account, account?.login ?? "?"), detail: detail),
            by: Actor(account: nil, name: "Người chưa đăng nhập", address: address), at: now, on: connection)
    }

    /// One, ten, a hundred …
    private static func isTold(_ count: Int) -> Bool {
        var step = 1
        while step < count { step *= 10 }
        return step == count
    }

    /// The window that a moment lies in, by its beginning.
    static func window(at now: Timestamp) -> Int64 { now.secondsSinceEpoch / windowSeconds * windowSeconds }

    /// Counts one more in a line of a window.
    static func counted(
        _ line: String, in window: Int64, on connection: any SQLConnection
    ) throws -> Int {
        try connection.execute(
            """
            INSERT INTO sign_in_window (began_at, line, tries) VALUES (?, ?, 1)
            ON CONFLICT (began_at, line) DO UPDATE SET tries = sign_in_window.tries + 1
            """, window, line)
        return try connection.row(
            "SELECT tries FROM sign_in_window WHERE began_at = ? AND line = ?", window, line)?.integer("tries") ?? 1
    }
}
