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
    /// How many write or wait for their turn.
    private let writers = Mutex(0)

    /// Opens or creates the file; its folder is created too. Both are for their owner alone (0600, 0700), and so are the logs
    /// beside it, whose mode SQLite takes from the file.
    /// - Parameter durable: whether a commit that was answered survives a power cut. Only data that can be made again
    ///   (illustrations, tests) may do without; a killed process loses nothing either way.
    /// - Throws: ``DatabaseError/unavailable(location:reason:)``
    public init(path: String, readers: Int = 4, durable: Bool = true) throws(Database::DatabaseError) {
        location = path
        var configuration = GRDB.Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(TimeInterval(Self.patienceSeconds))
        configuration.maximumReaderCount = readers
        configuration.label = "baophu"
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = \(durable ? "FULL" : "OFF")")
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
            // What is deleted is written over with zeros: an erased file is nowhere in the database's file.
            try database.execute(sql: "PRAGMA secure_delete = ON")
            // Indexes of numbers are written all over: the writer keeps their pages at hand, and a page that is written again
            // and again goes from the log into the file once (docs/decisions/0081).
            if !database.configuration.readonly {
                try database.execute(sql: "PRAGMA cache_size = -\(Self.writerCacheKilobytes)")
                try database.execute(sql: "PRAGMA wal_autocheckpoint = \(Self.logPages)")
            }
        }
        do {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            closeToOthers(path)
            pool = try DatabasePool(path: path, configuration: configuration)
        } catch let error as GRDB.DatabaseError {
            // A file that is no database, or no whole one, is told from one that cannot be opened.
            let translated = SQLiteConnection.translated(error, sql: "open", at: path)
            guard case .damaged = translated else { throw .unavailable(location: path, reason: "\(error)") }
            throw translated
        } catch {
            throw .unavailable(location: path, reason: "\(error)")
        }
    }

    public func read<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        let location = location
        return try await translating {
            try await pool.read { database in try body(SQLiteConnection(database, at: location, isReading: true)) }
        }
    }

    public func write<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        let location = location
        writers.withLock { $0 += 1 }
        defer { writers.withLock { $0 -= 1 } }
        return try await translating {
            try await pool.write { database in try body(SQLiteConnection(database, at: location)) }
        }
    }

    public func writeIfIdle<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T? {
        let isIdle = writers.withLock { count in
            guard count == 0 else { return false }
            count += 1
            return true
        }
        guard isIdle else { return nil }
        defer { writers.withLock { $0 -= 1 } }
        let location = location
        do {
            return try await translating {
                try await pool.writeWithoutTransaction { database in
                    // Another program may be writing: it is not waited for.
                    sqlite3_busy_timeout(database.sqliteConnection, 0)
                    defer { sqlite3_busy_timeout(database.sqliteConnection, Int32(Self.patienceSeconds * 1_000)) }
                    var value: T?
                    try database.inTransaction(.immediate) {
                        value = try body(SQLiteConnection(database, at: location))
                        return .commit
                    }
                    return value
                }
            }
        } catch Database::DatabaseError.busy {
            return nil
        }
    }

    /// What GRDB itself reports: at the beginning of a transaction, at its commit.
    private func translating<T>(_ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch let error as GRDB.DatabaseError {
            throw SQLiteConnection.translated(error, sql: error.sql ?? "commit", at: location)
        }
    }

    public func checkQuickly() async throws {
        let location = location
        let size = try? FileManager.default.attributesOfItem(atPath: location)[.size] as? Int
        let problem = try await read { connection -> String? in
            let begun = ContinuousClock.now
            // Tables of files come last: in a large database they are most of it, and looking at them takes long.
            let tables = try connection.rows(
                """
                SELECT name, sql LIKE '%BYTEA%' AS holds_files FROM sqlite_schema
                WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY holds_files, name
                """)
            for table in tables {
                if try table.flag("holds_files"), (size ?? 0) > Self.bytesLookedAt { continue }
                let name = try table.text("name").quotedDatabaseIdentifier
                let found = try connection.rows("PRAGMA quick_check(\(name))").first?.values.first
                if case .text(let text)? = found, text != "ok" { return text }
                if ContinuousClock.now - begun > Self.checkFor { break }
            }
            return nil
        }
        if let problem { throw Database::DatabaseError.damaged(location: location, reason: problem) }
    }

    /// Most of it is never used by a server that receives nothing.
    private static let writerCacheKilobytes = 65_536
    /// 16 MB of log before it goes into the file.
    private static let logPages = 4_000
    private static let bytesLookedAt = 2 << 30
    private static let checkFor = Duration.seconds(5)
    /// How long another program that writes is waited for.
    private static let patienceSeconds = 30

    /// The same as ``read(_:)``, blocking: for a thread that may block, inside another store's access.
    public func readNow<T>(_ body: (any SQLConnection) throws -> T) throws -> T {
        try pool.read { database in try body(SQLiteConnection(database, at: location, isReading: true)) }
    }

    /// The same as ``write(_:)``, blocking: for a thread that may block, inside another store's access.
    public func writeNow<T>(_ body: (any SQLConnection) throws -> T) throws -> T {
        try pool.write { database in try body(SQLiteConnection(database, at: location)) }
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

    /// Pages as they were before stand in the write-ahead log until it has gone into the file and is emptied. Whoever still
    /// reads keeps it from that; a backup reads for long, and nobody who writes waits for it here.
    public func scrub() async throws -> Bool {
        do {
            try await translating {
                try await pool.writeWithoutTransaction { database in
                    sqlite3_busy_timeout(database.sqliteConnection, 0)
                    defer { sqlite3_busy_timeout(database.sqliteConnection, Int32(Self.patienceSeconds * 1_000)) }
                    _ = try database.checkpoint(.truncate)
                }
            }
            return true
        } catch Database::DatabaseError.busy {
            return false
        }
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
