import Access
import Database
import Kernel
public import Notices
import PlanText

extension DaySource {
    /// Work and difficulties that wait for a person: what to hand in, to mend, to decide, to answer.
    public static func work(_ service: WorkService) -> DaySource {
        DaySource([.instance, .task, .plan, .obstacle]) { viewer, today, connection in
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
            found += day.obstacles.map { obstacle in
                DayItem(
                    .obstacle, Subject(.obstacle, obstacle.id), obstacle.title,
                    detail: "\(obstacle.sender), \(obstacle.at.day.vietnamese)", due: obstacle.answerDue)
            }
            return found + items(.coming, [day.next].compactMap(\.self))
        }
    }
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
