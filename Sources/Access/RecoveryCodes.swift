import Database
import Kernel

/// Codes that take the place of the phone, each once: for the day it is lost. They are shown when they are made, to be printed;
/// stored is a hash of each. Eighty random bits need no slow hash.
enum RecoveryCodes {
    static let count = 10
    /// Without letters and digits that look alike.
    private static let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
    private static let length = 16

    /// New codes for an account; those before stop working.
    static func make(for account: RecordID, at now: Timestamp, on connection: any SQLConnection) throws -> [String] {
        let codes = (0..<count).map { _ in String((0..<length).map { _ in alphabet.randomElement() ?? "A" }) }
        try remove(of: account, on: connection)
        for code in codes {
            try connection.execute(
                "INSERT INTO recovery_code (account, code_hash, created_at) VALUES (?, ?, ?)", account,
                hash(code, of: account), now)
        }
        return codes.map(grouped)
    }

    static func remove(of account: RecordID, on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM recovery_code WHERE account = ?", account)
    }

    static func left(of account: RecordID, on connection: any SQLConnection) throws -> Int {
        try connection.integer(
            "SELECT COUNT(*) FROM recovery_code WHERE account = ? AND used_at IS NULL", account) ?? 0
    }

    /// Whether what was typed may be meant as one.
    static func looksLikeOne(_ typed: String) -> Bool { plain(typed).count == length }

    /// Uses a code up.
    /// - Returns: whether it is one that was not used before.
    static func use(
        _ typed: String, of account: RecordID, at now: Timestamp, on connection: any SQLConnection
    ) throws -> Bool {
        try connection.execute(
            "UPDATE recovery_code SET used_at = ? WHERE account = ? AND code_hash = ? AND used_at IS NULL", now,
            account,
            hash(plain(typed), of: account)) > 0
    }

    private static func plain(_ typed: String) -> String { typed.uppercased().filter(alphabet.contains) }

    private static func hash(_ code: String, of account: RecordID) -> String {
        SecretToken.hash("\(account)/\(code)")
    }

    /// `ABCD-EFGH-JKLM-NPQR`
    private static func grouped(_ code: String) -> String {
        stride(from: 0, to: length, by: 4).map { String(code.dropFirst($0).prefix(4)) }.joined(separator: "-")
    }
}
