public import Database
import Dispatch
import Synchronization

/// PostgreSQL through libpq: a pool of connections, each with a thread of its own while it works.
public final class PostgreSQLStore: DataStore {
    public let engine = DatabaseEngine.postgreSQL
    public let location: String
    private let url: String
    private let state: Mutex<PoolState>

    /// The key of the advisory lock that lets one writer in at a time: the bytes of "BaoPhu".
    private static let writerLock: Int64 = 0x0000_4261_6F50_6875

    /// Connects once, so that a wrong address is reported now.
    /// - Parameter url: `postgres://user:password@host:port/database`
    /// - Throws: ``DatabaseError/unavailable(location:reason:)``
    public init(url: String, connections: Int = 8) throws(DatabaseError) {
        self.url = url
        location = Self.shown(url)
        let first = Worker(try PostgreSQLConnection(url: url, location: location))
        state = Mutex(PoolState(idle: [first], open: 1, limit: max(2, connections)))
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
        try await transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body)
    }

    public func write<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        // The lock is taken by a statement of its own: under READ COMMITTED each later statement takes its snapshot
        // afterwards and therefore sees everything that earlier writers committed.
        try await transaction("BEGIN; SELECT pg_advisory_xact_lock(\(Self.writerLock))", body)
    }

    private func transaction<T: Sendable>(
        _ begin: String, _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T {
        let worker = try await checkOut()
        let result = await worker.run { connection -> Result<T, any Error> in
            do {
                try connection.command(begin)
                let value = try body(connection)
                // A transaction in which a statement failed answers COMMIT by rolling back, without calling it an error.
                guard try connection.command("COMMIT") == "COMMIT" else {
                    throw DatabaseError.statement(
                        sql: "COMMIT", reason: "a statement before it failed; nothing was stored")
                }
                return .success(value)
            } catch {
                _ = try? connection.command("ROLLBACK")
                return .failure(error)
            }
        }
        checkIn(worker)
        return try result.get()
    }

    public func close() async throws {
        let idle = state.withLock { state in
            state.closed = true
            defer { state.idle = [] }
            return state.idle
        }
        for worker in idle { await worker.run { _ in } }
    }

    // MARK: The pool

    private struct PoolState {
        var idle: [Worker]
        var open: Int
        let limit: Int
        var closed = false
        var waiting: [CheckedContinuation<Worker?, Never>] = []
    }

    private enum Place {
        case idle(Worker)
        case connect
        case closed
    }

    private func checkOut() async throws -> Worker {
        let handed: Worker? = await withCheckedContinuation { continuation in
            let place: Place? = state.withLock { state in
                if state.closed { return .closed }
                if let worker = state.idle.popLast() { return .idle(worker) }
                if state.open < state.limit {
                    state.open += 1
                    return .connect
                }
                state.waiting.append(continuation)
                return nil
            }
            switch place {
            case .idle(let worker): continuation.resume(returning: worker)
            case .connect, .closed: continuation.resume(returning: nil)
            case nil: break
            }
        }
        if let handed { return handed }
        if state.withLock({ $0.closed }) {
            throw DatabaseError.unavailable(location: location, reason: "it has been closed")
        }
        return try await connect()
    }

    /// Opens a connection for a place already counted in `open`.
    private func connect() async throws -> Worker {
        let url = url
        let location = location
        let opened: Result<Worker, any Error> = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { Worker(try PostgreSQLConnection(url: url, location: location)) })
            }
        }
        if case .failure = opened { releasePlace() }
        return try opened.get()
    }

    /// Gives up a place; whoever waits is told to open a connection of its own.
    private func releasePlace() {
        let next = state.withLock { state -> CheckedContinuation<Worker?, Never>? in
            if state.waiting.isEmpty {
                state.open -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume(returning: nil)
    }

    private func checkIn(_ worker: Worker) {
        guard worker.isUsable else { return releasePlace() }
        let next = state.withLock { state -> CheckedContinuation<Worker?, Never>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            if !state.closed { state.idle.append(worker) }
            return nil
        }
        next?.resume(returning: worker)
    }
}

/// A connection and the serial queue on which alone it is touched.
private final class Worker: @unchecked Sendable {
    // Sound without a lock: `connection` is used inside `queue` only, and `isUsable` is read by the pool when no work
    // is under way, that is, after `run` has returned and before the worker is handed out again.
    private let connection: PostgreSQLConnection
    private let queue = DispatchQueue(label: "baophu.postgresql")

    init(_ connection: sending PostgreSQLConnection) {
        self.connection = connection
    }

    var isUsable: Bool { connection.isUsable }

    func run<T: Sendable>(_ body: @escaping @Sendable (PostgreSQLConnection) -> T) async -> T {
        await withCheckedContinuation { continuation in
            queue.async { [self] in continuation.resume(returning: body(connection)) }
        }
    }
}
