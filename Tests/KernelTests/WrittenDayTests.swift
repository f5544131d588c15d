import Kernel
import Testing

/// The one reader of days.
@Suite
struct WrittenDayTests {
    typealias Shape = WrittenDay.Shape

    static let days: [(text: String, shape: Shape)] = [
        ("21/01/1954", .dayFirst), ("21-1-1954", .dayFirst), ("21.01.1954", .dayFirst), ("21 / 01 / 1954", .dayFirst),
        ("21,01,1954", .dayFirst), (" 21/01/1954 ", .dayFirst), ("21/01/1954 00:00:00", .dayFirst),
        ("21/01/1954\u{A0}", .dayFirst), ("1954-01-21", .yearFirst), ("1954/1/21", .yearFirst),
        ("1954-01-21T00:00:00", .yearFirst), ("1954-01-21 07:30", .yearFirst), ("21011954", .digits),
        ("19540121", .digits), ("ngày 21 tháng 01 năm 1954", .words), ("21 tháng 1 năm 1954", .words),
        ("Ngày 21/01/1954", .words), ("sinh ngày 21 tháng 01 năm 1954", .words), ("21-Jan-1954", .words),
        ("21 January 1954", .words), ("Jan 21, 1954", .words), ("21/01/54", .shortYear), ("54-01-21", .shortYear),
        ("21-Jan-54", .shortYear), ("19745", .serial), ("19745.0", .serial), ("21-thg1-1954", .words),
        ("21 Thg 1 1954", .words), ("21-Thg1-54", .shortYear), ("21 tháng 1, 1954", .words),
    ]

    @Test(arguments: days)
    func `a day is read in the shapes people and programs write`(text: String, shape: Shape) {
        let written = WrittenDay(text)
        #expect(written?.day?.description == "1954-01-21", "\(text)")
        #expect(written?.shape == shape, "\(text)")
    }

    @Test(arguments: [
        ("18031978", 1978, 3, 18), ("20021981", 1981, 2, 20), ("1031978", 1978, 3, 1), ("20101201", 2010, 12, 1),
        ("15/06/1895", 1895, 6, 15), ("09/03/02", 2002, 3, 9), ("01/01/30", 1930, 1, 1), ("01/1954", 1954, 1, 0),
        ("1954-01", 1954, 1, 0), ("1954", 1954, 0, 0), ("tháng 1 năm 1954", 1954, 1, 0), ("năm 1954", 1954, 0, 0),
        ("31/02/1980", 1980, 2, 31), ("03/28/1968", 1968, 28, 3), ("00/00/1954", 1954, 0, 0),
    ])
    func `a day is read as far as it is said`(text: String, year: Int, month: Int, day: Int) {
        let written = WrittenDay(text)
        #expect([written?.year, written?.month, written?.dayOfMonth] == [year, month, day], "\(text)")
    }

    @Test(arguments: [
        "", "x", "hôm nay", "21//01/1954", "21/01/1954/", "21/01/1954/5", "+21/01/1954", "1/2/3", "123456", "99999999",
        "32131999", "9999", "12.156", "ngày", "ngày 21", "21 01", "21/01/0954", "21/01/19540", "5", "tháng 1",
        "một năm",
        "031815908301", "21:01:1954", "19745.5", "21-thgx-1954",
    ])
    func `what is no day is none`(text: String) {
        #expect(WrittenDay(text) == nil)
    }

    @Test
    func `a form takes a whole day in a shape that means one thing`() {
        for text in ["21011954", "21/01/54", "19745", "01/1954", "1954", "31/02/1980", "21 / 01 / 1954"] {
            #expect(Day(typed: text) == nil, "\(text)")
        }
    }

    /// Excel counts a 29 February 1900 that never was; LibreOffice goes on below.
    @Test(arguments: [
        (1.0, false, "1900-01-01"), (59, false, "1900-02-28"), (61, false, "1900-03-01"), (19_745, false, "1954-01-21"),
        (-1, false, "1899-12-29"), (-1_000.5, false, "1897-04-03"), (0, true, "1904-01-01"), (1, true, "1904-01-02"),
        (61.75, false, "1900-03-01"),
    ])
    func `a spreadsheet's number of a day is that day`(number: Double, from1904: Bool, day: String) {
        #expect(SerialDay.day(number, from1904: from1904)?.description == day)
    }

    @Test(arguments: [(0.0, false), (0.5, false), (-1, true), (2_958_466, false), (.infinity, false), (.nan, true)])
    func `nothing, times and numbers out of the calendar are no days`(number: Double, from1904: Bool) {
        #expect(SerialDay.day(number, from1904: from1904) == nil)
    }
}
