public import Access
public import Database
public import Kernel
import PlanText

/// What became of the work of a task that was due in a span of days: a count of public bodies, without persons.
public struct WorkResults: Sendable, Equatable {
    public var due = 0
    /// Accepted by the last day of the span.
    public var done = 0
    /// Of these, handed in after their due day.
    public var doneLate = 0

    public init(due: Int = 0, done: Int = 0, doneLate: Int = 0) {
        self.due = due
        self.done = done
        self.doneLate = doneLate
    }

    /// Not accepted by the last day.
    public var open: Int { due - done }

    public static func + (left: Self, right: Self) -> Self {
        Self(due: left.due + right.due, done: left.done + right.done, doneLate: left.doneLate + right.doneLate)
    }
}

/// A product of work that was accepted.
public struct AcceptedProduct: Sendable, Equatable {
    public let work: WorkItem
    public let product: Product
}

extension WorkQueries {
    /// By task, the work of all units that was due in a span of days, as it stood at the span's end; without what fell due
    /// before the system counts.
    public static func results(_ days: ClosedRange<Day>, on connection: any SQLConnection) throws -> [String:
        WorkResults]
    {
        let last = days.upperBound.sqlValue
        var results: [String: WorkResults] = [:]
        try connection.forEachRow(
            """
            SELECT i.task, COUNT(*) AS n_due,
                SUM(CASE WHEN i.state = 'accepted' AND i.decided_on <= ? THEN 1 ELSE 0 END) AS n_done,
                SUM(CASE WHEN i.state = 'accepted' AND i.decided_on <= ? AND i.submitted_on > i.due THEN 1 ELSE 0 END)
                    AS n_done_late
            FROM task_instance i
            WHERE i.withdrawn_at IS NULL AND i.due_key BETWEEN ? AND ? AND \(CountingDay.counts) GROUP BY i.task
            """, [last, last, days.lowerBound.sqlValue, last]
        ) { row in
            results[try row.text("task")] = WorkResults(
                due: try row.integer("n_due"), done: try row.integer("n_done"),
                doneLate: try row.integer("n_done_late"))
        }
        return results
    }
}

extension WorkService {
    /// Products accepted in a span of days of work that agencies lead, in the order of the annex; communes' are counted
    /// alone (``WorkQueries/results(_:on:)``).
    /// - Parameter group: of tasks; nil for all.
    public func acceptedProducts(
        _ days: ClosedRange<Day>, group: String? = nil, for viewer: Viewer, limit: Int = 200
    ) async throws -> [AcceptedProduct] {
        let leads = plan.bodies.map(\.text)
        let tasks = plan.tasks.filter { task in group.map { task.group == $0 } ?? true }.map(\.code)
        guard !leads.isEmpty, !tasks.isEmpty else { return [] }
        let (condition, values) = scope(of: viewer).condition
        return try await store.read { connection in
            let items = try connection.rows(
                """
                SELECT \(WorkItem.columns) FROM task_instance i
                WHERE i.withdrawn_at IS NULL AND i.state = 'accepted' AND i.decided_on BETWEEN ? AND ?
                    AND i.lead IN (\(WorkScope.marks(leads.count))) AND i.task IN (\(WorkScope.marks(tasks.count)))
                    AND \(condition) ORDER BY i.task_order, i.due_key, i.lead, i.id LIMIT ?
                """,
                [days.lowerBound.sqlValue, days.upperBound.sqlValue] + leads.map(\.sqlValue) + tasks.map(\.sqlValue)
                    + values + [limit.sqlValue]
            ).map(WorkItem.init)
            let products = Dictionary(grouping: try Product.all(of: items.map(\.id), on: connection), by: \.instance)
            return items.flatMap { item in
                (products[item.id] ?? []).map { AcceptedProduct(work: item, product: $0) }
            }
        }
    }
}
