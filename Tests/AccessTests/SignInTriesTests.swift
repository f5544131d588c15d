import Access
import Database
import Kernel
import TestSupport
import Testing
import Vault

/// Guessing is slowed down where it happens, and nowhere else.
@Suite
struct SignInTriesTests {
    static let home = "203.0.113.9"

    /// How many of some tries made at once ended how.
    static func atOnce(
        _ count: Int, _ body: @escaping @Sendable (Int) async throws -> SignedIn
    ) async -> (opened: Int, wrong: Int, waiting: Int) {
        await withTaskGroup(of: Refusal.Kind?.self) { group in
            for number in 0..<count {
                group.addTask {
                    do {
                        _ = try await body(number)
                        return nil
                    } catch {
                        return (error as? Refusal)?.kind ?? .stale
                    }
                }
            }
            var (opened, wrong, waiting) = (0, 0, 0)
            for await kind in group {
                switch kind {
                case nil: opened += 1
                case .invalid: wrong += 1
                case .tooMany: waiting += 1
                default: Issue.record("a try ended as \(String(describing: kind))")
                }
            }
            return (opened, wrong, waiting)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `wrong passwords make an account wait at their address, longer each time`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let policy = world.service.policy
            _ = try await world.add(AccessWorld.officer())
            await world.fail(times: policy.freeFailures)
            for delay in [30, 60, 120, 240, 480, 960, 1_800, 1_800] as [Int64] {
                world.clock.advance(seconds: delay - 1)
                await expectRefusal(.tooMany) { try await world.signIn() }
                world.clock.advance(seconds: 1)
                await world.fail(times: 1)
            }
            world.clock.advance(seconds: 1_800)
            #expect(try await world.signIn().stage == .complete)
            await world.fail(times: policy.freeFailures)
        }
    }

    /// Two processes on one PostgreSQL: what one counts the other knows, each looks at one guess at a time.
    @Test(arguments: TestEngine.allCases)
    func `guesses that are spread over two servers are counted together`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let servers = (0..<2).map { _ in SealedSecretTests.service(.ephemeral(), in: world) }
            let free = world.service.policy.freeFailures
            for number in 0..<free {
                await expectRefusal(.invalid, field: "password") {
                    try await servers[number % 2].signIn(
                        login: "lan.nguyen", password: "không phải mật khẩu", address: AccessWorld.address, device: "")
                }
            }
            for server in servers {
                let refusal = await #expect(throws: Refusal.self) {
                    try await server.signIn(
                        login: "lan.nguyen", password: AccessWorld.password, address: AccessWorld.address, device: "")
                }
                #expect(refusal?.kind == .tooMany && refusal?.retrySeconds == 30)
            }
            let outcome = await Self.atOnce(40) { number in
                try await servers[number % 2].signIn(
                    login: "lan.nguyen", password: "đoán \(number) lần nữa", address: Self.home, device: "")
            }
            // One that the other server was still looking at may come on top.
            #expect((free...free + 1).contains(outcome.wrong) && outcome.waiting == 40 - outcome.wrong)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `who is refused for waiting is told how long, and does not wait longer for having tried`(
        engine: TestEngine
    ) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            await world.fail(times: 5)
            world.clock.advance(seconds: 10)
            for _ in 0..<10 {
                let refusal = await expectRefusal(.tooMany) { try await world.signIn() }
                #expect(refusal?.message.contains("Hãy đợi 20 giây") == true)
            }
            world.clock.advance(seconds: 20)
            #expect(try await world.signIn().stage == .complete)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `guesses at an account do not lock its holder out elsewhere, nor others at the address`(
        engine: TestEngine
    ) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.administrator())
            _ = try await world.add(AccessWorld.officer())
            await world.fail("chief", times: 5)
            await expectRefusal(.tooMany) { try await world.signIn("chief") }
            #expect(try await world.signIn("chief", address: Self.home).stage == .enrolling)
            #expect(try await world.signIn().stage == .complete)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `sixty unknown names from an office leave the office open`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            for number in 0..<60 { await world.fail("guess\(number)", times: 1) }
            #expect(try await world.signIn().stage == .complete)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `forty right sign-ins at once from one address all succeed while somebody guesses there`(
        engine: TestEngine
    ) async throws {
        try await AccessWorld.with(engine) { world in
            for number in 0..<20 { _ = try await world.add(AccessWorld.officer("officer\(number)")) }
            async let guesses = Self.atOnce(40) { number in
                try await world.signIn("guess\(number % 4)", password: "không phải mật khẩu")
            }
            let right = await Self.atOnce(40) { try await world.signIn("officer\($0 % 20)") }
            #expect(right == (40, 0, 0))
            #expect(await guesses.opened == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `guesses sent all at once are counted like guesses sent one by one`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let guesses = await Self.atOnce(40) { _ in try await world.signIn(password: "không phải mật khẩu") }
            #expect(guesses == (0, world.service.policy.freeFailures, 40 - world.service.policy.freeFailures))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `many addresses that guess at one account make strangers wait, not who was there before`(
        engine: TestEngine
    ) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            _ = try await world.signIn(address: Self.home)
            let most = world.service.policy.failuresPerAccountAndHour
            for number in 0..<most { await world.fail(times: 1, address: "10.1.\(number / 50).\(number % 50)") }
            await expectRefusal(.tooMany) { try await world.signIn(address: "10.9.9.9") }
            #expect(try await world.signIn(address: Self.home).stage == .complete)
            world.clock.advance(seconds: 3_600)
            #expect(try await world.signIn(address: "10.9.9.9").stage == .complete)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a browser that came in before is not delayed by what others guess`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let browser = try #require(try await world.signIn().browser)
            await world.fail(times: 5)
            await expectRefusal(.tooMany) { try await world.signIn() }
            await expectRefusal(.tooMany) { try await world.signIn(browser: SecretToken.make()) }
            let again = try await world.signIn(browser: browser)
            #expect(again.stage == .complete && again.browser == browser)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a known browser that guesses counts as any other after ten times`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            _ = try await world.add(AccessWorld.officer("other"))
            let browser = try #require(try await world.signIn().browser)
            let policy = world.service.policy
            await world.fail(times: policy.failuresPerBrowser, browser: browser)
            await world.fail(times: policy.freeFailures, browser: browser)
            await expectRefusal(.tooMany) { try await world.signIn(browser: browser) }
            await world.fail("other", times: policy.freeFailures, browser: browser)
            await expectRefusal(.tooMany) { try await world.signIn("other", browser: browser) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a changed password and a new link end the trust in browsers`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let account = try await world.add(AccessWorld.officer())
            let session = try await world.signIn()
            let browser = try #require(session.browser)
            let new = "tre xanh mọc ven sông"
            try await world.service.changePassword(
                of: world.viewer(session), from: AccessWorld.password, to: new, address: AccessWorld.address,
                browser: browser)
            await world.fail(times: 5, browser: browser)
            await expectRefusal(.tooMany) { try await world.signIn(password: new, browser: browser) }
            world.clock.advance(seconds: 30)
            #expect(try await world.signIn(password: new, browser: browser).browser == browser)
            _ = try await world.service.reinvite(account.id, by: AccessWorld.chief)
            await world.fail(times: 5, browser: browser)
            await expectRefusal(.tooMany) { try await world.signIn(password: new, browser: browser) }
        }
    }
}
