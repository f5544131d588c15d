public import Kernel
public import Legislation

/// When a person is reminded of work: a pure rule over days. Nobody is reminded on a day off: what falls on one before the due
/// day is told on the working day before, what falls on one behind it on the next.
public enum ReminderRule {
    /// Days from the due day: before it (negative), after it (positive).
    public static let milestones = [-30, -7, -1, 1, 7, 30]
    /// The least number of days between two reminders of the same work to the same person.
    public static let leastDaysApart = 5

    /// The milestone that falls to be told on `today`, if any.
    ///
    /// - Parameters:
    ///   - lastRun: the day up to which reminders were worked through. When days were missed (the server was off), the
    ///     latest milestone since then is told today, not each of them.
    ///   - lastReminded: when this person was last reminded of this work.
    public static func milestone(
        due: Day, today: Day, lastRun: Day?, lastReminded: Day?, calendar: WorkingCalendar
    ) -> Int? {
        let from = lastRun ?? today.adding(days: -1)
        let fallen = milestones.last { offset in
            let day = Self.day(of: offset, from: due, calendar)
            return day > from && day <= today
        }
        guard let fallen else { return nil }
        if let lastReminded, lastReminded.days(to: today) < leastDaysApart { return nil }
        return fallen
    }

    /// The working day on which a milestone is told.
    static func day(of milestone: Int, from due: Day, _ calendar: WorkingCalendar) -> Day {
        let day = due.adding(days: milestone)
        return milestone < 0 ? calendar.workingDay(onOrBefore: day) : calendar.workingDay(onOrAfter: day)
    }

    /// How far ahead of its due day work may have to be told of: the first milestone and the longest row of days off.
    static let farthestAhead = 45
}
