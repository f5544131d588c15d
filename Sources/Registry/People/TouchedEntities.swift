public import Database

/// Persons and employers whose records changed: what derives from them is to be worked out again.
public enum TouchedEntities {
    /// As many as one statement takes; its text is the same each time.
    private static let inOneStatement = 200

    /// Notes them, each once, in the transaction that changes whose records are whose. Also those that are gone.
    public static func note(_ entities: some Sequence<EntityID>, on connection: any SQLConnection) throws {
        // In order: neighbours go into one page of the table.
        let entities = Set(entities).sorted()
        let marks = Array(repeating: "(?)", count: inOneStatement).joined(separator: ", ")
        for start in stride(from: 0, to: entities.count, by: inOneStatement) {
            let part = entities[start..<min(start + inOneStatement, entities.count)].map(\.sqlValue)
            let places = part.count == inOneStatement ? marks : part.map { _ in "(?)" }.joined(separator: ", ")
            try connection.execute(
                "INSERT INTO touched_entity (entity) VALUES \(places) ON CONFLICT (entity) DO NOTHING", part)
        }
    }

    /// How many wait.
    public static func count(on connection: any SQLConnection) throws -> Int {
        try connection.integer("SELECT COUNT(*) FROM touched_entity") ?? 0
    }

    /// The first of those that wait, in order.
    static func next(_ limit: Int, on connection: any SQLConnection) throws -> [EntityID] {
        try connection.rows("SELECT entity FROM touched_entity ORDER BY entity LIMIT ?", limit).map {
            try $0.entity("entity")
        }
    }

    /// Those up to one are done.
    static func done(upTo last: EntityID, on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM touched_entity WHERE entity <= ?", last)
    }
}
