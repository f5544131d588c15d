import Access
public import Database
public import Kernel
import PlanText

// What dashboards and scores ask of work.
extension WorkQueries {
    /// Late, returned and soon due work of a unit within a scope, the most urgent first.
    public static func pressing(
        of unit: UnitCode, scope: WorkScope, until: Day, today: Day, limit: Int, on connection: any SQLConnection
    ) throws -> [WorkItem] {
        let (condition, values) = scope.condition
        return try connection.rows(
            """
            SELECT \(WorkItem.columns) FROM task_instance i
            WHERE i.lead = ? AND i.withdrawn_at IS NULL AND i.state IN ('none', 'returned')
                AND i.opens_on <= ? AND i.due_key <= ? AND (i.state = 'returned' OR \(CountingDay.counts))
                AND \(condition) ORDER BY i.due_key, i.task_order, i.lead, i.id LIMIT ?
            """, [unit.text.sqlValue, today.sqlValue, until.sqlValue] + values + [limit.sqlValue]
        ).map(WorkItem.init)
    }

    /// What scores ask of a piece of work.
    public struct Outcome: Sendable {
        public let lead: String
        public let opensOn: Day
        public let due: Day?
        public let state: WorkState
        public let submittedOn: Day?
        /// When anything was last done with it before the day's end.
        public let touchedAt: Timestamp?
    }

    /// All work that had opened by a day, without what fell due before the system counts.
    public static func forEachOutcome(
        until day: Day, on connection: any SQLConnection, _ body: (Outcome) throws -> Void
    ) throws {
        try connection.forEachRow(
            """
            SELECT i.lead, i.opens_on, i.due, i.state, i.submitted_on,
                (SELECT MAX(e.at) FROM instance_event e WHERE e.instance = i.id AND e.at < ?) AS touched
            FROM task_instance i WHERE i.withdrawn_at IS NULL AND i.opens_on <= ? AND \(CountingDay.counts)
            """, [Timestamp(day: day.adding(days: 1)).sqlValue, day.sqlValue]
        ) { row in
            try body(
                Outcome(
                    lead: try row.text("lead"), opensOn: try row.day("opens_on"), due: try row.optionalDay("due"),
                    state: try row.choice("state"), submittedOn: try row.optionalDay("submitted_on"),
                    touchedAt: try row.optionalTimestamp("touched")))
        }
    }
}
