public import Kernel
public import Legislation

extension WorkingCalendar {
    /// What to know of a plan's due day that is a day off: the plan's day stays, the last working day before it is told. nil for
    /// a working day.
    public func note(onDue due: Day) -> String? {
        guard let reason = dayOff(due) else { return nil }
        let before = workingDay(onOrBefore: due)
        return "ngày nghỉ (\(reason.words)), ngày làm việc cuối trước đó là \(before.vietnamese)"
    }
}
