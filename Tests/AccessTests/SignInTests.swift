import Access
import Database
import Kernel
import TestSupport
import Testing

@Suite
struct SignInTests {
    @Test(arguments: TestEngine.allCases)
    func `the right password opens a session`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let account = try await world.add(AccessWorld.officer())
            let session = try await world.signIn("  LAN.Nguyen ")
            #expect(session.stage == .complete)
            let viewer = try await world.viewer(session)
            #expect(viewer.account == account.id)
            #expect(viewer.role == .agencyOfficer)
            #expect(viewer.agency?.text == "so-noi-vu")
            #expect(viewer.session != nil)
            #expect(try await world.actions().last == "session.started")
            #expect(try await world.service.session(token: "another") == nil)
            #expect(try await world.service.session(token: SecretToken.hash(session.token)) == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an account carries its communes and group into the session`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let communes = ["90002", "90001"].compactMap { CommuneCode($0) }
            var draft = AccountDraft(
                login: "base", name: "Lê Văn Cơ", role: .insuranceBase, agency: AgencyCode("bhxh-tinh"),
                communes: communes)
            _ = try await world.add(draft)
            draft = AccountDraft(
                login: "head", name: "Vũ Thị Tổ", role: .groupHead, communes: [communes[1]], residentialGroup: "Tổ 3")
            _ = try await world.add(draft)
            let base = try await world.viewer(world.signIn("base"))
            #expect(base.communes == communes.sorted())
            let head = try await world.viewer(world.signIn("head"))
            #expect(head.communes == [communes[1]])
            #expect(head.residentialGroup == "Tổ 3")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an unknown login, a wrong password and a locked account are told apart by nobody`(
        engine: TestEngine
    ) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let locked = try await world.add(AccessWorld.officer("locked"))
            try await world.service.setDisabled(true, account: locked.id, by: AccessWorld.chief)
            _ = try await world.service.invite(AccessWorld.officer("invited"), by: AccessWorld.chief)

            var refusals: [Refusal?] = []
            for (login, password) in [
                ("lan.nguyen", "sai mật khẩu rồi"), ("nobody", AccessWorld.password), ("locked", AccessWorld.password),
                ("invited", AccessWorld.password), ("", ""),
            ] {
                refusals.append(await expectRefusal(.invalid) { try await world.signIn(login, password: password) })
            }
            #expect(Set(refusals.map { $0?.description }).count == 1)
            #expect(refusals.allSatisfy { $0 == refusals[0] })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `five wrong passwords make an account wait, wherever they come from`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            _ = try await world.add(AccessWorld.officer("other"))
            for address in 1...5 { await world.fail(times: 1, address: "10.1.0.\(address)") }
            await expectRefusal(.tooMany) { try await world.signIn() }
            await expectRefusal(.tooMany) { try await world.signIn(address: "10.9.9.9") }
            #expect(try await world.signIn("other").stage == .complete)

            world.clock.advance(seconds: world.service.policy.failureWindowSeconds - 1)
            await expectRefusal(.tooMany) { try await world.signIn() }
            world.clock.advance(seconds: 1)
            #expect(try await world.signIn().stage == .complete)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `waiting is not made longer by trying meanwhile`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            await world.fail(times: 5)
            world.clock.advance(seconds: world.service.policy.failureWindowSeconds / 2)
            for _ in 0..<10 { await expectRefusal(.tooMany) { try await world.signIn() } }
            world.clock.advance(seconds: world.service.policy.failureWindowSeconds / 2)
            #expect(try await world.signIn().stage == .complete)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a success wipes out the failures before it`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            for _ in 0..<3 {
                await world.fail(times: 4)
                world.clock.advance(seconds: 1)
                #expect(try await world.signIn().stage == .complete)
                world.clock.advance(seconds: 1)
            }
            await world.fail(times: 5)
            await expectRefusal(.tooMany) { try await world.signIn() }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an address with too many failures must wait, whatever the login`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let limit = world.service.policy.failuresPerAddress
            for number in 0..<limit - 1 { await world.fail("guess\(number)", times: 1) }
            world.clock.advance(seconds: 1)
            #expect(try await world.signIn().stage == .complete)
            await world.fail("guess-last", times: 1)
            await expectRefusal(.tooMany) { try await world.signIn() }
            #expect(try await world.signIn(address: "10.0.0.2").stage == .complete)
            world.clock.advance(seconds: world.service.policy.failureWindowSeconds)
            #expect(try await world.signIn().stage == .complete)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a role with lists of people goes without a second factor only where the policy says so`(
        engine: TestEngine
    ) async throws {
        var policy = AccessPolicy()
        policy.secondFactorRequired = false
        let draft = AccountDraft(
            login: "commune", name: "Đỗ Thị Xã", role: .communeOfficer,
            communes: [CommuneCode("90001")].compactMap(\.self))
        try await AccessWorld.with(engine, policy: policy) { world in
            _ = try await world.add(draft)
            #expect(try await world.signIn("commune").stage == .complete)
        }
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(draft)
            #expect(try await world.signIn("commune").stage == .enrolling)
        }
    }
}
