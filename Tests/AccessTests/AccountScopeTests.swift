import Access
import Database
import Kernel
import TestSupport
import Testing

/// Whose accounts somebody may ask for.
@Suite
struct AccountScopeTests {
    static func draft(_ login: String, _ role: Role, agency: String? = nil, communes: [String] = []) -> AccountDraft {
        AccountDraft(
            login: login, name: login, role: role, agency: agency.flatMap { AgencyCode($0) },
            communes: communes.compactMap { CommuneCode($0) },
            residentialGroup: role.bounds.group ? "Tổ 1" : nil)
    }

    @Test(arguments: TestEngine.allCases)
    func `a scope gives the accounts of its units and communes`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            for draft in [
                Self.draft("base", .insuranceBase, agency: "bhxh-co-so", communes: ["90001", "90002"]),
                Self.draft("chief", .administrator), Self.draft("first", .communeOfficer, communes: ["90001"]),
                Self.draft("head", .groupHead, communes: ["90002"]),
                Self.draft("office", .agencyOfficer, agency: "so-noi-vu"),
                Self.draft("third", .communeLeader, communes: ["90003"]),
            ] { _ = try await world.add(draft) }
            func logins(_ scope: Scope) async throws -> [String] {
                try await world.store.read { try Accounts.all(within: scope, on: $0).map(\.login) }
            }
            func scope(_ role: Role, agency: String? = nil, communes: [String] = []) -> Scope {
                ScopeTests.scope(
                    ScopeTests.viewer(
                        role, [ScopeTests.see], agency: agency, communes: communes.compactMap { CommuneCode($0) }))
            }
            #expect(try await logins(.ofSystem) == ["base", "chief", "first", "head", "office", "third"])
            #expect(try await logins(ScopeTests.scope(ScopeTests.viewer(.auditor, []))) == [])
            #expect(try await logins(scope(.agencyOfficer, agency: "so-noi-vu")) == ["office"])
            #expect(try await logins(scope(.groupHead, communes: ["90002"])) == ["base", "head"])
            #expect(try await logins(scope(.communeOfficer, communes: ["90001"])) == ["base", "first"])
            #expect(
                try await logins(scope(.insuranceBase, agency: "thue", communes: ["90001", "90002"]))
                    == ["base", "first", "head"])
        }
    }

    @Test(arguments: Role.allCases)
    func `the list of accounts is refused to every role that does not keep it`(role: Role) async throws {
        try await AccessWorld.with(.sqlite) { world in
            let account = try await world.add(
                Self.draft(
                    "some.body", role, agency: role.bounds.agency ? "so-noi-vu" : nil,
                    communes: role.bounds.communes == .none ? [] : ["90001"]))
            let viewer = account.viewer(AccessWorld.grants)
            guard viewer.may(.manageAccounts) else {
                await expectRefusal(.forbidden) { try await world.service.accounts(for: viewer) }
                await expectRefusal(.forbidden) { try await world.service.account(account.id, for: viewer) }
                return
            }
            #expect(role == .administrator)
            #expect(try await world.service.accounts(for: viewer).map(\.login) == ["some.body"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `one's own address for letters is told to oneself`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let viewer = try await world.add(AccessWorld.officer()).viewer(AccessWorld.grants)
            _ = try await world.add(AccessWorld.officer("nam.tran"))
            #expect(try await world.service.email(of: viewer) == nil)
            try await world.service.changeEmail(of: viewer, to: "lan@vi.du", address: "")
            #expect(try await world.service.email(of: viewer) == "lan@vi.du")
        }
    }
}
