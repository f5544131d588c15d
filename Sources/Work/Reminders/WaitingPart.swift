import Kernel
import Legislation
public import Notices

extension ReminderService {
    /// Sorts that a letter tells of in another way: own work by its milestones, hand-ins and difficulties by their notices.
    private static let toldOtherwise: Set<DayKind> = [
        .late, .returned, .due, .undated, .checkpoint, .toReview, .toExtend, .coming,
    ]

    /// What the morning's letter says of the day's list beside own work: what falls due at its milestones, what has no day on
    /// the first working day of each week. Nothing is noted of it: it holds for as long as it waits.
    /// - Returns: nil when there is nothing.
    public func waitingPart(of list: DayList, in round: ReminderRound) -> LetterPart? {
        let today = round.today
        let isNewWeek = round.lastRun.map { Self.week(of: $0) < Self.week(of: today) } ?? true
        let told = list.sections.filter { !Self.toldOtherwise.contains($0.kind) }.map { section in
            (
                kind: section.kind,
                items: section.items.filter { item in
                    guard let due = item.due else { return isNewWeek }
                    return ReminderRule.milestone(
                        due: due, today: today, lastRun: round.lastRun, lastReminded: nil, calendar: calendar) != nil
                }
            )
        }.filter { !$0.items.isEmpty }
        guard !told.isEmpty else { return nil }
        return LetterPart(
            counts: ["\(told.reduce(0) { $0 + $1.items.count }) mục đang chờ"],
            lines: ["Đang chờ bạn trong hệ thống:"] + DayList.lines(told))
    }

    /// Weeks begin on Monday; the first day of the epoch is a Thursday.
    private static func week(of day: Day) -> Int { (day.daysSinceEpoch + 3) / 7 }
}
