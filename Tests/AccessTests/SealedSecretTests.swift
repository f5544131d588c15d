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
            // Before anything is typed, too.
            let viewer = try await world.viewer(begun)
            #expect(try await stranger.closedFactor(of: viewer)?.contains("không còn khóa") == true)
            #expect(try await world.service.closedFactor(of: viewer) == nil)
            let outcome = try await stranger.sealSecrets()
            #expect(outcome.sealed == 0 && outcome.problems.count == 1)
            #expect(try await world.isOpen(begun) == true)
        }
    }

    private static func confirm(
        _ code: String, _ begun: SignedIn, by service: AccessService, in world: AccessWorld
    ) async throws -> SignedIn {
        try await service.confirm(
            code: code, token: begun.token, viewer: world.viewer(begun), address: "", device: "")
    }

    @Test(arguments: TestEngine.allCases)
    func `without the key a recovery code still opens, and the words say who resets the rest`(engine: TestEngine)
        async throws
    {
        try await AccessWorld.with(engine) { world in
            let (secret, first) = try await SecondFactorTests.enrolled(in: world)
            let stranger = Self.service(.ephemeral(), in: world)
            world.clock.advance(seconds: 60)
            let begun = try await world.signIn("chief")
            let refusal = await #expect(throws: Refusal.self) {
                try await Self.confirm(SecondFactorTests.code(secret, in: world), begun, by: stranger, in: world)
            }
            let words = try #require(refusal?.fields.first?.message)
            #expect(words.contains("mã dự phòng") && words.contains("baophu account link chief"))
            #expect(!words.contains("key"), "\(words)")

            let code = try #require(first.recoveryCodes.first)
            let opened = try await Self.confirm(code, begun, by: stranger, in: world)
            #expect(opened.stage == .complete)
            // The phone is set up anew with the next code.
            let viewer = try await world.viewer(opened)
            let fresh = try await stranger.ownSecondFactor(of: viewer).fresh
            let proof = try #require(first.recoveryCodes.dropFirst().first)
            try await stranger.changeSecondFactor(
                of: viewer, proof: proof, code: SecondFactorTests.code(fresh, in: world), address: "")
            #expect(try await stranger.closedSecrets().isEmpty)
        }
    }

    /// Columns of the account of an administrator that are not empty.
    private static func begun(in world: AccessWorld) async throws -> [String] {
        try await world.store.read { connection in
            let row = try #require(
                try connection.row(
                    "SELECT one_time_secret, one_time_pending FROM account WHERE login = ?", "chief"))
            return try ["one_time_secret", "one_time_pending"].filter { try row.optionalText($0) != nil }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a set-up that was begun under a lost key is begun anew`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.administrator())
            let session = try await world.signIn("chief")
            let viewer = try await world.viewer(session)
            let lost = try await world.service.enrolment(of: viewer)
            let stranger = Self.service(.ephemeral(), in: world)
            #expect(try await stranger.closedSecrets().isEmpty, "nobody relies on it")
            await expectRefusal(.invalid, field: "code") {
                try await Self.confirm(SecondFactorTests.code(lost, in: world), session, by: stranger, in: world)
            }
            let fresh = try await stranger.enrolment(of: viewer)
            #expect(fresh != lost)
            #expect(try await stranger.enrolment(of: viewer) == fresh)
            let opened = try await Self.confirm(
                SecondFactorTests.code(fresh, in: world), session, by: stranger, in: world)
            #expect(opened.stage == .complete)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `another phone that was being set up under a lost key does not block the page, and goes at the start`(
        engine: TestEngine
    ) async throws {
        try await AccessWorld.with(engine) { world in
            let (_, session) = try await SecondFactorTests.enrolled(in: world)
            let viewer = try await world.viewer(session)
            let lost = try await world.service.ownSecondFactor(of: viewer).fresh
            #expect(try await Self.begun(in: world) == ["one_time_secret", "one_time_pending"])
            let stranger = Self.service(.ephemeral(), in: world)
            let outcome = try await stranger.sealSecrets()
            #expect(outcome.sealed == 0 && outcome.problems.count == 1)
            #expect(try await Self.begun(in: world) == ["one_time_secret"])
            let page = try await stranger.ownSecondFactor(of: viewer)
            #expect(page.isOn && page.fresh != lost)

            let third = Self.service(.ephemeral(), in: world)
            let again = try await third.ownSecondFactor(of: viewer).fresh
            #expect(again != page.fresh)
            #expect(try await third.ownSecondFactor(of: viewer).fresh == again)
        }
    }
}
