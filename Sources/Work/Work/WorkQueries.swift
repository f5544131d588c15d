public import PlanText
import Access
public import Database
public import Kernel

/// What a list of work is narrowed to. All of it stands in the page's address.
public struct WorkFilter: Sendable, Hashable {
    /// The year in which the work is due (or whose date the lead has yet to set).
    public var year: Int?
    public var status: WorkStatus?
    /// Only work whose day the lead has not set.
    public var undated = false
    public var lead: UnitCode?
    public var task: String?
    /// A group of tasks: `II`.
    public var group: String?
    /// Only work that waits for this reviewer.
    public var superior: AgencyCode?
    /// Words that the task, or the name of whoever leads, has; accents and capitals make no difference.
    public var words = ""

    public init(
        year: Int? = nil, status: WorkStatus? = nil, undated: Bool = false, lead: UnitCode? = nil, task: String? = nil,
        group: String? = nil, superior: AgencyCode? = nil
    ) {
        self.year = year
        self.status = status
        self.undated = undated
        self.lead = lead
        self.task = task
        self.group = group
        self.superior = superior
    }
}

/// How much work stands where, on a day. Returned work that ran out of time counts as both returned and late.
public struct WorkCounts: Sendable, Equatable {
    public var all = 0
    public var notDue = 0
    public var open = 0
    public var extended = 0
    public var submitted = 0
    public var returned = 0
    public var late = 0
    /// Fell due before the system counts.
    public var beforeUse = 0
    public var accepted = 0
    public var undated = 0

    public init() {}

    public subscript(status: WorkStatus) -> Int {
        switch status {
        case .notDue: notDue
        case .open: open
        case .extended: extended
        case .submitted: submitted
        case .returned: returned
        case .late: late
        case .beforeUse: beforeUse
        case .accepted: accepted
        }
    }
}

/// One page of a list.
public struct WorkListing: Sendable {
    public let items: [WorkItem]
    /// Over the whole filter, its status left aside.
    public let counts: WorkCounts
    /// How many the filter holds.
    public let total: Int
    /// 1-based.
    public let page: Int
    public let pageSize: Int

    public var pages: Int { max(1, (total + pageSize - 1) / pageSize) }
}

/// Reading lists of work. Every function takes the scope of the viewer it reads for.
public enum WorkQueries {
    /// - Parameters:
    ///   - counts: of the filter.
    ///   - order: ids of the filter's work in the list's order.
    static func page(
        _ filter: WorkFilter, counts: WorkCounts, order: [String], page: Int, size: Int,
        on connection: any SQLConnection
    ) throws -> WorkListing {
        let total =
            if filter.undated { counts.undated } else if let status = filter.status { counts[status] } else {
                counts.all
            }
        let last = max(1, (total + size - 1) / size)
        let page = min(max(1, page), last)
        let ids = Array(order.dropFirst((page - 1) * size).prefix(size))
        return WorkListing(
            items: try items(ids, on: connection), counts: counts, total: total, page: page, pageSize: size)
    }

    /// The work of some ids, in their order.
    private static func items(_ ids: [String], on connection: any SQLConnection) throws -> [WorkItem] {
        guard !ids.isEmpty else { return [] }
        let places = ids.map { _ in "?" }.joined(separator: ", ")
        let found = try connection.rows(
            "SELECT \(WorkItem.columns) FROM task_instance i WHERE i.id IN (\(places))", ids.map(\.sqlValue)
        ).map(WorkItem.init)
        let byID = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return ids.compactMap { byID[$0] }
    }

    /// The ids of all work of a filter, in an order; by itself what is left to do by its day, then what is finished.
    static func order(
        _ filter: WorkFilter, by order: WorkOrder? = nil, scope: WorkScope, plan: PlanDefinition, today: Day,
        on connection: any SQLConnection
    ) throws -> [String] {
        let (sql, values) = listed(filter, scope: scope, plan: plan, today: today)
        let (ordering, bound) = ordering(order, today: today)
        let rows = try connection.rows(
            "SELECT i.id, i.lead FROM task_instance i WHERE \(sql) ORDER BY \(ordering)", values + bound
        ).map { (id: try $0.text("id"), lead: try $0.text("lead")) }
        return byName(rows, order, plan: plan) { $0.lead }.map(\.id)
    }

