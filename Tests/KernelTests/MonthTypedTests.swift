import Kernel
import TestSupport
import Testing

/// Months as officers type them, and counting with months.
@Suite
struct MonthTypedTests {
    @Test(arguments: [
        "9/2026", "09/2026", "09-2026", "9-2026", "9.2026", "2026-09", "2026/9", "2026-9", "tháng 9/2026",
        "Tháng 09 năm 2026", "THÁNG 9 NĂM 2026", "thang 09/2026", "T9/2026", "t09-2026", "T9 2026", "  9 / 2026 ",
        "tháng 9 - 2026", "Tháng\u{A0}9/2026",
    ])
    func `a month is read in each manner of typing it`(text: String) {
        #expect(Month(typed: text) == Month(year: 2026, month: 9))
    }

    @Test(arguments: [
        "", " ", "9", "2026", "9/26", "13/2026", "0/2026", "00/2026", "30/09/2026", "2026-09-30", "quý 3/2026",
        "9/2026 và 10/2026", "chín/2026", "năm 2026", "tháng 9", "99999999999999999999/2026", "2026/2026", "9/12026",
        "so-lieu 9/2026", "٩/2026",
    ])
    func `anything else is no month`(text: String) {
        #expect(Month(typed: text) == nil)
    }

    static let sums: [(from: String, months: Int, to: String)] = [
        ("2026-09", 0, "2026-09"), ("2026-09", 1, "2026-10"), ("2026-09", 4, "2027-01"), ("2026-01", -1, "2025-12"),
        ("2026-12", 1, "2027-01"), ("2026-12", 12, "2027-12"), ("2026-03", -15, "2024-12"),
        ("2026-01", 1_200, "2126-01"),
    ]

    @Test(arguments: sums)
    func `months are added over the ends of years`(from: String, months: Int, to: String) throws {
        let (start, end) = (try #require(Month(from)), try #require(Month(to)))
        #expect(start.adding(months: months) == end)
        #expect(start.months(to: end) == months)
        #expect(end.months(to: start) == -months)
    }

    @Test
    func `adding months stays within the years of the calendar`() throws {
        let month = try #require(Month(year: 2026, month: 9))
        #expect(month.adding(months: 1_000_000) == Month(year: 9_999, month: 12))
        #expect(month.adding(months: -1_000_000) == Month(year: 1, month: 1))
    }

    @Test
    func `adding and counting months agree`() throws {
        var generator = SeededGenerator(seed: 20_260_901)
        for _ in 0..<500 {
            let start = try #require(
                Month(
                    year: .random(in: 1_000...3_000, using: &generator), month: .random(in: 1...12, using: &generator)))
            let count = Int.random(in: -2_000...2_000, using: &generator)
            let end = start.adding(months: count)
            #expect(start.months(to: end) == count)
            #expect(end.adding(months: -count) == start)
            #expect((start < end) == (count > 0))
        }
    }

    @Test
    func `a month is written as officers and as data write it`() throws {
        let month = try #require(Month(year: 2026, month: 9))
        #expect(month.vietnamese == "09/2026")
        #expect(month.description == "2026-09")
        #expect(Month(month.description) == month)
        #expect(Month(typed: month.vietnamese) == month)
    }
}
