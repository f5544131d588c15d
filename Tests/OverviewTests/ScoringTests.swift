import Figures
import Kernel
import Overview
import PlanText
import Targets
import TestFigures
import Testing
import Work

/// Parts of a score, worked out by hand.
@Suite
struct ScoringTests {
    static let rules = ScoringRules.standard

    static func record(onTime: Int = 0, late: Int = 0, open: Int = 0, quiet: [Int] = []) -> TaskRecord {
        var record = TaskRecord()
        (record.dueOnTime, record.dueLate, record.dueOpen, record.quietDays) = (onTime, late, open, quiet)
        return record
    }

    // MARK: Progress

    /// Expected 1,100 of a demand of 200.
    static let points: [(now: Int, points: Double, words: String)] = [
        (1_100, 100, "đúng bằng kỳ vọng"),
        (1_130, 115, "vượt 30 người, bằng 15 % mức tăng phải đạt trong năm (200 người)"),
        (1_071, 85.5, "thiếu 29 người, bằng 14,5 % mức tăng"), (1_140, 120, "vượt 40 người, bằng 20 %"),
        (1_300, 120, "tính tối đa 120 điểm"), (900, 0, "thiếu 200 người, bằng 100 %"), (0, 0, "thiếu 1.100 người"),
    ]

    @Test(arguments: points)
    func `progress earns a hundred as expected, more or less by its share of the demand`(
        now: Int, points: Double, words: String
    ) {
        let part = Scoring.progress(.total, SampleProgress.june(now), Self.rules, weight: 35)
        #expect(abs((part.points ?? -1) - points) < 1e-9)
        #expect(part.weight == 35)
        #expect(part.part == .total)
        #expect(part.words.contains(words), "\(part.words)")
        #expect(part.words.contains("kỳ vọng 1.100 (theo đường thẳng"))
        #expect(part.words.hasPrefix("Tháng 06/2027: \(VietnameseText.grouped(now)) người"))
    }

    @Test
    func `below the ceiling no ceiling is spoken of`() {
        let part = Scoring.progress(.voluntary, SampleProgress.june(1_130), Self.rules, weight: 25)
        #expect(!part.words.contains("tối đa"))
    }

    @Test
    func `what is not known is not counted and never zero`() {
        for (progress, reason) in [
            (SampleProgress.june(nil), "chưa có số liệu của năm"),
            (SampleProgress.june(1_100, target: nil), "chưa có chỉ tiêu"),
            (SampleProgress.june(1_100, start: nil), "chưa có số liệu gốc"),
        ] {
            let part = Scoring.progress(.total, progress, Self.rules, weight: 35)
            #expect(part.points == nil)
            #expect(part.words.contains(reason))
            #expect(part.words.contains("không bị coi là 0 điểm"))
        }
    }

    // MARK: Tasks and freshness

    static let tasks: [(onTime: Int, late: Int, open: Int, points: Double?)] = [
        (3, 1, 1, 72), (1, 0, 0, 100), (0, 1, 0, 60), (0, 0, 4, 0), (0, 0, 0, nil), (1, 1, 0, 80),
    ]

    @Test(arguments: tasks)
    func `tasks earn by how due work was handed in`(onTime: Int, late: Int, open: Int, points: Double?) {
        let part = Scoring.tasks(Self.record(onTime: onTime, late: late, open: open), Self.rules, weight: 25)
        #expect(part.points == points)
        #expect(part.words.contains(points == nil ? "Không tính" : "\(onTime + late + open) việc đã đến hạn"))
    }

    static let freshness: [(quiet: [Int], points: Double?)] = [
        ([0], 100), ([60], 100), ([120], 50), ([180], 0), ([400], 0), ([0, 60, 120, 180, 400], 50), ([90], 75),
        ([], nil),
    ]

