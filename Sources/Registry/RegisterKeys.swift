public import Database
import Kernel
public import Vault

/// Which keys the register needs.
public enum RegisterKeys {
    /// Keeps a key in mind that seals something in this transaction.
    static func noteUse(of ids: Set<String>, at now: Timestamp, on connection: any SQLConnection) throws {
        for id in ids.sorted()
        where try connection.row("SELECT id FROM register_key WHERE id = ?", id) == nil {
            try connection.execute("INSERT INTO register_key (id, first_used_at) VALUES (?, ?)", id, now)
        }
    }

    /// The names of the keys that have sealed something; empty as long as nothing is kept, and before the schema is there.
    public static func used(on connection: any SQLConnection) throws -> [String] {
        guard try connection.tableNames().contains("register_key") else { return [] }
        return try connection.rows("SELECT id FROM register_key ORDER BY first_used_at, id").map { try $0.text("id") }
    }

    /// Keys that sealed something and are not at hand: what they sealed stays closed.
    public static func missing(from keys: NumberKeys?, on connection: any SQLConnection) throws -> [String] {
        let ids = Set(keys?.ids ?? [])
        return try used(on: connection).filter { !ids.contains($0) }
    }

    /// Sees to it that all numbers can be opened and compared.
    /// - Throws: a refusal that says what is missing.
    public static func require(_ keys: NumberKeys?, on connection: any SQLConnection) throws -> NumberKeys {
        let missing = try missing(from: keys, on: connection)
        guard let keys, missing.isEmpty else {
            let names = missing.isEmpty ? "" : " (\(missing.joined(separator: ", ")))"
            throw Refusal(
                .notNow,
                "Sổ đăng ký đang đóng: máy chủ không có khóa đã niêm phong số định danh và số điện thoại\(names). Hãy nhờ quản trị hệ thống đặt lại tệp khóa; mọi việc khác vẫn làm được."
            )
        }
        return keys
    }
}
