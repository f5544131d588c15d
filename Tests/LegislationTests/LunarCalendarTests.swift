import Kernel
import Legislation
import Testing

/// Against known days; Tết 2007 and 2030 and the leap months of 1984/85 and 1987 part from China's calendar.
@Suite
struct LunarCalendarTests {
    static let newYears = [
        "1968-01-29", "1985-01-21", "2000-02-05", "2007-02-17", "2020-01-25", "2023-01-22", "2024-02-10", "2025-01-29",
        "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-02", "2034-02-19", "2053-02-18",
    ]

    @Test(arguments: newYears)
    func `Tết falls on the day of Viet Nam's calendar`(text: String) throws {
        let day = try #require(Day(text))
        #expect(LunarCalendar.day(year: day.year, month: 1, day: 1) == day)
    }

    static let kings = [
        "2023-04-29", "2024-04-18", "2025-04-07", "2026-04-26", "2027-04-16", "2028-04-04", "2029-04-23", "2030-04-12",
    ]

    @Test(arguments: kings)
    func `the tenth of the third month is found, behind a leap second month too`(text: String) throws {
        let day = try #require(Day(text))
        #expect(LunarCalendar.day(year: day.year, month: 3, day: 10) == day)
    }

    @Test
    func `leap months stand where they stood and will stand`() {
        let leaps = [
            1984: nil, 1985: 2, 1987: 7, 2001: 4, 2004: 2, 2006: 7, 2009: 5, 2012: 4, 2014: 9, 2017: 6, 2020: 4,
            2023: 2,
            2025: 6, 2028: 5, 2031: 3, 2033: 11,
        ]
        for (year, month) in leaps { #expect(LunarCalendar.leapMonth(of: year) == month, "\(year)") }
        for year in [2022, 2024, 2026, 2027, 2029, 2030, 2032, 2034] {
            #expect(LunarCalendar.leapMonth(of: year) == nil, "\(year)")
        }
        // Seven in nineteen years.
        let count = (1972...2085).count { LunarCalendar.leapMonth(of: $0) != nil }
        #expect((41...43).contains(count))
    }

    @Test
    func `months follow each other in 29 or 30 days, and a year ends where the next begins`() throws {
        for year in LunarCalendar.years.dropLast() {
            var last = try #require(LunarCalendar.day(year: year, month: 1, day: 1))
            for month in 2...12 {
                let first = try #require(LunarCalendar.day(year: year, month: month, day: 1))
                let length = last.days(to: first)
                let isDouble = LunarCalendar.leapMonth(of: year) == month - 1
                #expect(isDouble ? (58...60).contains(length) : (29...30).contains(length), "\(year) \(month)")
                #expect(
                    (LunarCalendar.day(year: year, month: month - 1, day: 30) == nil) == (length % 30 != 0) || isDouble)
                last = first
            }
            let next = try #require(LunarCalendar.day(year: year + 1, month: 1, day: 1))
            #expect(last.days(to: next) <= (LunarCalendar.leapMonth(of: year) == 12 ? 60 : 30))
        }
        #expect(LunarCalendar.day(year: 1967, month: 1, day: 1) == nil)
        #expect(LunarCalendar.day(year: 2026, month: 13, day: 1) == nil)
    }
}