    public static func items(
        _ filter: WorkFilter, by order: WorkOrder? = nil, scope: WorkScope, plan: PlanDefinition, today: Day,
        limit: Int, on connection: any SQLConnection
    ) throws -> [WorkItem] {
        let (sql, values) = listed(filter, scope: scope, plan: plan, today: today)
        let (ordering, bound) = ordering(order, today: today)
        // Names are put in order below, so all of them are needed.
        let most = order?.part == .lead ? Int(Int32.max) : limit
        let items = try connection.rows(
            "SELECT \(WorkItem.columns) FROM task_instance i WHERE \(sql) ORDER BY \(ordering) LIMIT ?",
            values + bound + [most.sqlValue]
        ).map(WorkItem.init)
        return Array(byName(items, order, plan: plan) { $0.lead.text }.prefix(limit))
    }

    /// What a list shows: the filter with its status.
    private static func listed(_ filter: WorkFilter, scope: WorkScope, plan: PlanDefinition, today: Day) -> (
        sql: String, values: [SQLValue]
    ) {
        var (sql, values) = condition(filter, scope: scope, plan: plan)
        if let status = filter.status {
            let (more, bound) = condition(status, today: today)
            sql += " AND " + more
            values += bound
        }
        if filter.undated { sql += " AND i.due IS NULL AND i.state = 'none'" }
        return (sql, values)
    }

    public static func counts(
        _ filter: WorkFilter, scope: WorkScope, plan: PlanDefinition, today: Day, on connection: any SQLConnection
    ) throws -> WorkCounts {
        let (sql, values) = condition(filter, scope: scope, plan: plan)
        let row = try connection.rows(
            "SELECT \(sums) FROM task_instance i WHERE \(sql)", sumValues(today) + values
        ).first
        return try row.map(counts) ?? WorkCounts()
    }

    /// Counts by a column of the work (its lead, its task), for overviews.
    static func counts(
        by column: String, _ filter: WorkFilter, scope: WorkScope, plan: PlanDefinition, today: Day,
        on connection: any SQLConnection
    ) throws -> [String: WorkCounts] {
        let (sql, values) = condition(filter, scope: scope, plan: plan)
        var result: [String: WorkCounts] = [:]
        try connection.forEachRow(
            "SELECT i.\(column) AS part, \(sums) FROM task_instance i WHERE \(sql) GROUP BY i.\(column)",
            sumValues(today) + values
        ) { row in
            result[try row.text("part")] = try counts(row)
        }
        return result
    }

    public static func countsByLead(
        _ filter: WorkFilter, scope: WorkScope, plan: PlanDefinition, today: Day, on connection: any SQLConnection
    ) throws -> [String: WorkCounts] {
        try counts(by: "lead", filter, scope: scope, plan: plan, today: today, on: connection)
    }

    public static func countsByTask(
        _ filter: WorkFilter, scope: WorkScope, plan: PlanDefinition, today: Day, on connection: any SQLConnection
    ) throws -> [String: WorkCounts] {
        try counts(by: "task", filter, scope: scope, plan: plan, today: today, on: connection)
    }

    /// How much is due on each day, and how much of it is late or done.
    public static func countsByDay(
        _ filter: WorkFilter, scope: WorkScope, plan: PlanDefinition, today: Day, on connection: any SQLConnection
    ) throws -> [String: WorkCounts] {
        try counts(by: "due_key", filter, scope: scope, plan: plan, today: today, on: connection)
    }

    private static let sums = """
        COUNT(*) AS n_all,
        COALESCE(SUM(CASE WHEN i.state = 'accepted' THEN 1 ELSE 0 END), 0) AS n_accepted,
        COALESCE(SUM(CASE WHEN i.state = 'submitted' THEN 1 ELSE 0 END), 0) AS n_submitted,
        COALESCE(SUM(CASE WHEN i.state = 'returned' THEN 1 ELSE 0 END), 0) AS n_returned,
        COALESCE(SUM(CASE WHEN i.state IN ('none', 'returned') AND i.due_key < ? AND \(CountingDay.counts)
            THEN 1 ELSE 0 END), 0) AS n_late,
        COALESCE(SUM(CASE WHEN i.state = 'none' AND i.due_key < ? AND NOT \(CountingDay.counts)
            THEN 1 ELSE 0 END), 0) AS n_before_use,
        COALESCE(SUM(CASE WHEN i.state = 'none' AND i.due_key >= ? AND i.due_origin = 'extension' THEN 1 ELSE 0 END), 0)
            AS n_extended,
        COALESCE(SUM(CASE WHEN i.state = 'none' AND i.due_key >= ? AND i.due_origin <> 'extension' AND i.opens_on > ?
            THEN 1 ELSE 0 END), 0) AS n_not_due,
        COALESCE(SUM(CASE WHEN i.state = 'none' AND i.due_key >= ? AND i.due_origin <> 'extension' AND i.opens_on <= ?
            THEN 1 ELSE 0 END), 0) AS n_open,
        COALESCE(SUM(CASE WHEN i.state = 'none' AND i.due IS NULL THEN 1 ELSE 0 END), 0) AS n_undated
        """

