import Access
import Database
import Kernel
import TestSupport
import Testing

/// Another role or other bounds for somebody's account.
@Suite
struct ChangeAccountTests {
    static let commune = AccountPost(role: .communeOfficer, communes: ["90001"].compactMap { CommuneCode($0) })

    /// An administrator, an officer, and what the administrator submits with.
    static func with(
        _ engine: TestEngine,
        _ body: (AccessWorld, _ officer: Account, _ chief: Account, Submission) async throws -> Void
    ) async throws {
        try await AccessWorld.with(engine) { world in
            let chief = try await world.add(AccessWorld.administrator())
            let officer = try await world.add(AccessWorld.officer())
            try await body(
                world, officer, chief, Submission(viewer: chief.viewer(AccessWorld.grants), address: "10.0.0.9"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `role and bounds change together, and the trail says who, why, from what and to what`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world, officer, chief, by in
            try await world.service.change(officer.id, to: Self.commune, reason: " Chuyển  công tác ", by: by)
            let changed = try #require(try await world.account(officer.login))
            #expect(changed.post == Self.commune)
            #expect(changed.name == officer.name && changed.email == officer.email && changed.state == .active)
            let found = try await world.service.account(officer.id, for: by.viewer)
            #expect(found.account == changed)
            let entry = try #require(found.history.first)
            #expect(entry.action == "account.changed" && entry.actor == chief.id && entry.address == "10.0.0.9")
            #expect(
                entry.detail.hasPrefix(
                    "Cán bộ sở, ban, ngành; so-noi-vu → Cán bộ UBND cấp xã; 90001. Lý do: Chuyển công tác; "))
            #expect(found.history.map(\.action) == ["account.changed", "account.created"])
            // And back: the commune goes with the role.
            try await world.service.change(officer.id, to: officer.post, reason: "Nhầm", by: by)
            #expect(try await world.account(officer.login)?.post == officer.post)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the account's sessions end with the change, nobody else's do`(engine: TestEngine) async throws {
        try await Self.with(engine) { world, officer, _, by in
            _ = try await world.add(AccessWorld.officer("nam.tran"))
            let (own, other) = (try await world.signIn(), try await world.signIn("nam.tran"))
            try await world.service.change(officer.id, to: Self.commune, reason: "Chuyển công tác", by: by)
            #expect(try await world.isOpen(own) == false)
            #expect(try await world.isOpen(other))
            #expect(try await world.viewer(try await world.signIn()).role == .communeOfficer)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a change into what is there already changes nothing and ends nothing`(engine: TestEngine) async throws {
        try await Self.with(engine) { world, officer, _, by in
            let session = try await world.signIn()
            try await world.service.change(officer.id, to: officer.post, reason: "Không đổi", by: by)
            #expect(try await world.isOpen(session))
            #expect(try await world.actions().contains("account.changed") == false)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `bounds that do not fit the role and a missing reason are refused, and nothing changes`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world, officer, _, by in
            var wrong = Self.commune
            wrong.communes = []
            await expectRefusal(.invalid, field: "communes") {
                try await world.service.change(officer.id, to: wrong, reason: "x", by: by)
            }
            wrong = Self.commune
            wrong.residentialGroup = "Tổ 3"
            await expectRefusal(.invalid, field: "group") {
                try await world.service.change(officer.id, to: wrong, reason: "x", by: by)
            }
            await expectRefusal(.invalid, field: "reason") {
                try await world.service.change(officer.id, to: Self.commune, reason: " ", by: by)
            }
            let after = try await world.account(officer.login)
            #expect(after == officer)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `nobody changes the own account, and only who manages accounts changes another`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world, officer, chief, by in
            await expectRefusal(.forbidden) {
                try await world.service.change(chief.id, to: Self.commune, reason: "x", by: by)
            }
            let viewer = officer.viewer(AccessWorld.grants)
            await expectRefusal(.forbidden) {
                try await world.service.change(
                    officer.id, to: AccountPost(role: .administrator), reason: "x", by: Submission(viewer: viewer))
            }
            await expectRefusal(.forbidden) { try await world.service.account(officer.id, for: viewer) }
            #expect(officer.actions(for: by.viewer).contains(.change))
            #expect(chief.actions(for: by.viewer) == [.reinvite] && chief.actions(for: viewer).isEmpty)
        }
    }

    /// Two administrators who take each other's role away at the same time leave one.
    @Test(arguments: TestEngine.allCases)
    func `the last active administrator stays one`(engine: TestEngine) async throws {
        try await Self.with(engine) { world, _, chief, by in
            let second = try await world.add(AccessWorld.administrator("second"))
            let other = Submission(viewer: second.viewer(AccessWorld.grants))
            try await world.service.change(second.id, to: Self.commune, reason: "Chuyển", by: by)
            await expectRefusal(.invalid) {
                try await world.service.change(chief.id, to: Self.commune, reason: "Chuyển", by: other)
            }
            #expect(try await world.account(chief.login)?.role == .administrator)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what an account is open for is not refused, and what is refused is not open`(engine: TestEngine) async throws
    {
        try await Self.with(engine) { world, officer, chief, by in
            let outsider = Submission(viewer: officer.viewer(AccessWorld.grants))
            var opened: [String: Set<AccountAction>] = [:]
            for state in ["active", "disabled"] {
                for (whose, id) in [("other's", officer.id), ("own", chief.id)]
                where whose != "own" || state == "active" {
                    for (who, submission) in [("outsider", outsider), ("chief", by)] {
                        for action in AccountAction.allCases {
                            let isDisabled = state == "disabled"
                            if whose == "other's" {
                                try await world.service.setDisabled(isDisabled, account: id, by: AccessWorld.chief)
                            }
                            let account = try #require(try await world.store.read { try Accounts.find(id, on: $0) })
                            let isOpen = account.actions(for: submission.viewer).contains(action)
                            if isOpen { opened["\(who): \(whose) \(state)", default: []].insert(action) }
                            // A link for oneself would end this session's account: that it is open is enough.
                            guard whose == "other's" || action != .reinvite else { continue }
                            do {
                                switch action {
                                case .reinvite: _ = try await world.service.reinvite(id, by: submission)
                                case .lock: try await world.service.setDisabled(true, account: id, by: submission)
                                case .unlock: try await world.service.setDisabled(false, account: id, by: submission)
                                case .change:
                                    try await world.service.change(id, to: account.post, reason: "Thử", by: submission)
                                }
                                #expect(isOpen || (who == "chief" && action != .change), "\(who): \(action), \(state)")
                            } catch let refusal as Refusal {
                                #expect(!isOpen, "\(who): \(action) of \(whose) \(state): \(refusal)")
                            }
                        }
                    }
                }
            }
            #expect(
                opened == [
                    "chief: other's active": [.reinvite, .lock, .change],
                    "chief: other's disabled": [.unlock, .change],
                    "chief: own active": [.reinvite],
                ])
            await expectRefusal(.forbidden) {
                try await world.service.invite(AccessWorld.officer("new"), by: outsider)
            }
        }
    }
}