    @Test(arguments: freshness)
    func `freshness falls from the sixtieth to the hundred and eightieth quiet day`(quiet: [Int], points: Double?) {
        let part = Scoring.freshness(Self.record(quiet: quiet), Self.rules, weight: 15)
        #expect(part.points == points)
        let late = quiet.filter { $0 > 60 }.count
        #expect(
            part.words.contains(points == nil ? "Không tính" : "\(quiet.count) việc đang mở, \(late) việc quá 60 ngày"))
    }

    // MARK: The score

    static func score(_ parts: ScoredPart..., rules: ScoringRules = Self.rules) throws -> UnitScore {
        let unit = try #require(UnitCode("90001"))
        return UnitScore(unit: unit, parts: parts, isContested: false, rules: rules)
    }

    static func progress(_ now: Int?, _ part: ScorePart, _ weight: Double) -> ScoredPart {
        Scoring.progress(part, SampleProgress.june(now), rules, weight: weight)
    }

    @Test
    func `the score is the mean of the known parts by their weights`() throws {
        let score = try Self.score(
            Self.progress(1_130, .total, 35), Self.progress(1_100, .voluntary, 25),
            Scoring.tasks(Self.record(onTime: 3, late: 1, open: 1), Self.rules, weight: 25),
            Scoring.freshness(Self.record(quiet: [120]), Self.rules, weight: 15))
        // 115 · 35 + 100 · 25 + 72 · 25 + 50 · 15 = 9,075 of 100.
        #expect(score.points == 90.75)
        #expect(score.knownPercent == 100)
    }

    @Test
    func `a missing part counts for nothing, not for zero`() throws {
        let score = try Self.score(
            Self.progress(1_130, .total, 35), Self.progress(nil, .voluntary, 25),
            Scoring.tasks(Self.record(onTime: 1), Self.rules, weight: 25),
            Scoring.freshness(Self.record(), Self.rules, weight: 15))
        // 115 · 35 + 100 · 25 = 6,525 of 60.
        #expect(score.points == 108.75)
        #expect(score.knownPercent == 60)
    }

    @Test
    func `below the least share known there is no score`() throws {
        func score(_ least: Double) throws -> UnitScore {
            var rules = Self.rules
            rules.leastKnownPercent = least
            return try Self.score(
                Self.progress(1_130, .total, 35), Self.progress(nil, .voluntary, 25), Self.progress(nil, .tasks, 40),
                rules: rules)
        }
        #expect(try score(50).points == nil)
        #expect(try score(50).knownPercent == 35)
        #expect(try score(35).points == 115)
        #expect(try score(35.1).points == nil)
        #expect(try score(0).points == 115)
    }

    @Test
    func `nothing known, or no weight at all, is no score`() throws {
        let nothing = try Self.score(Self.progress(nil, .total, 35), Self.progress(nil, .voluntary, 65))
        #expect(nothing.points == nil)
        #expect(nothing.knownPercent == 0)
        var rules = Self.rules
        rules.leastKnownPercent = 0
        #expect(try Self.score(Self.progress(1_130, .total, 0), rules: rules).points == nil)
        #expect(try Self.score(rules: rules).points == nil)
    }

    // MARK: Words and groups

    static let numbers: [(value: Double, words: String)] = [
        (0, "0"), (12, "12"), (12.34, "12,3"), (12.35, "12,4"), (99.95, "100"), (1_234.5, "1.234,5"), (-0.04, "0"),
        (-1.25, "−1,3"),
        (-12, "−12"), (0.05, "0,1"),
    ]

    @Test(arguments: numbers)
    func `numbers are written with a comma and one decimal`(value: Double, words: String) {
        #expect(VietnameseText.oneDecimal(value) == words)
    }

    static let groups: [(population: Int?, share: Double?, classes: [Int?], title: String)] = [
        (24_999, 0.59, [0, 0], "dân số dưới 25.000; doanh nghiệp dưới 60 %"),
        (25_000, 0.6, [1, 1], "dân số 25.000–45.000; doanh nghiệp 60–80 %"),
        (44_999, 0.799, [1, 1], "dân số 25.000–45.000; doanh nghiệp 60–80 %"),
        (45_000, 0.8, [2, 2], "dân số từ 45.000; doanh nghiệp từ 80 %"),
        (nil, 1, [nil, 2], "chưa có số liệu dân số; doanh nghiệp từ 80 %"),
        (100, nil, [0, nil], "dân số dưới 25.000; chưa có số liệu theo khối"),
    ]

    @Test(arguments: groups.indices)
    func `units are alike by population and by the share of enterprises`(index: Int) {
        let (population, share, classes, title) = Self.groups[index]
        let group = SimilarGroup(population: population, enterpriseShare: share, rules: Self.rules)
        #expect([group.population, group.enterprise] == classes)
        #expect(group.title(Self.rules) == title)
    }

    @Test
    func `a figure of an earlier month says nothing of the month scored`() {
        let stale = SampleProgress.june(1_100)
        let july = Scoring.progress(.total, stale, Self.rules, weight: 35, at: SampleProgress.month("2027-07"))
        #expect(july.points == nil)
        #expect(july.words.contains("chưa có số liệu tháng 07/2027 (mới nhất tháng 06/2027)"))
        let june = Scoring.progress(.total, stale, Self.rules, weight: 35, at: SampleProgress.month("2027-06"))
        #expect(june.points != nil)
    }

    @Test
    func `the list of residential groups counts into freshness like open work`() {
        var record = TaskRecord()
        record.groupsQuiet = 120
        let alone = Scoring.freshness(record, Self.rules, weight: 15)
        #expect(alone.points == 50, "half of the way from 60 to 180 days")
        #expect(alone.words.contains("cập nhật 120 ngày trước"))
        record.quietDays = [0]
        #expect(Scoring.freshness(record, Self.rules, weight: 15).points == 75)
    }

    @Test
    func `without bounds all units are alike`() {
        var rules = Self.rules
        (rules.populationBounds, rules.enterpriseBounds) = ([], [])
        let groups = [1, 50_000].map { SimilarGroup(population: $0, enterpriseShare: 0.5, rules: rules) }
        #expect(groups[0] == groups[1])
        #expect(groups[0].title(rules) == "dân số mọi mức; doanh nghiệp mọi mức")
    }
}
