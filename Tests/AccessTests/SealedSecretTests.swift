import Access
import Database
import Kernel
import TestSupport
import Testing
import Vault

/// Secrets of second factors: sealed in the database, opened with keys from outside it.
@Suite
struct SealedSecretTests {
    private static func stored(in world: AccessWorld) async throws -> String? {
        try await world.store.read {
            try $0.row("SELECT one_time_secret FROM account WHERE login = ?", "chief")?.text("one_time_secret")
        }
    }

    static func service(_ keys: KeyRing, in world: AccessWorld) -> AccessService {
        AccessService(
            store: world.store, clock: world.clock.clock, passwords: PasswordHasher(cost: 4),
            grants: AccessWorld.grants,
            keys: keys)
    }

    @Test(arguments: TestEngine.allCases)
    func `a secret does not stand readable in the database`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let (secret, _) = try await SecondFactorTests.enrolled(in: world)
            let stored = try #require(try await Self.stored(in: world))
            #expect(KeyRing.isSealed(stored))
            #expect(!stored.contains(secret.base32))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a secret that an earlier release stored plain still works and is sealed at the next start`(
        engine: TestEngine
    ) async throws {
        try await AccessWorld.with(engine) { world in
            let (secret, _) = try await SecondFactorTests.enrolled(in: world)
            try await world.store.write {
                _ = try $0.execute("UPDATE account SET one_time_secret = ? WHERE login = ?", secret.base32, "chief")
            }
            world.clock.advance(seconds: 60)
            let begun = try await world.signIn("chief")
            let session = try await SecondFactorTests.confirm(
                SecondFactorTests.code(secret, in: world), begun, in: world)
            #expect(session.stage == .complete)
            #expect(try await world.service.sealSecrets().sealed == 1)
            #expect(try await world.service.sealSecrets().sealed == 0)
            #expect(KeyRing.isSealed(try #require(try await Self.stored(in: world))))
            #expect(try await world.service.closedSecrets().isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `without the key the person is told, nobody comes in, and the problem names the key`(engine: TestEngine)
        async throws
    {
        try await AccessWorld.with(engine) { world in
            let (secret, _) = try await SecondFactorTests.enrolled(in: world)
            let begun = try await world.signIn("chief")
            let stranger = Self.service(.ephemeral(), in: world)
            await expectRefusal(.invalid) {
                try await stranger.confirm(
                    code: SecondFactorTests.code(secret, in: world, later: 1), token: begun.token,
                    viewer: world.viewer(begun), address: "", device: "")
            }
            #expect(try await stranger.closedSecrets().count == 1)
            let outcome = try await stranger.sealSecrets()
            #expect(outcome.sealed == 0 && outcome.problems.count == 1)
            #expect(try await world.isOpen(begun) == true)
        }
    }
}
