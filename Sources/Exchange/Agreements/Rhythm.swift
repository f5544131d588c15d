public import Kernel

/// How often a list is handed over, and by which day.
///
/// A rhythm makes *turns*: the months that a delivery is to cover, and the day by which it is due.
public enum Rhythm: Sendable, Hashable {
    /// Once, by a day; whatever the giver hands over since the agreement began answers it.
    case once(by: Day)
    /// Each month, by this day of the month after.
    case monthly(day: Int)
    /// Each quarter, by this day of the month after.
    case quarterly(day: Int)
    /// Each year, by this day of this month of the year after (tax: April).
    case yearly(month: Int, day: Int)

    /// What is to be handed over by a day.
    public struct Turn: Sendable, Hashable, Comparable {
        /// The months that the delivery is to cover: its own month is one of them.
        public let months: ClosedRange<Month>
        public let due: Day

        public static func < (left: Turn, right: Turn) -> Bool {
            (left.due, left.months.lowerBound) < (right.due, right.months.lowerBound)
        }

        /// In Vietnamese: `tháng 09/2026`, `quý III/2026`, `năm 2026`.
        public var words: String {
            let (first, last) = (months.lowerBound, months.upperBound)
            if first == last { return "tháng \(first.vietnamese)" }
            if first.months(to: last) == 11, first.month == 1 { return "năm \(first.year)" }
            if first.months(to: last) == 2, let quarter = Quarter(year: first.year, quarter: (first.month + 2) / 3) {
                return "quý \(quarter.roman)/\(quarter.year)"
            }
            return "từ tháng \(first.vietnamese) đến tháng \(last.vietnamese)"
        }
    }

    /// The turns that fall due between two days, both included, the earliest first.
    public func turns(from first: Day, through last: Day) -> [Turn] {
        guard first <= last else { return [] }
        switch self {
        case .once(let day):
            // Whatever month the list tells of: agreed once, for what stands on the day.
            guard (first...last).contains(day), let from = Month(year: first.year - 1, month: 1) else { return [] }
            return [Turn(months: from...max(from, Month(of: day)), due: day)]
        case .monthly(let day):
            return Self.months(Month(of: first), Month(of: last)).map { month in
                let covered = month.adding(months: -1)
                return Turn(months: covered...covered, due: Self.day(day, of: month))
            }.filter { (first...last).contains($0.due) }
        case .quarterly(let day):
            return Self.months(Month(of: first), Month(of: last)).filter { ($0.month - 1) % 3 == 0 }.map { month in
                Turn(
                    months: month.adding(months: -3)...month.adding(months: -1), due: Self.day(day, of: month))
            }.filter { (first...last).contains($0.due) }
        case .yearly(let month, let day):
            return (first.year...last.year).compactMap { year in
                guard let due = Month(year: year, month: month), let from = Month(year: year - 1, month: 1),
                    let until = Month(year: year - 1, month: 12)
                else { return nil }
                return Turn(months: from...until, due: Self.day(day, of: due))
            }.filter { (first...last).contains($0.due) }
        }
    }

    private static func months(_ first: Month, _ last: Month) -> [Month] {
        (0...max(0, first.months(to: last))).map { first.adding(months: $0) }
    }

    /// The day of a month, or its last where the month is shorter.
    private static func day(_ day: Int, of month: Month) -> Day {
        month.firstDay.adding(days: max(1, min(day, month.lastDay.day)) - 1)
    }

    /// In Vietnamese, as an agreement says it.
    public var words: String {
        switch self {
        case .once(let day): "một lần, chậm nhất ngày \(day.vietnamese)"
        case .monthly(let day): "hằng tháng, chậm nhất ngày \(day) tháng sau"
        case .quarterly(let day): "hằng quý, chậm nhất ngày \(day) tháng đầu quý sau"
        case .yearly(let month, let day): "hằng năm, chậm nhất ngày \(day)/\(month) năm sau"
        }
    }
}

extension Rhythm: Codable {
    /// `once 2027-04-30`, `monthly 10`, `quarterly 15`, `yearly 4 30`: as stored, and as commands take it.
    public var text: String {
        switch self {
        case .once(let day): "once \(day)"
        case .monthly(let day): "monthly \(day)"
        case .quarterly(let day): "quarterly \(day)"
        case .yearly(let month, let day): "yearly \(month) \(day)"
        }
    }

    /// Nil for anything else, and for days that no month has.
    public init?(_ text: String) {
        let parts = text.split(separator: " ").map(String.init)
        func day(_ index: Int) -> Int? {
            guard parts.count > index, let day = Int(parts[index]), (1...31).contains(day) else { return nil }
            return day
        }
        switch parts.first {
        case "once":
            guard parts.count == 2, let by = Day(parts[1]) else { return nil }
            self = .once(by: by)
        case "monthly":
            guard parts.count == 2, let day = day(1) else { return nil }
            self = .monthly(day: day)
        case "quarterly":
            guard parts.count == 2, let day = day(1) else { return nil }
            self = .quarterly(day: day)
        case "yearly":
            guard parts.count == 3, let month = Int(parts[1]), (1...12).contains(month), let day = day(2) else {
                return nil
            }
            self = .yearly(month: month, day: day)
        default: return nil
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let rhythm = Rhythm(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a rhythm: \(text)")
        }
        self = rhythm
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
