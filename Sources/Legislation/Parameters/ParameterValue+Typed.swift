import Kernel

extension ParameterValue {
    /// Reads a value as a person types it, or as ``plain(_:)`` writes it: `1.500.000`, `0,31`, `22.5`, `15/03/2027`,
    /// `500.000 – 1.000.000`, `16; 20`, `2 x reference_level`.
    /// - Returns: nil for what the unit cannot be.
    public init?(typed text: String, unit: ParameterUnit) {
        let text = VietnameseText.tidy(text)
        guard !text.isEmpty else { return nil }
        let found: ParameterValue? =
            switch unit {
            case .dong, .dongPerMonth, .dongPerYear, .dongPerHour: Self.readDong(text).map { .dong($0) }
            case .percent, .percentPerDay, .percentPerMonth: Self.readShare(text).map { .share($0) }
            case .factor: Self.readNumber(text).map { .share($0) }
            case .times, .days, .workingDays, .weeks, .months, .years, .ageMonths, .hours, .dayOfMonth, .persons:
                Int(text).flatMap { $0 >= 0 ? .count($0) : nil } ?? Self.readNumber(text).map { .share($0) }
            case .dayOfYear: Self.readDayOfYear(text)
            case .date: (Day(typed: text) ?? Day(text)).map { .day($0) }
            case .dongRange: Self.readDongRange(text)
            case .percentRange: Self.readPercentRange(text)
            case .percentList: Self.readShares(text)
            case .rule: .text(text)
            case .lastDayRule:
                LastDayRule.allCases.first { $0.rawValue == text || $0.words == text }.map { .text($0.rawValue) }
            case .reference: Self.readReference(text)
            }
        guard let found else { return nil }
        self = found
    }

    /// An example of what ``init(typed:unit:)`` takes, for a form's hint.
    public static func example(_ unit: ParameterUnit) -> String {
        switch unit {
        case .dong, .dongPerMonth, .dongPerYear, .dongPerHour: "1.500.000"
        case .percent, .percentPerDay, .percentPerMonth: "22 hoặc 0,31 (không ghi dấu %)"
        case .factor: "1,36"
        case .times, .days, .workingDays, .weeks, .months, .years, .ageMonths, .hours, .dayOfMonth, .persons: "60"
        case .dayOfYear: "31/01"
        case .date: "15/03/2027"
        case .dongRange: "500.000 – 1.000.000"
        case .percentRange: "18 – 20; không quá 150.000.000"
        case .percentList: "16; 20"
        case .rule: "nội dung quy định"
        case .lastDayRule: LastDayRule.allCases.map(\.words).joined(separator: "” hoặc “")
        case .reference: "2 x reference_level"
        }
    }

    private static func readDong(_ text: String) -> Dong? {
        WrittenNumber.count(text.replacing("đồng", with: ""), most: 999_999_999_999_999).map { Dong($0) }
    }

    /// A percentage, with a comma or a point before its decimals.
    private static func readShare(_ text: String) -> Share? {
        guard let number = WrittenNumber(text.replacing("%", with: ""), expecting: .fraction), !number.isNegative else {
            return nil
        }
        return Share(percent: number.plain)
    }

    /// A number that need not be whole is kept as a share of one: 1.36 is 136 %.
    private static func readNumber(_ text: String) -> Share? {
        readShare(text).flatMap { Share($0.numerator * 100, of: $0.denominator) }
    }

    /// The two ends of a range, as they stand.
    private static func ends(_ text: String) -> (low: String, high: String)? {
        let parts = text.split(whereSeparator: { "-–—".contains($0) }).map { VietnameseText.tidy($0) }
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }

    private static func readDongRange(_ text: String) -> ParameterValue? {
        guard let ends = ends(text), let low = readDong(ends.low), let high = readDong(ends.high), low <= high else {
            return nil
        }
        return .dongRange(low, high)
    }

    private static func readPercentRange(_ text: String) -> ParameterValue? {
        let parts = text.split(separator: ";", maxSplits: 1).map { VietnameseText.tidy($0) }
        guard let ends = parts.first.flatMap(ends), let low = readShare(ends.low), let high = readShare(ends.high),
            low <= high
        else { return nil }
        guard parts.count == 2 else { return .shareRange(low, high, most: nil) }
        let most = parts[1].replacing("max", with: "").replacing("không quá", with: "")
        return readDong(VietnameseText.tidy(most)).map { .shareRange(low, high, most: $0) }
    }

    private static func readShares(_ text: String) -> ParameterValue? {
        let parts = text.split(separator: ";").map { readShare(String($0)) }
        let shares = parts.compactMap(\.self)
        return shares.isEmpty || shares.count != parts.count ? nil : .shares(shares)
    }

    /// `31/01` as people write it, `01-31` as it is kept.
    private static func readDayOfYear(_ text: String) -> ParameterValue? {
        let parts = text.split(whereSeparator: { "/-".contains($0) }).compactMap { Int($0) }
        guard parts.count == 2 else { return nil }
        let (month, day) = text.contains("/") ? (parts[1], parts[0]) : (parts[0], parts[1])
        // Any leap year: the 29th of February is a day of the year.
        guard let found = Day(year: 2024, month: month, day: day) else { return nil }
        return .dayOfYear(String(found.description.dropFirst(5)))
    }

    private static func readReference(_ text: String) -> ParameterValue? {
        let parts = text.split(separator: " ")
        if parts.count == 3, parts[1] == "x", let times = Int(parts[0]), times > 0 {
            return .reference(String(parts[2]), times: times)
        }
        return parts.count == 1 ? .reference(text, times: 1) : nil
    }
}
