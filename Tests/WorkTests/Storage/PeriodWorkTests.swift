import TestPlans
import Access
import Database
import Kernel
import PlanText
import TestSupport
import TestWork
import Testing
import Work

/// Where work stood at the end of a stretch of time, as reports tell it.
@Suite
struct PeriodWorkTests {
    static let lead = UnitCode.commune(StorageWorld.communes[0].communes[0])
    static let first = Day.known(2027, 1, 1)...Day.known(2027, 3, 31)
    static let second = Day.known(2027, 4, 1)...Day.known(2027, 6, 30)

    static func work(
        _ world: StorageWorld, _ days: ClosedRange<Day>, for viewer: Viewer = StorageWorld.analyst
    ) async throws -> PeriodWork? {
        try await world.work.work(
            of: lead, in: days, following: days.upperBound.adding(days: 92), for: viewer)[lead]
    }

    @Test(arguments: TestEngine.allCases)
    func `work that got more time stays in the table of the quarter it was planned for`(engine: TestEngine) async throws
    {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 20)) { world in
            let id = "II.1/2027-Q1/90001"
            try await world.work.askExtension(
                id, until: "20/04/2027", reason: "Chờ danh sách", by: .init(viewer: StorageWorld.communes[0]))
            try await world.work.decideExtension(id, grant: true, note: "", by: .init(viewer: StorageWorld.analyst))
            let work = try #require(try await Self.work(world, Self.first))
            let line = try #require(work.due.first { $0.item.id == id })
            #expect(line.status == .extended && line.item.due == Day.known(2027, 4, 20))
            #expect(line.daysLate(on: Self.first.upperBound) == nil)
            #expect(work.overdue.isEmpty)
            // In the next it is due by its new day, once.
            let next = try #require(try await Self.work(world, Self.second))
            #expect(next.due.count { $0.item.id == id } == 1 && !next.overdue.contains { $0.item.id == id })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what was handed in after the last day was open on it, and what waited then and was accepted is done`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 6, 25)) { world in
            let (early, late) = ("II.1/2027-Q2/90001", "II.1/2027-Q1/90001")
            try await world.handIn(early)
            world.go(to: Day.known(2027, 7, 5))
            try await world.handIn(late)
            for id in [early, late] {
                try await world.work.decide(id, accept: true, note: "", by: .init(viewer: StorageWorld.analyst))
            }
            let work = try #require(try await Self.work(world, Self.second))
            #expect(work.due.first { $0.item.id == early }?.status == .accepted)
            #expect(work.done.map(\.item.id) == [early] && work.done[0].products.count == 2)
            let open = try #require(work.overdue.first { $0.item.id == late })
            #expect(open.status == .late && open.daysLate(on: Self.second.upperBound) == 91)
            // As a report has it that tells what was accepted by then: the first waited.
            let waited = try #require(work.due.first { $0.item.id == early })
            #expect(waited.item.standing(on: Self.second.upperBound, asDecidedThen: true) == .submitted)
            #expect(waited.item.standing(on: Day.known(2027, 7, 5), asDecidedThen: true) == .accepted)
            #expect(open.item.standing(on: Self.second.upperBound, asDecidedThen: true) == .late)
            // The count of all units' work goes by the same rule.
            let counts = try await world.store.read { connection in
                try [Self.second.upperBound, Day.known(2027, 5, 2)].map {
                    try WorkQueries.results(Self.second, on: $0, on: connection)["II.1"]
                }
            }
            let end = try #require(counts[0])
            #expect(end.due == 3 && end.done == 1 && end.doneLate == 0 && end.open == 2 && end.waiting == 0)
            #expect(end.later == 0 && end.overdue == 3)
            // In May nothing of the quarter was due.
            let may = try #require(counts[1])
            #expect(may.due == 0 && may.later == 3 && may.overdue == 3)
            let third = Day.known(2027, 7, 1)...Day.known(2027, 9, 30)
            let after = try #require(try await Self.work(world, third))
            #expect(after.done.map(\.item.id) == [late] && !after.overdue.contains { $0.item.id == late })
            #expect(work.next.map(\.id).contains("II.1/2027-Q3/90001"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `while a quarter lasts all that is due in it is told, as it stands today`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 5, 10)) { world in
            let work = try #require(
                try await world.work.work(
                    of: Self.lead, in: Self.second, on: Day.known(2027, 5, 10), following: Day.known(2027, 9, 30),
                    for: StorageWorld.analyst)[Self.lead])
            let line = try #require(work.due.first { $0.item.id == "II.1/2027-Q2/90001" })
            #expect(line.status == .open && !work.next.contains { $0.id == line.item.id })
            let late = try #require(work.overdue.first { $0.item.id == "II.1/2027-Q1/90001" })
            #expect(late.daysLate(on: Day.known(2027, 5, 10)) == 40)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `one read of all leads tells of each what a read of its own tells, within the viewer's scope`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 7, 1)) { world in
            let all = try await world.work.work(
                in: Self.second, following: Day.known(2027, 9, 30), for: StorageWorld.analyst)
            let own = try #require(try await Self.work(world, Self.second))
            #expect(all[Self.lead]?.overdue.map(\.item.id) == own.overdue.map(\.item.id) && !own.overdue.isEmpty)
            #expect(all.keys.count { if case .commune = $0 { true } else { false } } == 3)
            #expect(try await Self.work(world, Self.second, for: StorageWorld.communes[1]) == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a unit's difficulties are told to its own officers, with the answer of what they were merged into`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 5, 10)) { world in
            let (officer, keeper) = (
                Submission(viewer: StorageWorld.communes[0]), Submission(viewer: StorageWorld.analyst)
            )
            func send(_ title: String, by submission: Submission) async throws -> RecordID {
                try await world.obstacles.sendObstacle(
                    title: title, text: "Chi tiết", page: "/", task: nil, by: submission)
            }
            let own = try await send("Thiếu danh sách", by: officer)
            let other = try await send("Cần danh sách", by: .init(viewer: StorageWorld.communes[1]))
            try await world.obstacles.mergeObstacle(own, into: other, by: keeper)
            world.go(to: Day.known(2027, 7, 3))
            try await world.obstacles.answerObstacle(other, answer: "Đã gửi", legalBasis: "Điều 5", by: keeper)
            let june = try await world.obstacles.reported(by: Self.lead, in: Self.second, for: officer.viewer)
            #expect(june[Self.lead]?.map(\.obstacle.title) == ["Thiếu danh sách"])
            #expect(june[Self.lead]?.first?.answer == nil, "the answer came in July")
            let third = Day.known(2027, 7, 1)...Day.known(2027, 9, 30)
            let later = try await world.obstacles.reported(in: third, for: keeper.viewer)
            #expect(later.count == 2 && later[Self.lead]?.first?.answer?.text == "Đã gửi")
            await #expect(throws: Refusal.self) {
                try await world.obstacles.reported(by: Self.lead, in: third, for: StorageWorld.communes[1])
            }
            // Answered before the stretch began: no part of it.
            let fourth = Day.known(2027, 10, 1)...Day.known(2027, 12, 31)
            #expect(try await world.obstacles.reported(in: fourth, for: keeper.viewer).isEmpty)
        }
    }
}
