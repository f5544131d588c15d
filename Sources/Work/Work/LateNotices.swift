import Access
import Database
public import Jobs
import Kernel
import Notices

extension JobName where Parameters == NoParameters {
    /// Tells leads what ran out of time since yesterday.
    public static let tellingLate = JobName("work.late")
}

extension WorkService {
    /// What is older is a matter of the year's report, no news.
    private static let lateDays = 400

    /// What the system does by itself about work.
    public var jobKinds: [JobKind] {
        [
            .telling(.workLate, as: .tellingLate, title: "Báo việc quá hạn", store: store, clock: clock) {
                try await lateNotices()
            }
        ]
    }

    func lateNotices() async throws -> [Notice] {
        let today = clock.today
        return try await store.read { connection in
            try connection.rows(
                """
                SELECT \(WorkItem.columns) FROM task_instance i
                WHERE i.state IN ('none', 'returned') AND i.withdrawn_at IS NULL AND i.due BETWEEN ? AND ?
                    AND \(CountingDay.counts)
                ORDER BY i.due_key, i.task_order, i.lead, i.id
                """, today.adding(days: -Self.lateDays), today.adding(days: -1)
            ).map(WorkItem.init).compactMap { item in
                item.due.map { due in
                    Notice(
                        .workLate, key: "\(item.id)/\(due)", to: Self.workers(of: item.lead),
                        about: Subject(.instance, item.id), "\(Self.named(item)) quá hạn từ \(due.vietnamese)",
                        detail: "Nộp sản phẩm, hoặc xin gia hạn.")
                }
            }
        }
    }
}
