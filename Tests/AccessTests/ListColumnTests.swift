import Access
import Database
import Kernel
import TestSupport
import Testing

/// Which columns people hide, and pages of the audit trail.
struct ListColumnTests {
    @Test(arguments: TestEngine.allCases)
    func `hidden columns are kept for each person and list, and forgotten when none is hidden`(
        engine: TestEngine
    ) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            _ = try await world.add(AccessWorld.officer("minh.tran"))
            let one = try await world.viewer(try await world.signIn())
            let other = try await world.viewer(try await world.signIn("minh.tran"))
            let service = world.service
            let before = try await world.store.read { try Revisions.read(on: $0) }
            try await service.hide(["ky", "han"], of: "viec", by: one)
            try await service.hide(["mau"], of: "van-ban", by: one)
            try await service.hide(["han"], of: "viec", by: one)
            #expect(try await service.hiddenColumns(of: one) == ["viec": ["han"], "van-ban": ["mau"]])
            #expect(try await service.hiddenColumns(of: other).isEmpty)
            let after = try await world.store.read { try Revisions.read(on: $0) }
            #expect(after.of([.listColumns]) != before.of([.listColumns]), "kept choices are read anew")
            try await service.hide([], of: "viec", by: one)
            #expect(try await service.hiddenColumns(of: one) == ["van-ban": ["mau"]])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the audit trail comes in pages, both ways, narrowed by subject, deed and days`(
        engine: TestEngine
    ) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(
                AccountDraft(login: "soat", name: "Lê Văn Soát", role: .auditor))
            _ = try await world.add(AccessWorld.officer())
            for _ in 1...4 { _ = try await world.signIn() }
            world.clock.advance(seconds: 3 * 86_400)
            _ = try await world.signIn()
            let viewer = try await world.viewer(try await world.signIn("soat"))
            let service = world.service
            func page(
                _ selection: AuditSelection = AuditSelection(), oldestFirst: Bool = false, number: Int = 1,
                size: Int = 3
            ) async throws -> (entries: [AuditEntry], total: Int, page: Int) {
                try await service.auditPage(
                    selection, oldestFirst: oldestFirst, page: number, size: size, for: viewer)
            }
            let first = try await page()
            #expect(first.entries.map(\.sequence) == [first.total, first.total - 1, first.total - 2])
            #expect(try await page(oldestFirst: true).entries.map(\.sequence) == [1, 2, 3])
            let last = try await page(number: 99)
            #expect(last.page == (first.total + 2) / 3 && last.entries.last?.sequence == 1)
            let signed = try await page(AuditSelection(action: "session.started"), size: 50)
            #expect(signed.total == 6 && signed.entries.allSatisfy { $0.action == "session.started" })
            let today = world.clock.now.day
            #expect(try await page(AuditSelection(action: "session.started", from: today)).total == 2)
            #expect(
                try await page(AuditSelection(action: "session.started", until: today.adding(days: -1))).total == 4)
            let account = try await page(AuditSelection(subjectPrefix: "account/lan"), size: 50)
            #expect(account.total > 0 && account.entries.allSatisfy { $0.subject.hasPrefix("account/lan") })
            let officer = try await world.viewer(try await world.signIn())
            await expectRefusal(.forbidden) {
                try await service.auditPage(AuditSelection(), oldestFirst: false, page: 1, size: 3, for: officer)
            }
        }
    }
}
