import Kernel

/// What becomes of a deadline's last day that falls on a day off, by the parameter that says so.
struct LastDay {
    /// By the calendar alone.
    let counted: Day
    /// The first working day from ``counted`` on.
    let moved: Day
    /// nil while no text settles it.
    let rule: LastDayRule?
    /// The days off between the two.
    let over: [SkippedDay]
    /// The document that would settle it, in Vietnamese; nil where it makes no difference.
    let awaits: String?

    /// The last day to act: while no text settles it, the earlier one.
    var day: Day { rule == .nextWorkingDay ? moved : counted }
    /// The last day if a day off moves it, where no text says whether it does.
    var ifMoved: Day? { rule == nil && moved != counted ? moved : nil }

    /// - Parameters:
    ///   - key: of the parameter, a ``LastDayRule``; nil where a day off changes nothing.
    ///   - day: on which it is asked for.
    init(_ counted: Day, by key: String?, _ table: ParameterTable, on day: Day, _ asked: inout Asked) throws {
        let calendar = table.calendar
        let moved = calendar.workingDay(onOrAfter: counted)
        self.counted = counted
        self.moved = moved
        over = (0..<counted.days(to: moved)).compactMap { offset in
            let one = counted.adding(days: offset)
            return calendar.dayOff(one).map { SkippedDay(day: one, reason: $0) }
        }
        guard let key else {
            rule = .calendarDay
            awaits = nil
            return
        }
        let parameter = try table.parameter(key)
        if parameter.value(on: day) != nil, case .text(let text) = try asked.raw(key, on: day) {
            rule = LastDayRule(rawValue: text)
        } else {
            rule = nil
        }
        awaits = rule == nil && moved != counted ? parameter.awaits : nil
    }

    /// Why the last day is the one it is; nil where it is a working day.
    /// - Parameter article: of the deadline.
    func step(_ article: String) -> TraceStep? {
        guard moved != counted else { return nil }
        let (label, why) = ("Ngày cuối trùng ngày nghỉ", SkippedDay.words(over))
        switch rule {
        case .nextWorkingDay: return .words(label, why, "dời đến \(moved.withWeekday)", Self.moving)
        case .calendarDay: return .words(label, why, "không dời", article)
        case nil:
            return .words(
                label,
                "\(why); chưa có văn bản nói có dời hay không" + (awaits.map { ", chờ: \($0)" } ?? ""),
                "tính \(counted.withWeekday); nếu được dời: \(moved.withWeekday)", article)
        }
    }

    private static let moving = "Bộ luật Dân sự 91/2015/QH13 Đ.148.5"
}

extension SkippedDay {
    static func words(_ skipped: [SkippedDay]) -> String {
        skipped.map { "\($0.day.vietnamese) (\($0.reason.words))" }.joined(separator: ", ")
    }
}

extension Day {
    /// `thứ Hai 07/12/2026`
    var withWeekday: String { "\(weekdayWords) \(vietnamese)" }
}
