public import Database
public import Formats
public import Kernel

/// What the records of a delivery are: which agency's list, of which month.
public struct RecordSource: Sendable, Hashable {
    public let kind: RecordKind
    public let sender: UnitCode
    public let period: Month

    public init(kind: RecordKind, sender: UnitCode, period: Month) {
        (self.kind, self.sender, self.period) = (kind, sender, period)
    }

    /// Noted before or with the first records of the delivery.
    public func note(for delivery: Int, on connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO record_source (delivery, kind, sender, period) VALUES (?, ?, ?, ?) ON CONFLICT (delivery) DO NOTHING
            """, delivery, kind.rawValue, sender.text, period)
    }

    /// The records of the delivery are gone.
    static func forget(_ delivery: Int, on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM record_source WHERE delivery = ?", delivery)
    }

    /// By delivery: a few hundred a year.
    static func all(on connection: any SQLConnection) throws -> [Int: RecordSource] {
        var sources: [Int: RecordSource] = [:]
        try connection.forEachRow("SELECT delivery, kind, sender, period FROM record_source", []) { row in
            let sender = try row.text("sender")
            guard let unit = UnitCode(sender) else {
                throw DatabaseError.column(name: "sender", problem: "is not a unit: \(sender)")
            }
            sources[try row.integer("delivery")] = RecordSource(
                kind: try row.choice("kind"), sender: unit, period: try row.month("period"))
        }
        return sources
    }
}
