import Access
import Database
import Kernel
import TestSupport
import Testing

@Suite
struct SecondFactorTests {
    static func code(_ secret: OneTimePasswordSecret, in world: AccessWorld, later steps: Int64 = 0) -> String {
        secret.code(atStep: OneTimePasswordSecret.step(at: world.clock.now.secondsSinceEpoch) + steps)
    }

    /// Six digits that are none of the codes that count now.
    static func wrongCode(_ secret: OneTimePasswordSecret, in world: AccessWorld) -> String {
        let good = (-1...1).map { code(secret, in: world, later: $0) }
        return (0...9).map { String(repeating: String($0), count: 6) }.first { !good.contains($0) } ?? ""
    }

    static func confirm(_ code: String, _ session: SignedIn, in world: AccessWorld) async throws -> SignedIn {
        try await world.service.confirm(
            code: code, token: session.token, viewer: world.viewer(session), address: AccessWorld.address,
            device: "Firefox")
    }

    /// An administrator who has set up the second factor.
    static func enrolled(in world: AccessWorld) async throws -> (secret: OneTimePasswordSecret, session: SignedIn) {
        _ = try await world.add(AccessWorld.administrator())
        let begun = try await world.signIn("chief")
        let secret = try await world.service.enrolment(of: world.viewer(begun))
        return (secret, try await confirm(code(secret, in: world), begun, in: world))
    }

    @Test(arguments: TestEngine.allCases)
    func `the second factor is set up at the first sign-in`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.administrator())
            let begun = try await world.signIn("chief")
            #expect(begun.stage == .enrolling)
            #expect(try await world.service.session(token: begun.token)?.stage == .enrolling)
            let viewer = try await world.viewer(begun)
            let secret = try await world.service.enrolment(of: viewer)
            #expect(try await world.service.enrolment(of: viewer) == secret)
            #expect(try await world.account("chief")?.hasSecondFactor == false)

            let session = try await Self.confirm(Self.code(secret, in: world), begun, in: world)
            #expect(session.stage == .complete)
            #expect(session.token != begun.token)
            #expect(try await world.isOpen(begun) == false)
            #expect(try await world.service.session(token: session.token)?.stage == .complete)
            #expect(try await world.account("chief")?.hasSecondFactor == true)
            await expectRefusal(.invalid) { try await world.service.enrolment(of: viewer) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a later sign-in asks for a code, and a code works once`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let (secret, _) = try await Self.enrolled(in: world)
            let used = Self.code(secret, in: world)
            let begun = try await world.signIn("chief")
            #expect(begun.stage == .code)
            await expectRefusal(.invalid, field: "code") { try await Self.confirm(used, begun, in: world) }
            #expect(world.news.of("chief").last == .secondFactor(.codeReused(address: AccessWorld.address)))
            #expect(try await world.actions().filter { $0 == "account.code-reused" }.count == 1)
            await expectRefusal(.invalid, field: "code") {
                try await Self.confirm(Self.code(secret, in: world, later: -1), begun, in: world)
            }
            #expect(try await world.isOpen(begun))

            world.clock.advance(seconds: 30)
            let fresh = Self.code(secret, in: world)
            let session = try await Self.confirm(fresh, begun, in: world)
            #expect(session.stage == .complete)
            let again = try await world.signIn("chief")
            await expectRefusal(.invalid, field: "code") { try await Self.confirm(fresh, again, in: world) }
            #expect(try await world.actions().filter { $0 == "session.started" }.count == 2)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a code sent twice at once opens one session`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let (secret, _) = try await Self.enrolled(in: world)
            world.clock.advance(seconds: 60)
            let code = Self.code(secret, in: world)
            let begun = [try await world.signIn("chief"), try await world.signIn("chief")]
            async let left = Result.of { try await Self.confirm(code, begun[0], in: world) }
            async let right = Result.of { try await Self.confirm(code, begun[1], in: world) }
            let opened = await [left, right].compactMap { try? $0.get() }
            #expect(opened.count == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a wrong code is refused and counted`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let (secret, _) = try await Self.enrolled(in: world)
            world.clock.advance(seconds: 60)
            let begun = try await world.signIn("chief")
            world.clock.advance(seconds: 1)
            for _ in 0..<world.service.policy.freeFailures {
                await expectRefusal(.invalid, field: "code") {
                    try await Self.confirm(Self.wrongCode(secret, in: world), begun, in: world)
                }
            }
            await expectRefusal(.tooMany) {
                try await Self.confirm(Self.code(secret, in: world), begun, in: world)
            }
            await expectRefusal(.tooMany) { try await world.signIn("chief") }
            #expect(try await world.service.session(token: begun.token)?.stage == .code)
        }
    }

    /// Whoever knows the password must not get five more guesses at the code by typing it again.
    @Test(arguments: TestEngine.allCases)
    func `a right password does not wipe out wrong codes`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let (secret, _) = try await Self.enrolled(in: world)
            var kinds: [Refusal.Kind] = []
            for round in 1...3 {
                world.clock.advance(seconds: 1)
                do {
                    let begun = try await world.signIn("chief", address: "10.3.0.\(round)")
                    world.clock.advance(seconds: 1)
                    for _ in 0..<4 {
                        _ = try await Self.tryWrong(secret, begun, in: world, noting: &kinds)
                    }
                } catch let refusal as Refusal {
                    kinds.append(refusal.kind)
                }
            }

            #expect(kinds.contains(.tooMany))
        }
    }

    private static func tryWrong(
        _ secret: OneTimePasswordSecret, _ begun: SignedIn, in world: AccessWorld, noting kinds: inout [Refusal.Kind]
    ) async throws {
        do {
            _ = try await confirm(wrongCode(secret, in: world), begun, in: world)
        } catch let refusal as Refusal {
            kinds.append(refusal.kind)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `without having set it up no code is right`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.administrator())
            let begun = try await world.signIn("chief")
            for code in ["", "000000", "123456"] {
                await expectRefusal(.invalid, field: "code") { try await Self.confirm(code, begun, in: world) }
            }
        }
    }
}

extension Result where Failure == any Error {
    fileprivate static func of(_ body: () async throws -> Success) async -> Result {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
