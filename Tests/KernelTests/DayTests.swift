import Foundation
import Kernel
import Testing

@Suite
struct DayTests {
    /// Calendar parts, days since 1970-01-01 and ISO weekday, from Python's `datetime.date`.
    static let known: [(year: Int, month: Int, day: Int, count: Int, weekday: Int)] = [
        (1, 1, 1, -719_162, 1), (1600, 2, 29, -135_081, 2), (1899, 12, 31, -25_568, 7), (1900, 2, 28, -25_509, 3),
        (1900, 3, 1, -25_508, 4), (1945, 9, 2, -8_887, 7), (1969, 12, 31, -1, 3), (1970, 1, 1, 0, 4),
        (1975, 4, 30, 1_945, 3), (2000, 2, 28, 11_015, 1), (2000, 2, 29, 11_016, 2), (2000, 3, 1, 11_017, 3),
        (2026, 4, 1, 20_544, 3), (2026, 11, 23, 20_780, 1), (2027, 4, 30, 20_938, 5), (2028, 2, 29, 21_243, 2),
        (2028, 3, 1, 21_244, 3), (2100, 2, 28, 47_540, 7), (2100, 3, 1, 47_541, 1), (2400, 2, 29, 157_113, 2),
        (9999, 12, 31, 2_932_896, 5),
    ]

    @Test(arguments: known)
    func `a day of the calendar is its count of days and back`(
        year: Int, month: Int, day: Int, count: Int, weekday: Int
    ) throws {
        let made = try #require(Day(year: year, month: month, day: day))
        #expect(made.daysSinceEpoch == count)
        #expect(made.weekday == weekday)
        let counted = Day(daysSinceEpoch: count)
        #expect((counted.year, counted.month, counted.day) == (year, month, day))
        #expect(counted == made)
    }

    @Test
    func `every day from 1890 to 2110 follows the one before it`() {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var count = -29_219  // 1890-01-01
        var wrong: [String] = []
        for year in 1890...2110 {
            let leap = year % 4 == 0 && year != 1900 && year != 2100
            for month in 1...12 {
                for number in 1...(lengths[month - 1] + (leap && month == 2 ? 1 : 0)) {
                    let day = Day(daysSinceEpoch: count)
                    let weekday = (count + 29_219 + 2) % 7 + 1  // 1890-01-01 was a Wednesday.
                    if day.year != year || day.month != month || day.day != number || day.weekday != weekday
                        || Day(year: year, month: month, day: number) != day
                    {
                        wrong.append("\(year)-\(month)-\(number)")
                    }
                    count += 1
                }
            }
        }
        #expect(wrong.prefix(5).isEmpty)
        #expect(count == -29_219 + 80_718)
    }

    @Test(arguments: [
        (1900, 2, 29), (2100, 2, 29), (2026, 2, 29), (2028, 2, 30), (2027, 4, 31), (2027, 6, 31), (2027, 9, 31),
        (2027, 11, 31), (2027, 1, 32), (2027, 0, 1), (2027, 13, 1), (2027, 5, 0), (2027, 5, -1), (0, 1, 1),
        (10_000, 1, 1),
    ])
    func `a day the calendar does not have is none`(year: Int, month: Int, day: Int) {
        #expect(Day(year: year, month: month, day: day) == nil)
    }

    @Test(arguments: [
        ("2027-04-30", 20_938), ("2028-02-29", 21_243), ("1969-12-31", -1), ("0001-01-01", -719_162),
        ("9999-12-31", 2_932_896),
    ])
    func `an ISO day is read and written`(text: String, count: Int) throws {
        let day = try #require(Day(text))
        #expect(day.daysSinceEpoch == count)
        #expect(day.description == text)
    }

    @Test(arguments: [
        "", "2027", "2027-04", "2027-4-30", "27-04-30", "2027-04-31", "2027-02-29", "2027/04/30", "30-04-2027",
        "2027-04-30 ",
        " 2027-04-30", "2027-04-30T00:00:00", "20270430", "2027--04-30", "-2027-04-30", "２０２７-04-30", "năm-04-30",
    ])
    func `a text that is no ISO day is none`(text: String) {
        #expect(Day(text) == nil)
    }

    @Test(arguments: ["2027-+4-30", "2027-04-+9", "+027-04-30"])
    func `a sign before a number makes an ISO text no day`(text: String) {
        #expect(Day(text) == nil)
    }

    @Test(arguments: [
        "30/04/2027", "30/4/2027", "30-04-2027", "30-4-2027", "30.04.2027", "30.4.2027", "2027-04-30", "2027/04/30",
        "ngày 30 tháng 04 năm 2027", "30 tháng 4 năm 2027", "30-Apr-2027",
    ])
    func `a day is read as officers type it`(text: String) {
        #expect(Day(typed: text)?.daysSinceEpoch == 20_938)
    }

    @Test(arguments: [("1/2/2028", "2028-02-01"), ("29/2/2028", "2028-02-29"), ("05/06/2027", "2027-06-05")])
    func `a typed day has the day first and the month second`(text: String, written: String) {
        #expect(Day(typed: text)?.description == written)
    }

    @Test(arguments: [
        "", "30", "30/04", "30/04/27", "30/04/02027", "31/04/2027", "29/02/2027", "29/02/2100", "00/04/2027",
        "30/13/2027",
        "04/30/2027", "30//04/2027", "30/04/2027/", "30 04 2027", "ba mươi/04/2027", "hôm nay",
    ])
    func `an impossible or unfinished typed day is none`(text: String) {
        #expect(Day(typed: text) == nil)
    }

    @Test(arguments: ["+1/04/2027", "1/+4/2027", "1/4/+027"])
    func `a sign before a number makes a typed text no day`(text: String) {
        #expect(Day(typed: text) == nil)
    }

    @Test
    func `days are added and counted over month and year ends`() {
        let start = Day(daysSinceEpoch: 20_938)  // 2027-04-30
        #expect(start.adding(days: 1).description == "2027-05-01")
        #expect(start.adding(days: -30).description == "2027-03-31")
        #expect(start.adding(days: 305).description == "2028-02-29")
        #expect(start.days(to: Day(daysSinceEpoch: 21_243)) == 305)
        #expect(Day(daysSinceEpoch: 21_243).days(to: start) == -305)
    }

    @Test
    func `an earlier day is less`() {
        #expect(Day(daysSinceEpoch: -1) < Day(daysSinceEpoch: 0))
        #expect(!(Day(daysSinceEpoch: 0) < Day(daysSinceEpoch: 0)))
        #expect(Day.firstDay(ofYear: 2028).description == "2028-01-01")
        #expect(Day.lastDay(ofYear: 2028).description == "2028-12-31")
    }

    @Test(arguments: [(20_938, "30/04/2027"), (20_544, "01/04/2026"), (-719_162, "01/01/0001")])
    func `officers read day month year`(count: Int, text: String) {
        #expect(Day(daysSinceEpoch: count).vietnamese == text)
    }

    @Test
    func `a day travels through JSON as its ISO text`() throws {
        let bytes = Data(#"["2027-04-30","2028-02-29"]"#.utf8)
        let days = try JSONDecoder().decode([Day].self, from: bytes)
        #expect(days.map(\.daysSinceEpoch) == [20_938, 21_243])
        #expect(try JSONEncoder().encode(days) == bytes)
    }

    @Test(arguments: [#"["2027-02-29"]"#, #"["30/04/2027"]"#, "[20938]"])
    func `JSON that is no ISO day is refused`(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Day].self, from: Data(text.utf8)) }
    }
}
