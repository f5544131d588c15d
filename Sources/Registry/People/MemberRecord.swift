import Database
public import Formats
public import Kernel
import Vault

/// A record of a person or employer as it is worked with: its open fields, and the blind indexes of its numbers.
public struct MemberRecord: Sendable {
    public let place: RecordPlace
    public let kind: RecordKind
    /// Nil where nobody noted what the delivery is.
    let source: RecordSource?
    let fields: [RecordField: String]
    let numbers: [NumberToken]

    public subscript(field: RecordField) -> String? { fields[field] }

    /// The month that the record speaks of.
    public var month: Month? { fields[.month].flatMap { Month($0) } ?? source?.period }

    func month(_ field: RecordField) -> Month? { fields[field].flatMap { Month($0) } }

    /// A number or an amount of money in đồng.
    public func count(_ field: RecordField) -> Int? { fields[field].flatMap { Int($0) } }

    var commune: CommuneCode? { fields[.commune].flatMap { CommuneCode($0) } }

    func number(_ kind: NumberKind) -> NumberToken? { numbers.first { $0.bytes.first == kind.rawValue } }

    /// Later lists say what is so now; of one month, what came last.
    static func isEarlier(_ left: MemberRecord, _ right: MemberRecord) -> Bool {
        switch (left.month, right.month) {
        case (let one?, let other?) where one != other: one < other
        case (nil, .some): true
        case (.some, nil): false
        default: left.place < right.place
        }
    }
}

/// Reads the records of many persons or employers at once.
struct MemberReading {
    /// Of all deliveries.
    let sources: [Int: RecordSource]
    let keys: NumberKeys?

    /// - Parameter entities: those without a record in force are left out.
    /// - Returns: each with its subject and records, in the order of places.
    func members(
        of entities: [EntityID], on connection: any SQLConnection
    ) throws -> [EntityID: (subject: RecordKind.Subject, records: [MemberRecord])] {
        var found: [EntityID: (subject: RecordKind.Subject, records: [MemberRecord])] = [:]
        // While keys are turned, or after it, some records are sealed by an earlier one: what theirs are under the present one is
        // asked for where that can be.
        let turns = (keys?.ids.count ?? 0) > 1
        try ManyKeys.forEachRow(
            """
            SELECT m.entity, m.subject, m.place, r.kind, r.name, r.fields, r.numbers\(turns ? ", r.sealed" : "")
            FROM membership m JOIN record r ON r.commune = m.commune AND r.place = m.place
            WHERE m.entity IN ({keys}) ORDER BY m.entity, m.place
            """, entities.map(\.sqlValue), on: connection
        ) { row in
            let entity = try row.entity("entity")
            let (subject, record): (RecordKind.Subject, MemberRecord) = (
                try row.choice("subject"), try record(row, turns: turns)
            )
            found[entity, default: (subject, [])].records.append(record)
        }
        return found
    }

    private func record(_ row: SQLRow, turns: Bool) throws -> MemberRecord {
        let place = try row.place("place")
        guard let fields = OpenFields.read(try row.text("fields")) else {
            throw DatabaseError.column(name: "fields", problem: "is not a record at \(place.delivery).\(place.ordinal)")
        }
        var numbers = NumberToken.all(in: try row.bytes("numbers"))
        if turns, let keys, let sealed = try StoredRecord.sealed(row), sealed.key != keys.ids.first {
            let current = try keys.current()
            numbers = PlainNumber.all(
                in: try StoredRecord.contents(row, keys: keys).values, of: try row.choice("kind")
            ).map { $0.token(current) }
        }
        return MemberRecord(
            place: place, kind: try row.choice("kind"), source: sources[place.delivery], fields: fields,
            numbers: numbers)
    }
}
