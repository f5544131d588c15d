import Access
import Database
import Kernel
import TestSupport
import Testing

/// Accounts held against the audit trail.
@Suite
struct AccountTrailTests {
    static func problems(_ world: AccessWorld) async throws -> [String] {
        try await world.store.read { try AccountTrail.problems(on: $0) }
    }

    @Test(arguments: TestEngine.allCases)
    func `what the trail gave is no problem`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let chief = Submission(viewer: try await world.add(AccessWorld.administrator()).viewer(AccessWorld.grants))
            let officer = try await world.add(AccessWorld.officer())
            _ = try await world.service.invite(AccessWorld.officer("moi.nguoi"), by: AccessWorld.chief)
            try await world.service.change(
                officer.id, to: AccountPost(role: .auditor), reason: "Chuyển việc. Lý do: khác", by: chief)
            try await world.service.setDisabled(true, account: officer.id, by: chief)
            #expect(try await Self.problems(world) == [])
        }
    }

    @Test(
        arguments: TestEngine.allCases,
        [
            "UPDATE account SET role = 'administrator', agency = NULL WHERE login = 'lan.nguyen'",
            "UPDATE account SET agency = 'thue-thanh-pho' WHERE login = 'hoa.tran'",
            "UPDATE account SET disabled_at = NULL WHERE login = 'khoa.le'",
            "UPDATE account SET login = 'quan.tri.moi' WHERE login = 'lan.nguyen'",
        ])
    func `a role, an agency, a lock changed behind the program's back is found`(
        engine: TestEngine, change: String
    ) async throws {
        try await AccessWorld.with(engine) { world in
            let chief = Submission(viewer: try await world.add(AccessWorld.administrator()).viewer(AccessWorld.grants))
            _ = try await world.add(AccessWorld.officer())
            let moved = try await world.add(AccessWorld.officer("hoa.tran"))
            try await world.service.change(
                moved.id, to: AccountPost(role: .agencyOfficer, agency: AgencyCode("so-xay-dung")), reason: "Điều động",
                by: chief)
            let locked = try await world.add(AccessWorld.officer("khoa.le"))
            try await world.service.setDisabled(true, account: locked.id, by: chief)
            #expect(try await Self.problems(world) == [])
            try await world.store.write { _ = try $0.execute(change) }
            #expect(try await Self.problems(world).count == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an entry of an earlier release, in whatever words, is no problem`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let now = world.clock.now
            try await world.store.write { connection in
                try AuditTrail.append(
                    AuditEvent(
                        "account.changed", subject: Subject(.account, "lan.nguyen"), detail: "Vai trò cũ → Vai trò mới"),
                    by: .system, at: now, on: connection)
            }
            #expect(try await Self.problems(world) == [])
        }
    }
}
