public import Database
public import Kernel

extension AuditTrail {
    /// That something was done to a thing: what whoever keeps something worked out from stored things follows.
    public struct Change: Sendable, Equatable {
        public let sequence: Int
        public let action: String
        /// Nil for what an earlier release wrote in another form.
        public let subject: Subject?
    }

    /// The number of the last entry; zero before the first.
    public static func lastSequence(on connection: any SQLConnection) throws -> Int {
        try connection.integer("SELECT sequence FROM audit_head WHERE one = 1") ?? 0
    }

    /// What was done behind an entry, in the order of the trail. Each entry stands in it, so that its end is told from a pause.
    public static func changes(
        after sequence: Int, limit: Int, on connection: any SQLConnection
    ) throws -> [Change] {
        try connection.rows(
            "SELECT sequence, action, subject FROM audit_entry WHERE sequence > ? ORDER BY sequence LIMIT ?",
            sequence, limit
        ).map { row in
            Change(
                sequence: try row.integer("sequence"), action: try row.text("action"),
                subject: Subject(try row.text("subject")))
        }
    }
}
