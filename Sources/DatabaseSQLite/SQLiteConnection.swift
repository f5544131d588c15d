import Database
import GRDB
import GRDBSQLite

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A GRDB connection seen through the port. Lives inside one access only.
final class SQLiteConnection: SQLConnection {
    private let database: GRDB.Database
    private let location: String

    /// Whether writes are refused, whatever the file allows.
    private let isReading: Bool

    init(_ database: GRDB.Database, at location: String, isReading: Bool = false) {
        self.database = database
        self.location = location
        self.isReading = isReading
    }

    static func translated(
        _ error: GRDB.DatabaseError, sql: String, at location: String, isReading: Bool = false
    ) -> Database::DatabaseError {
        let reason = error.message ?? "result code \(error.extendedResultCode)"
        return switch error.resultCode {
        case .SQLITE_CONSTRAINT: .constraint(reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(location: location, reason: reason)
        case .SQLITE_FULL: .full(location: location, reason: reason)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(location: location, reason: reason)
        case .SQLITE_READONLY where isReading: .statement(sql: sql, reason: reason)
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_IOERR: .unavailable(location: location, reason: reason)
        default: .statement(sql: sql, reason: reason)
        }
    }

    private func translating<T>(_ sql: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as GRDB.DatabaseError {
            throw Self.translated(error, sql: sql, at: location, isReading: isReading)
        }
    }

    @discardableResult
    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
        try translating(sql) {
            let statement = try database.cachedStatement(sql: sql)
            try statement.execute(arguments: StatementArguments(values.map(\.grdb)))
            return database.changesCount
        }
    }

    func forEachRow(_ sql: String, _ values: [SQLValue], _ body: (SQLRow) throws -> Void) throws {
        try translating(sql) {
            let statement = try database.cachedStatement(sql: sql)
            let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(values.map(\.grdb)))
            let columns = SQLColumns(statement.columnNames)
            let count = columns.names.count
            while let row = try cursor.next() {
                var result: [SQLValue] = []
                result.reserveCapacity(count)
                for index in 0..<count {
                    let value: DatabaseValue = row[index]
                    result.append(SQLValue(value))
                }
                try body(SQLRow(columns: columns, values: result))
            }
        }
    }

    func load(_ table: String, columns: [String], rows: any Sequence<[SQLValue]>) throws -> Int {
        let sql = """
            INSERT INTO \(table.quotedDatabaseIdentifier) (\(columns.map(\.quotedDatabaseIdentifier).joined(separator: ", ")))
            VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
            """
        return try translating(sql) {
            // SQLite's own calls: GRDB's arguments would take longer than the insert.
            let prepared = try database.makeStatement(sql: sql)
            defer { withExtendedLifetime(prepared) {} }
            let statement = prepared.sqliteStatement
            var count = 0
            for row in rows {
                guard row.count == columns.count else {
                    throw Database::DatabaseError.statement(
                        sql: sql, reason: "a row has \(row.count) values for \(columns.count) columns")
                }
                var code = SQLITE_OK
                for (index, value) in row.enumerated() where code == SQLITE_OK {
                    code = value.bind(to: statement, at: CInt(index + 1))
                }
                if code == SQLITE_OK { code = sqlite3_step(statement) }
                guard code == SQLITE_DONE else {
                    throw GRDB.DatabaseError(
                        resultCode: GRDB.ResultCode(rawValue: code), message: database.lastErrorMessage)
                }
                sqlite3_reset(statement)
                count += 1
            }
            return count
        }
    }

    func forbidChanges(to table: String) throws {
        for verb in ["UPDATE", "DELETE"] {
            try execute(
                """
                CREATE TRIGGER \("\(table)_no_\(verb.lowercased())".quotedDatabaseIdentifier)
                BEFORE \(verb) ON \(table.quotedDatabaseIdentifier)
                BEGIN SELECT RAISE(ABORT, '\(table) takes new rows only'); END
                """, [])
        }
    }

    func tableNames() throws -> [String] {
        try rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name", [])
            .map { try $0.text("name") }
    }

    func columnNames(of table: String) throws -> [String] {
        try rows("SELECT name FROM pragma_table_info(?) ORDER BY cid", [.text(table)]).map { try $0.text("name") }
    }

    func integrityProblems() throws -> [String] {
        let findings = try rows("PRAGMA integrity_check", []).compactMap { row -> String? in
            guard case .text(let text)? = row.values.first, text != "ok" else { return nil }
            return text
        }
        let orphans = try rows("PRAGMA foreign_key_check", []).map { row in
            "a row of \(try row.text("table")) refers to a missing row of \(try row.text("parent"))"
        }
        return findings + orphans
    }
}

extension SQLValue {
    fileprivate init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .integer(number)
        case .double(let number): self = .real(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .bytes(Array(data))
        }
    }

    /// SQLite copies what it is given.
    fileprivate func bind(to statement: SQLiteStatement, at place: CInt) -> CInt {
        switch self {
        case .null: return sqlite3_bind_null(statement, place)
        case .integer(let number): return sqlite3_bind_int64(statement, place, number)
        case .real(let number): return sqlite3_bind_double(statement, place, number)
        case .text(var text):
            return text.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) { bytes in
                    sqlite3_bind_text(statement, place, bytes.baseAddress, CInt(bytes.count), Self.transient)
                }
            }
        case .bytes(let bytes):
            return bytes.withUnsafeBytes { bytes in
                // No address would bind NULL.
                bytes.isEmpty
                    ? sqlite3_bind_zeroblob(statement, place, 0)
                    : sqlite3_bind_blob(statement, place, bytes.baseAddress, CInt(bytes.count), Self.transient)
            }
        }
    }

    /// SQLITE_TRANSIENT: the address −1, which C's header writes as a cast.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    fileprivate var grdb: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        }
    }
}
