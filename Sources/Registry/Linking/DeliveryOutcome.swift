public import Database

/// What the records of a delivery turned out to be, when all is linked; each is one of the three.
public struct DeliveryOutcome: Sendable, Equatable {
    /// Of a person or an employer that has an earlier record.
    public let matched: Int
    /// The first of somebody.
    public let new: Int
    /// The first of somebody who may be somebody else of the register: a person has to decide.
    public let doubtful: Int

    public init(of delivery: Int, on connection: any SQLConnection) throws {
        let places = RecordPlace.all(of: delivery)
        let bounds: [SQLValue] = [places.lowerBound.sqlValue, places.upperBound.sqlValue]
        func count(_ sql: String) throws -> Int {
            try connection.rows(
                "SELECT COUNT(*) AS number FROM membership m WHERE m.place >= ? AND m.place < ? AND \(sql)", bounds
            ).first?.integer("number") ?? 0
        }
        matched = try count("m.entity <> m.place")
        let first = try count("m.entity = m.place")
        doubtful = try count(
            """
            m.entity = m.place AND EXISTS (SELECT 1 FROM link_core c JOIN link_pair p ON p.low = c.core OR p.high = c.core
                JOIN link_core o ON o.core = CASE WHEN p.low = c.core THEN p.high ELSE p.low END
                WHERE c.entity = m.entity AND o.entity <> m.entity AND p.state IN ('doubtful', 'torn'))
            """)
        new = first - doubtful
    }
}
