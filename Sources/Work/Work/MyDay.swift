import PlanText
public import Access
import Database
import Kernel

/// Work that a person should look at today.
struct MyDay: Sendable {
    /// Own work that ran out of time.
    var late: [WorkItem] = []
    /// Own work that was sent back.
    var returned: [WorkItem] = []
    /// Own work due within ``WorkService/daysAhead``.
    var soon: [WorkItem] = []
    /// Own work whose day has to be set.
    var undated: [WorkItem] = []
    /// Own work over several years whose yearly checkpoint comes within sixty days.
    var checkpoints: [(item: WorkItem, day: Day)] = []
    /// Hand-ins that wait for this person's decision.
    var toReview: [WorkItem] = []
    /// Requests for more time that wait for this person's decision.
    var toExtend: [WorkItem] = []
    /// The next own work to fall due.
    var next: WorkItem?
}

extension WorkService {
    /// How far ahead own work is told of.
    public static let daysAhead = 45

    func myDay(of viewer: Viewer, today: Day, limit: Int, on connection: any SQLConnection) throws -> MyDay {
        var day = MyDay()
        let units = viewer.ownUnits
        if !units.isEmpty, viewer.role != .groupHead {
            try fillOwnWork(&day, units: units, today: today, limit: limit, on: connection)
        }
        if viewer.may(.review), let agency = viewer.agency {
            let base =
                "SELECT \(WorkItem.columns) FROM task_instance i WHERE i.superior = ? AND i.withdrawn_at IS NULL"
            day.toReview = try connection.rows(
                "\(base) AND i.state = 'submitted' ORDER BY i.submitted_on, i.due_key, i.task_order, i.lead, i.id LIMIT ?",
                agency.text, limit
            ).map(WorkItem.init)
            day.toExtend = try connection.rows(
                "\(base) AND i.extension_day IS NOT NULL AND i.state <> 'accepted' ORDER BY i.due_key, i.task_order, i.lead, i.id LIMIT ?",
                agency.text, limit
            ).map(WorkItem.init)
        }
        return day
    }

    /// Difficulties that a person is to sort or to answer.
    static func obstaclesToday(
        of viewer: Viewer, today: Day, limit: Int, on connection: any SQLConnection
    ) throws -> [Obstacle] {
        var found: [Obstacle] = []
        if viewer.may(.manageObstacles) {
            found = try Obstacles.search("", status: .new, for: viewer, limit: limit, on: connection)
        }
        if let agency = viewer.agency, viewer.may(.answerObstacles) {
            found += try Obstacles.search("", status: .assigned, for: viewer, limit: limit, on: connection)
                .filter { $0.assignedTo == agency }
                .sorted { ($0.answerDue ?? today, $0.at) < ($1.answerDue ?? today, $1.at) }
        }
        return found
    }

    /// Own work of the year at hand.
    public func ownCounts(of viewer: Viewer) async throws -> WorkCounts {
        let today = clock.today
        return try await store.read { connection in
            var sum = WorkCounts()
            for unit in viewer.ownUnits {
                sum.add(
                    try self.counts(
                        WorkFilter(year: today.year, lead: unit), scope: WorkScope(everythingOf: unit), today: today,
                        on: connection))
            }
            return sum
        }
    }

    private func fillOwnWork(
        _ day: inout MyDay, units: [UnitCode], today: Day, limit: Int, on connection: any SQLConnection
    ) throws {
        let leads = units.map(\.text.sqlValue)
        let base = """
            SELECT \(WorkItem.columns) FROM task_instance i
            WHERE i.lead IN (\(WorkScope.marks(leads.count))) AND i.withdrawn_at IS NULL
            """
        func items(_ condition: String, _ values: [SQLValue]) throws -> [WorkItem] {
            try connection.rows(
                "\(base) AND \(condition) ORDER BY i.due_key, i.task_order, i.lead, i.id LIMIT ?",
                leads + values + [limit.sqlValue]
            ).map(WorkItem.init)
        }
        day.late = try items(
            "i.state IN ('none', 'returned') AND i.due_key < ? AND \(CountingDay.counts)", [today.sqlValue])
        day.returned = try items(
            "i.state = 'returned' AND (i.due_key >= ? OR NOT \(CountingDay.counts))", [today.sqlValue])
        day.soon = try items(
            "i.state = 'none' AND i.due_key BETWEEN ? AND ?",
            [today.sqlValue, today.adding(days: Self.daysAhead).sqlValue])
        day.undated = try items("i.state = 'none' AND i.due IS NULL AND i.opens_on <= ?", [today.sqlValue])
        day.next = try items("i.state IN ('none', 'returned') AND i.due_key > ?", [today.sqlValue]).first {
            $0.due != nil
        }
        let spans = try items(
            "i.state <> 'accepted' AND i.period LIKE '____-____' AND i.opens_on <= ?", [today.sqlValue])
        day.checkpoints = spans.compactMap { item in
            item.period.checkpoints.first { $0 >= today && today.days(to: $0) <= 60 }.map { (item, $0) }
        }
    }
}

extension WorkScope {
    /// One unit's own work, for reads that name the unit anyway.
    init(everythingOf unit: UnitCode) {
        reach = .bounded(leads: [unit.text], unitsOf: [], coordinatedTasks: [], agenciesOnly: true)
    }
}

extension WorkCounts {
    mutating func add(_ other: WorkCounts) {
        all += other.all
        notDue += other.notDue
        open += other.open
        extended += other.extended
        submitted += other.submitted
        returned += other.returned
        late += other.late
        beforeUse += other.beforeUse
        accepted += other.accepted
        undated += other.undated
    }
}
