public import Database
public import Kernel

/// What happened to a person or an employer of the register. Kept for good: what was attached to a name that is gone follows
/// from here to where its records went.
public struct EntityChange: Sendable, Equatable {
    public enum Kind: String, Sendable {
        /// All records of `earlier` belong to `later` now.
        case merged
        /// Some records of `earlier` belong to `later` now.
        case parted
        /// No record is left.
        case ended
    }

    public let kind: Kind
    public let earlier: EntityID
    public let later: EntityID
    /// The delivery that came or went.
    public let delivery: Int
    public let at: Timestamp

    static func note(
        _ kind: Kind, _ earlier: EntityID, _ later: EntityID, delivery: Int, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let last = try connection.integer("SELECT MAX(number) FROM entity_change") ?? 0
        try connection.execute(
            "INSERT INTO entity_change (number, kind, earlier, later, delivery, at) VALUES (?, ?, ?, ?, ?, ?)",
            last + 1, kind.rawValue, earlier, later, delivery, now)
    }

    /// What happened to one, the first first.
    public static func all(of entity: EntityID, on connection: any SQLConnection) throws -> [EntityChange] {
        try connection.rows(
            "SELECT * FROM entity_change WHERE earlier = ? OR later = ? ORDER BY number", entity, entity
        ).map { row in
            EntityChange(
                kind: try row.choice("kind"), earlier: try row.entity("earlier"), later: try row.entity("later"),
                delivery: try row.integer("delivery"), at: try row.timestamp("at"))
        }
    }
}
