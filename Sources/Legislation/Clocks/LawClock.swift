import Kernel

/// How a deadline of the law is counted: the block `clock` of a parameter, which itself gives length, unit, article and how
/// sure they are.
public struct LawClock: Sendable, Equatable {
    public enum Counting: String, Sendable, CaseIterable {
        /// So many days, working days, months or years behind the event; the event's own day is not counted.
        case after
        /// So many days before the event.
        case before
        /// Calendar days behind the event, of which public holidays are left out.
        case afterWithoutHolidays = "after-without-holidays"
        /// On this day of the event's month, of the next, or of the first month of the next quarter.
        case month
        case nextMonth = "next-month"
        case nextQuarter = "next-quarter"
        /// The last day of the month behind that of the event.
        case endOfNextMonth = "end-of-next-month"
    }

    public enum Outcome: String, Sendable, CaseIterable {
        /// The last day to act.
        case lastDay = "last-day"
        /// The day behind it, on which something sets in.
        case dayAfter = "day-after"
    }

    /// More time that the law gives in some cases.
    public struct Extension: Sendable, Equatable {
        /// The parameter that tells how much.
        public let key: String
        /// Whether it replaces the whole length rather than adding to it.
        public let isWhole: Bool
        public let times: Int
        /// In which case, in Vietnamese.
        public let when: String
    }

    /// `registration`
    public let name: String
    /// The parameter it counts by.
    public let key: String
    /// The event, in Vietnamese.
    public let starts: String
    public let counting: Counting
    public let outcome: Outcome
    /// The parameter that says what happens when the last day is a day off; nil: nothing.
    public let lastDayOff: String?
    public let extensions: [Extension]
}

/// What a last day that falls on a day off becomes: the values of the unit `last-day-rule`.
public enum LastDayRule: String, Sendable, CaseIterable {
    case nextWorkingDay = "next-working-day"
    case calendarDay = "calendar-day"

    public var words: String {
        switch self {
        case .nextWorkingDay: "hết ngày làm việc tiếp theo"
        case .calendarDay: "vẫn là ngày đó"
        }
    }
}

extension ParameterTable {
    /// - Throws: ``LegislationError/unknownClock(_:nearest:)``
    public func clock(_ name: String) throws -> LawClock {
        let clocks = parameters.compactMap(\.clock)
        guard let found = clocks.first(where: { $0.name == name }) else {
            throw LegislationError.unknownClock(
                name, nearest: Nearest.name(to: name, among: clocks.map(\.name).sorted()))
        }
        return found
    }

    /// All clocks, in the order of their files.
    public var clocks: [LawClock] { parameters.compactMap(\.clock) }
}
