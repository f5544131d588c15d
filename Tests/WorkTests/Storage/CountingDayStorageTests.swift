import Notices
import Access
import Kernel
import PlanText
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// The day from which the system counts.
@Suite
struct CountingDayStorageTests {
    static let before = "I.1/2027-03/90001"
    static let after = "II.1/2027-Q2/90001"
    static let officer = Submission(viewer: StorageWorld.communes[0])

    @Test(arguments: TestEngine.allCases)
    func `a first start counts from its day, and a later one changes nothing`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 5, 10)) { world in
            #expect(try await world.status(Self.before) == .late)
            #expect(try await world.work.beginCounting() == Day.known(2027, 5, 10))
            #expect(try await world.status(Self.before) == .beforeUse)
            let counts = try await world.work.counts(WorkFilter(year: 2027), for: StorageWorld.auditor)
            #expect(counts.late == 0 && counts.beforeUse == 6)
            #expect(try await world.waiting(.late, for: Self.officer.viewer).isEmpty)
            #expect(try await world.work.ownCounts(of: Self.officer.viewer).beforeUse == 2)

            world.go(to: Day.known(2027, 7, 10))
            #expect(try await world.work.beginCounting() == nil)
            #expect(try await world.work.countingDay()?.day == Day.known(2027, 5, 10))
            #expect(try await world.status(Self.before) == .beforeUse)
            #expect(try await world.status(Self.after) == .late)
            #expect(try await world.trail("plan/counts-from") == ["work.counting-set"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an installation in which somebody works already counts on as before`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 5, 10)) { world in
            try await world.work.addNote(Self.after, text: "Đang làm", by: Self.officer)
            #expect(try await world.work.beginCounting() == nil)
            #expect(try await world.status(Self.before) == .late)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the administrator alone sets another day, never a coming one, and each is kept`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 5, 10)) { world in
            let keeper = Submission(viewer: StorageWorld.administrator)
            await expectRefusal(.forbidden) {
                try await world.work.setCountingDay(
                    "01/05/2027", reason: "x", by: .init(viewer: StorageWorld.analyst))
            }
            await expectRefusal(.invalid, field: "day") {
                try await world.work.setCountingDay("11/05/2027", reason: "x", by: keeper)
            }
            await expectRefusal(.invalid, field: "reason") {
                try await world.work.setCountingDay("01/05/2027", reason: " ", by: keeper)
            }
            try await world.work.setCountingDay("01/05/2027", reason: "Tập huấn xong", by: keeper)
            #expect(try await world.status(Self.before) == .beforeUse)
            world.clock.advance(seconds: 1)
            try await world.work.setCountingDay("31/03/2027", reason: "Tính cả quý I", by: keeper)
            #expect(try await world.status(Self.before) == .late)
            #expect(try await world.count("SELECT COUNT(*) FROM plan_setting") == 2)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `work from before can still be handed in, is not called late, and once returned asks for attention`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 5, 10)) { world in
            try await world.work.beginCounting()
            try await world.handIn(Self.before)
            #expect(try await world.item(Self.before).wasLate == false)
            try await world.work.decide(
                Self.before, accept: false, note: "Thiếu phụ lục", by: .init(viewer: StorageWorld.analyst))
            #expect(try await world.status(Self.before) == .returned)
            #expect(try await world.waiting(.returned, for: Self.officer.viewer) == [Self.before])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `another day shows what becomes late and what no longer is, before it is kept`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 5, 10)) { world in
            let keeper = Submission(viewer: StorageWorld.administrator)
            try await world.work.beginCounting()
            await expectRefusal(.forbidden) {
                _ = try await world.work.previewCountingDay("31/03/2027", reason: "x", for: StorageWorld.analyst)
            }
            await expectRefusal(.invalid, field: "day") {
                _ = try await world.work.previewCountingDay("11/05/2027", reason: "x", for: keeper.viewer)
            }
            let preview = try await world.work.previewCountingDay("31/03/2027", reason: "x", for: keeper.viewer)
            #expect(preview.before == Day.known(2027, 5, 10) && preview.after == Day.known(2027, 3, 31))
            let line = try #require(preview.becomingLate.first { $0.task == "I.1" })
            #expect(line.pieces == 3 && line.leads == 3 && line.firstDue == Day.known(2027, 3, 31))
            #expect(preview.lateNoMore.isEmpty)
            #expect(try await world.status(Self.before) == .beforeUse, "nothing is kept yet")

            let counts = try await world.work.counts(WorkFilter(year: 2027), for: StorageWorld.auditor).late
            world.clock.advance(seconds: 1)
            try await world.work.setCountingDay("31/03/2027", reason: "x", by: keeper)
            let after = try await world.work.counts(WorkFilter(year: 2027), for: StorageWorld.auditor).late
            #expect(after - counts == CountingPreview.pieces(preview.becomingLate))
            let back = try await world.work.previewCountingDay("10/05/2027", reason: "x", for: keeper.viewer)
            #expect(back.lateNoMore == preview.becomingLate && back.becomingLate.isEmpty)
        }
    }
}
