public import Kernel
import Synchronization

/// Which days are worked by State bodies: weekly rest, public holidays and the days in their place (Labour Code 45/2019,
/// articles 111 and 112; 24 November by Resolution 28/2026/QH16), Tết and Giỗ Tổ by the lunar calendar, swapped days and the
/// Prime Minister's yearly decision by ``DaysOffRules``.
///
/// A year whose decision is not on file is counted by the shape that its holidays' data give, and every day that rests on it
/// says so (``DayOff/isProvisional``).
public struct WorkingCalendar: Sendable, Equatable {
    public let rules: DaysOffRules
    private let years = Years()

    public init(_ rules: DaysOffRules = .weekendsOnly) { self.rules = rules }

    public static func == (left: Self, right: Self) -> Bool { left.rules == right.rules }

    /// Why a day is off; nil for a working day.
    public func dayOff(_ day: Day) -> DayOff? { special(day) ?? weeklyRest(day) }

    public func isWorking(_ day: Day) -> Bool { dayOff(day) == nil }

    /// The day itself when it is worked, else the next one that is.
    public func workingDay(onOrAfter day: Day) -> Day { seek(day, by: 1) }

    /// The day itself when it is worked, else the last one before that is.
    public func workingDay(onOrBefore day: Day) -> Day { seek(day, by: -1) }

    /// The last of so many working days behind an event, whose own day is not counted (Civil Code, article 147.2).
    /// - Parameter count: 1 or more; negative: before the event.
    /// - Returns: the day, and the days off that were skipped on the way.
    public func day(_ count: Int, workingDaysFrom event: Day) -> (day: Day, skipped: [SkippedDay]) {
        counted(count, from: event) { _ in true }
    }

    /// The same in calendar days, of which public holidays alone are left out ("không bao gồm ngày nghỉ lễ, tết").
    public func day(_ count: Int, daysWithoutHolidaysFrom event: Day) -> (day: Day, skipped: [SkippedDay]) {
        counted(count, from: event) { $0.kind == .holiday }
    }

    /// Working days behind the first day up to the second one.
    public func workingDays(after first: Day, through last: Day) -> Int {
        guard first < last else { return 0 }
        return (1...first.days(to: last)).count { isWorking(first.adding(days: $0)) }
    }

    /// Holidays of a year whose days are still to be decided, by name, with the first day each is taken to begin on.
    public func undecided(in year: Int) -> [(holiday: Holiday, from: Day)] {
        rules.holidays.compactMap { holiday in
            guard holiday.days > 1, let stretch = stretch(of: holiday, in: year), stretch.isProvisional else {
                return nil
            }
            return (holiday, stretch.from)
        }
    }

    private func counted(_ count: Int, from event: Day, skips: (DayOff) -> Bool) -> (day: Day, skipped: [SkippedDay]) {
        let step = count < 0 ? -1 : 1
        var (day, left) = (event, abs(count))
        var skipped: [SkippedDay] = []
        while left > 0 {
            day = day.adding(days: step)
            if let reason = dayOff(day), skips(reason) {
                skipped.append(SkippedDay(day: day, reason: reason))
            } else {
                left -= 1
            }
        }
        return (day, skipped)
    }

    private func seek(_ start: Day, by step: Int) -> Day {
        var day = start
        while !isWorking(day) { day = day.adding(days: step) }
        return day
    }

    // MARK: A year

    private func weeklyRest(_ day: Day) -> DayOff? {
        guard rules.weeklyRest.contains(day.weekday), !isWorkedInstead(day) else { return nil }
        return DayOff(kind: .weeklyRest, name: day.weekdayWords, isProvisional: false)
    }

    private func isWorkedInstead(_ day: Day) -> Bool {
        rules.decisions.contains { $0.swaps.contains { $0.worked == day } }
    }

    /// What makes a day off besides the week.
    private func special(_ day: Day) -> DayOff? {
        guard !rules.holidays.isEmpty || !rules.decisions.isEmpty else { return nil }
        let year = day.year
        if let known = years.kept.withLock({ $0[year] }) { return known[day] }
        let found = daysOff(of: year)
        years.kept.withLock { $0[year] = found }
        return found[day]
    }

    private func daysOff(of year: Int) -> [Day: DayOff] {
        var found: [Day: DayOff] = [:]
        for holiday in rules.holidays {
            guard let stretch = stretch(of: holiday, in: year) else { continue }
            for offset in 0...stretch.from.days(to: stretch.to) {
                found[stretch.from.adding(days: offset)] = DayOff(
                    kind: .holiday, name: holiday.name, isProvisional: stretch.isProvisional)
            }
        }
        for decision in rules.decisions {
            for swap in decision.swaps where swap.off.year == year {
                found[swap.off] = DayOff(kind: .swapped, name: decision.document, isProvisional: false)
            }
        }
        // A day of weekly rest lost to a holiday is had on the next working day, one after the other.
        let lost = found.filter { $0.value.kind == .holiday && rules.weeklyRest.contains($0.key.weekday) }
        for (day, holiday) in lost.sorted(by: { $0.key < $1.key }) {
            var next = day.adding(days: 1)
            while found[next] != nil || (rules.weeklyRest.contains(next.weekday) && !isWorkedInstead(next)) {
                next = next.adding(days: 1)
            }
            found[next] = DayOff(kind: .substitute, name: holiday.name, isProvisional: holiday.isProvisional)
        }
        return found
    }

    /// The days a holiday takes in a year.
    private func stretch(of holiday: Holiday, in year: Int) -> (from: Day, to: Day, isProvisional: Bool)? {
        guard let date = holiday.date.day(of: year), date >= holiday.from else { return nil }
        for decision in rules.decisions {
            if let decided = decision.stretches.first(where: { $0.holiday == holiday.id && $0.from.year == year }) {
                return (decided.from, decided.to, false)
            }
        }
        let from = date.adding(days: -holiday.daysBefore)
        return (from, from.adding(days: holiday.days - 1), holiday.days > 1)
    }

    /// Years as they are asked for: each is worked out once.
    private final class Years: Sendable {
        let kept = Mutex<[Int: [Day: DayOff]]>([:])
    }
}

extension Day {
    /// `thứ Bảy`, `Chủ nhật`
    public var weekdayWords: String {
        ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"][weekday - 1]
    }
}
