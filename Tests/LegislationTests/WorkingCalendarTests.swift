import Kernel
import Testing

@testable import Legislation

@Suite
struct WorkingCalendarTests {
    static func calendar() throws -> WorkingCalendar { try CaseTests.table.get().calendar }

    private static func day(_ text: String) throws -> Day { try #require(Day(text)) }

    /// Weekdays off of a year, and days of weekly rest that are worked, as the check has them.
    static let years: [(year: Int, off: [String], worked: [String])] = [
        (
            2025,
            [
                "2025-01-01", "2025-01-27", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31", "2025-04-07",
                "2025-04-30", "2025-05-01", "2025-05-02", "2025-09-01", "2025-09-02",
            ], ["2025-04-26"]
        ),
        (
            2026,
            [
                "2026-01-01", "2026-01-02", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20",
                "2026-04-27", "2026-04-30", "2026-05-01", "2026-08-31", "2026-09-01", "2026-09-02", "2026-11-24",
            ], ["2026-01-10", "2026-08-22"]
        ),
        (
            2027,
            [
                "2027-01-01", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11", "2027-04-16",
                "2027-04-30", "2027-05-03", "2027-09-01", "2027-09-02", "2027-11-24",
            ], []
        ),
        (
            2028,
            [
                "2028-01-03", "2028-01-25", "2028-01-26", "2028-01-27", "2028-01-28", "2028-01-31", "2028-04-04",
                "2028-05-01", "2028-05-02", "2028-09-01", "2028-09-04", "2028-11-24",
            ], []
        ),
        (
            2029,
            [
                "2029-01-01", "2029-02-12", "2029-02-13", "2029-02-14", "2029-02-15", "2029-02-16", "2029-04-23",
                "2029-04-30", "2029-05-01", "2029-09-03", "2029-09-04", "2029-11-26",
            ], []
        ),
        (
            2030,
            [
                "2030-01-01", "2030-02-01", "2030-02-04", "2030-02-05", "2030-02-06", "2030-02-07", "2030-04-12",
                "2030-04-30", "2030-05-01", "2030-09-02", "2030-09-03", "2030-11-25",
            ], []
        ),
    ]

    @Test(arguments: years.indices)
    func `a year's days off are those of the law, its decision and the days in place of lost rest`(index: Int) throws {
        let (year, off, worked) = Self.years[index]
        let calendar = try Self.calendar()
        let days = (0..<366).map { Day.firstDay(ofYear: year).adding(days: $0) }.filter { $0.year == year }
        let weekdays = days.filter { $0.weekday <= 5 && !calendar.isWorking($0) }
        #expect(weekdays.map(\.description) == off)
        #expect(days.filter { $0.weekday > 5 && calendar.isWorking($0) }.map(\.description) == worked)
    }

    @Test
    func `the culture day is off from its first year on, and not before`() throws {
        let calendar = try Self.calendar()
        #expect(calendar.isWorking(try Self.day("2025-11-24")))
        #expect(calendar.dayOff(try Self.day("2026-11-24"))?.kind == .holiday)
    }

    @Test
    func `what a decision still to come may change is said, and nothing else`() throws {
        let calendar = try Self.calendar()
        #expect(calendar.undecided(in: 2026).isEmpty)
        #expect(calendar.undecided(in: 2027).map(\.holiday.id) == ["tet", "national-day"])
        for (text, isProvisional) in [
            ("2027-02-08", true), ("2027-02-11", true), ("2027-05-03", false), ("2026-02-18", false),
        ] {
            #expect(calendar.dayOff(try Self.day(text))?.isProvisional == isProvisional, "\(text)")
        }
        let words = calendar.dayOff(try Self.day("2027-02-11"))?.words
        #expect(words == "nghỉ bù Tết Âm lịch (tạm tính, chưa có quyết định)")
        #expect(calendar.dayOff(try Self.day("2026-08-31"))?.kind == .swapped)
    }

    @Test
    func `one to twenty working days there and back, and the count between agree`() throws {
        let calendar = try Self.calendar()
        for offset in stride(from: 0, to: 1_500, by: 7) {
            let event = try Self.day("2025-12-30").adding(days: offset)
            for count in 1...20 {
                let (day, skipped) = calendar.day(count, workingDaysFrom: event)
                #expect(calendar.isWorking(day) && calendar.workingDays(after: event, through: day) == count)
                #expect(event.days(to: day) == count + skipped.count)
                #expect(skipped.allSatisfy { calendar.dayOff($0.day) == $0.reason })
                if calendar.isWorking(event) { #expect(calendar.day(-count, workingDaysFrom: day).day == event) }
            }
        }
    }

    @Test
    func `without a file of days off the week alone counts`() throws {
        let calendar = WorkingCalendar()
        #expect(calendar.isWorking(try Self.day("2026-09-02")))
        #expect(calendar.workingDay(onOrAfter: try Self.day("2026-11-28")) == (try Self.day("2026-11-30")))
        #expect(calendar.workingDay(onOrBefore: try Self.day("2026-11-29")) == (try Self.day("2026-11-27")))
    }

    static let head = "subject: a\ntitle: A\nparameters: []\n"
    static let tet =
        "holidays: [{id: tet, name: Tết, lunar: 01-01, days: 5, from: 2021-01-01, source: s, confidence: verified}]\n"
    static let broken: [(String, String)] = [
        (head + "decisions: []", "thiếu danh sách"),
        (head + "holidays: []", "thiếu ngày nghỉ hằng tuần"),
        (head + "weekly_rest: [8]\nholidays: []", "từ 1 (thứ Hai)"),
        (
            head
                + "weekly_rest: [7]\nholidays: [{id: x, name: X, on: 02-30, from: 2021-01-01, source: s, confidence: verified}]",
            "cần đúng một trong on"
        ),
        (
            head + "weekly_rest: [6, 7]\n" + tet
                + "decisions: [{document: d, confidence: verified, holidays: [{id: tet, from: 2027-02-05, to: 2027-02-11}]}]",
            "7 ngày, luật cho 5 ngày"
        ),
        (
            head + "weekly_rest: [6, 7]\n" + tet
                + "decisions: [{document: d, confidence: verified, holidays: [{id: te, from: 2027-02-05, to: 2027-02-09}]}]",
            "không có ngày nghỉ “te”"
        ),
        (
            head + "weekly_rest: [6, 7]\n" + tet
                + "decisions: [{document: d, confidence: verified, swaps: [{off: 2026-08-31, worked: 2026-08-21}]}]",
            "lấy một ngày nghỉ hằng tuần"
        ),
        (
            head + "weekly_rest: [6, 7]\n" + tet + "decisions: [{document: d, confidence: verified}]",
            "không nói ngày nào"
        ),
    ]

    @Test(arguments: broken.indices)
    func `days off that cannot be are refused with file, key and reason`(index: Int) {
        let (text, words) = Self.broken[index]
        #expect(performing: { _ = try ParameterFile.read(text, file: "x.yaml") }, throws: { "\($0)".contains(words) })
    }
}
