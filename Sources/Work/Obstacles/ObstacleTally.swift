public import Database
public import Kernel

/// How many obstacles were sent in a span of days, and how many of these had their answer by its end.
public struct ObstacleTally: Sendable, Equatable {
    public let received: Int
    public let answered: Int
}

extension Obstacles {
    /// Of all obstacles but those merged into others: a count, for reports.
    public static func tally(_ days: ClosedRange<Day>, on connection: any SQLConnection) throws -> ObstacleTally {
        let end = Timestamp(day: days.upperBound.adding(days: 1))
        let row = try connection.row(
            """
            SELECT COUNT(*) AS n_received,
                COALESCE(SUM(CASE WHEN answer IS NOT NULL AND answered_at < ? THEN 1 ELSE 0 END), 0) AS n_answered
            FROM obstacle WHERE merged_into IS NULL AND at >= ? AND at < ?
            """, end, Timestamp(day: days.lowerBound), end)
        return ObstacleTally(
            received: try row?.integer("n_received") ?? 0, answered: try row?.integer("n_answered") ?? 0)
    }
}
