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
    func `a hash of another cost is made anew at the next right sign-in`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let older = try await PasswordHasher(cost: 6).hash(AccessWorld.password)
            func stored() async throws -> String? {
                try await world.store.read { try $0.row("SELECT password_hash FROM account")?.text("password_hash") }
            }
            try await world.store.write { _ = try $0.execute("UPDATE account SET password_hash = ?", older) }
            await world.fail(times: 1)
            #expect(try await stored() == older)
            _ = try await world.signIn()
            let renewed = try await stored()
            #expect(renewed?.hasPrefix("scrypt$4$8$1$") == true)
            _ = try await world.signIn()
            #expect(try await stored() == renewed)
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
