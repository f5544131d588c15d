public import Database
public import Formats
public import Kernel

/// What the records of a delivery are: which agency's list, of which month.
public struct RecordSource: Sendable, Hashable {
    public let kind: RecordKind
    public let sender: UnitCode
    public let period: Month
    /// How many of its records are in force.
    let records: Int

    public init(kind: RecordKind, sender: UnitCode, period: Month) {
        self.init(kind: kind, sender: sender, period: period, records: 0)
    }

    init(kind: RecordKind, sender: UnitCode, period: Month, records: Int) {
        (self.kind, self.sender, self.period, self.records) = (kind, sender, period, records)
    }

    /// Noted before or with the first records of the delivery.
    public func note(for delivery: Int, on connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO record_source (delivery, kind, sender, period) VALUES (?, ?, ?, ?) ON CONFLICT (delivery) DO NOTHING
            """, delivery, kind.rawValue, sender.text, period)
    }

    /// So many records of a delivery came into force, or left it.
    static func count(_ records: Int, of delivery: Int, on connection: any SQLConnection) throws {
        guard records != 0 else { return }
        try connection.execute(
            "UPDATE record_source SET records = records + ? WHERE delivery = ?", records, delivery)
        // Who is in a month's list and who is not can change for people whom the list does not name.
        try connection.execute(
            """
            INSERT INTO list_change (kind, sender, period, after) SELECT kind, sender, period, -1 FROM record_source
            WHERE delivery = ? AND kind IN (?, ?) ON CONFLICT (kind, sender, period) DO UPDATE SET after = -1
            """, delivery, RecordKind.participant.rawValue, RecordKind.voluntaryPayment.rawValue)
    }

    /// The records of the delivery are gone.
    static func forget(_ delivery: Int, on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM record_source WHERE delivery = ?", delivery)
    }

    /// By delivery: a few hundred a year.
    static func all(on connection: any SQLConnection) throws -> [Int: RecordSource] {
        var sources: [Int: RecordSource] = [:]
        try connection.forEachRow("SELECT delivery, kind, sender, period, records FROM record_source", []) { row in
            let sender = try row.text("sender")
            guard let unit = UnitCode(sender) else {
                throw DatabaseError.column(name: "sender", problem: "is not a unit: \(sender)")
            }
            sources[try row.integer("delivery")] = RecordSource(
                kind: try row.choice("kind"), sender: unit, period: try row.month("period"),
                records: try row.integer("records"))
        }
        return sources
    }
}
