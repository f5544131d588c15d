import Kernel
import Testing
import Work

@Suite
struct CalendarFeedTests {
    static func event(
        _ year: Int = 2026, _ month: Int = 6, _ day: Int = 30, uid: String = "han-7@baophu.vn",
        summary: String = "Nop ho so", details: String = "", url: String? = nil
    ) throws -> CalendarEvent {
        let day = try #require(Day(year: year, month: month, day: day))
        return CalendarEvent(uid: uid, day: day, summary: summary, details: details, url: url)
    }

    /// The physical lines as bytes, without CRLF; a lone CR or LF fails the test.
    static func physicalLines(_ text: String) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == 0x0D {
                #expect(rest.popFirst() == 0x0A)
                lines.append([])
            } else {
                #expect(byte != 0x0A)
                lines[lines.count - 1].append(byte)
            }
        }
        #expect(lines.last == [])
        return Array(lines.dropLast())
    }

    /// The content lines, unfolded.
    static func lines(_ text: String) -> [String] {
        var unfolded: [[UInt8]] = []
        for line in physicalLines(text) {
            if line.first == 0x20, !unfolded.isEmpty {
                unfolded[unfolded.count - 1] += line.dropFirst()
            } else {
                unfolded.append(line)
            }
        }
        return unfolded.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test
    func `a calendar with one event has exactly these lines`() throws {
        let event = try Self.event(details: "Mang theo CCCD", url: "https://baophu.vn/han/7")
        let text = CalendarFeed.render(name: "Lich", events: [event], stamp: 1_782_864_061)
        let expected = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bao-phu//lich//VI", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
            "NAME:Lich", "X-WR-CALNAME:Lich", "BEGIN:VEVENT", "UID:han-7@baophu.vn", "DTSTAMP:20260701T000101Z",
            "DTSTART;VALUE=DATE:20260630", "DTEND;VALUE=DATE:20260701", "SUMMARY:Nop ho so", "TRANSP:TRANSPARENT",
            "DESCRIPTION:Mang theo CCCD", "URL:https://baophu.vn/han/7", "BEGIN:VALARM", "ACTION:DISPLAY",
            "DESCRIPTION:Nop ho so", "TRIGGER:-P7D", "END:VALARM", "BEGIN:VALARM", "ACTION:DISPLAY",
            "DESCRIPTION:Nop ho so", "TRIGGER:-P1D", "END:VALARM", "END:VEVENT", "END:VCALENDAR",
        ]
        #expect(text == expected.map { $0 + "\r\n" }.joined())
    }

    @Test(arguments: [
        (2024, 2, 28, "20240228", "20240229"), (2024, 2, 29, "20240229", "20240301"),
        (2026, 2, 28, "20260228", "20260301"), (2026, 12, 31, "20261231", "20270101"),
    ])
    func `an event ends on the day after it`(year: Int, month: Int, day: Int, start: String, end: String) throws {
        let text = CalendarFeed.render(name: "Lich", events: [try Self.event(year, month, day)], stamp: 0)
        let lines = Self.lines(text)
        #expect(lines.contains("DTSTART;VALUE=DATE:\(start)") && lines.contains("DTEND;VALUE=DATE:\(end)"))
    }

    @Test(
        arguments: [
            (0, "19700101T000000Z"), (951_782_399, "20000228T235959Z"), (951_782_400, "20000229T000000Z"),
            (1_704_067_199, "20231231T235959Z"),
        ] as [(Int64, String)])
    func `a stamp is written in UTC`(stamp: Int64, expected: String) throws {
        let text = CalendarFeed.render(name: "Lich", events: [try Self.event()], stamp: stamp)
        #expect(Self.lines(text).contains("DTSTAMP:\(expected)"))
    }

    @Test(arguments: [
        ("a;b,c\\d", #"a\;b\,c\\d"#), ("một\nhai\r\nba\rbốn", #"một\nhai\nba\nbốn"#), ("\n\n", #"\n\n"#),
        ("a\r\n\nb", #"a\n\nb"#), ("a\u{0}\u{7}b\tc", "ab\tc"), ("x: \"y\"", "x: \"y\""),
    ])
    func `text is escaped`(text: String, expected: String) throws {
        let event = try Self.event(summary: text, details: text)
        let lines = Self.lines(CalendarFeed.render(name: text, events: [event], stamp: 0))
        #expect(lines.contains("SUMMARY:\(expected)"))
        #expect(lines.filter { $0 == "DESCRIPTION:\(expected)" }.count == 3)
        #expect(lines.contains("NAME:\(expected)") && lines.contains("X-WR-CALNAME:\(expected)"))
    }

    @Test
    func `no field can begin a line of its own`() throws {
        let poison = "x\r\nATTENDEE:mailto:a@b.vn"
        let event = try Self.event(uid: poison, summary: poison, details: poison, url: "https://a.vn/" + poison)
        let lines = Self.lines(CalendarFeed.render(name: poison, events: [event], stamp: 0))
        #expect(!lines.contains { $0.hasPrefix("ATTENDEE") })
        #expect(lines.contains("URL:https://a.vn/x%0D%0AATTENDEE:mailto:a@b.vn"))
    }

    @Test(arguments: 0..<80)
    func `long lines are folded between characters and unfold to what they were`(shift: Int) throws {
        let start = String(repeating: "a", count: shift)
        for text in ["Đề nghị nộp đủ hồ sơ", "e\u{0323}\u{0302}", "😀", "x"] {
            let details = start + String(repeating: text, count: 40)
            let feed = CalendarFeed.render(name: "Lich", events: [try Self.event(details: details)], stamp: 0)
            for line in Self.physicalLines(feed) {
                #expect(line.count <= 75)
                #expect(String(validating: line, as: UTF8.self) != nil)
            }
            let unfolded = Self.lines(feed).contains { Array($0.utf8) == Array("DESCRIPTION:\(details)".utf8) }
            #expect(unfolded)
        }
    }

    @Test
    func `a line of 75 octets stays whole and one of 76 does not`() throws {
        for (length, pieces) in [(75, 1), (76, 2), (75 + 74, 2), (75 + 75, 3)] {
            let summary = String(repeating: "a", count: length - "SUMMARY:".count)
            let feed = CalendarFeed.render(name: "L", events: [try Self.event(summary: summary)], stamp: 0)
            let lines = Self.physicalLines(feed).map { String(decoding: $0, as: UTF8.self) }
            let first = try #require(lines.firstIndex { $0.hasPrefix("SUMMARY:") })
            #expect(lines[(first + 1)...].prefix { $0.hasPrefix(" ") }.count == pieces - 1)
        }
    }

    @Test
    func `events stand in their order and an empty calendar is whole`() throws {
        let events = try [3, 1, 2].map { try Self.event(uid: "e\($0)") }
        let uids = Self.lines(CalendarFeed.render(name: "L", events: events, stamp: 0)).filter { $0.hasPrefix("UID:") }
        #expect(uids == ["UID:e3", "UID:e1", "UID:e2"])
        let empty = Self.lines(CalendarFeed.render(name: "L", events: [], stamp: 0))
        #expect(empty.first == "BEGIN:VCALENDAR" && empty.last == "END:VCALENDAR")
        #expect(!empty.contains("BEGIN:VEVENT"))
    }
}
