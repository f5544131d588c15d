public import Kernel

/// A clock of the law that was started: its day, and why that day.
public struct ClockReading: Sendable, Equatable {
    public struct Input: Codable, Sendable {
        /// A ``LawClock``'s name.
        public var clock: String
        /// The day of the event.
        public var from: Day

        public init(clock: String, from: Day) {
            self.clock = clock
            self.from = from
        }
    }

    /// The day when the law gives more time.
    public struct Longer: Sendable, Equatable {
        public let when: String
        public let day: Day
        public let source: String
    }

    public let clock: LawClock
    /// `Thời hạn cấp sổ BHXH`
    public let title: String
    public let from: Day
    /// The last day to act, or the day on which something sets in (``LawClock/Outcome``).
    public let day: Day
    /// The last day before a day off moved it.
    public let calendarDay: Day
    /// The last day if a day off moves it, where no text says whether it does: until then ``day`` is the earlier one.
    public let dayIfMoved: Day?
    /// The document that would settle ``dayIfMoved``, in Vietnamese.
    public let awaits: String?
    /// Days off that were not counted, and those that a last day was moved over.
    public let skipped: [SkippedDay]
    public let longer: [Longer]
    public let used: [UsedParameter]
    /// Rests on a day off that is still to be decided.
    public var isProvisional: Bool { skipped.contains(where: \.reason.isProvisional) }

    /// - Throws: ``LegislationError`` for an unknown clock, or a day on which its length has no value.
    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        let clock = try table.clock(input.clock)
        let parameter = try table.parameter(clock.key)
        let calendar = table.calendar
        var asked = Asked(table)
        let from = input.from
        let value = try asked.raw(clock.key, on: from)
        let source = try table.dated(clock.key, on: from).source
        let (counted, without) = try Self.last(value, parameter.unit, clock.counting, from: from, calendar, clock.name)
        let ending = try LastDay(counted, by: clock.lastDayOff, table, on: from, &asked)
        let last = ending.day
        self.clock = clock
        title = parameter.name
        self.from = from
        calendarDay = counted
        day = clock.outcome == .dayAfter ? last.adding(days: 1) : last
        dayIfMoved = ending.ifMoved
        awaits = ending.awaits
        skipped = without + (last == ending.moved ? ending.over : [])
        longer = try clock.extensions.map { longer in
            let more = try asked.raw(longer.key, on: from)
            let unit = try table.parameter(longer.key).unit
            var end = longer.isWhole ? from : counted
            for _ in 0..<longer.times {
                end = try Self.last(more, unit, .after, from: end, calendar, clock.name).day
            }
            if ending.rule == .nextWorkingDay { end = calendar.workingDay(onOrAfter: end) }
            return Longer(when: longer.when, day: end, source: try table.dated(longer.key, on: from).source)
        }
        used = asked.used

        let length = clock.length(value.vietnamese(parameter.unit))
        trace.step {
            .words(parameter.name, "\(length), kể từ \(clock.starts) \(from.vietnamese)", counted.withWeekday, source)
        }
        if !without.isEmpty {
            trace.step {
                .words("Ngày nghỉ không tính", SkippedDay.words(without), "\(without.count) ngày", Self.article)
            }
        }
        if clock.lastDayOff != nil, let step = ending.step(source) { trace.step { step } }
        if clock.outcome == .dayAfter {
            let day = day
            trace.step { .words("Ngày liền sau", "hết ngày \(last.vietnamese)", day.withWeekday, source) }
        }
        for one in longer {
            trace.step { .words("Kéo dài", one.when, one.day.withWeekday, one.source) }
        }
    }

    private static let article = "Bộ luật Lao động 45/2019/QH14 Đ.111, 112"

    /// The last day by the calendar, with the days off that were not counted.
    private static func last(
        _ value: ParameterValue, _ unit: ParameterUnit, _ counting: LawClock.Counting, from: Day,
        _ calendar: WorkingCalendar, _ name: String
    ) throws -> (day: Day, skipped: [SkippedDay]) {
        if counting == .endOfNextMonth { return (Month(of: from).adding(months: 1).lastDay, []) }
        guard case .count(let count) = value else {
            throw LegislationError.input(field: "clock", reason: "thời hạn “\(name)” không có số ngày")
        }
        let month = Month(of: from)
        switch counting {
        case .month: return (month.day(count), [])
        case .nextMonth: return (month.adding(months: 1).day(count), [])
        case .nextQuarter: return (Month(of: Quarter(of: from).lastDay).adding(months: 1).day(count), [])
        case .afterWithoutHolidays: return calendar.day(count, daysWithoutHolidaysFrom: from)
        case .after, .before, .endOfNextMonth:
            let signed = counting == .before ? -count : count
            switch unit {
            case .workingDays: return calendar.day(signed, workingDaysFrom: from)
            case .months: return (month.adding(months: signed).day(from.day), [])
            case .years: return (month.adding(months: signed * 12).day(from.day), [])
            default: return (from.adding(days: signed), [])
            }
        }
    }
}

extension LawClock {
    /// `5 ngày làm việc`, `ngày 25 của tháng`, `ngày cuối cùng của tháng tiếp theo`
    public func length(_ value: String) -> String {
        let number = value.prefix { $0.isNumber }
        return switch counting {
        case .after: value
        case .before: "trước \(value)"
        case .afterWithoutHolidays: "\(value), không tính ngày nghỉ lễ, tết"
        case .month: "đến ngày \(number) của tháng"
        case .nextMonth: "đến ngày \(number) của tháng tiếp theo"
        case .nextQuarter: "đến ngày \(number) của tháng đầu quý sau"
        case .endOfNextMonth: "ngày cuối cùng của tháng tiếp theo"
        }
    }
}

extension Month {
    /// The day of this number, or the month's last (Civil Code, article 148.3).
    fileprivate func day(_ number: Int) -> Day { min(firstDay.adding(days: number - 1), lastDay) }
}
