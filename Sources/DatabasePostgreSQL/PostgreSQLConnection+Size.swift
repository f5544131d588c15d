import Database

extension PostgreSQLConnection {
    func storedBytes() throws -> Int { try integer("SELECT pg_database_size(current_database())") ?? 0 }
}
