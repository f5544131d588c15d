public import Database
public import Formats
public import Kernel

/// Persons drawn from the register, to measure how fast they are found again.
public enum SearchSample {
    public struct Person: Sendable {
        public let entity: EntityID
        public let name: String
        public let birthYear: Int?
        public let commune: CommuneCode?
    }

    /// Persons at even steps through the register, those without a name left out.
    public static func draw(_ count: Int, on connection: any SQLConnection) throws -> [Person] {
        guard
            let span = try connection.row("SELECT MIN(entity) AS first, MAX(entity) AS last FROM person"),
            let first = try span.optionalInteger("first"), let last = try span.optionalInteger("last")
        else { return [] }
        let step = max((last - first) / max(count, 1), 1)
        return try stride(from: first, through: last, by: step).compactMap { start -> Person? in
            guard
                let row = try connection.row(
                    "SELECT * FROM person WHERE entity >= ? AND name <> '' ORDER BY entity LIMIT 1", start)
            else { return nil }
            return Person(
                entity: try row.entity("entity"), name: try row.text("name"),
                birthYear: PartialDay(try row.text("birth"))?.year, commune: CommuneCode(try row.text("commune")))
        }
    }

    /// The read by its primary key that a search is measured against.
    /// - Returns: whether there is such a person.
    public static func read(_ entity: EntityID, on connection: any SQLConnection) throws -> Bool {
        try connection.row("SELECT * FROM person WHERE entity = ?", entity) != nil
    }
}
