public import Database
public import Formats
public import Kernel

/// Where a record stands: which list of which month, on which row.
public struct RecordOrigin: Sendable, Equatable {
    public let kind: RecordKind
    public let delivery: Int
    /// Nil where nobody noted it.
    public let period: Month?
    public let sheet: String
    public let line: Int
}

extension RegisterQueries {
    /// Where records in force stand.
    public static func origins(
        of places: some Collection<RecordPlace>, on connection: any SQLConnection
    ) throws -> [RecordPlace: RecordOrigin] {
        let sources = try RecordSource.all(on: connection)
        var found: [RecordPlace: RecordOrigin] = [:]
        try ManyKeys.inParts(places.map(\.sqlValue)) { values in
            try connection.forEachRow(
                """
                SELECT m.place, r.sheet, r.line, r.kind FROM membership m
                JOIN record r ON r.commune = m.commune AND r.place = m.place WHERE m.place IN (\(ManyKeys.marks))
                """, values
            ) { row in
                let place = try row.place("place")
                found[place] = RecordOrigin(
                    kind: try row.choice("kind"), delivery: place.delivery, period: sources[place.delivery]?.period,
                    sheet: try row.text("sheet"), line: try row.integer("line"))
            }
        }
        return found
    }

    /// The names of persons; those who are gone are left out.
    public static func names(
        of persons: some Collection<EntityID>, on connection: any SQLConnection
    ) throws -> [EntityID: String] {
        var found: [EntityID: String] = [:]
        try ManyKeys.inParts(persons.map(\.sqlValue)) { values in
            try connection.forEachRow("SELECT entity, name FROM person WHERE entity IN (\(ManyKeys.marks))", values) {
                row in
                found[try row.entity("entity")] = try row.text("name")
            }
        }
        return found
    }
}
