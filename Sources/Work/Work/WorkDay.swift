import Access
import Database
import Kernel
public import Notices
import PlanText

extension DaySource {
    /// Work that waits for a person: what to hand in, to mend, to decide.
    public static func work(_ service: WorkService) -> DaySource {
        DaySource(
            [.task, .plan], follows: [.instance: WorkService.concerned],
            count: { viewer, today, connection in
                try service.dayCount(of: viewer, today: today, limit: DayService.most, on: connection)
            }
        ) { viewer, today, connection in
            let day = try service.myDay(of: viewer, today: today, limit: DayService.most, on: connection)
            func items(_ kind: DayKind, _ work: [WorkItem], showsLead: Bool = false) -> [DayItem] {
                // The day of what one reviews is the lead's, not one's own.
                work.map { $0.dayItem(kind, in: service.plan, showsLead: showsLead, due: showsLead ? nil : $0.due) }
            }
            var found =
                items(.late, day.late) + items(.returned, day.returned)
                + items(.toReview, day.toReview, showsLead: true) + items(.toExtend, day.toExtend, showsLead: true)
                + items(.due, day.soon) + items(.undated, day.undated)
            found += day.checkpoints.map { item, checkpoint in
                item.dayItem(.checkpoint, in: service.plan, showsLead: false, due: checkpoint)
            }
            return found + items(.coming, [day.next].compactMap(\.self))
        }
    }
}

extension DaySource {
    /// Difficulties to sort or to answer.
    public static let obstacles = DaySource(
        [.obstacle], isFor: { $0.may(.manageObstacles) || $0.may(.answerObstacles) }
    ) { viewer, today, connection in
        try WorkService.obstaclesToday(of: viewer, today: today, limit: DayService.most, on: connection).map {
            obstacle in
            DayItem(
                .obstacle, Subject(.obstacle, obstacle.id), obstacle.title,
                detail: "\(obstacle.sender), \(obstacle.at.day.vietnamese)", due: obstacle.answerDue)
        }
    }
}

extension WorkService {
    /// Who leads a piece of work and who reviews it: nobody else has it on the day's list.
    fileprivate static let concerned: DaySource.Concerned = { id, action, connection in
        guard !unlisted.contains(action) else { return [] }
        let row = try connection.row("SELECT lead, superior FROM task_instance WHERE id = ?", id)
        return try row.map { Set([try $0.text("lead"), try $0.optionalText("superior")].compactMap(\.self)) }
    }

    /// Deeds that change nothing by which work stands on the day's list.
    private static let unlisted = Set(
        [
            InstanceEventKind.noted, .stepAdded, .stepDone, .productAdded, .productRemoved, .productCorrected,
            .productErased,
        ].map { "instance.\($0.rawValue)" })
}

extension WorkItem {
    /// - Parameter showsLead: whether the lead is another's; of one's own it says nothing.
    fileprivate func dayItem(_ kind: DayKind, in plan: PlanDefinition, showsLead: Bool, due: Day?) -> DayItem {
        let handedIn = kind == .toReview ? submittedOn.map { "nộp \($0.vietnamese)" } : nil
        let wanted = kind == .toExtend ? extensionDay.map { "xin đến \($0.vietnamese)" } : nil
        let facts = [
            periodTitle, showsLead ? plan.name(of: lead) : nil,
            showsLead ? self.due.map { "hạn \($0.vietnamese)" } : nil, handedIn, wanted,
        ]
        let said: String? =
            if state == .returned, !note.isEmpty {
                "Bị trả lại: \(note)"
            } else if kind != .toExtend, extensionDay != nil, state != .accepted {
                "Đang xin gia hạn"
            } else {
                nil
            }
        return DayItem(
            kind, Subject(.instance, id), "\(task) – \(plan.task(task)?.text ?? "")",
            detail: facts.compactMap(\.self).joined(separator: " · "), note: said, due: due)
    }
}
