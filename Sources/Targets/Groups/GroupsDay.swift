import Access
import Database
import Kernel
public import Notices
import Province

extension DaySource {
    /// The count of a residential group, which its head tells once a month.
    public static let groupCount = DaySource([.groups], isFor: { $0.role == .groupHead }) { viewer, today, connection in
        guard let group = try GroupService.headedGroup(of: viewer, on: connection) else { return [] }
        let month = Month(of: today)
        let subject = Subject(.groups, group.id)
        if let last = group.countedOn, last >= month.firstDay {
            let next = month.adding(months: 1)
            return [
                DayItem(
                    .coming, subject, "Nhập số đang tham gia của \(group.name) tháng \(next.vietnamese)",
                    due: next.firstDay)
            ]
        }
        return [
            DayItem(
                .groupCount, subject, "Nhập số đang tham gia tự nguyện của \(group.name) tháng \(month.vietnamese)",
                detail: group.countedOn.map { "lần gần nhất \($0.vietnamese)" } ?? "chưa nhập lần nào",
                due: month.lastDay)
        ]
    }
}
