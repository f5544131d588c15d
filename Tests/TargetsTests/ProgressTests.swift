import Figures
import Kernel
import Targets
import TestSupport
import Testing
import Work

/// How far a unit is on its way.
@Suite
struct ProgressTests {
    static let readings: [(progress: Progress, reading: Progress.Reading)] = [
        (Progress(start: 1_000, target: 1_200, now: 1_100), .growing(0.5)),
        (Progress(start: 1_000, target: 1_200, now: 1_200), .growing(1)),
        // Beyond the target and below the start both show: nothing is capped.
        (Progress(start: 1_000, target: 1_200, now: 1_300), .growing(1.5)),
        (Progress(start: 1_000, target: 1_200, now: 900), .growing(-0.5)),
        (Progress(start: 1_000, target: 1_200, now: 0), .growing(-5)),
        (Progress(start: 0, target: 100, now: 25), .growing(0.25)),
        (Progress(start: 1_200, target: 1_000, now: 1_100), .keeping(surplus: 100)),
        (Progress(start: 1_200, target: 1_000, now: 990), .keeping(surplus: -10)),
        (Progress(start: 1_000, target: 1_000, now: 1_000), .keeping(surplus: 0)),
        (Progress(start: nil, target: 1_000, now: 250), .noStart(shareOfTarget: 0.25)),
        (Progress(start: nil, target: 0, now: 0), .noStart(shareOfTarget: 1)),
        (Progress(start: 1_000, target: nil, now: 1_100), .noTarget),
        (Progress(start: nil, target: nil, now: 5), .noTarget),
        (Progress(start: 1_000, target: 1_200, now: nil), .noFigure),
        (Progress(start: nil, target: nil, now: nil), .noFigure),
    ]

    @Test(arguments: readings)
    func `progress is read along the way from start to target`(progress: Progress, reading: Progress.Reading) {
        #expect(progress.reading == reading)
    }

    @Test
    func `what is missing to the target is negative beyond it and unknown without a figure`() {
        #expect(Progress(start: nil, target: 1_200, now: 1_100).missing == 100)
        #expect(Progress(start: 1_000, target: 1_200, now: 1_300).missing == -100)
        #expect(Progress(start: 1_000, target: 1_200, now: nil).missing == nil)
        #expect(Progress(start: 1_000, target: nil, now: 1_100).missing == nil)
    }

    // MARK: ExpectedFigure

    /// 1,000 at the end of 2025; a fall in January, a rise to 1,150 by June, 1,200 at the end of 2026.
    static let lastYear = [0: 1_000, 1: 900, 6: 1_150, 12: 1_200]

    static func expected(
        _ month: Int, start: Int = 1_200, target: Int = 1_500, lastYear: [Int: Int] = Self.lastYear
    ) -> ExpectedFigure {
        ExpectedFigure(month: month, start: start, target: target, year: 2027, lastYear: lastYear)
    }

    @Test
    func `the season of the year before lies over the way to the target`() {
        // January: the line of 2026 was at 1,016.67, the figure 900, a share of 0.8852; the line of 2027 is at 1,225.
        #expect(Self.expected(1).people == 1_084)
        #expect(Self.expected(1).people < 1_200)
        // June: 1,150 over a line at 1,100; the line of 2027 is at 1,350.
        #expect(Self.expected(6).people == 1_411)
        #expect(Self.expected(12).people == 1_500)
        #expect(Self.expected(6).basis == .seasonal(year: 2026))
        #expect(Self.expected(6).basis.words == "theo nhịp từng tháng của năm 2026")
    }

    static let straight: [(month: Int, lastYear: [Int: Int], people: Int, reason: String)] = [
        (6, [:], 1_350, "chưa có số liệu tháng 12/2026"),
        (6, [0: 1_000, 6: 1_100], 1_350, "chưa có số liệu tháng 12/2026"),
        (6, [6: 1_100, 12: 1_200], 1_350, "chưa có số liệu tháng 12/2025"),
        (5, lastYear, 1_325, "chưa có số liệu tháng 5/2026"),
        (1, [0: 1_000, 1: 5_000, 12: 1_200], 1_225, "năm 2026 biến động"),
        (1, [0: 1_000, 1: 250, 12: 1_200], 1_225, "năm 2026 biến động"),
        (6, [0: 0, 6: 0, 12: 0], 1_350, "năm 2026 biến động"),
    ]

    @Test(arguments: straight.indices)
    func `without a season the way is straight and says why`(index: Int) {
        let (month, lastYear, people, reason) = Self.straight[index]
        let expectation = Self.expected(month, lastYear: lastYear)
        #expect(expectation.people == people)
        guard case .straight(let found) = expectation.basis else {
            Issue.record("a season was found")
            return
        }
        #expect(found.contains(reason))
        #expect(expectation.basis.words.hasPrefix("theo đường thẳng ("))
    }

    @Test
    func `people are whole, rounded to the nearest`() {
        #expect(Self.expected(5, start: 1_000, target: 1_100, lastYear: [:]).people == 1_042)
        #expect(Self.expected(7, start: 1_000, target: 1_100, lastYear: [:]).people == 1_058)
    }

    @Test
    func `whoever began at the target or above is expected to keep the target`() {
        for month in 1...12 {
            #expect(Self.expected(month, start: 1_300, target: 1_200, lastYear: [:]).people == 1_200)
            #expect(Self.expected(month, start: 1_200, target: 1_200, lastYear: [:]).people == 1_200)
        }
        // Within the season: in January of the year before the figure was 0.8852 of its line.
        #expect(Self.expected(1, start: 1_300, target: 1_200).people == 1_062)
    }

    @Test
    func `December always expects the target itself, whatever the season`() {
        var generator = SeededGenerator(seed: 12)
        var seasonal = 0
        for _ in 0..<2_000 {
            var lastYear: [Int: Int] = [:]
            for month in 0...12 where Int.random(in: 0...9, using: &generator) > 0 {
                lastYear[month] = Int.random(in: 0...100_000, using: &generator)
            }
            let target = Int.random(in: 0...200_000, using: &generator)
            let december = ExpectedFigure(
                month: 12, start: .random(in: 0...200_000, using: &generator), target: target, year: 2027,
                lastYear: lastYear)
            #expect(december.people == target)
            if case .seasonal = december.basis { seasonal += 1 }
        }
        #expect(seasonal > 1_000)
    }

    @Test
    func `the season repeats itself where this year's way is last year's`() {
        var generator = SeededGenerator(seed: 13)
        for _ in 0..<500 {
            let start = Int.random(in: 1_000...50_000, using: &generator)
            let end = Int.random(in: start...60_000, using: &generator)
            let month = Int.random(in: 1...12, using: &generator)
            let line = Double(start) + Double(end - start) * Double(month) / 12
            let then = month == 12 ? end : Int(line * Double.random(in: 0.4...2.5, using: &generator))
            var lastYear = [0: start, 12: end]
            lastYear[month] = then
            let expectation = ExpectedFigure(month: month, start: start, target: end, year: 2027, lastYear: lastYear)
            #expect(expectation.people == then)
        }
    }
}
