import Exchange
import Kernel
import Testing

/// When what is due.
@Suite
struct RhythmTests {
    private func turns(_ rhythm: Rhythm, _ first: String, _ last: String) throws -> [String] {
        rhythm.turns(from: try #require(Day(first)), through: try #require(Day(last))).map { "\($0.words): \($0.due)" }
    }

    @Test
    func `a month is due on its day of the month after, the last where the month is shorter`() throws {
        #expect(
            try turns(.monthly(day: 31), "2027-01-31", "2027-03-30") == [
                "tháng 12/2026: 2027-01-31", "tháng 01/2027: 2027-02-28",
            ])
    }

    @Test
    func `a quarter is due in the month behind it, a year in its month of the year after`() throws {
        #expect(
            try turns(.quarterly(day: 15), "2026-12-01", "2027-07-14") == [
                "quý IV/2026: 2027-01-15", "quý I/2027: 2027-04-15",
            ])
        #expect(
            try turns(.yearly(month: 4, day: 30), "2026-05-01", "2028-04-30") == [
                "năm 2026: 2027-04-30", "năm 2027: 2028-04-30",
            ])
    }

    @Test
    func `what is handed over once is due once`() throws {
        let day = try #require(Day("2027-04-30"))
        #expect(try turns(.once(by: day), "2027-01-01", "2027-04-29").isEmpty)
        #expect(try turns(.once(by: day), "2027-01-01", "2027-04-30").count == 1)
        #expect(try turns(.once(by: day), "2027-05-01", "2028-04-30").isEmpty)
    }

    @Test(arguments: ["monthly 10", "quarterly 15", "yearly 4 30", "once 2027-04-30"])
    func `a rhythm is read as it is written`(text: String) throws {
        #expect(try #require(Rhythm(text)).text == text)
    }

    @Test(arguments: [
        "", "monthly", "monthly 0", "monthly 32", "yearly 13 1", "yearly 4", "once 2027-02-30", "weekly 1",
    ])
    func `nothing else is a rhythm`(text: String) {
        #expect(Rhythm(text) == nil)
    }

    @Test
    func `whatever the days, turns are within them, in order, each month once, and none is left out`() throws {
        var random = SplitMix(state: 20_261_129)
        for _ in 0..<300 {
            let first = try #require(Day("2026-01-01")).adding(days: Int(random.next() % 900))
            let last = first.adding(days: Int(random.next() % 900))
            let day = Int(random.next() % 31) + 1
            let monthly = Rhythm.monthly(day: day).turns(from: first, through: last)
            #expect(monthly.allSatisfy { first <= $0.due && $0.due <= last })
            #expect(monthly == monthly.sorted())
            #expect(Set(monthly.map(\.months.lowerBound)).count == monthly.count)
            // Parted anywhere, the parts have the same turns as the whole.
            let cut = first.adding(days: Int(random.next() % 400))
            if cut < last {
                let parts =
                    Rhythm.monthly(day: day).turns(from: first, through: cut)
                    + Rhythm.monthly(day: day).turns(from: cut.adding(days: 1), through: last)
                #expect(parts == monthly)
            }
        }
    }
}
