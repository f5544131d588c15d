import Access
import Database
import Jobs
import Kernel
import Notices
import TestSupport
import Testing

@testable import LawInForce
@testable import Legislation

/// Who keeps the law's values is told which run out.
@Suite
struct LawNoticeTests {
    @Test(arguments: TestEngine.allCases)
    func `a document that values wait for is told, until what it brings is entered`(
        engine: TestEngine
    ) async throws {
        try await LawServiceTests.with(engine) { world in
            let notices = NoticeService(store: world.store, clock: world.law.clock, areas: [.law])
            func unread(_ role: Role) async throws -> [Subject] {
                try await notices.notices(unreadOnly: true, for: LawServiceTests.viewer(role)).map(\.subject)
            }
            func deed() async throws {
                let jobs = JobService(
                    store: world.store, clock: world.law.clock, kinds: world.law.jobKinds,
                    grants: Grants(of: [], [:]))
                let now = world.law.clock.now
                try await world.store.write { connection in
                    _ = try JobService.add(
                        .tellingLaw, NoParameters(), title: "Thử", key: nil, notBefore: now, at: now, on: connection)
                }
                #expect(try await jobs.runDue(as: "test") == 1)
            }
            let today = world.law.clock.today
            let awaited = try await world.law.table().awaited(on: today)
            let wages = try #require(awaited.first { $0.document.hasPrefix("Nghị định về mức lương tối thiểu") })
            try await deed()
            #expect(try await unread(.administrator).count == awaited.count)
            #expect(try await unread(.administrator).contains(try subject(wages)))
            #expect(try await unread(.analyst).isEmpty)

            for key in wages.values.compactMap(\.key) {
                let parameter = try world.law.files.parameter(key)
                let last = try #require(parameter.values.last)
                let draft = AmendmentDraft(
                    key: key, value: last.value.plain(parameter.unit),
                    from: wages.lastDay.adding(days: 1).vietnamese, source: "Nghị định 999/2026/NĐ-CP, Điều 3",
                    reason: "Nghị định mới")
                let id = try await world.law.enter(draft, document: nil, by: world.keeper)
                try await world.law.keep(id, by: world.keeper)
            }
            try await deed()
            #expect(try await unread(.administrator).count == awaited.count - 1)
            #expect(try await !unread(.administrator).contains(try subject(wages)))
        }
    }

    private func subject(_ awaited: AwaitedDocument) throws -> Subject {
        Subject(.parameter, try #require(awaited.values.first?.key))
    }
}