    private static func sumValues(_ today: Day) -> [SQLValue] { Array(repeating: today.sqlValue, count: 7) }

    private static func counts(_ row: SQLRow) throws -> WorkCounts {
        var counts = WorkCounts()
        counts.all = try row.integer("n_all")
        counts.notDue = try row.integer("n_not_due")
        counts.open = try row.integer("n_open")
        counts.extended = try row.integer("n_extended")
        counts.submitted = try row.integer("n_submitted")
        counts.returned = try row.integer("n_returned")
        counts.late = try row.integer("n_late")
        counts.beforeUse = try row.integer("n_before_use")
        counts.accepted = try row.integer("n_accepted")
        counts.undated = try row.integer("n_undated")
        return counts
    }

    private static func condition(
        _ filter: WorkFilter, scope: WorkScope, plan: PlanDefinition
    ) -> (sql: String, values: [SQLValue]) {
        var (sql, values) = scope.condition
        sql += " AND i.withdrawn_at IS NULL"
        if let year = filter.year {
            sql += " AND i.year = ?"
            values.append(year.sqlValue)
        }
        if let lead = filter.lead {
            sql += " AND i.lead = ?"
            values.append(lead.text.sqlValue)
        }
        if let superior = filter.superior {
            sql += " AND i.superior = ?"
            values.append(superior.text.sqlValue)
        }
        if let task = filter.task {
            sql += " AND i.task = ?"
            values.append(task.sqlValue)
        } else if let group = filter.group {
            let tasks = plan.tasks.filter { $0.group == group }.map(\.code)
            sql += tasks.isEmpty ? " AND 1 = 0" : " AND i.task IN (\(WorkScope.marks(tasks.count)))"
            values += tasks.map(\.sqlValue)
        }
        for word in VietnameseText.fold(filter.words).split(separator: " ").prefix(8) {
            let tasks = plan.tasks.filter { VietnameseText.fold("\($0.code) \($0.text)").contains(word) }.map(\.code)
            let leads = plan.unitsByName.filter { VietnameseText.fold(plan.name(of: $0)).contains(word) }.map(\.text)
            let parts = [("i.task", tasks), ("i.lead", leads)].filter { !$0.1.isEmpty }
            sql +=
                parts.isEmpty
                ? " AND 1 = 0"
                : " AND (\(parts.map { "\($0.0) IN (\(WorkScope.marks($0.1.count)))" }.joined(separator: " OR ")))"
            values += parts.flatMap { $0.1.map(\.sqlValue) }
        }
        return (sql, values)
    }

    /// The same cases as ``WorkStatus/on(_:state:opensOn:due:dueOrigin:countsFrom:)``; a test holds the two together. Work without a
    /// due day sorts and compares as due in the year 9999, so it is never late.
    static func condition(_ status: WorkStatus, today: Day) -> (sql: String, values: [SQLValue]) {
        let now = today.sqlValue
        switch status {
        case .accepted: return ("i.state = 'accepted'", [])
        case .submitted: return ("i.state = 'submitted'", [])
        case .returned: return ("i.state = 'returned'", [])
        case .late: return ("i.state IN ('none', 'returned') AND i.due_key < ? AND \(CountingDay.counts)", [now])
        case .beforeUse: return ("i.state = 'none' AND i.due_key < ? AND NOT \(CountingDay.counts)", [now])
        case .extended: return ("i.state = 'none' AND i.due_key >= ? AND i.due_origin = 'extension'", [now])
        case .notDue:
            return (
                "i.state = 'none' AND i.due_key >= ? AND i.due_origin <> 'extension' AND i.opens_on > ?", [now, now]
            )
        case .open:
            return (
                "i.state = 'none' AND i.due_key >= ? AND i.due_origin <> 'extension' AND i.opens_on <= ?", [now, now]
            )
        }
    }
}
