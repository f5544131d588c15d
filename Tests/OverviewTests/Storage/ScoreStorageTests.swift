import Access
import Figures
import Jobs
import Kernel
import Overview
import PlanText
import Province
import Targets
import TestFigures
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// Scores over stored figures, targets and work.
@Suite
struct ScoreStorageTests {
    /// 90001: 1,000 and 100 at the start, 1,130 and 150 in June; 1,200 and 200 to reach. 90002 has figures and no target,
    /// 90003 a target and no figure of the year.
    static func fill(_ world: CountedWorld) async throws {
        try await world.take(
            "90001 2026-12 900 100", "90001 2027-06 980 150", "90002 2026-12 1800 200", "90002 2027-06 1900 210",
            "90003 2026-12 450 50")
        try await world.target("90001 1200 200", "90003 600 70")
    }

    static func part(_ part: ScorePart, of score: RankedScore) -> ScoredPart? {
        score.score.parts.first { $0.part == part }
    }

    @Test(arguments: TestEngine.allCases)
    func `without work the score rests on the figures, and what is missing is not zero`(engine: TestEngine) async throws
    {
        try await CountedWorld.with(engine) { world in
            try await Self.fill(world)
            let table = try #require(try await world.overview.scores(for: StorageWorld.head))
            #expect(table.month == CountedWorld.month("2027-06"))
            #expect(table.day == Day.known(2027, 6, 30))
            #expect(table.communes.map(\.score.unit.text) == ["90001", "90002", "90003"])
            #expect(table.agencies.isEmpty)
            let first = table.communes[0]
            // Expected 1,100: 30 of 200 ahead. Expected 150: exactly so.
            #expect(Self.part(.total, of: first)?.points == 115)
            #expect(Self.part(.voluntary, of: first)?.points == 100)
            #expect(Self.part(.tasks, of: first)?.points == nil)
            #expect(Self.part(.freshness, of: first)?.points == nil)
            // 115 · 35 + 100 · 25 of 60.
            #expect(first.score.points == 108.75)
            #expect(first.score.knownPercent == 60)
            #expect([first.rank, first.groupRank] == [1, nil], "fewer than three of a group have no place in it")
            #expect([first.ranked, first.groupRanked] == [1, 1])
            for other in table.communes.dropFirst() {
                #expect(other.score.points == nil)
                #expect(other.score.knownPercent == 0)
                #expect(other.rank == nil)
                #expect(other.groupRank == nil)
            }
            #expect(Self.part(.total, of: table.communes[1])?.words.contains("chưa có chỉ tiêu") == true)
            #expect(Self.part(.total, of: table.communes[2])?.words.contains("chưa có số liệu của năm") == true)
            // The same without a viewer, and by the month's name.
            let named = try await world.overview.scores(of: CountedWorld.month("2027-06"))
            #expect(named?.communes == table.communes)
            for month in ["2025-12", "2030-12"] {
                await expectRefusal(.notFound) { _ = try await world.overview.scores(of: CountedWorld.month(month)) }
            }
            let earlier = try #require(try await world.overview.scores(of: CountedWorld.month("2027-05")))
            #expect(earlier.communes.allSatisfy { $0.score.points == nil })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `work counts as it stood on the month's last day`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine, on: StorageWorld.start, synced: true) { world in
            // On time; five days late; handed in only after the day of counting.
            world.base.go(to: Day.known(2027, 3, 20))
            try await world.base.handIn("I.1/2027-03/90001")
            world.base.go(to: Day.known(2027, 4, 5))
            try await world.base.handIn("II.1/2027-Q1/90001")
            world.base.go(to: Day.known(2027, 7, 2))
            try await world.base.handIn("II.1/2027-Q2/90001")
            world.base.go(to: Day.known(2027, 7, 10))
            try await Self.fill(world)
            let june = CountedWorld.month("2027-06")
            let table = try #require(try await world.overview.scores(of: june, for: StorageWorld.auditor))
            let first = try #require(table[.commune(CountedWorld.codes[0])])
            let tasks = try #require(Self.part(.tasks, of: first))
            #expect(
                tasks.words.hasPrefix(
                    "3 việc đã đến hạn: 1 nộp đúng hạn (100 điểm mỗi việc), 1 nộp muộn (60 điểm), 1 chưa nộp"))
            #expect(abs((tasks.points ?? 0) - 160.0 / 3) < 1e-9)
            // Open and untouched from 1 April on: 90 days, a quarter of the way from 60 to 180.
            #expect(Self.part(.freshness, of: first)?.points == 75)
            // 115 · 35 + 100 · 25 + 53.33 · 25 + 75 · 15.
            #expect(abs((first.score.points ?? 0) - 89.833_333) < 1e-4)
            #expect(first.score.knownPercent == 100)
            let second = try #require(table[.commune(CountedWorld.codes[1])])
            #expect(Self.part(.tasks, of: second)?.points == 0)
            // 121, 180 and 90 quiet days.
            #expect(abs((Self.part(.freshness, of: second)?.points ?? 0) - (59.0 / 120 * 100 + 0 + 75) / 3) < 1e-9)
            // Tasks and freshness alone are too little to go by.
            #expect(second.score.knownPercent == 40)
            #expect(second.score.points == nil)
            // Agencies have work without a due day so far: half a year untouched, nothing due.
            #expect(table.agencies.map(\.score.unit.text) == ["bhxh-tinh", "so-noi-vu"])
            #expect(table.agencies.allSatisfy { $0.score.points == nil && $0.score.knownPercent == 25 })
            #expect(table.agencies.allSatisfy { $0.group == nil && $0.groupRank == nil })
            // In July what came on the second is there.
            let july = try #require(
                try await world.overview.scores(of: CountedWorld.month("2027-07"), for: StorageWorld.auditor))
            #expect(july.day == Day.known(2027, 7, 10))
            let later = try #require(july[.commune(CountedWorld.codes[0])])
            #expect(abs((Self.part(.tasks, of: later)?.points ?? 0) - 220.0 / 3) < 1e-9)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a note keeps open work fresh`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine, on: StorageWorld.start, synced: true) { world in
            world.base.go(to: Day.known(2027, 6, 1))
            try await world.work.addNote(
                "II.1/2027-Q2/90001", text: "Đang vận động", by: .init(viewer: StorageWorld.communes[0]))
            world.base.go(to: Day.known(2027, 7, 10))
            let table = try #require(try await world.overview.scores(of: CountedWorld.month("2027-06")))
            // 121 days, 180 days, and 29 since the note.
            let first = try #require(table[.commune(CountedWorld.codes[0])])
            #expect(abs((Self.part(.freshness, of: first)?.points ?? 0) - (59.0 / 120 * 100 + 0 + 100) / 3) < 1e-9)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `equal scores share a place, and the better stands first`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            try await world.take(
                "90001 2026-12 900 100", "90001 2027-06 950 150", "90002 2026-12 900 100", "90002 2027-06 980 150",
                "90003 2026-12 900 100", "90003 2027-06 980 150")
            try await world.target("90001 1200 200", "90002 1200 200", "90003 1200 200")
            let table = try #require(try await world.overview.scores(for: StorageWorld.auditor))
            #expect(table.communes.map(\.score.unit.text) == ["90002", "90003", "90001"])
            #expect(table.communes.map(\.rank) == [1, 1, 3])
            #expect(table.communes.map(\.groupRank) == [1, 1, 3])
            #expect(table.communes.allSatisfy { $0.ranked == 3 && $0.groupRanked == 3 })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `blocks part communes into groups of their like`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            func lines(_ month: String) -> [String] {
                [
                    "Tháng \(month)", "Mã xã;DN nhà nước;DN FDI;Khác;BHXH bắt buộc;BHXH tự nguyện",
                    "90001;50;40;10;100;50", "90002;10;10;80;100;50",
                ]
            }
            _ = try await world.figures.importFile(CountedWorld.file(lines("12/2026")), by: .system)
            _ = try await world.figures.importFile(CountedWorld.file(lines("06/2027")), by: .system)
            try await world.target("90001 200 60", "90002 200 60")
            let table = try #require(try await world.overview.scores(for: StorageWorld.auditor))
            let groups = CountedWorld.codes.map { table[.commune($0)]?.group }
            #expect(groups[0]?.enterprise == 2)
            #expect(groups[1]?.enterprise == 0)
            #expect(groups[2]?.enterprise == nil)
            #expect(groups.allSatisfy { $0?.population == nil })
            #expect([table.communes[0].ranked, table.communes[0].groupRanked] == [2, 1])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a contested figure marks the score until it is decided`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            try await Self.fill(world)
            try await world.figures.contest(
                ContestDraft(
                    commune: CountedWorld.codes[0], month: CountedWorld.month("2027-06"), scheme: .voluntary,
                    proposed: "160", reason: "Sót", document: "CV 1"), by: .init(viewer: StorageWorld.communes[0]))
            func contested() async throws -> [Bool] {
                let table = try #require(try await world.overview.scores(for: StorageWorld.auditor))
                return CountedWorld.codes.map { table[.commune($0)]?.score.isContested ?? false }
            }
            #expect(try await contested() == [true, false, false])
            let id = try await world.figures.contests(for: StorageWorld.insurance)[0].id
            try await world.figures.decide(id, granted: true, note: "Đúng", by: .init(viewer: StorageWorld.insurance))
            #expect(try await contested() == [false, false, false])
            let table = try #require(try await world.overview.scores(for: StorageWorld.auditor))
            // 160 of 150 expected: 10 of 100 ahead.
            #expect(Self.part(.voluntary, of: table.communes[0])?.points == 110)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a plan without rules has no scores, and figures undone count for nothing`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine, scored: false) { world in
            try await Self.fill(world)
            #expect(try await world.overview.scores(for: StorageWorld.auditor)?.month == nil)
        }
        try await CountedWorld.with(engine) { world in
            try await Self.fill(world)
            let jobs = JobService(
                store: world.figures.store, clock: world.figures.clock, kinds: [], grants: StorageWorld.grants)
            let order = try await world.figures.withdraw(
                batch: 1, reason: "Nhầm", with: jobs, by: .init(viewer: StorageWorld.insurance))
            #expect(order == .done)
            let table = try #require(try await world.overview.scores(for: StorageWorld.auditor))
            // The month is today's while there are no figures.
            #expect(table.month == CountedWorld.month("2027-07"))
            #expect(table.communes.allSatisfy { $0.score.points == nil })
        }
    }
}
