import PlanText
public import Access
import Database
public import Kernel

/// All work of one task due on one day.
public struct CalendarLine: Sendable {
    public let day: Day
    public let task: String
    public let counts: WorkCounts
    /// Whether the day is a yearly checkpoint of work that is due later.
    public let checkpoint: Bool
}

extension WorkService {
    /// A year's due days within the scope, gathered by task; checkpoints of longer work among them.
    public func calendar(year: Int, for viewer: Viewer) async throws -> [CalendarLine] {
        let today = clock.today
        let (condition, values) = scope(of: viewer).condition
        return try await store.read { connection in
            var lines = try connection.rows(
                """
                SELECT i.due, i.task, i.task_order, COUNT(*) AS n,
                    SUM(CASE WHEN i.state = 'accepted' THEN 1 ELSE 0 END) AS n_accepted,
                    SUM(CASE WHEN i.state IN ('none', 'returned') AND i.due_key < ? AND \(CountingDay.counts)
                        THEN 1 ELSE 0 END) AS n_late
                FROM task_instance i WHERE i.due IS NOT NULL AND i.year = ? AND i.withdrawn_at IS NULL AND \(condition)
                GROUP BY i.due, i.task, i.task_order ORDER BY i.due, i.task_order
                """, [today.sqlValue, year.sqlValue] + values
            ).map { row in
                var counts = WorkCounts()
                counts.all = try row.integer("n")
                counts.accepted = try row.integer("n_accepted")
                counts.late = try row.integer("n_late")
                return CalendarLine(
                    day: try row.day("due"), task: try row.text("task"), counts: counts, checkpoint: false)
            }
            let spans = try connection.rows(
                """
                SELECT \(WorkItem.columns) FROM task_instance i
                WHERE i.period LIKE '____-____' AND i.withdrawn_at IS NULL AND \(condition)
                """, values
            ).map(WorkItem.init)
            for item in spans {
                for day in item.period.checkpoints where day.year == year {
                    lines.append(CalendarLine(day: day, task: item.task, counts: WorkCounts(), checkpoint: true))
                }
            }
            return lines.sorted { $0.day < $1.day }
        }
    }

    /// A person's own dated work that is not accepted, for the calendar feed.
    public func calendarItems(of viewer: Viewer) async throws -> [WorkItem] {
        let units = viewer.ownUnits.map(\.text.sqlValue)
        guard !units.isEmpty, viewer.may(.viewWork) else { return [] }
        return try await store.read { connection in
            try connection.rows(
                """
                SELECT \(WorkItem.columns) FROM task_instance i
                WHERE i.lead IN (\(WorkScope.marks(units.count))) AND i.withdrawn_at IS NULL AND i.due IS NOT NULL
                    AND i.state <> 'accepted' ORDER BY i.due_key, i.task_order, i.lead, i.id LIMIT 1000
                """, units
            ).map(WorkItem.init)
        }
    }
}
