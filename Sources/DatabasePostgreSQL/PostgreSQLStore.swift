public import Database

/// PostgreSQL through libpq: connections for readers and others for writers, each with a thread of its own while it works.
///
/// Writers wait for each other, and readers never for writers: whoever only looks is answered however long somebody writes.
public final class PostgreSQLStore: DataStore {
    public let engine = DatabaseEngine.postgreSQL
    public let location: String
    private let readers: PostgreSQLPool
    private let writers: PostgreSQLPool

    /// The key of the advisory lock that lets one writer in at a time: the bytes of "BaoPhu".
    private static let writerLock: Int64 = 0x0000_4261_6F50_6875

    /// Connects once, so that a wrong address is reported now.
    /// - Parameters:
    ///   - url: `postgres://user:password@host:port/database`
    ///   - connections: for readers; there are two more for writers, of which one works while the other takes its place in
    ///     the row.
    ///   - statementSeconds: how long one statement may take; without an end when left out.
    /// - Throws: ``DatabaseError/unavailable(location:reason:)``
    public init(url: String, connections: Int = 8, statementSeconds: Int? = nil) throws(DatabaseError) {
        let location = Self.shown(url)
        let limits = PostgreSQLLimits(statementSeconds: statementSeconds)
        let open: @Sendable () throws(DatabaseError) -> PostgreSQLWorker = { () throws(DatabaseError) in
            PostgreSQLWorker(try PostgreSQLConnection(url: url, location: location, limits: limits))
        }
        self.location = location
        readers = PostgreSQLPool(
            location: location, limit: connections, patienceSeconds: PostgreSQLLimits.readerSeconds, open: open)
        writers = PostgreSQLPool(
            location: location, limit: 2, patienceSeconds: PostgreSQLLimits.lockSeconds, open: open)
        readers.add(try open())
    }

    /// Host, port and database of a URL; never its user, password or parameters.
    ///
    /// A user and password end, as in libpq, at an @ before the first slash. Where what is left does not look like host,
    /// port and database (a password with a slash in it), nothing is shown.
    public static func shown(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return "PostgreSQL" }
        let whole = /(?:[^\/]*@)?([A-Za-z0-9._:,%\[\]\-]*(?:\/[^\/?@]*)?)(?:\?.*)?/
        return "postgres://" + (url[scheme.upperBound...].wholeMatch(of: whole)?.1 ?? "…")
    }

    public func read<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        try await transaction(on: readers, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body)
    }

    public func write<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        // The lock is taken by a statement of its own: under READ COMMITTED each later statement takes its snapshot
        // afterwards and therefore sees everything that earlier writers committed.
        try await transaction(on: writers, "BEGIN; SELECT pg_advisory_xact_lock(\(Self.writerLock))", body)
    }

    public func writeIfIdle<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T? {
        guard writers.isQuiet else { return nil }
        return try await transaction(on: writers, "BEGIN") { connection in
            let taken = try connection.row("SELECT pg_try_advisory_xact_lock(\(Self.writerLock)) AS taken")
            guard try taken?.flag("taken") == true else { return nil }
            return try body(connection)
        }
    }

    public func checkQuickly() async throws {
        // PostgreSQL finds damage where it reads; it reads its catalogue for this.
        _ = try await read { try $0.tableNames() }
    }

    private enum Outcome<T: Sendable>: Sendable {
        case done(Result<T, any Error>)
        /// The connection was lost before the transaction began: nothing of it has happened.
        case notBegun(any Error)
    }

    private func transaction<T: Sendable>(
        on pool: PostgreSQLPool, _ begin: String, _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T {
        let worker = try await pool.checkOut()
        let outcome = await run(begin, body, on: worker)
        if case .notBegun = outcome, !worker.isSilent {
            // The server was restarted, or a device between lost the connection while nobody used it: once more, on a
            // new one in its place.
            pool.dropIdle()
            let second = try await pool.connect()
            return try finish(await run(begin, body, on: second), second, in: pool)
        }
        return try finish(outcome, worker, in: pool)
    }

    private func finish<T>(_ outcome: Outcome<T>, _ worker: PostgreSQLWorker, in pool: PostgreSQLPool) throws -> T {
        let error: any Error
        switch outcome {
        case .done(.success(let value)):
            pool.checkIn(worker)
            return value
        case .done(.failure(let thrown)), .notBegun(let thrown): error = thrown
        }
        if worker.isSilent, let reason = error as? DatabaseError {
            for pool in [readers, writers] { pool.abandon(because: reason) }
        }
        pool.checkIn(worker)
        throw error
    }

    private func run<T: Sendable>(
        _ begin: String, _ body: @escaping @Sendable (any SQLConnection) throws -> T, on worker: PostgreSQLWorker
    ) async -> Outcome<T> {
        let location = location
        return await worker.run { connection in
            do {
                try connection.command(begin)
            } catch {
                guard !connection.isLost else { return .notBegun(error) }
                _ = try? connection.command("ROLLBACK")
                return .done(.failure(error))
            }
            do {
                let value = try body(connection)
                // A transaction in which a statement failed answers COMMIT by rolling back, without calling it an error.
                guard try Self.commit(connection, location: location) == "COMMIT" else {
                    throw DatabaseError.statement(
                        sql: "COMMIT", reason: "a statement before it failed; nothing was stored")
                }
                return .done(.success(value))
            } catch {
                if !connection.isLost { _ = try? connection.command("ROLLBACK") }
                return .done(.failure(error))
            }
        }
    }

    private static func commit(_ connection: PostgreSQLConnection, location: String) throws -> String {
        do {
            return try connection.command("COMMIT")
        } catch {
            guard case .unavailable(_, let reason)? = error as? DatabaseError else { throw error }
            throw DatabaseError.unavailable(
                location: location, reason: "\(reason); whether the last change was stored is not known")
        }
    }

    /// It is VACUUM that overwrites, in the background.
    public func scrub() async throws -> Bool { false }

    public func close() async throws {
        await readers.close()
        await writers.close()
    }
}
