import Access
import Database
import Kernel
import TestSupport
import Testing
import Vault

/// One's own second factor: recovery codes, another phone, on and off.
@Suite
struct RecoveryCodeTests {
    /// An administrator with a second factor, its recovery codes, and a later session that waits for the code.
    static func enrolled(
        in world: AccessWorld
    ) async throws -> (secret: OneTimePasswordSecret, codes: [String], begun: SignedIn) {
        let (secret, session) = try await SecondFactorTests.enrolled(in: world)
        world.clock.advance(seconds: 60)
        return (secret, session.recoveryCodes, try await world.signIn("chief"))
    }

    @Test(arguments: TestEngine.allCases)
    func `ten recovery codes come with the second factor, each opens one session`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let (_, codes, begun) = try await Self.enrolled(in: world)
            #expect(Set(codes).count == 10)
            #expect(codes.allSatisfy { $0.wholeMatch(of: /[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){3}/) != nil })
            let stored = try await world.store.read { try $0.rows("SELECT code_hash FROM recovery_code") }
            #expect(try stored.allSatisfy { try $0.text("code_hash").count == 64 })

            let typed = codes[3].lowercased().replacing("-", with: " ")
            let session = try await SecondFactorTests.confirm(typed, begun, in: world)
            #expect(session.stage == .complete && session.recoveryCodes.isEmpty)
            #expect(world.news.of("chief") == [.secondFactor(.turnedOn), .secondFactor(.codeUsed(left: 9))])
            #expect(try await world.actions().filter { $0 == "account.recovery-code-used" }.count == 1)
            let again = try await world.signIn("chief")
            await expectRefusal(.invalid, field: "code") {
                try await SecondFactorTests.confirm(codes[3], again, in: world)
            }
            #expect(try await SecondFactorTests.confirm(codes[4], again, in: world).stage == .complete)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `codes are an account's own, and guesses at them are counted`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let (_, codes, begun) = try await Self.enrolled(in: world)
            _ = try await world.add(AccessWorld.administrator("other"))
            let other = try await world.signIn("other")
            await expectRefusal(.invalid, field: "code") {
                try await SecondFactorTests.confirm(codes[0], other, in: world)
            }
            for _ in 0..<world.service.policy.freeFailures {
                await expectRefusal(.invalid, field: "code") {
                    try await SecondFactorTests.confirm("AAAA-BBBB-CCCC-DDDD", begun, in: world)
                }
            }
            await expectRefusal(.tooMany) { try await SecondFactorTests.confirm(codes[0], begun, in: world) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the holder is told once when somebody with the password types wrong codes`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let (secret, _, begun) = try await Self.enrolled(in: world)
            for count in 1...4 {
                await expectRefusal(.invalid, field: "code") {
                    try await SecondFactorTests.confirm(
                        SecondFactorTests.wrongCode(secret, in: world), begun, in: world)
                }
                let told = world.news.of("chief").filter {
                    $0 == .secondFactor(.codeGuessed(address: AccessWorld.address))
                }
                #expect(told.count == (count < 3 ? 0 : 1))
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `new codes end the old ones and ask for proof`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let (secret, codes, begun) = try await Self.enrolled(in: world)
            let session = try await SecondFactorTests.confirm(
                SecondFactorTests.code(secret, in: world), begun, in: world)
            let viewer = try await world.viewer(session)
            await expectRefusal(.invalid, field: "code") {
                try await world.service.renewRecoveryCodes(of: viewer, proof: "", address: "")
            }
            await expectRefusal(.invalid, field: "code") {
                try await world.service.renewRecoveryCodes(
                    of: viewer, proof: SecondFactorTests.wrongCode(secret, in: world), address: "")
            }
            let fresh = try await world.service.renewRecoveryCodes(of: viewer, proof: codes[0], address: "")
            #expect(Set(fresh).count == 10 && Set(fresh).isDisjoint(with: codes))
            #expect(try await world.service.ownSecondFactor(of: viewer).codesLeft == 10)
            await expectRefusal(.invalid, field: "code") {
                try await world.service.renewRecoveryCodes(of: viewer, proof: codes[1], address: "")
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `another phone takes over once both are shown, and other sessions end`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let (secret, codes, begun) = try await Self.enrolled(in: world)
            let session = try await SecondFactorTests.confirm(
                SecondFactorTests.code(secret, in: world), begun, in: world)
            let viewer = try await world.viewer(session)
            let fresh = try await world.service.ownSecondFactor(of: viewer).fresh
            #expect(fresh != secret)
            #expect(try await world.service.ownSecondFactor(of: viewer).fresh == fresh, "it may be scanned later")
            await expectRefusal(.invalid, field: "new") {
                try await world.service.changeSecondFactor(
                    of: viewer, proof: codes[0], code: SecondFactorTests.wrongCode(fresh, in: world), address: "")
            }
            // What failed used nothing up.
            try await world.service.changeSecondFactor(
                of: viewer, proof: codes[0], code: SecondFactorTests.code(fresh, in: world), address: "")
            #expect(world.news.of("chief").last == .secondFactor(.changed))
            world.clock.advance(seconds: 60)
            let later = try await world.signIn("chief")
            await expectRefusal(.invalid, field: "code") {
                try await SecondFactorTests.confirm(SecondFactorTests.code(secret, in: world), later, in: world)
            }
            #expect(
                try await SecondFactorTests.confirm(SecondFactorTests.code(fresh, in: world), later, in: world).stage
                    == .complete)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a role that needs none turns one on with the password, and off with a code`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let (session, other) = (try await world.signIn(), try await world.signIn())
            let viewer = try await world.viewer(session)
            let own = try await world.service.ownSecondFactor(of: viewer)
            #expect(!own.isOn && !own.isRequired && own.codesLeft == 0)
            let code = SecondFactorTests.code(own.fresh, in: world)
            await expectRefusal(.invalid, field: "password") {
                try await world.service.turnOnSecondFactor(of: viewer, password: "sai", code: code, address: "")
            }
            let codes = try await world.service.turnOnSecondFactor(
                of: viewer, password: AccessWorld.password, code: code, address: "")
            #expect(codes.count == 10)
            #expect(try await world.isOpen(session))
            #expect(try await world.isOpen(other) == false)
            #expect(try await world.signIn().stage == .code)

            try await world.service.turnOffSecondFactor(of: viewer, proof: codes[0], address: "")
            #expect(try await world.signIn().stage == .complete)
            #expect(try await world.service.ownSecondFactor(of: viewer).codesLeft == 0)
            #expect(
                world.news.of("lan.nguyen") == [
                    .secondFactor(.turnedOn), .secondFactor(.codeUsed(left: 9)), .secondFactor(.turnedOff),
                ])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a role that needs one does not turn it off, and a new link takes the codes away`(
        engine: TestEngine
    ) async throws {
        try await AccessWorld.with(engine) { world in
            let (_, codes, begun) = try await Self.enrolled(in: world)
            let session = try await SecondFactorTests.confirm(codes[0], begun, in: world)
            let viewer = try await world.viewer(session)
            await expectRefusal(.forbidden) {
                try await world.service.turnOffSecondFactor(of: viewer, proof: codes[1], address: "")
            }
            _ = try await world.service.reinvite(viewer.account, by: AccessWorld.chief)
            #expect(try await world.store.read { try $0.integer("SELECT COUNT(*) FROM recovery_code") } == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a secret being set up lies sealed too, and goes when its key is lost`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let viewer = try await world.viewer(world.signIn())
            _ = try await world.service.ownSecondFactor(of: viewer)
            func stored() async throws -> String? {
                try await world.store.read {
                    try $0.row("SELECT one_time_pending FROM account")?.optionalText("one_time_pending")
                }
            }
            #expect(KeyRing.isSealed(try #require(try await stored())))
            let stranger = SealedSecretTests.service(.ephemeral(), in: world)
            #expect(try await stranger.closedSecrets().isEmpty, "nobody relies on it")
            #expect(try await stranger.sealSecrets().problems.isEmpty)
            #expect(try await stored() == nil, "it is begun anew")
        }
    }
}
