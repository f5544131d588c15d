public import Database

extension Accounts {
    /// The accounts of these logins, in the order of the logins; nothing for one that nobody has.
    public static func find(logins: [String], on connection: any SQLConnection) throws -> [Account] {
        try logins.compactMap { try find(login: $0, on: connection) }
    }

    /// Logins behind one, in their order.
    public static func logins(after login: String, limit: Int, on connection: any SQLConnection) throws -> [String] {
        try connection.rows("SELECT login FROM account WHERE login > ? ORDER BY login LIMIT ?", login, limit)
            .map { try $0.text("login") }
    }
}
