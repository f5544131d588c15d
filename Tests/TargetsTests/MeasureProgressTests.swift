import Figures
import Kernel
import PlanText
import Targets
import TestFigures
import TestPlans
import Testing
import Work

/// One measure of one unit in one year, and the sum of all units.
@Suite
struct MeasureProgressTests {
    @Test
    func `the latest figure of the year counts, with its start, its expectation and its movement`() {
        let progress = MeasureProgress(
            .voluntary, year: 2027,
            course: SampleProgress.course([
                "2025-12": 800, "2026-04": 880, "2026-12": 1_000, "2027-03": 1_020, "2027-04": 1_050, "2028-01": 9,
            ]), target: 1_200, until: SampleProgress.month("2027-12"))
        #expect(progress.month == SampleProgress.month("2027-04"))
        #expect(progress.progress == Progress(start: 1_000, target: 1_200, now: 1_050))
        #expect(progress.movement == 30)
        // 2026: a line at 866.67 by April, the figure 880; 2027: a line at 1,066.67.
        #expect(progress.expectation?.people == 1_083)
        #expect(progress.expectation?.basis == .seasonal(year: 2026))
        #expect(progress.ahead == -33)
    }

    @Test
    func `what is expected of each month comes from one course, and ends at the target`() throws {
        let progress = MeasureProgress(
            .voluntary, year: 2027,
            course: SampleProgress.course([
                "2025-12": 800, "2026-04": 880, "2026-12": 1_000, "2027-04": 1_050, "2027-06": 1_099,
            ]), target: 1_200, until: SampleProgress.month("2027-04"))
        let expected = try #require(progress.expected)
        #expect(expected[SampleProgress.month("2027-04")] == progress.expectation)
        #expect(expected[SampleProgress.month("2027-12")]?.people == 1_200)
        // Without last year's June the line stands in, and says so.
        let june = try #require(expected[SampleProgress.month("2027-06")])
        #expect(june.people == 1_100 && june.basis != .seasonal(year: 2026))
        #expect(expected[SampleProgress.month("2026-12")] == nil)
    }

    @Test
    func `figures after the day of looking do not count`() {
        let people = SampleProgress.course(["2026-12": 1_000, "2027-03": 1_020, "2027-06": 1_100])
        let march = MeasureProgress(
            .total, year: 2027, course: people, target: 1_200, until: SampleProgress.month("2027-05"))
        #expect(march.month == SampleProgress.month("2027-03"))
        #expect(march.movement == nil)
        let none = MeasureProgress(
            .total, year: 2027, course: people, target: 1_200, until: SampleProgress.month("2027-02"))
        #expect(none.month == nil)
        #expect(none.progress == Progress(start: 1_000, target: 1_200, now: nil))
        #expect(none.expectation == nil)
        #expect(none.ahead == nil)
    }

    @Test
    func `January moves against December`() {
        let people = SampleProgress.course(["2026-12": 1_000, "2027-01": 940])
        let january = MeasureProgress(
            .voluntary, year: 2027, course: people, target: 1_200, until: SampleProgress.month("2027-01"))
        #expect(january.movement == -60)
    }

    @Test
    func `a start given elsewhere counts only while December has no figure`() {
        func start(_ people: [String: Int]) -> Int? {
            MeasureProgress(
                .total, year: 2027, course: SampleProgress.course(people), target: 1_200, start: 700,
                until: SampleProgress.month("2027-06")
            ).progress.start
        }
        #expect(start(["2027-06": 1_100]) == 700)
        #expect(start(["2026-12": 1_000, "2027-06": 1_100]) == 1_000)
    }

    @Test
    func `without start, target or figure nothing is expected`() {
        for progress in [
            SampleProgress.june(nil), SampleProgress.june(1_100, start: nil), SampleProgress.june(1_100, target: nil),
        ] {
            #expect(progress.expectation == nil)
            #expect(progress.ahead == nil)
            #expect(progress.standing(.standard) == .unknown)
        }
    }

    static let demands: [(start: Int?, target: Int?, demand: Double?)] = [
        (1_000, 1_200, 200), (1_190, 1_200, 12), (1_300, 1_200, 12), (0, 0, 1), (0, 50, 50), (nil, 1_200, nil),
        (1_000, nil, nil),
    ]

    @Test(arguments: demands)
    func `the growth demanded is at least a hundredth of the target`(start: Int?, target: Int?, demand: Double?) {
        #expect(SampleProgress.june(1_100, start: start, target: target).demand(leastPercent: 1) == demand)
    }

    /// Of a demand of 200, expected 1,100: 2 people are one percent.
    static let standings: [(now: Int, standing: Standing)] = [
        (0, .farBehind), (999, .farBehind), (1_000, .behind), (1_079, .behind), (1_080, .onCourse), (1_100, .onCourse),
        (1_120, .onCourse), (1_121, .ahead), (1_200, .ahead), (1_201, .farAhead), (5_000, .farAhead),
    ]

    @Test(arguments: standings)
    func `a unit stands by how much of the demanded growth it is ahead or behind`(now: Int, standing: Standing) {
        #expect(SampleProgress.june(now).standing(.standard) == standing)
    }

    // MARK: Series and sums

    static let codes = ["90001", "90002", "90003"].compactMap { CommuneCode($0) }

