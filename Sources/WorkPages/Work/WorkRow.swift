import Components
import Kernel
import Mustache
import Overview
import PlanText
import Targets
import Work
import WebDesk

/// One line of a list of work. Answers its template directly: lists are the most asked-for pages, and reflection over
/// fifty lines would be most of their cost.
struct WorkRow: Sendable, Hashable, MustacheParent {
    let address: String
    let task: String
    let text: String
    let lead: String
    let period: String
    let due: String
    /// In words: "còn 5 ngày", "trễ 3 ngày".
    let distance: String
    let status: Badge
    let note: String?

    func child(named name: String) -> Any? {
        switch name {
        case "address": address
        case "task": task
        case "text": text
        case "lead": lead
        case "period": period
        case "due": due
        case "distance": distance
        case "status": status
        case "note": note
        default: nil
        }
    }
}

extension WorkRow {
    init(_ item: WorkItem, plan: PlanDefinition, today: Day) {
        let status = item.status(on: today)
        address = Addresses.work(item.id).text
        task = item.task
        text = plan.task(item.task)?.text ?? ""
        lead = plan.name(of: item.lead)
        period = item.periodTitle
        due = item.due?.vietnamese ?? "chưa ấn định"
        distance = Self.distance(item, status: status, today: today)
        self.status = Badge(status.title, look: status.rawValue)
        if item.state == .returned, !item.note.isEmpty {
            note = "Bị trả lại: \(item.note)"
        } else if item.extensionDay != nil, item.state != .accepted {
            note = "Đang xin gia hạn"
        } else {
            note = nil
        }
    }

    private static func distance(_ item: WorkItem, status: WorkStatus, today: Day) -> String {
        switch status {
        case .accepted: return item.wasLate ? "nộp muộn" : ""
        case .submitted: return item.submittedOn.map { "nộp \($0.vietnamese)" } ?? ""
        case .late: return item.due.map { "trễ \($0.days(to: today)) ngày" } ?? ""
        case .beforeUse: return ""
        case .notDue: return "từ \(item.opensOn.vietnamese)"
        case .open, .extended, .returned:
            guard let due = item.due else { return "" }
            let days = today.days(to: due)
            return days == 0 ? "hạn hôm nay" : "còn \(days) ngày"
        }
    }
}
