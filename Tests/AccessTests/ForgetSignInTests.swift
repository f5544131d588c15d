import Access
import Database
import Kernel
import TestSupport
import Testing

/// What is kept of signing in goes in time.
@Suite
struct ForgetSignInTests {
    static let tables = [
        "session", "invitation", "sign_in_attempt", "sign_in_window", "account_browser",
    ]

    static func counts(in world: AccessWorld) async throws -> [String: Int] {
        try await world.store.read { connection in
            var counts: [String: Int] = [:]
            for table in tables { counts[table] = try connection.integer("SELECT COUNT(*) FROM \(table)") }
            return counts
        }
    }

    /// Runs the deed to its end.
    static func forget(in world: AccessWorld, atMost limit: Int = 2) async throws -> Int {
        let (now, policy) = (world.clock.now, world.service.policy)
        var total = 0
        while true {
            let removed = try await world.store.write { connection in
                try SignInRecords.forget(at: now, policy, atMost: limit, on: connection)
            }
            guard removed > 0 else { return total }
            total += removed
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `each kind of record is kept for its time and then goes, a few rows at once`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            _ = try await world.service.invite(AccessWorld.officer("invited"), by: AccessWorld.chief)
            for number in 0..<5 {
                _ = try await world.signIn(address: "10.0.1.\(number)")
                await world.fail(times: 1, address: "10.0.2.\(number)")
            }
            let fresh = try await Self.counts(in: world)
            #expect(fresh.values.allSatisfy { $0 > 0 })
            world.clock.advance(seconds: 86_400)
            #expect(try await Self.forget(in: world) == 0)
            #expect(try await Self.counts(in: world) == fresh)

            func left(after days: Int64) async throws -> Set<String> {
                world.clock.advance(seconds: days * 86_400)
                _ = try await Self.forget(in: world)
                return Set(try await Self.counts(in: world).filter { $0.value > 0 }.keys)
            }
            #expect(try await left(after: 2) == ["session", "invitation", "account_browser"])
            #expect(try await left(after: 92) == ["account_browser"])
            #expect(try await left(after: 90).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a session that is open is never among them`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            _ = try await world.signIn()
            world.clock.advance(seconds: 100 * 86_400)
            let session = try await world.signIn()
            #expect(try await Self.forget(in: world) > 0)
            #expect(try await world.isOpen(session))
        }
    }
}
