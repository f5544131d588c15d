import Access
import Database
import Kernel
import TestSupport
import Testing

@Suite
struct AccountTests {
    @Test(arguments: TestEngine.allCases)
    func `an account is read back as it was created`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let communes = ["90002", "90001", "90001"].compactMap { CommuneCode($0) }
            let draft = AccountDraft(
                login: "base", name: "Lê Văn Cơ", role: .insuranceBase, agency: AgencyCode("bhxh-tinh"),
                communes: communes, email: "base@example.vn")
            let account = try await world.add(draft)
            #expect(account.communes.map(\.text) == ["90001", "90002"])
            #expect(account.state == .active)
            #expect(account.email == "base@example.vn")
            #expect(account.createdAt == world.clock.now)
            let (found, all, nobody) = try await world.store.read { connection in
                (
                    try Accounts.find(account.id, on: connection), try Accounts.all(within: .ofSystem, on: connection),
                    try Accounts.find(login: "nobody", on: connection)
                )
            }
            #expect(found == account)
            #expect(all == [account])
            #expect(nobody == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an account of one unit is read back with it, and works for it alone`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let unit = try #require(AgencyUnitCode("bhxh-co-so:suoi-mau"))
            let account = try await world.add(
                AccountDraft(
                    login: "office", name: "Lê Văn Cơ", role: .insuranceBase, agency: unit.agency, unit: unit,
                    communes: ["90001"].compactMap { CommuneCode($0) }))
            let found = try await world.store.read { try Accounts.find(account.id, on: $0) }
            #expect(found?.unit == unit)
            #expect(found?.viewer(AccessWorld.grants).ownUnits == [.agencyUnit(unit)])
        }
    }

    static let wrongUnits: [(role: Role, agency: String)] = [
        (.agencyOfficer, "bhxh-co-so"), (.analyst, "so-xay-dung"), (.leader, "so-xay-dung"),
    ]

    @Test(arguments: wrongUnits)
    func `a unit stands only in accounts of officers of its agency`(role: Role, agency: String) {
        var draft = AccountDraft(
            login: "can-bo", name: "Cán bộ", role: .agencyOfficer, agency: AgencyCode("so-xay-dung"),
            unit: AgencyUnitCode("so-xay-dung:ban-1"))
        #expect(draft.problems().isEmpty)
        draft.role = role
        draft.agency = AgencyCode(agency)
        #expect(draft.problems().map(\.field) == ["unit"])
    }

    @Test(arguments: TestEngine.allCases)
    func `locking ends the sessions at once and unlocking lets in again`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let account = try await world.add(AccessWorld.officer())
            let session = try await world.signIn()
            try await world.service.setDisabled(true, account: account.id, by: AccessWorld.chief)
            #expect(try await world.account("lan.nguyen")?.state == .disabled)
            #expect(try await world.isOpen(session) == false)
            await expectRefusal(.invalid) { try await world.signIn() }

            try await world.service.setDisabled(false, account: account.id, by: AccessWorld.chief)
            #expect(try await world.isOpen(session) == false)
            #expect(try await world.signIn().stage == .complete)
            #expect(
                try await world.actions()
                    == [
                        "account.created", "session.started", "account.disabled", "session.refused", "account.enabled",
                        "session.started",
                    ])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an account that does not exist cannot be locked or invited again`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let nobody = RecordID(at: world.clock.now)
            await expectRefusal(.notFound) {
                try await world.service.setDisabled(true, account: nobody, by: AccessWorld.chief)
            }
            await expectRefusal(.notFound) { try await world.service.reinvite(nobody, by: AccessWorld.chief) }
            let entries = try await world.actions()
            #expect(entries.isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the last administrator cannot be locked`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let first = try await world.add(AccessWorld.administrator())
            await expectRefusal(.invalid) {
                try await world.service.setDisabled(true, account: first.id, by: AccessWorld.chief)
            }
            // One who never came in does not count.
            _ = try await world.service.invite(AccessWorld.administrator("invited"), by: AccessWorld.chief)
            await expectRefusal(.invalid) {
                try await world.service.setDisabled(true, account: first.id, by: AccessWorld.chief)
            }
            #expect(try await world.account("chief")?.state == .active)

            let second = try await world.add(AccessWorld.administrator("second"))
            try await world.service.setDisabled(true, account: first.id, by: AccessWorld.chief)
            await expectRefusal(.invalid) {
                try await world.service.setDisabled(true, account: second.id, by: AccessWorld.chief)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an administrator who never came in can be locked`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.administrator())
            let link = try await world.service.invite(AccessWorld.administrator("mistake"), by: AccessWorld.chief)
            _ = try? await world.service.setDisabled(true, account: link.account, by: AccessWorld.chief)
            let state = try await world.account("mistake")?.state

            #expect(state == .disabled)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a calendar address is renewed and revoked`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let account = try await world.add(AccessWorld.officer())
            let viewer = try await world.viewer(world.signIn())
            let service = world.service
            #expect(try await service.hasCalendarToken(viewer) == false)
            let first = try await service.renewCalendarToken(of: viewer, address: "")
            #expect(try await service.hasCalendarToken(viewer))
            let owner = try #require(try await service.calendarOwner(token: first))
            #expect(owner.account == account.id)
            #expect(owner.session == nil)

            let second = try await service.renewCalendarToken(of: viewer, address: "")
            #expect(try await service.calendarOwner(token: first) == nil)
            #expect(try await service.calendarOwner(token: second)?.account == account.id)
            try await service.setDisabled(true, account: account.id, by: AccessWorld.chief)
            #expect(try await service.calendarOwner(token: second) == nil)
            try await service.setDisabled(false, account: account.id, by: AccessWorld.chief)

            try await service.revokeCalendarToken(of: viewer, address: "")
            #expect(try await service.calendarOwner(token: second) == nil)
            #expect(try await service.hasCalendarToken(viewer) == false)
            for token in ["", "x", second] { #expect(try await service.calendarOwner(token: token) == nil) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a form is carried out once`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let now = world.clock.now
            let (mine, yours) = (RecordID(at: now), RecordID(at: now))
            func send(_ form: String, of account: RecordID, about key: String) async throws -> String? {
                try await world.store.write { connection in
                    try AccessService.receipt(
                        form: form, of: account, about: Subject(.account, key), at: now, on: connection)?.key
                }
            }
            let answers = [
                try await send("a", of: mine, about: "first"), try await send("a", of: mine, about: "second"),
                try await send("b", of: mine, about: "second"), try await send("a", of: yours, about: "third"),
            ]
            #expect(answers == [nil, "first", nil, nil])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a form whose deed failed can be sent again`(engine: TestEngine) async throws {
        struct Failed: Error {}
        try await AccessWorld.with(engine) { world in
            let now = world.clock.now
            let account = RecordID(at: now)
            await #expect(throws: Failed.self) {
                try await world.store.write { connection in
                    _ = try AccessService.receipt(
                        form: "a", of: account, about: Subject(.account, ""), at: now, on: connection)
                    throw Failed()
                }
            }
            let known = try await world.store.write { connection in
                try AccessService.receipt(form: "a", of: account, about: Subject(.account, ""), at: now, on: connection)
            }
            #expect(known == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `one form sent many times at once is carried out once`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let now = world.clock.now
            let account = RecordID(at: now)
            let carriedOut = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await world.store.write { connection in
                            try AccessService.receipt(
                                form: "a", of: account, about: Subject(.account, ""), at: now, on: connection)
                                == nil
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(carriedOut == 1)
        }
    }
}
