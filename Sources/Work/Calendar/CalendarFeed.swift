public import Kernel

/// One day that somebody must not miss, as a calendar application shows it.
public struct CalendarEvent: Sendable {
    /// Names the event for ever and worldwide (RFC 5545 section 3.8.4.7): the same event in a later feed has the same.
    public let uid: String
    public let day: Day
    /// One line.
    public let summary: String
    /// Any text; empty for none.
    public let details: String
    /// Where the event can be read about; `nil` for nowhere.
    public let url: String?

    public init(uid: String, day: Day, summary: String, details: String, url: String?) {
        self.uid = uid
        self.day = day
        self.summary = summary
        self.details = details
        self.url = url
    }
}

/// Calendars to subscribe to, in iCalendar format (RFC 5545), media type `text/calendar; charset=utf-8`.
public enum CalendarFeed {
    /// One calendar of all-day events, each with a reminder 7 days and 1 day before its day begins. The events take no
    /// time from the person's free time (`TRANSP:TRANSPARENT`). Lines end with CRLF and have at most 75 octets.
    ///
    /// The same arguments give the same text.
    ///
    /// - Parameters:
    ///   - name: the calendar's, as `NAME` (RFC 7986 section 5.1) and, for older applications, `X-WR-CALNAME`.
    ///   - events: in the order in which they are to be written.
    ///   - stamp: when this state of the calendar was made, in seconds since 1970-01-01T00:00:00Z; every `DTSTAMP`.
    public static func render(name: String, events: [CalendarEvent], stamp: Int64) -> String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bao-phu//lich//VI", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
            "NAME:\(escaped(name))", "X-WR-CALNAME:\(escaped(name))",
        ]
        let moment = utc(stamp)
        for event in events { lines += event.lines(stamp: moment) }
        lines.append("END:VCALENDAR")
        return lines.map { folded($0) + "\r\n" }.joined()
    }

    /// A TEXT value (RFC 5545 section 3.3.11): backslash, semicolon, comma and line ends escaped. Controls, which no
    /// TEXT may hold, are left out, but for the tab.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",":
                result.append("\\")
                result.append(scalar)
            case "\n" where previous == "\r":
                break
            case "\n", "\r":
                result.append("\\")
                result.append("n")
            default:
                if scalar == "\t" || !isControl(scalar) { result.append(scalar) }
            }
            previous = scalar
        }
        return String(result)
    }

    /// A URI value (RFC 5545 section 3.3.13): what RFC 3986 keeps out of URIs is percent-encoded, so that no line end
    /// gets through.
    static func uri(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            if (0x21...0x7E).contains(byte), !"\"<>\\^`{|}".utf8.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                result += byte < 0x10 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return result
    }

    /// The content line in pieces of at most 75 octets, the space before each further piece among them (RFC 5545
    /// section 3.1); every piece is whole UTF-8.
    static func folded(_ line: String) -> String {
        var result = String.UnicodeScalarView()
        var octets = 0
        for scalar in line.unicodeScalars {
            let width = UTF8.width(scalar)
            if octets + width > 75 {
                result.append(contentsOf: "\r\n ".unicodeScalars)
                octets = 1
            }
            result.append(scalar)
            octets += width
        }
        return String(result)
    }

    /// A DATE value (RFC 5545 section 3.3.4).
    static func date(_ day: Day) -> String {
        padded(day.year, to: 4) + padded(day.month, to: 2) + padded(day.day, to: 2)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || scalar.value == 0x7F
    }

    /// A DATE-TIME value in UTC (RFC 5545 section 3.3.5).
    private static func utc(_ secondsSinceEpoch: Int64) -> String {
        let (days, seconds) = floorDivide(secondsSinceEpoch, by: 86_400)
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded(Int($0), to: 2) }.joined()
        return "\(civilDate(daysSinceEpoch: days))T\(clock)Z"
    }

    /// The proleptic Gregorian date of a day count, counted in 400-year eras from 1 March of year 0.
    private static func civilDate(daysSinceEpoch: Int64) -> String {
        let (era, dayOfEra) = floorDivide(daysSinceEpoch + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
        let month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        let year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
        return padded(year, to: 4) + padded(month, to: 2) + padded(day, to: 2)
    }

    private static func floorDivide(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func padded(_ value: Int, to width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension CalendarEvent {
    fileprivate func lines(stamp: String) -> [String] {
        let title = CalendarFeed.escaped(summary)
        var lines = [
            "BEGIN:VEVENT",
            "UID:\(CalendarFeed.escaped(uid))",
            "DTSTAMP:\(stamp)",
            "DTSTART;VALUE=DATE:\(CalendarFeed.date(day))",
            "DTEND;VALUE=DATE:\(CalendarFeed.date(day.adding(days: 1)))",
            "SUMMARY:\(title)",
            "TRANSP:TRANSPARENT",
        ]
        if !details.isEmpty { lines.append("DESCRIPTION:\(CalendarFeed.escaped(details))") }
        if let url { lines.append("URL:\(CalendarFeed.uri(url))") }
        for days in [7, 1] {
            lines += [
                "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:\(title)", "TRIGGER:-P\(days)D", "END:VALARM",
            ]
        }
        lines.append("END:VEVENT")
        return lines
    }
}
