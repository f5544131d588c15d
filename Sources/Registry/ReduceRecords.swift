public import Database
public import Formats
import Kernel
public import Vault

/// Destroys what the rows of a delivery said, but for what may stay: the fields that were agreed on, and by what a record belongs
/// to its person or employer (name, identifying numbers, commune), without which what stays would be nobody's.
public enum ReduceRecords {
    /// How far it is: behind which record; nil before the first.
    public struct Point: Codable, Sendable, Equatable {
        public var commune: String
        public var place: Int64

        init(commune: String, place: Int64) { (self.commune, self.place) = (commune, place) }
    }

    /// One chunk. Part of the caller's transaction. What is reduced already stays as it is.
    /// - Returns: how many records were looked at, and where the next chunk begins; nil behind the last.
    public static func reduce(
        delivery: Int, keeping fields: Set<RecordField>, after point: Point?, limit: Int, keys: NumberKeys,
        on connection: any SQLConnection
    ) throws -> (records: Int, next: Point?) {
        let places = RecordPlace.all(of: delivery)
        var (seen, commune, from) = (0, point?.commune, point.map { $0.place + 1 } ?? places.lowerBound)
        if commune == nil { commune = try first(on: connection) }
        // The commune leads the key: each commune's records are a stretch of it.
        while let present = commune {
            let rows = try connection.rows(
                """
                SELECT commune, place, kind, fields, numbers, sealed, name FROM record
                WHERE commune = ? AND place >= ? AND place < ? ORDER BY place LIMIT ?
                """,
                [present.sqlValue, from.sqlValue, places.upperBound.sqlValue, (limit - seen).sqlValue])
            for row in rows { try reduce(row, keeping: fields, keys: keys, on: connection) }
            seen += rows.count
            if seen >= limit, let last = rows.last {
                return (seen, Point(commune: present, place: try last.place("place").number))
            }
            from = places.lowerBound
            commune = try connection.row("SELECT MIN(commune) AS commune FROM record WHERE commune > ?", present)?
                .optionalText("commune")
        }
        return (seen, nil)
    }

    private static func first(on connection: any SQLConnection) throws -> String? {
        try connection.row("SELECT MIN(commune) AS commune FROM record")?.optionalText("commune")
    }

    private static func reduce(
        _ row: SQLRow, keeping fields: Set<RecordField>, keys: NumberKeys, on connection: any SQLConnection
    ) throws {
        let kind: RecordKind = try row.choice("kind")
        let place = try row.place("place")
        var contents = try StoredRecord.contents(row, keys: keys)
        let before = contents
        contents.values = contents.values.filter { field, value in
            fields.contains(field) || field == .commune || names(kind).contains(field)
                || PlainNumber.all(in: RecordValues([field: value]), of: kind).contains { $0.kind.identifies }
        }
        // Originals of what was put right are what stood in the row.
        contents.repairs = []
        guard contents != before else { return }
        // Under the key that sealed it: the indexes beside it are of that key.
        let stored = try StoredRecord.sealed(row)
        let sealer = stored.flatMap { old in keys.all().first { $0.id == old.key } }
        let key = try sealer ?? keys.current()
        let isSecret = contents.isSecret
        let secret = try contents.sealedPart(isSecret) ?? (stored == nil ? nil : Array("{}".utf8))
        let sealed = try secret.map { try key.seal($0, for: RecordDraft.sealPlace(place)) }
        try connection.execute(
            "UPDATE record SET fields = ?, sealed = ? WHERE commune = ? AND place = ?", contents.open(isSecret),
            sealed?.bytes, try row.text("commune"), place)
        // What derives from the fields that are gone is worked out again.
        if let member = try connection.row("SELECT entity FROM membership WHERE place = ?", place) {
            try TouchedEntities.note([try member.entity("entity")], on: connection)
        }
    }

    private static func names(_ kind: RecordKind) -> Set<RecordField> {
        kind.subject == .person ? [.name] : [.unitName, .unitTaxCode, .unitCode]
    }
}
