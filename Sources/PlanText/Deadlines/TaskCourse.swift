public import Kernel

// The rule that dates a task in a year, beside its phrase.
extension PlanTask {
    /// The rule that dates its work unless another was put in its place.
    public var defaultRule: DeadlineRule { course?.rule ?? deadline }

    /// Whether its work of a year is due where its course puts it: the first year may keep its phrase's day.
    public func isOnCourse(_ due: Day?, in year: Int) -> Bool {
        guard let course else { return false }
        if course.rule == deadline { return true }
        return Schedule.slots(of: course.rule, years: year...year, effectiveFrom: .firstDay(ofYear: year)).contains {
            $0.due == due
        }
    }

    /// Why its work stands where it does in the year, in sentences; nil where the phrase alone says it.
    public var courseWords: String? {
        guard let course else { return nil }
        let moves = course.rule != deadline
        return (moves ? "Mặc định “\(course.phrase)”. " : "") + course.reason
            + (moves ? " Năm mà mốc này rơi trước ngày kế hoạch áp dụng thì giữ hạn theo nguyên văn." : "")
    }
}
