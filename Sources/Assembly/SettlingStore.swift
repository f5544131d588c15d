import Access
import Database
import Jobs
import Kernel
import Synchronization

/// Ends proposals that wait for a second person in the very write that changed what they are about: nobody is called to confirm
/// what cannot be confirmed.
final class ProposalWatch: Sendable {
    /// More in one write than ever wait.
    private static let atMost = 200

    private let clock: Clock
    private let endings = Mutex<[JobKind.Forgetting]>([])

    init(clock: Clock) {
        self.clock = clock
    }

    /// - Parameter endings: of all targets whose deeds two people do; each ends its own that no longer fit.
    func begin(_ endings: [JobKind.Forgetting]) {
        self.endings.withLock { $0 = endings }
    }

    func settle(on connection: any SQLConnection) throws {
        let now = clock.now
        guard try PairedDeeds.isAnyWaiting(at: now, on: connection) else { return }
        for end in endings.withLock({ $0 }) { _ = try end(now, Self.atMost, connection) }
    }
}

/// A database after each of whose changes the proposals that wait are looked through, in the same transaction. Sign-ins and
/// notices, which nobody proposes anything about, go past it.
struct SettlingStore: DataStore {
    private let base: any DataStore
    private let watch: ProposalWatch

    init(_ base: any DataStore, by watch: ProposalWatch) {
        self.base = base
        self.watch = watch
    }

    var engine: DatabaseEngine { base.engine }
    var location: String { base.location }

    func read<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        try await base.read(body)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        let watch = watch
        return try await base.write { connection in
            let result = try body(connection)
            try watch.settle(on: connection)
            return result
        }
    }

    /// What need not be kept is nothing that was proposed.
    func writeIfIdle<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T? {
        try await base.writeIfIdle(body)
    }

    func checkQuickly() async throws { try await base.checkQuickly() }

    func scrub() async throws -> Bool { try await base.scrub() }

    func close() async throws { try await base.close() }
}
