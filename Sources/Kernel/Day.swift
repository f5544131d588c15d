/// A civil day of the proleptic Gregorian calendar, without a time of day or a zone.
///
/// Stored as the number of days since 1970-01-01, so comparing and adding days are integer operations. The written form
/// is ISO 8601 (`2027-04-30`); officers read ``vietnamese`` (`30/04/2027`).
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before it.
    public let daysSinceEpoch: Int

    public init(daysSinceEpoch: Int) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// The day with these calendar parts, or nil when the calendar has no such day (31/04, 29/02 of a common year) or
    /// the year is outside 1...9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Month.length(year: year, month: month)
        else { return nil }
        self.init(uncheckedYear: year, month: month, day: day)
    }

    /// The day written `yyyy-MM-dd`, or nil for any other shape or an impossible day.
    public init?(_ text: some StringProtocol) {
        guard let parts = ISOParts(text), parts.count == 3 else { return nil }
        self.init(year: parts.year, month: parts.month, day: parts.day)
    }

    /// The day as an officer types it: `dd/MM/yyyy` (also `d/M/yyyy`, with `-` or `.`), ISO `yyyy-MM-dd`, or in words.
    /// - Returns: nil for a day said in part or in another shape: a form asks again instead of guessing.
    public init?(typed text: some StringProtocol) {
        guard let written = WrittenDay(text), let day = written.day else { return nil }
        switch written.shape {
        case .dayFirst, .yearFirst:
            guard text.utf8.allSatisfy({ (45...57).contains($0) }) else { return nil }
        case .words: break
        case .digits, .shortYear, .serial: return nil
        }
        self = day
    }

    /// Digits only: `Int` alone would also take a sign.
    /// Days-from-civil by eras of 400 years (146,097 days), years counted from March so that the leap day comes last.
    init(uncheckedYear year: Int, month: Int, day: Int) {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSinceEpoch = era * 146_097 + dayOfEra - 719_468
    }

    private var civil: (year: Int, month: Int, day: Int) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    public var year: Int { civil.year }
    /// 1...12
    public var month: Int { civil.month }
    /// 1...31
    public var day: Int { civil.day }

    /// 1 Monday … 7 Sunday (ISO 8601).
    public var weekday: Int {
        let remainder = (daysSinceEpoch + 3) % 7
        return (remainder < 0 ? remainder + 7 : remainder) + 1
    }

    public func adding(days: Int) -> Day { Day(daysSinceEpoch: daysSinceEpoch + days) }

    /// Whole days from this day to `other`; negative when `other` is earlier.
    public func days(to other: Day) -> Int { other.daysSinceEpoch - daysSinceEpoch }

    public static func < (left: Day, right: Day) -> Bool { left.daysSinceEpoch < right.daysSinceEpoch }

    /// The first and last day of a calendar year in 1...9999.
    public static func firstDay(ofYear year: Int) -> Day { Day(uncheckedYear: year, month: 1, day: 1) }
    public static func lastDay(ofYear year: Int) -> Day { Day(uncheckedYear: year, month: 12, day: 31) }

    /// `dd/MM/yyyy`, as Decree 30/2020/NĐ-CP writes a day in figures.
    public var vietnamese: String {
        let parts = civil
        return "\(twoDigits(parts.day))/\(twoDigits(parts.month))/\(fourDigits(parts.year))"
    }
}

extension Day: CustomStringConvertible, LosslessStringConvertible {
    public init?(_ description: String) { self.init(description[...]) }

    public var description: String {
        let parts = civil
        return "\(fourDigits(parts.year))-\(twoDigits(parts.month))-\(twoDigits(parts.day))"
    }
}

extension Day: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a day of the form yyyy-MM-dd: \(text)"))
        }
        self = day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

func fourDigits(_ number: Int) -> String {
    String(repeating: "0", count: max(0, 4 - String(number).count)) + String(number)
}
