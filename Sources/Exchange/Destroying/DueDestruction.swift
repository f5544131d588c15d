import Database
public import Formats
public import Kernel

/// A delivery whose rows may be kept until a day only.
public struct DueDestruction: Sendable, Equatable {
    public let delivery: Delivery
    /// The agreement or the request that says so; the request where both do.
    public let agreement: Int?
    public let request: Int?
    /// `TT 3/2026`, `YC 2/2026`
    public let ground: String
    /// The last day on which they may be kept.
    public let lastDay: Day
    /// What may stay.
    public let keeps: [RecordField]

    public func isOver(on today: Day) -> Bool { lastDay < today }

    /// All whose rows are still there, by day: those whose day is over and those to come.
    static func all(on connection: any SQLConnection) throws -> [DueDestruction] {
        let done = Set(
            try connection.rows("SELECT delivery FROM destruction").map { try $0.integer("delivery") })
        let requests = try DataRequests.all(on: connection)
        let answers = Dictionary(
            requests.compactMap { request in request.delivery.map { ($0, request) } },
            uniquingKeysWith: { first, _ in first })
        let agreements = try Agreements.all(on: connection)
        return try connection.rows("SELECT * FROM delivery ORDER BY number").compactMap { row in
            let delivery = try Delivery(row)
            guard !done.contains(delivery.number), [.inForce, .replaced, .leaving].contains(delivery.state) else {
                return nil
            }
            if let request = answers[delivery.number] {
                return DueDestruction(
                    delivery: delivery, agreement: nil, request: request.number, ground: request.name,
                    lastDay: request.terms.keepUntil, keeps: request.terms.keeps)
            }
            let day = delivery.receivedAt.day
            for agreement in agreements where agreement.format == delivery.format && agreement.covers(delivery.sender) {
                guard let terms = agreement.inForce(on: day)?.terms, let months = terms.retentionMonths else {
                    continue
                }
                return DueDestruction(
                    delivery: delivery, agreement: agreement.number, request: nil, ground: agreement.name,
                    lastDay: Self.day(day, after: months), keeps: terms.keeps)
            }
            return nil
        }.sorted { ($0.lastDay, $0.delivery.number) < ($1.lastDay, $1.delivery.number) }
    }

    static func find(_ delivery: Int, on connection: any SQLConnection) throws -> DueDestruction? {
        try all(on: connection).first { $0.delivery.number == delivery }
    }

    /// The same day so many months later, or the last of a shorter month.
    static func day(_ day: Day, after months: Int) -> Day {
        let month = Month(of: day).adding(months: months)
        return month.firstDay.adding(days: min(day.day, month.lastDay.day) - 1)
    }
}

/// Minutes of a destruction.
public struct DestructionMinutes: Sendable, Equatable {
    public let number: Int
    public let delivery: Int
    public let agreement: Int?
    public let request: Int?
    /// Rows that were kept, and returned rows, that are no longer there as they came.
    public let records: Int
    public let returned: Int
    /// What stayed; nothing where all went.
    public let kept: [RecordField]
    public let reason: String
    /// The last day on which they could be kept.
    public let lastDay: Day
    public let at: Timestamp
    public let byName: String

    /// `2/2027`
    public var name: String { "\(number)/\(at.day.year)" }

    init(_ row: SQLRow) throws {
        number = try row.integer("number")
        delivery = try row.integer("delivery")
        agreement = try row.optionalInteger("agreement")
        request = try row.optionalInteger("request")
        records = try row.integer("records")
        returned = try row.integer("returned")
        kept = try row.text("kept").split(separator: " ").compactMap { RecordField(rawValue: String($0)) }
        reason = try row.text("reason")
        guard let day = try row.optionalDay("due") else {
            throw DatabaseError.column(name: "due", problem: "is no day")
        }
        lastDay = day
        at = try row.timestamp("at")
        byName = try row.text("by_name")
    }
}
