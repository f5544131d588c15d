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
        for part in DayPart.all(of: viewer, today: today) {
            day[keyPath: part.place] = try items(part, limit: limit, on: connection)
        }
        if let own = DayPart.ownWork(of: viewer) {
            let coming = own.part(
                \.late, "i.state IN ('none', 'returned') AND i.due_key > ?", [today.sqlValue])
            day.next = try items(coming, limit: limit, on: connection).first { $0.due != nil }
            day.checkpoints = try checkpoints(own, today: today, limit: limit, on: connection)
        }
        return day
    }

    /// How much of it waits, counted where it is stored: a page asks for the number alone.
    func dayCount(of viewer: Viewer, today: Day, limit: Int, on connection: any SQLConnection) throws -> Int {
        let counted = try DayPart.all(of: viewer, today: today).reduce(0) { sum, part in
            try sum
                + (connection.rows(
                    """
                    SELECT COUNT(*) AS amount FROM
                        (SELECT 1 AS one FROM task_instance i WHERE \(part.condition) LIMIT ?) counted
                    """, part.values + [limit.sqlValue]
                ).first?.integer("amount") ?? 0)
        }
        let own = DayPart.ownWork(of: viewer)
        return try counted
            + (own.map { try checkpoints($0, today: today, limit: limit, on: connection).count } ?? 0)
    }

    private func items(_ part: DayPart, limit: Int, on connection: any SQLConnection) throws -> [WorkItem] {
        try connection.rows(
            "SELECT \(WorkItem.columns) FROM task_instance i WHERE \(part.condition) ORDER BY \(part.order) LIMIT ?",
            part.values + [limit.sqlValue]
        ).map(WorkItem.init)
    }

    /// Work over several years whose yearly checkpoint is near.
    private func checkpoints(
        _ own: DayPart.Base, today: Day, limit: Int, on connection: any SQLConnection
    ) throws -> [(item: WorkItem, day: Day)] {
        let spans = own.part(
            \.soon, "i.state <> 'accepted' AND i.period LIKE '____-____' AND i.opens_on <= ?", [today.sqlValue])
        return try items(spans, limit: limit, on: connection).compactMap { item in
            item.period.checkpoints.first { $0 >= today && today.days(to: $0) <= 60 }.map { (item, $0) }
        }
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
}

/// One sort of a day's work: what it is asked for by, whether it is listed or counted.
struct DayPart {
    /// Of whom the work is.
    struct Base {
        let condition: String
        let values: [SQLValue]

        func part(
            _ place: WritableKeyPath<MyDay, [WorkItem]>, _ condition: String, _ values: [SQLValue] = [],
            order: String = "i.due_key, i.task_order, i.lead, i.id"
        ) -> DayPart {
            DayPart(
                place: place, condition: "\(self.condition) AND \(condition)", values: self.values + values,
                order: order)
        }
    }

    let place: WritableKeyPath<MyDay, [WorkItem]>
    /// On `task_instance i`.
    let condition: String
    let values: [SQLValue]
    let order: String

    /// Nil for whoever leads no work.
    static func ownWork(of viewer: Viewer) -> Base? {
        let leads = viewer.role == .groupHead ? [] : viewer.ownUnits.map(\.text.sqlValue)
        return leads.isEmpty
            ? nil
            : Base(condition: "i.lead IN (\(WorkScope.marks(leads.count))) AND i.withdrawn_at IS NULL", values: leads)
    }

    static func all(of viewer: Viewer, today: Day) -> [DayPart] {
        var parts: [DayPart] = []
        if let own = ownWork(of: viewer) {
            parts = [
                own.part(
                    \.late, "i.state IN ('none', 'returned') AND i.due_key < ? AND \(CountingDay.counts)",
                    [today.sqlValue]),
                own.part(
                    \.returned, "i.state = 'returned' AND (i.due_key >= ? OR NOT \(CountingDay.counts))",
                    [today.sqlValue]),
                own.part(
                    \.soon, "i.state = 'none' AND i.due_key BETWEEN ? AND ?",
                    [today.sqlValue, today.adding(days: WorkService.daysAhead).sqlValue]),
                own.part(\.undated, "i.state = 'none' AND i.due IS NULL AND i.opens_on <= ?", [today.sqlValue]),
            ]
        }
        if viewer.may(.review), let agency = viewer.agency {
            let reviewed = Base(
                condition: "i.superior = ? AND i.withdrawn_at IS NULL", values: [agency.text.sqlValue])
            parts += [
                reviewed.part(
                    \.toReview, "i.state = 'submitted'",
                    order: "i.submitted_on, i.due_key, i.task_order, i.lead, i.id"),
                reviewed.part(\.toExtend, "i.extension_day IS NOT NULL AND i.state <> 'accepted'"),
            ]
        }
        return parts
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
