public import Access
public import Database
public import Kernel
import PlanText

/// What became of the work of a task in a stretch of days, as it stood on one of them: the one count of all reports, of public
/// bodies, without persons. What was handed in by the day and is accepted is done (decision 0057).
public struct WorkResults: Sendable, Equatable {
    /// Fell due in the stretch by the day.
    public var due = 0
    /// Of these, handed in by the day and accepted.
    public var done = 0
    /// Of the done, handed in after their due day.
    public var doneLate = 0
    /// Of those not done, handed in by the day and not yet decided on.
    public var waiting = 0
    /// Of the stretch, but due after the day, by their own day or one they were given.
    public var later = 0
    /// Fell due before the stretch and were overdue on the day.
    public var overdue = 0

    public init() {}

    /// Fell due by the day and were not done.
    public var open: Int { due - done }

    /// Not done and not handed in.
    public var late: Int { open - waiting }

    public static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.due += right.due
        sum.done += right.done
        sum.doneLate += right.doneLate
        sum.waiting += right.waiting
        sum.later += right.later
        sum.overdue += right.overdue
        return sum
    }
}

extension PeriodWork {
    /// Counted by task, without what fell due before the system counts.
    func results(on day: Day, into results: inout [String: WorkResults]) {
        for line in due where line.status != .beforeUse {
            var count = results[line.item.task] ?? WorkResults()
            if line.item.due.map({ $0 <= day }) ?? false {
                count.due += 1
                if line.status == .accepted {
                    count.done += 1
                    if let due = line.item.due, let handed = line.item.submittedOn, handed > due { count.doneLate += 1 }
                } else if line.status == .submitted {
                    count.waiting += 1
                }
            } else {
                count.later += 1
            }
            results[line.item.task] = count
        }
        for line in overdue { results[line.item.task, default: WorkResults()].overdue += 1 }
    }
}

/// A product of work that was accepted.
public struct AcceptedProduct: Sendable, Equatable {
    public let work: WorkItem
    public let product: Product
}

extension WorkQueries {
    /// By task, the work of all units in a stretch of days as it stood on one of them.
    /// - Parameter day: at most the last of the stretch.
    public static func results(
        _ days: ClosedRange<Day>, on day: Day, on connection: any SQLConnection
    ) throws -> [String: WorkResults] {
        let seen = min(max(day, days.lowerBound), days.upperBound)
        let items = try PeriodWork.items(in: days, on: seen, following: days.upperBound, on: connection)
        var work = PeriodWork()
        for item in items { work.add(item, [], days, days.lowerBound...seen, days.upperBound) }
        var results: [String: WorkResults] = [:]
        work.results(on: seen, into: &results)
        return results
    }
}

extension WorkService {
    /// Products accepted in a span of days of work that agencies lead, in the order of the annex; communes' are counted
    /// alone (``WorkQueries/results(_:on:on:)``).
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
