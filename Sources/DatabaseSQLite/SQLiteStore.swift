public import Database
import Dispatch
import GRDB
import GRDBSQLite
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// SQLite through GRDB: one writer and several readers over a write-ahead log, on GRDB's own threads.
public final class SQLiteStore: DataStore {
    public let engine = DatabaseEngine.sqlite
    public let location: String
    private let pool: DatabasePool
    private let closed = Mutex(false)

    /// Opens or creates the file; its folder is created too. Both are for their owner alone (0600, 0700), and so are the logs
    /// beside it, whose mode SQLite takes from the file.
    /// - Parameter durable: whether a commit that was answered survives a power cut. Only data that can be made again
    ///   (illustrations, tests) may do without; a killed process loses nothing either way.
    /// - Throws: ``DatabaseError/unavailable(location:reason:)``
    public init(path: String, readers: Int = 4, durable: Bool = true) throws(Database::DatabaseError) {
        location = path
        var configuration = GRDB.Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(30)
        configuration.maximumReaderCount = readers
        configuration.label = "baophu"
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = \(durable ? "FULL" : "OFF")")
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
        }
        do {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            closeToOthers(path)
            pool = try DatabasePool(path: path, configuration: configuration)
        } catch {
            throw .unavailable(location: path, reason: "\(error)")
        }
    }

    public func read<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        try await pool.read { database in try body(SQLiteConnection(database)) }
    }

    public func write<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        do {
            return try await pool.write { database in try body(SQLiteConnection(database)) }
        } catch let error as GRDB.DatabaseError {
            throw SQLiteConnection.translated(error, sql: error.sql ?? "commit")
        }
    }

    /// The same as ``read(_:)``, blocking: for a thread that may block, inside another store's access.
    public func readNow<T>(_ body: (any SQLConnection) throws -> T) throws -> T {
        try pool.read { database in try body(SQLiteConnection(database)) }
    }

    /// The same as ``write(_:)``, blocking: for a thread that may block, inside another store's access.
    public func writeNow<T>(_ body: (any SQLConnection) throws -> T) throws -> T {
        try pool.write { database in try body(SQLiteConnection(database)) }
    }

    public func close() async throws {
        // A second time does nothing: a closed connection may not be asked for anything.
        guard
            closed.withLock({ closed in
                defer { closed = true }
                return !closed
            })
        else { return }
        // The write-ahead log goes into the file first: whoever copies the one file of a stopped server has all of it.
        // Another program that still reads may prevent this; then the log stays beside the file, and nothing is lost.
        try? await pool.writeWithoutTransaction { database in _ = try database.checkpoint(.truncate) }
        try pool.close()
    }

    /// Copies the database to another file while it is in use (SQLite's online backup): the copy is one consistent state.
    /// - Parameter progress: called with the share copied so far, 0...1.
    public func backUp(to path: String, progress: @escaping @Sendable (Double) -> Void = { _ in }) async throws {
        let pool = pool
        let result: Result<Void, any Error> = await withCheckedContinuation { continuation in
            Self.backups.async {
                continuation.resume(
                    returning: Result {
                        closeToOthers(path)
                        let target = try DatabaseQueue(path: path)
                        try pool.backup(to: target, pagesPerStep: 2_000) { state in
                            let total = state.totalPageCount
                            progress(total == 0 ? 1 : Double(state.completedPageCount) / Double(total))
                        }
                        try target.close()
                    })
            }
        }
        try result.get()
    }

    /// Folds the write-ahead log of a closed database into its file, so that one file is all there is.
    public static func foldJournal(ofClosed path: String) throws {
        let database = try DatabaseQueue(path: path)
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try database.close()
    }

    private static let backups = DispatchQueue(label: "baophu.backup")
}

/// Makes the file where it is missing and takes from others what rights they have; one that belongs to somebody else stays as
/// it is.
private func closeToOthers(_ path: String) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    close(descriptor)
    for suffix in ["", "-wal", "-shm"] { chmod(path + suffix, 0o600) }
}

/// A GRDB connection seen through the port. Lives inside one access only.
final class SQLiteConnection: SQLConnection {
    private let database: GRDB.Database

    init(_ database: GRDB.Database) {
        self.database = database
    }

    static func translated(_ error: GRDB.DatabaseError, sql: String) -> Database::DatabaseError {
        let reason = error.message ?? "result code \(error.extendedResultCode)"
        return error.resultCode == .SQLITE_CONSTRAINT
            ? .constraint(reason: reason) : .statement(sql: sql, reason: reason)
    }

    private func translating<T>(_ sql: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as GRDB.DatabaseError {
            throw Self.translated(error, sql: sql)
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
                    code = value.grdb.bind(to: statement, at: CInt(index + 1))
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
