public import Access
import Database
public import Kernel
import PlanText

/// What a stretch of time held for a lead, as it stood on its last day, or today while it lasts: what a report of that time tells.
/// Nothing that was done later is in it.
public struct PeriodWork: Sendable {
    /// A piece of work with where it stood on that day.
    public struct Line: Sendable {
        public let item: WorkItem
        public let status: WorkStatus
        /// What was handed in for it; empty unless it was done.
        public let products: [Product]

        /// Days past its due day on a day.
        public func daysLate(on day: Day) -> Int? {
            status == .late ? item.due.map { $0.days(to: day) } : nil
        }
    }

    /// Due within the time, and what would have been but was given more time.
    public internal(set) var due: [Line] = []
    /// Due before it and still open on that day.
    public internal(set) var overdue: [Line] = []
    /// Handed in within it and accepted, whenever it was due.
    public internal(set) var done: [Line] = []
    /// Due in the stretch after it.
    public internal(set) var next: [WorkItem] = []

    public init() {}
}

extension WorkItem {
    /// Where it stood on a day that may be past. What was handed in later was open then; what was handed in by then and is
    /// accepted counts as done, also where the decision came later: it was about what lay there.
    /// - Parameter asDecidedThen: leaves every later decision aside: what was accepted or returned later waited then.
    public func standing(on day: Day, asDecidedThen: Bool = false) -> WorkStatus {
        func status(_ state: WorkState) -> WorkStatus {
            .on(day, state: state, opensOn: opensOn, due: due, dueOrigin: dueOrigin, countsFrom: countsFrom)
        }
        if asDecidedThen, let decidedOn, decidedOn > day {
            return status((submittedOn ?? decidedOn) <= day ? .submitted : .none)
        }
        switch state {
        case .accepted, .submitted: return status((submittedOn ?? day) <= day ? state : .none)
        case .returned: return status((decidedOn ?? day) <= day ? .returned : .none)
        case .none: return status(.none)
        }
    }
}

extension WorkService {
    /// What a stretch of time held, by lead.
    /// - Parameters:
    ///   - lead: nil for every lead the viewer may see, in one read.
    ///   - days: the whole stretch.
    ///   - day: on which it is looked at; nil: its last.
    ///   - following: the last day of the stretch after it.
    public func work(
        of lead: UnitCode? = nil, in days: ClosedRange<Day>, on day: Day? = nil, following: Day, for viewer: Viewer
    ) async throws -> [UnitCode: PeriodWork] {
        let (condition, values) = scope(of: viewer).condition
        return try await store.read { connection in
            let seen = days.lowerBound...max(min(day ?? days.upperBound, days.upperBound), days.lowerBound)
            let items = try PeriodWork.items(
                in: days, on: seen.upperBound, following: following, of: lead, where: condition, values, on: connection)
            let done = items.filter { $0.isDone(in: seen) }.map(\.id)
            var products: [String: [Product]] = [:]
            // As many at once as a statement takes values for.
            for start in stride(from: 0, to: done.count, by: 500) {
                for product in try Product.all(of: Array(done[start..<min(start + 500, done.count)]), on: connection) {
                    products[product.instance, default: []].append(product)
                }
            }
            var work: [UnitCode: PeriodWork] = [:]
            for item in items {
                work[item.lead, default: PeriodWork()].add(
                    item, products[item.id] ?? [], days, seen, following)
            }
            return work
        }
    }
}

extension PeriodWork {
    /// The work that a stretch of time, looked at on a day, and what follows it speak of, in the order of due days.
    /// - Parameter condition: what of it is meant, with its values; all units' without.
    static func items(
        in days: ClosedRange<Day>, on day: Day, following: Day, of lead: UnitCode? = nil,
        where condition: String = "1 = 1", _ values: [SQLValue] = [], on connection: any SQLConnection
    ) throws -> [WorkItem] {
        let (first, last, now) = (days.lowerBound.sqlValue, days.upperBound.sqlValue, day.sqlValue)
        return try connection.rows(
            """
            SELECT \(WorkItem.columns) FROM task_instance i
            WHERE \(condition) AND i.withdrawn_at IS NULL\(lead == nil ? "" : " AND i.lead = ?")
                AND (i.due_key BETWEEN ? AND ? OR i.scheduled_due BETWEEN ? AND ?
                    OR i.submitted_on BETWEEN ? AND ?
                    OR i.due_key < ? AND (i.state <> 'accepted' OR i.submitted_on > ?))
            ORDER BY i.due_key, i.task_order, i.lead, i.id
            """,
            values + (lead.map { [$0.text.sqlValue] } ?? [])
                + [first, following.sqlValue, first, last, first, now, first, now]
        ).map(WorkItem.init)
    }
}

extension WorkItem {
    fileprivate func isDone(in days: ClosedRange<Day>) -> Bool {
        state == .accepted && submittedOn.map(days.contains) ?? false
    }
}

extension PeriodWork {
    mutating func add(
        _ item: WorkItem, _ products: [Product], _ days: ClosedRange<Day>, _ seen: ClosedRange<Day>, _ following: Day
    ) {
        let line = Line(item: item, status: item.standing(on: seen.upperBound), products: products)
        let wasPlanned = item.scheduledDue.map(days.contains) ?? false
        if let due = item.due, days.contains(due) || wasPlanned && due > days.upperBound {
            self.due.append(line)
        } else if line.status == .late, let due = item.due, due < days.lowerBound {
            overdue.append(line)
        }
        if item.isDone(in: seen) { done.append(line) }
        if let due = item.due, due > days.upperBound, due <= following, line.status != .accepted { next.append(item) }
    }
}
