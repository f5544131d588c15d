import Database
import Dispatch
import Synchronization

/// Connections for one purpose, given out in the order of asking.
final class PostgreSQLPool: Sendable {
    private struct State {
        var idle: [PostgreSQLWorker] = []
        /// Those in use or being opened, and the idle ones.
        var open = 0
        var closed = false
        var waiting: [(ticket: Int, continuation: CheckedContinuation<Place, Never>)] = []
        var tickets = 0
    }

    private typealias Place = Result<PostgreSQLWorker?, DatabaseError>

    private let location: String
    private let limit: Int
    private let patienceSeconds: Int
    private let open: @Sendable () throws -> PostgreSQLWorker
    private let state = Mutex(State())

    /// - Parameters:
    ///   - patienceSeconds: how long one waits while all are in use.
    ///   - open: blocks.
    init(
        location: String, limit: Int, patienceSeconds: Int, open: @escaping @Sendable () throws -> PostgreSQLWorker
    ) {
        self.location = location
        self.limit = max(1, limit)
        self.patienceSeconds = patienceSeconds
        self.open = open
    }

    /// Puts in a connection that is open already.
    func add(_ worker: PostgreSQLWorker) {
        state.withLock { state in
            state.idle.append(worker)
            state.open += 1
        }
    }

    /// Whether nobody uses or waits for a connection.
    var isQuiet: Bool { state.withLock { $0.open == $0.idle.count && $0.waiting.isEmpty } }

    /// - Throws: ``DatabaseError/busy(location:reason:)``, ``DatabaseError/unavailable(location:reason:)``
    func checkOut() async throws -> PostgreSQLWorker {
        let place: Place = await withCheckedContinuation { continuation in
            let (known, ticket) = state.withLock { state -> (Place?, Int) in
                if state.closed {
                    return (.failure(.unavailable(location: location, reason: "it has been closed")), 0)
                }
                if let worker = state.idle.popLast() { return (.success(worker), 0) }
                if state.open < limit {
                    state.open += 1
                    return (.success(nil), 0)
                }
                state.tickets += 1
                state.waiting.append((state.tickets, continuation))
                return (nil, state.tickets)
            }
            if let known { return continuation.resume(returning: known) }
            DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(patienceSeconds)) { [self] in
                giveUp(ticket)
            }
        }
        if let worker = try place.get() { return worker }
        return try await connect()
    }

    private func giveUp(_ ticket: Int) {
        let found = state.withLock { state in
            state.waiting.firstIndex { $0.ticket == ticket }.map { state.waiting.remove(at: $0) }
        }
        found?.continuation.resume(
            returning: .failure(
                .busy(
                    location: location,
                    reason: "all its connections were in use for \(patienceSeconds) seconds")))
    }

    /// Opens a connection for a place already counted.
    func connect() async throws -> PostgreSQLWorker {
        let open = open
        let opened: Result<PostgreSQLWorker, any Error> = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: Result { try open() }) }
        }
        if case .failure(let error) = opened { giveUpPlace(after: error) }
        return try opened.get()
    }

    /// A connection could not be opened: those who wait go on waiting for the others, and fail where there are none.
    private func giveUpPlace(after error: any Error) {
        let failed = state.withLock { state in
            state.open -= 1
            guard state.open == 0 else { return [] as [CheckedContinuation<Place, Never>] }
            defer { state.waiting = [] }
            return state.waiting.map(\.continuation)
        }
        let reason =
            error as? DatabaseError ?? DatabaseError.unavailable(location: location, reason: "\(error)")
        for continuation in failed { continuation.resume(returning: .failure(reason)) }
    }

    func checkIn(_ worker: PostgreSQLWorker) {
        let usable = worker.isUsable
        let next = state.withLock { state -> CheckedContinuation<Place, Never>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst().continuation }
            if usable && !state.closed { state.idle.append(worker) } else { state.open -= 1 }
            return nil
        }
        // In the place of one that is of no use its next holder opens another.
        next?.resume(returning: .success(usable ? worker : nil))
    }

    /// Forgets the connections that nobody uses: the one before was found lost, and these are no younger.
    func dropIdle() {
        state.withLock { state in
            state.open -= state.idle.count
            state.idle = []
        }
    }

    /// Nobody need wait for a server that does not answer.
    func abandon(because error: DatabaseError) {
        dropIdle()
        let failed = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiting in failed { waiting.continuation.resume(returning: .failure(error)) }
    }

    func close() async {
        let idle = state.withLock { state in
            state.closed = true
            defer { state.idle = [] }
            return state.idle
        }
        for worker in idle { await worker.run { _ in } }
    }
}

/// A connection and the serial queue on which alone it is touched.
final class PostgreSQLWorker: @unchecked Sendable {
    // Sound without a lock: `connection` is used inside `queue` only, and what the pool asks of it is asked when no work
    // is under way, that is, after `run` has returned and before the worker is handed out again.
    private let connection: PostgreSQLConnection
    private let queue = DispatchQueue(label: "baophu.postgresql")

    init(_ connection: sending PostgreSQLConnection) {
        self.connection = connection
    }

    var isUsable: Bool { connection.isUsable }
    var isSilent: Bool { connection.isSilent }

    func run<T: Sendable>(_ body: @escaping @Sendable (PostgreSQLConnection) -> T) async -> T {
        await withCheckedContinuation { continuation in
            queue.async { [self] in continuation.resume(returning: body(connection)) }
        }
    }
}
