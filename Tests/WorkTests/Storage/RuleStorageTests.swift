import Access
import Kernel
import PlanText
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// Another rule for a task's deadlines: the same work with other days.
@Suite
struct RuleStorageTests {
    static let analyst = Submission(viewer: StorageWorld.analyst)
    static let filter = WorkFilter(task: "I.1")
    static let id = "I.1/2027-03/90001"

    @Test(arguments: TestEngine.allCases)
    func `a rule that is wrong, or anybody else's, is refused before it is kept and before it is shown`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine) { world in
            let june = RuleDraft(phrase: "Tháng 6 hằng năm", reason: "x")
            func refused(
                _ kind: Refusal.Kind, field: String? = nil, task: String = "I.1", _ draft: RuleDraft,
                by viewer: Viewer = StorageWorld.analyst
            ) async {
                await expectRefusal(kind, field: field) {
                    _ = try await world.amendments.previewRule(task: task, draft, for: viewer)
                }
                await expectRefusal(kind, field: field) {
                    try await world.amendments.overrideRule(task: task, draft, by: .init(viewer: viewer))
                }
            }
            await refused(.forbidden, june, by: StorageWorld.leader)
            await refused(.invalid, field: "phrase", RuleDraft(phrase: "khi nào xong", reason: "x"))
            await refused(.invalid, field: "reason", RuleDraft(phrase: "Tháng 6 hằng năm", reason: ""))
            await refused(
                .invalid, field: "since", RuleDraft(phrase: "Tháng 6 hằng năm", since: "31/06/2027", reason: "x"))
            await refused(.notFound, task: "IX.9", june)
            let kept = try await world.count("SELECT COUNT(*) FROM deadline_override")
            #expect(kept == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `another rule dates the same work, and the plan's own brings the old days back`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine) { world in
            let before = try await world.ids(for: StorageWorld.auditor)
            try await world.work.addNote(
                Self.id, text: "Đã bắt đầu", by: .init(viewer: StorageWorld.communes[0]))
            let june = RuleDraft(phrase: "Tháng 6 hằng năm", reason: "Công văn 7")
            let preview = try await world.amendments.previewRule(task: "I.1", june, for: StorageWorld.analyst)
            #expect(preview.moving.map(\.pieces) == [3, 3])
            #expect(preview.moving.map(\.before) == [.known(2027, 3, 31), .known(2028, 3, 31)])
            #expect(preview.moving.map(\.after) == [.known(2027, 6, 30), .known(2028, 6, 30)])
            #expect(preview.appearing.isEmpty && preview.leaving.isEmpty && preview.staying.isEmpty)
            #expect(try await world.item(Self.id).due == Day.known(2027, 3, 31), "nothing is kept yet")

            try await world.amendments.overrideRule(task: "I.1", june, by: Self.analyst)
            #expect(try await world.ids(for: StorageWorld.auditor) == before)
            let item = try await world.item(Self.id)
            #expect(item.due == Day.known(2027, 6, 30))
            #expect(item.period.text == "2027-06")
            #expect(try await world.events(Self.id) == [.noted])
            let rule = try #require(try await world.amendments.amendments().rules["I.1"])
            #expect(rule.phrase == "Tháng 6 hằng năm")
            #expect(rule.since == StorageWorld.start)
            #expect(rule.reason == "Công văn 7")
            #expect(rule.by == StorageWorld.analyst.name)

            world.clock.advance(seconds: 1)
            try await world.amendments.overrideRule(
                task: "I.1", RuleDraft(phrase: "", reason: "Bỏ công văn 7"), by: Self.analyst)
            #expect(try await world.ids(for: StorageWorld.auditor) == before)
            #expect(try await world.item(Self.id).due == Day.known(2027, 3, 31))
            #expect(try await world.item(Self.id).period.text == "2027-03")
            #expect(try await world.amendments.amendments().rules.isEmpty)
            #expect(try await world.count("SELECT COUNT(*) FROM deadline_override") == 2)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is done stays done and is not asked for again`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, on: .known(2027, 4, 10)) { world in
            try await world.handIn(Self.id)
            try await world.work.decide(Self.id, accept: true, note: "", by: Self.analyst)
            let december = RuleDraft(phrase: "Tháng 12 hằng năm", reason: "Công văn 8")
            let preview = try await world.amendments.previewRule(task: "I.1", december, for: StorageWorld.analyst)
            #expect(preview.done.map(\.pieces) == [1])
            #expect(preview.done.first?.due == Day.known(2027, 3, 31))
            #expect(preview.moving.first?.isLateNoMore == true)
            #expect(preview.lateNoMore == 2 && preview.becomingLate == 0)
            try await world.amendments.overrideRule(task: "I.1", december, by: Self.analyst)
            #expect(try await world.ids(for: StorageWorld.auditor, Self.filter).count == 6)
            #expect(try await world.status(Self.id) == .accepted)
            #expect(try await world.item(Self.id).due == Day.known(2027, 3, 31))
            #expect(try await world.status("I.1/2027-03/90002") == .notDue)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a rule makes nothing late unless it is asked to begin earlier`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, on: .known(2027, 2, 20)) { world in
            let january = RuleDraft(phrase: "Tháng 1 hằng năm", reason: "Sớm hơn")
            let preview = try await world.amendments.previewRule(task: "I.1", january, for: StorageWorld.analyst)
            #expect(preview.becomingLate == 0)
            #expect(preview.moving.map(\.after) == [.known(2028, 1, 31)])
            var earlier = january
            earlier.since = "01/01/2027"
            let wider = try await world.amendments.previewRule(task: "I.1", earlier, for: StorageWorld.analyst)
            #expect(wider.becomingLate == 3)
            try await world.amendments.overrideRule(task: "I.1", earlier, by: Self.analyst)
            #expect(try await world.status(Self.id) == .late)
            #expect(try await world.ids(for: StorageWorld.auditor, Self.filter).count == 6)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a rule of another frequency keeps the last piece of each year and tells what comes and goes`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine) { world in
            let quarterly = RuleDraft(phrase: "Thường xuyên", reason: "Theo sát")
            let preview = try await world.amendments.previewRule(task: "I.1", quarterly, for: StorageWorld.analyst)
            #expect(preview.moving.map(\.after) == [.known(2027, 12, 31), .known(2028, 12, 31)])
            #expect(preview.appearing.map(\.pieces) == Array(repeating: 3, count: 6))
            try await world.amendments.overrideRule(task: "I.1", quarterly, by: Self.analyst)
            #expect(try await world.item(Self.id).period.text == "2027-Q4")
            #expect(try await world.ids(for: StorageWorld.auditor, Self.filter).count == 24)

            world.clock.advance(seconds: 1)
            let yearly = RuleDraft(phrase: "Hằng năm", reason: "Một lần")
            let back = try await world.amendments.previewRule(task: "I.1", yearly, for: StorageWorld.analyst)
            #expect(back.leaving.map(\.pieces) == Array(repeating: 3, count: 6))
            try await world.amendments.overrideRule(task: "I.1", yearly, by: Self.analyst)
            #expect(try await world.ids(for: StorageWorld.auditor, Self.filter).count == 6)
        }
    }
}
