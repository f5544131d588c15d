import Access
import Database
public import Jobs
import Kernel
import Legislation
import Notices
import PlanText

extension NoticeKind {
    static let obstacleDue = NoticeKind(
        "obstacles.due", "Vướng mắc sắp đến hạn hoặc quá hạn trả lời", weight: .urgent)
}

extension JobName where Parameters == NoParameters {
    /// Tells agencies which answers are due or late.
    public static let tellingObstacles = JobName("obstacles.due")
}

extension ObstacleService {
    /// Working days before the last one on which an agency is reminded; ours.
    static let remindedAhead = 1

    /// What the system does by itself about obstacles.
    public var jobKinds: [JobKind] {
        [
            .telling(
                .obstacleDue, as: .tellingObstacles, title: "Báo vướng mắc đến hạn trả lời", store: store, clock: clock
            ) {
                try await dueNotices()
            }
        ]
    }

    /// Answers due until the next working day, told to the agency; late ones to those who manage obstacles too.
    func dueNotices() async throws -> [Notice] {
        let today = clock.today
        let ahead = calendar.day(Self.remindedAhead, workingDaysFrom: today).day
        return try await store.read { connection in
            try connection.rows(
                """
                SELECT o.* FROM obstacle o
                WHERE o.merged_into IS NULL AND o.answer IS NULL AND o.assigned_to IS NOT NULL AND o.answer_due <= ?
                ORDER BY o.answer_due, o.id
                """, ahead
            ).map(Obstacle.init).compactMap { obstacle in
                guard let agency = obstacle.assignedTo, let due = obstacle.answerDue else { return nil }
                let isLate = obstacle.isOverdue(on: today)
                let agencyWords = plan.name(of: .agency(agency))
                return Notice(
                    .obstacleDue, key: "\(obstacle.id)/\(agency)/\(due)/\(isLate ? "late" : "ahead")",
                    to: [.everybody(of: agency, holding: .answerObstacles)]
                        + (isLate ? [.everybody(holding: .manageObstacles)] : []),
                    about: Subject(.obstacle, obstacle.id),
                    isLate
                        ? "Vướng mắc “\(obstacle.title)” quá hạn trả lời từ \(due.vietnamese)"
                        : "Vướng mắc “\(obstacle.title)” cần trả lời đến hết ngày \(due.vietnamese)",
                    detail: "Giao \(agencyWords) trả lời.")
            }
        }
    }
}