    static func series(_ voluntary: [[String: Int]], compulsory: [[String: Int]] = []) -> FigureSeries {
        var people: [FigureSeries.Key: [Month: Int]] = [:]
        for (code, months) in zip(codes, voluntary) { people[.init(code, .voluntary)] = SampleProgress.course(months) }
        for (code, months) in zip(codes, compulsory) {
            people[.init(code, .compulsory)] = SampleProgress.course(months)
        }
        return FigureSeries(people)
    }

    @Test
    func `a total is known only where both schemes are`() {
        let series = Self.series(
            [["2027-01": 10, "2027-02": 11]], compulsory: [["2027-02": 100, "2027-03": 101]])
        #expect(series.course(Self.codes[0], Measure.total) == SampleProgress.course(["2027-02": 111]))
        #expect(
            series.course(Self.codes[0], Measure.voluntary) == SampleProgress.course(["2027-01": 10, "2027-02": 11]))
        #expect(series.course(Self.codes[1], Measure.total).isEmpty)
        #expect(series.months == ["2027-01", "2027-02", "2027-03"].map(SampleProgress.month))
    }

    @Test
    func `a commune without a figure counts with its latest one, and the sum says which`() {
        let series = Self.series([
            ["2027-01": 100, "2027-02": 110, "2027-03": 120], ["2027-01": 50, "2027-03": 70], ["2027-01": 7],
        ])
        let course = ProvinceCourse(series, .voluntary, communes: Self.codes)
        #expect(course.people == SampleProgress.course(["2027-01": 157, "2027-02": 167, "2027-03": 197]))
        #expect(course.reported == SampleProgress.course(["2027-01": 157, "2027-02": 110, "2027-03": 190]))
        #expect(course.missing[SampleProgress.month("2027-01")] == [])
        #expect(course.missing[SampleProgress.month("2027-02")] == [Self.codes[1], Self.codes[2]])
        #expect(course.missing[SampleProgress.month("2027-03")] == [Self.codes[2]])
    }

    @Test
    func `a month before many communes' first figure has no sum, and one that never had any adds nothing`() {
        let series = Self.series([["2027-01": 100, "2027-02": 110], ["2027-02": 50]])
        let course = ProvinceCourse(series, .voluntary, communes: Self.codes)
        #expect(course.people == SampleProgress.course(["2027-02": 160]))
        #expect(course.reported == SampleProgress.course(["2027-01": 100, "2027-02": 160]))
        #expect(course.missing[SampleProgress.month("2027-01")] == [Self.codes[1], Self.codes[2]])
        #expect(course.missing[SampleProgress.month("2027-02")] == [Self.codes[2]])
    }

    @Test
    func `a few communes that begin late count with their first figure`() {
        let codes = (10_001...10_040).compactMap { CommuneCode("\($0)") }
        var people: [FigureSeries.Key: [Month: Int]] = [:]
        for code in codes.dropFirst(2) {
            people[.init(code, .voluntary)] = SampleProgress.course(["2027-01": 10, "2027-02": 11])
        }
        people[.init(codes[0], .voluntary)] = SampleProgress.course(["2027-02": 50])
        people[.init(codes[1], .voluntary)] = SampleProgress.course(["2027-02": 60])
        let course = ProvinceCourse(FigureSeries(people), .voluntary, communes: codes)
        #expect(course.people == SampleProgress.course(["2027-01": 490, "2027-02": 528]))
        #expect(course.reported[SampleProgress.month("2027-01")] == 380)
    }

    @Test
    func `a figure is carried on over months without any, which are no months`() {
        let series = Self.series([["2025-12": 100, "2027-01": 120], ["2025-12": 50, "2026-12": 60]])
        let course = ProvinceCourse(series, .voluntary, communes: Array(Self.codes.prefix(2)))
        #expect(course.people == SampleProgress.course(["2025-12": 150, "2026-12": 160, "2027-01": 180]))
        #expect(course.reported == SampleProgress.course(["2025-12": 150, "2026-12": 60, "2027-01": 120]))
        #expect(course.missing[SampleProgress.month("2025-12")] == [])
        #expect(course.missing[SampleProgress.month("2026-12")] == [Self.codes[0]])
        #expect(course.missing[SampleProgress.month("2026-06")] == nil)
    }

    @Test
    func `the month shown is the latest that half of the communes have both schemes of`() {
        let both: [[String: Int]] = [
            ["2027-01": 1, "2027-02": 1, "2027-03": 1], ["2027-01": 1, "2027-02": 1], ["2027-01": 1],
        ]
        let series = Self.series(both + [[:]], compulsory: both)
        #expect(series.shownMonth(of: Self.codes) == SampleProgress.month("2027-02"))
        #expect(series.known(SampleProgress.month("2027-03"), of: Self.codes) == 1)
        // A month with one scheme alone is passed over as long as another has both.
        let voluntary = Self.series([["2027-01": 1, "2027-02": 1]], compulsory: [["2027-01": 1]])
        #expect(voluntary.shownMonth(of: Self.codes) == SampleProgress.month("2027-01"))
        let alone = Self.series([["2027-01": 1, "2027-02": 1]])
        #expect(alone.shownMonth(of: Self.codes) == SampleProgress.month("2027-02"))
        #expect(alone.shownMonth(of: Self.codes, year: 2026) == nil)
    }

    @Test
    func `without figures there is no course`() {
        let course = ProvinceCourse(FigureSeries([:]), .total, communes: Self.codes)
        #expect(course.people.isEmpty)
        #expect(course.reported.isEmpty)
        #expect(course.missing.isEmpty)
    }
}
