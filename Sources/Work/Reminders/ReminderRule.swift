public import Kernel

/// When a person is reminded of work: a pure rule over days.
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
    public static func milestone(due: Day, today: Day, lastRun: Day?, lastReminded: Day?) -> Int? {
        let from = lastRun ?? today.adding(days: -1)
        let fallen = milestones.last { offset in
            let day = due.adding(days: offset)
            return day > from && day <= today
        }
        guard let fallen else { return nil }
        if let lastReminded, lastReminded.days(to: today) < leastDaysApart { return nil }
        return fallen
    }
}
