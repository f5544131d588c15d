/// A calendar month, written `2026-09`.
public struct Month: Hashable, Comparable, Sendable {
    /// 1...9999
    public let year: Int
    /// 1...12
    public let month: Int

    public init?(year: Int, month: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        self.year = year
        self.month = month
    }

    /// The month a day lies in.
    public init(of day: Day) {
        year = day.year
        month = day.month
    }

    public var firstDay: Day { Day(uncheckedYear: year, month: month, day: 1) }
    public var lastDay: Day { Day(uncheckedYear: year, month: month, day: Self.length(year: year, month: month)) }

    public static func < (left: Month, right: Month) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }

    /// The number of days of a month; February has 29 in years divisible by 4, save centuries not divisible by 400.
    static func length(year: Int, month: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}

extension Month: CustomStringConvertible {
    public var description: String { "\(fourDigits(year))-\(twoDigits(month))" }
}

/// A quarter of a calendar year, written `2026-Q2` in data and `Quý II/2026` for officers.
public struct Quarter: Hashable, Comparable, Sendable {
    public let year: Int
    /// 1...4
    public let quarter: Int

    public init?(year: Int, quarter: Int) {
        guard (1...9999).contains(year), (1...4).contains(quarter) else { return nil }
        self.year = year
        self.quarter = quarter
    }

    public init(of day: Day) {
        year = day.year
        quarter = (day.month - 1) / 3 + 1
    }

    /// The four quarters of a year, in order.
    public static func all(of year: Int) -> [Quarter] { (1...4).compactMap { Quarter(year: year, quarter: $0) } }

    public var firstDay: Day { Day(uncheckedYear: year, month: quarter * 3 - 2, day: 1) }
    public var lastDay: Day {
        Day(uncheckedYear: year, month: quarter * 3, day: Month.length(year: year, month: quarter * 3))
    }

    /// The Roman numeral officers write: I, II, III, IV.
    public var roman: String { ["I", "II", "III", "IV"][quarter - 1] }

    public static func < (left: Quarter, right: Quarter) -> Bool {
        (left.year, left.quarter) < (right.year, right.quarter)
    }
}

extension Quarter: CustomStringConvertible {
    public var description: String { "\(fourDigits(year))-Q\(quarter)" }
}
