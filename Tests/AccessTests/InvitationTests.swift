import Access
import Database
import Kernel
import TestSupport
import Testing

@Suite
struct InvitationTests {
    static let password = AccessWorld.password

    static func accept(_ token: String, in world: AccessWorld, password: String = password) async throws -> SignedIn {
        try await world.service.accept(
            token: token, name: "  Nguyễn  Thị Lan ", password: password, address: "10.0.0.1", device: "Firefox")
    }

    @Test(arguments: TestEngine.allCases)
    func `an invitation works once`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let link = try await world.service.invite(AccessWorld.officer(), by: AccessWorld.chief)
            #expect(try await world.account("lan.nguyen")?.state == .invited)
            #expect(try await world.service.invitee(token: link.token).login == "lan.nguyen")

            let session = try await Self.accept(link.token, in: world)
            #expect(session.stage == .complete)
            #expect(try await world.viewer(session).name == "Nguyễn Thị Lan")
            #expect(try await world.account("lan.nguyen")?.state == .active)
            _ = try await world.signIn()

            await expectRefusal(.expired) { try await world.service.invitee(token: link.token) }
            await expectRefusal(.expired) {
                try await Self.accept(link.token, in: world, password: "một mật khẩu khác hẳn")
            }
            await expectRefusal(.invalid) { try await world.signIn(password: "một mật khẩu khác hẳn") }
            #expect(
                try await world.actions()
                    == [
                        "account.invited", "account.activated", "session.started", "session.started",
                        "session.refused",
                    ])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `two people who open the same link at once cannot both use it`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let link = try await world.service.invite(AccessWorld.officer(), by: AccessWorld.chief)
            let used = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 {
                    group.addTask { (try? await Self.accept(link.token, in: world)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(used == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an invitation runs out`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let seconds = world.service.policy.invitationSeconds
            let link = try await world.service.invite(AccessWorld.officer(), by: AccessWorld.chief)
            #expect(link.expiresAt == world.clock.now.adding(seconds: seconds))
            world.clock.advance(seconds: seconds - 1)
            #expect(try await world.service.invitee(token: link.token).login == "lan.nguyen")
            world.clock.advance(seconds: 1)
            await expectRefusal(.expired) { try await world.service.invitee(token: link.token) }
            await expectRefusal(.expired) { try await Self.accept(link.token, in: world) }
            #expect(try await world.account("lan.nguyen")?.state == .invited)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an unknown link is refused`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let link = try await world.service.invite(AccessWorld.officer(), by: AccessWorld.chief)
            for token in ["", "x", SecretToken.make(), SecretToken.hash(link.token), link.token + "A"] {
                await expectRefusal(.notFound) { try await Self.accept(token, in: world) }
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a weak password or an empty name is refused and leaves the link good`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let link = try await world.service.invite(AccessWorld.officer(), by: AccessWorld.chief)
            for weak in [
                "", "chín ký t", "lan.nguyen", "LÂN.NGUYÊN", "ababababab", String(repeating: "abcd ", count: 300),
            ] {
                await expectRefusal(.invalid, field: "password") {
                    try await Self.accept(link.token, in: world, password: weak)
                }
            }
            await expectRefusal(.invalid, field: "name") {
                try await world.service.accept(
                    token: link.token, name: "  ", password: Self.password, address: "", device: "")
            }
            #expect(try await Self.accept(link.token, in: world).stage == .complete)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a login is given once and a bad draft creates nothing`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.service.invite(AccessWorld.officer(), by: AccessWorld.chief)
            await expectRefusal(.invalid, field: "login") {
                try await world.service.invite(AccessWorld.officer(), by: AccessWorld.chief)
            }
            var draft = AccessWorld.officer("other.login")
            draft.agency = nil
            await expectRefusal(.invalid, field: "agency") {
                try await world.service.invite(draft, by: AccessWorld.chief)
            }
            let logins = try await world.store.read { try Accounts.all(within: .ofSystem, on: $0).map(\.login) }
            #expect(logins == ["lan.nguyen"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a new link ends the old link`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let first = try await world.service.invite(AccessWorld.officer(), by: AccessWorld.chief)
            let second = try await world.service.reinvite(first.account, by: AccessWorld.chief)
            await expectRefusal(.expired) { try await Self.accept(first.token, in: world) }
            #expect(try await Self.accept(second.token, in: world).stage == .complete)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a new link ends password, second factor and sessions`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let account = try await world.add(AccessWorld.administrator())
            let begun = try await world.signIn("chief")
            let viewer = try await world.viewer(begun)
            let secret = try await world.service.enrolment(of: viewer)
            let step = OneTimePasswordSecret.step(at: world.clock.now.secondsSinceEpoch)
            let session = try await world.service.confirm(
                code: secret.code(atStep: step), token: begun.token, viewer: viewer, address: "", device: "")
            #expect(try await world.account("chief")?.hasSecondFactor == true)

            let link = try await world.service.reinvite(account.id, by: AccessWorld.chief)
            #expect(try await world.isOpen(session) == false)
            #expect(try await world.account("chief")?.state == .invited)
            #expect(try await world.account("chief")?.hasSecondFactor == false)
            await expectRefusal(.invalid) { try await world.signIn("chief") }

            let anew = try await Self.accept(link.token, in: world)
            #expect(anew.stage == .enrolling)
            #expect(try await world.service.enrolment(of: world.viewer(anew)) != secret)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the first administrator's link is there until one is active`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let first = try #require(try await world.service.inviteFirstAdministrator())
            let second = try #require(try await world.service.inviteFirstAdministrator())
            #expect(first.account == second.account)
            #expect(first.token != second.token)
            await expectRefusal(.expired) { try await Self.accept(first.token, in: world) }

            let session = try await Self.accept(second.token, in: world)
            #expect(session.stage == .enrolling)
            #expect(try await world.viewer(session).role == .administrator)
            #expect(try await world.service.inviteFirstAdministrator() == nil)
            #expect(try await world.store.read { try Accounts.all(within: .ofSystem, on: $0).count } == 1)
        }
    }
}
