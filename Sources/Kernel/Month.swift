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

    /// The month written `yyyy-MM`, or nil for any other shape.
    public init?(_ text: some StringProtocol) {
        guard let parts = ISOParts(text), parts.count == 2 else { return nil }
        self.init(year: parts.year, month: parts.month)
    }

    /// The month as an officer types it: `9/2026`, `09-2026`, `2026-09`, `tháng 9/2026`, `Tháng 09 năm 2026`, `T9/2026`.
    public init?(typed text: some StringProtocol) {
        if let month = Month(text) {
            self = month
            return
        }
        var folded = VietnameseText.fold(text)[...]
        for prefix in ["thang", "t"] where folded.hasPrefix(prefix) {
            folded = folded.dropFirst(prefix.count)
            break
        }
        let numbers = folded.split { !$0.isNumber }.compactMap { Int($0) }
        let rest = folded.split { $0.isNumber || $0 == " " || $0 == "/" || $0 == "-" || $0 == "." }
        guard numbers.count == 2, rest.allSatisfy({ $0 == "nam" }) else { return nil }
        if numbers[0] > 999 {
            self.init(year: numbers[0], month: numbers[1])
        } else {
            guard numbers[1] > 999 else { return nil }
            self.init(year: numbers[1], month: numbers[0])
        }
    }

    public var firstDay: Day { Day(uncheckedYear: year, month: month, day: 1) }
    public var lastDay: Day { Day(uncheckedYear: year, month: month, day: Self.length(year: year, month: month)) }

    /// `09/2026`
    public var vietnamese: String { "\(twoDigits(month))/\(fourDigits(year))" }

    /// The month so many months later; earlier for a negative number. Stays within the years 1...9999.
    public func adding(months: Int) -> Month {
        let shift = min(max(months, -200_000), 200_000)
        let index = min(max(year * 12 + month - 1 + shift, 12), 9_999 * 12 + 11)
        return Month(uncheckedYear: index / 12, month: index % 12 + 1)
    }

    private init(uncheckedYear year: Int, month: Int) {
        self.year = year
        self.month = month
    }

    /// Months from this one to `other`; negative when `other` is earlier.
    public func months(to other: Month) -> Int { (other.year - year) * 12 + other.month - month }

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

extension Month: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let month = Month(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a month of the form yyyy-MM: \(text)"))
        }
        self = month
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
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
