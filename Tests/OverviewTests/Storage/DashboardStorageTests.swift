import Access
import Figures
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

/// The province at a glance.
@Suite
struct DashboardStorageTests {
    static let june = CountedWorld.month("2027-06")

    /// 90002 has no figure of June, 90003 none of May.
    static func fill(_ world: CountedWorld) async throws {
        try await world.take(
            "90001 2026-12 900 100", "90002 2026-12 1800 200", "90003 2026-12 450 50", name: "2026.csv")
        try await world.take(
            "90001 2027-05 970 140", "90002 2027-05 1850 210", "90001 2027-06 980 150", "90003 2027-06 500 60",
            name: "2027.csv")
        try await world.target("90001 1200 200", "90002 2300 260", "90003 600 70")
    }

    @Test(arguments: TestEngine.allCases)
    func `the sum of all communes stands against the province's target`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            try await Self.fill(world)
            let board = try await world.overview.dashboard(for: StorageWorld.head)
            #expect(board.year == 2027)
            #expect(board.month == Self.june)
            #expect(board.latest == Self.june)
            // 1,130 and 560 reported, 2,060 carried on from May.
            #expect(board.total.progress == Progress(start: 3_500, target: 40_000, now: 3_750))
            #expect(board.voluntary.progress == Progress(start: 350, target: 3_000, now: 420))
            #expect(board.missing == [CountedWorld.codes[1]])
            #expect(board.courses[.total]?.reported[Self.june] == 1_690)
            // May: 1,110, 2,060 and 500 carried on from December.
            #expect(board.total.movement == 80)
            // Half of the way from 3,500 to 40,000, for want of the year before.
            #expect(board.total.expectation?.people == 21_750)
            #expect(board[.voluntary].ahead == 420 - 1_675)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `each commune stands by its own figures and targets`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            try await Self.fill(world)
            let board = try await world.overview.dashboard(for: StorageWorld.auditor)
            #expect(board.communes.map(\.commune.code) == CountedWorld.codes)
            let total = board.communes.map(\.total)
            #expect(total.map(\.progress.now) == [1_130, 2_060, 560])
            #expect(total.map(\.month) == [Self.june, CountedWorld.month("2027-05"), Self.june])
            #expect(total.map(\.progress.reading) == [.growing(0.65), .growing(0.2), .growing(0.6)])
            #expect(total.map(\.expectation?.people) == [1_100, 2_125, 550])
            #expect(total.map(\.movement) == [20, nil, nil])
            #expect(board.communes.map { $0[.voluntary].progress.now } == [150, 210, 60])
            let rules = try #require(world.plan.scoring)
            #expect(total.map { $0.standing(rules) } == [.ahead, .behind, .onCourse])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `targets, path and sources are told`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            try await Self.fill(world)
            let board = try await world.overview.dashboard(for: StorageWorld.auditor)
            #expect(board.targets?.sum(.total) == 4_100)
            #expect(board.targets?.difference(.total) == 4_100 - 40_000)
            #expect(board.targets?.difference(.voluntary) == 530 - 3_000)
            #expect(board.path.map { $0.target.year } == [2027, 2028])
            #expect(board.path.allSatisfy { $0.end.isEmpty })
            #expect(board.sources.map(\.source) == ["Tệp 2027.csv"])
            #expect(board.sources.map(\.figures) == [4])
            #expect(board.sources.map(\.batch) == [2])
            #expect(board.sources.map(\.cutoff) == [Day.known(2027, 6, 30)])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a year that is asked for is kept within the plan`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            try await Self.fill(world)
            let next = try await world.overview.dashboard(year: 2028, for: StorageWorld.auditor)
            #expect(next.year == 2028)
            #expect(next.month == nil)
            #expect(next.latest == Self.june)
            #expect(next.total.progress == Progress(start: nil, target: 43_000, now: nil))
            #expect(next.missing.isEmpty)
            #expect(next.sources.isEmpty)
            #expect(try await world.overview.dashboard(year: 2031, for: StorageWorld.auditor).year == 2028)
            #expect(try await world.overview.dashboard(year: 2020, for: StorageWorld.auditor).year == 2027)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `before any figure there is a dashboard of what is not known`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            let board = try await world.overview.dashboard(for: StorageWorld.auditor)
            #expect(board.year == 2027)
            #expect(board.month == nil)
            #expect(board.latest == nil)
            #expect(board.total.progress.reading == .noFigure)
            #expect(board.communes.count == 3)
            #expect(board.communes.allSatisfy { $0.total.progress.reading == .noFigure })
            #expect(board.targets?.difference(.total) == nil)
            #expect([board.openContests, board.openObstacles, board.late.count] == [0, 0, 0])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a starting figure that the plan was completed with counts until December is known`(
        engine: TestEngine
    ) async throws {
        try await CountedWorld.with(engine) { world in
            try await world.amendments.complete(
                .baselineTotal, with: "38.000", source: "Báo cáo 2026", asOf: "31/12/2026", by: CountedWorld.analyst)
            try await world.take("90001 2027-06 980 150")
            let board = try await world.overview.dashboard(for: StorageWorld.auditor)
            #expect(board.total.progress == Progress(start: 38_000, target: 40_000, now: 1_130))
            #expect(board.voluntary.progress.start == nil)
            try await Self.fill(world)
            #expect(try await world.overview.dashboard(for: StorageWorld.auditor).total.progress.start == 3_500)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `late work is counted within what the viewer may see`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine, synced: true) { world in
            try await Self.fill(world)
            // By 10 July each commune is late with I.1 of March and with II.1 of two quarters.
            let whole = try await world.overview.dashboard(for: StorageWorld.auditor)
            #expect([whole.lateCommunes.units, whole.lateCommunes.work] == [3, 9])
            #expect(whole.late.isEmpty)
            let own = try await world.overview.dashboard(for: StorageWorld.communes[0])
            #expect([own.lateCommunes.units, own.lateCommunes.work] == [1, 3])
            // Figures are counts of public bodies: the same for everybody.
            #expect(own.total == whole.total)
            world.base.go(to: Day.known(2027, 10, 1))
            let autumn = try await world.overview.dashboard(for: StorageWorld.auditor)
            #expect(autumn.late.map(\.unit.text) == ["so-noi-vu"])
            #expect(autumn.late.map(\.counts.late) == [1])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `objections and obstacles that wait are counted`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            try await Self.fill(world)
            try await world.figures.contest(
                ContestDraft(
                    commune: CountedWorld.codes[0], month: Self.june, scheme: .compulsory, proposed: "990",
                    reason: "Sót",
                    document: "CV 1"), by: .init(viewer: StorageWorld.communes[0]))
            let obstacle = try await world.obstacles.sendObstacle(
                title: "Chậm cấp mã số", text: "Chưa rõ", page: "/", task: nil,
                by: .init(viewer: StorageWorld.communes[0]))
            let board = try await world.overview.dashboard(for: StorageWorld.auditor)
            #expect([board.openContests, board.openObstacles] == [1, 1])
            #expect(board.communes.map(\.isContested) == [true, false, false])
            try await world.obstacles.answerObstacle(
                obstacle, answer: "Đã rõ", legalBasis: "Luật BHXH 2024", by: .init(viewer: StorageWorld.analyst))
            let id = try await world.figures.contests(for: StorageWorld.insurance)[0].id
            try await world.figures.decide(id, granted: false, note: "Không", by: .init(viewer: StorageWorld.insurance))
            let later = try await world.overview.dashboard(for: StorageWorld.auditor)
            #expect([later.openContests, later.openObstacles] == [0, 0])
            #expect(later.communes.allSatisfy { !$0.isContested })
        }
    }

    // MARK: One commune

    @Test(arguments: TestEngine.allCases)
    func `a commune's page has its figures, its score and its next steps`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine, synced: true) { world in
            try await Self.fill(world)
            let own = try await world.overview.communeFigures(CountedWorld.codes[1], for: StorageWorld.communes[1])
            #expect(own.year == 2027)
            #expect(own.month == CountedWorld.month("2027-05"))
            #expect(own.total.progress == Progress(start: 2_000, target: 2_300, now: 2_060))
            #expect(own.figures.map(\.people) == [1_850, 210])
            #expect(own.target?.total == 2_300)
            #expect(own.contests.isEmpty)
            let words = own.steps.map(\.words)
            #expect(words.contains { $0.hasPrefix("Nộp Quyết định") && $0.contains("quá hạn") })
            #expect(words.contains { $0.contains("Số liệu tháng 06/2027") })
            #expect(
                words.contains {
                    $0.contains("Thiếu 65 người (cả bắt buộc và tự nguyện)") && $0.contains("240 người đến chỉ tiêu")
                })
            #expect(own.steps.count <= 8)
            // Another commune's officer sees the figures, not the work or the groups.
            let other = try await world.overview.communeFigures(CountedWorld.codes[1], for: StorageWorld.communes[0])
            #expect(other.figures == own.figures)
            #expect(other.groups.isEmpty)
            #expect(!other.steps.contains { if case .work = $0.place { true } else { false } })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `blocks that changed against the month before are told`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            for (month, first) in [("05/2027", 50), ("06/2027", 40)] {
                let lines = [
                    "Tháng \(month)", "Mã xã;DN nhà nước;DN FDI;Khác;BHXH bắt buộc;BHXH tự nguyện",
                    "90001;\(first);30;\(60 - first);90;5",
                ]
                _ = try await world.figures.importFile(CountedWorld.file(lines), by: .system)
            }
            let figures = try await world.overview.communeFigures(CountedWorld.codes[0], for: StorageWorld.auditor)
            let blocks = try #require(figures.blocks)
            #expect(blocks.lines.map(\.block) == [.stateEnterprise, .foreignEnterprise, .other])
            #expect(blocks.lines.map(\.people) == [40, 30, 20] && blocks.lines.map(\.change) == [-10, 0, 10])
            #expect(blocks.month == Self.june && blocks.communes == 1)
            let board = try await world.overview.dashboard(for: StorageWorld.auditor)
            #expect(board.blocks == blocks && board.picture?.coverage == nil)
        }
    }
    @Test(arguments: TestEngine.allCases)
    func `a commune's page shows its groups to the base office of its area, not to others`(engine: TestEngine)
        async throws
    {
        try await CountedWorld.with(engine) { world in
            let commune = CountedWorld.codes[0]
            let typed: [TargetField: String] = [
                .name: "Tổ 1", .households: "120", .people: "1.400", .voluntaryTarget: "50", .voluntaryNow: "20",
                .countedOn: "30/06/2027",
            ]
            try await world.groups.saveGroup(
                nil, of: commune, typed: typed, year: 2027, version: nil,
                by: Submission(viewer: StorageWorld.communes[0]))
            let own = try await world.overview.communeFigures(commune, for: StorageWorld.base("90001"))
            #expect(own.groups.count == 1)
            let other = try await world.overview.communeFigures(commune, for: StorageWorld.base("90002", "90003"))
            #expect(other.groups.isEmpty)
        }
    }
    @Test(arguments: TestEngine.allCases)
    func `a commune's page asks for its proposal until it is sent`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            let (commune, officer) = (CountedWorld.codes[0], Submission(viewer: StorageWorld.communes[0]))
            func asked() async throws -> [String] {
                try await world.overview.communeFigures(commune, for: officer.viewer).steps.map(\.words)
                    .filter { $0.contains("Gửi đề xuất") }
            }
            try await world.allocations.callForProposals(year: 2027, until: "12/07/2027", by: CountedWorld.analyst)
            #expect(try await asked() == ["Gửi đề xuất chỉ tiêu năm 2027, hạn 12/07/2027"])
            try await world.allocations.propose(
                commune, year: 2027, total: "1.300", voluntary: "150", reason: "Khu công nghiệp mới", conditions: "",
                by: officer)
            #expect(try await asked().isEmpty)
        }
    }
}
