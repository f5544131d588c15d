import Kernel
import Testing

@Suite
struct MonthTests {
    @Test(arguments: [
        (2026, 1, "2026-01-01", "2026-01-31"), (2026, 2, "2026-02-01", "2026-02-28"),
        (2028, 2, "2028-02-01", "2028-02-29"),
        (2000, 2, "2000-02-01", "2000-02-29"), (1900, 2, "1900-02-01", "1900-02-28"),
        (2100, 2, "2100-02-01", "2100-02-28"),
        (2027, 3, "2027-03-01", "2027-03-31"), (2027, 4, "2027-04-01", "2027-04-30"),
        (2027, 5, "2027-05-01", "2027-05-31"),
        (2027, 6, "2027-06-01", "2027-06-30"), (2027, 7, "2027-07-01", "2027-07-31"),
        (2027, 8, "2027-08-01", "2027-08-31"),
        (2027, 9, "2027-09-01", "2027-09-30"), (2027, 10, "2027-10-01", "2027-10-31"),
        (2027, 11, "2027-11-01", "2027-11-30"),
        (2027, 12, "2027-12-01", "2027-12-31"),
    ])
    func `a month ends on its last day`(year: Int, month: Int, first: String, last: String) throws {
        let made = try #require(Month(year: year, month: month))
        #expect(made.firstDay.description == first)
        #expect(made.lastDay.description == last)
        #expect(Month(of: made.firstDay) == made)
        #expect(Month(of: made.lastDay) == made)
        #expect(Month(of: made.lastDay.adding(days: 1)) != made)
    }

    @Test(arguments: [(2026, 0), (2026, 13), (0, 1), (10_000, 1), (2026, -4)])
    func `a month outside the year is none`(year: Int, month: Int) {
        #expect(Month(year: year, month: month) == nil)
    }

    @Test
    func `a month is written with its year first and sorts by time`() throws {
        let april = try #require(Month(year: 2027, month: 4))
        let december = try #require(Month(year: 2026, month: 12))
        #expect(april.description == "2027-04")
        #expect(december.description == "2026-12")
        #expect(december < april)
    }

    @Test(arguments: [
        (2026, 1, "2026-01-01", "2026-03-31"), (2026, 2, "2026-04-01", "2026-06-30"),
        (2026, 3, "2026-07-01", "2026-09-30"),
        (2026, 4, "2026-10-01", "2026-12-31"), (2028, 1, "2028-01-01", "2028-03-31"),
    ])
    func `a quarter ends on its last day`(year: Int, quarter: Int, first: String, last: String) throws {
        let made = try #require(Quarter(year: year, quarter: quarter))
        #expect(made.firstDay.description == first)
        #expect(made.lastDay.description == last)
        #expect(Quarter(of: made.firstDay) == made)
        #expect(Quarter(of: made.lastDay) == made)
        #expect(Quarter(of: made.lastDay.adding(days: 1)) != made)
        #expect(Quarter(of: made.firstDay.adding(days: -1)) != made)
    }

    @Test(arguments: [
        (1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (6, 2), (7, 3), (8, 3), (9, 3), (10, 4), (11, 4), (12, 4),
    ])
    func `a month lies in its quarter`(month: Int, quarter: Int) throws {
        let day = try #require(Day(year: 2027, month: month, day: 15))
        #expect(Quarter(of: day) == Quarter(year: 2027, quarter: quarter))
    }

    @Test(arguments: [(2026, 0), (2026, 5), (0, 1), (10_000, 1)])
    func `a quarter outside the year is none`(year: Int, quarter: Int) {
        #expect(Quarter(year: year, quarter: quarter) == nil)
    }

    @Test
    func `a year has four quarters in order`() {
        let quarters = Quarter.all(of: 2027)
        #expect(quarters.map(\.description) == ["2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"])
        #expect(quarters.map(\.roman) == ["I", "II", "III", "IV"])
        #expect(quarters.sorted(by: >) == quarters.reversed())
    }
}
