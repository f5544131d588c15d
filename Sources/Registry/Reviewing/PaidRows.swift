public import Database
public import Kernel

/// A row of a tax list: whose pay a payer declared.
public struct PaidRow: Sendable, Hashable {
    public let place: RecordPlace
    public let person: EntityID
    public let payer: UnitKey
    public let year: Int

    init(_ row: SQLRow) throws {
        place = try row.place("place")
        person = try row.entity("person")
        payer = UnitKey(bytes: try row.bytes("payer"))
        year = try row.integer("tax_year")
    }
}

/// Whoever goes through the whole register, employer by employer, and comes again for what changed.
extension RegisterQueries {
    /// As far as persons and employers were worked out: what changes later has a higher one.
    public static func mark(on connection: any SQLConnection) throws -> Int { try EntityMarks.last(on: connection) }

    /// The codes of employers that have to do with somebody who changed behind a mark, in order.
    public static func units(
        changedAfter mark: Int, behind unit: UnitKey?, limit: Int, on connection: any SQLConnection
    ) throws -> [UnitKey] {
        try connection.rows(
            "SELECT unit FROM unit_mark WHERE mark > ? AND unit > ? ORDER BY unit LIMIT ?",
            [mark.sqlValue, .bytes(unit?.bytes ?? []), limit.sqlValue]
        ).map { UnitKey(bytes: try $0.bytes("unit")) }
    }

    /// The employers that somebody has to do with, as it was told last; of those who are known.
    public static func units(
        of persons: [EntityID], on connection: any SQLConnection
    ) throws -> Set<UnitKey> {
        var found: Set<UnitKey> = []
        try ManyKeys.inParts(persons.map(\.sqlValue)) { values in
            try connection.forEachRow("SELECT units FROM entity_mark WHERE entity IN (\(ManyKeys.marks))", values) {
                row in
                for token in NumberToken.all(in: try row.bytes("units")) { found.insert(UnitKey(token)) }
            }
        }
        return found
    }

    /// Employers in order.
    public static func employers(
        behind entity: EntityID?, limit: Int, on connection: any SQLConnection
    ) throws -> [EntityID] {
        try connection.rows(
            "SELECT entity FROM employer WHERE entity > ? ORDER BY entity LIMIT ?",
            [entity?.sqlValue ?? .integer(-1), limit.sqlValue]
        ).map { try $0.entity("entity") }
    }

    /// Codes of payers that no list of employers names, in order.
    public static func payersOfNoEmployer(
        behind unit: UnitKey?, limit: Int, on connection: any SQLConnection
    ) throws -> [UnitKey] {
        try connection.rows(
            """
            SELECT DISTINCT w.payer FROM paid_worker w LEFT JOIN employer_number n ON n.number = w.payer
            WHERE w.payer > ? AND n.number IS NULL ORDER BY w.payer LIMIT ?
            """, [.bytes(unit?.bytes ?? []), limit.sqlValue]
        ).map { UnitKey(bytes: try $0.bytes("payer")) }
    }

    /// Which employer each code is; those that none has are left out.
    public static func employers(
        of units: some Collection<UnitKey>, on connection: any SQLConnection
    ) throws -> [UnitKey: EntityID] {
        var found: [UnitKey: EntityID] = [:]
        try ManyKeys.inParts(units.map(\.sqlValue)) { values in
            try connection.forEachRow(
                "SELECT number, entity FROM employer_number WHERE number IN (\(ManyKeys.marks))", values
            ) { row in found[UnitKey(bytes: try row.bytes("number"))] = try row.entity("entity") }
        }
        return found
    }

    /// The branches of employers with these codes.
    public static func branches(
        of units: some Collection<UnitKey>, on connection: any SQLConnection
    ) throws -> [UnitKey: [EntityID]] {
        var found: [UnitKey: [EntityID]] = [:]
        try ManyKeys.inParts(units.map(\.sqlValue)) { values in
            try connection.forEachRow(
                "SELECT parent, entity FROM employer WHERE parent IN (\(ManyKeys.marks)) ORDER BY entity", values
            ) { row in found[UnitKey(bytes: try row.bytes("parent")), default: []].append(try row.entity("entity")) }
        }
        return found
    }

    /// The last tax year of which rows are in force, not later than one; nil for none.
    public static func lastTaxYear(upTo year: Int, on connection: any SQLConnection) throws -> Int? {
        try connection.row("SELECT MAX(tax_year) AS last FROM paid_worker WHERE tax_year <= ?", year)?
            .optionalInteger("last")
    }

    /// Whose pay payers declared for a year, in the order of rows.
    public static func paid(
        by payers: some Collection<UnitKey>, in year: Int, on connection: any SQLConnection
    ) throws -> [PaidRow] {
        var found: [PaidRow] = []
        try ManyKeys.inParts(payers.map(\.sqlValue)) { values in
            try connection.forEachRow(
                "SELECT place, person, payer, tax_year FROM paid_worker WHERE payer IN (\(ManyKeys.marks)) AND tax_year = ?",
                values + [year.sqlValue]
            ) { row in found.append(try PaidRow(row)) }
        }
        return found.sorted { $0.place < $1.place }
    }

    /// The first row in force that names a payer, of any year; nil for none.
    public static func firstPaid(by payer: UnitKey, on connection: any SQLConnection) throws -> RecordPlace? {
        try connection.row("SELECT MIN(place) AS first FROM paid_worker WHERE payer = ?", payer)?
            .optionalInteger("first").map { RecordPlace(number: Int64($0)) }
    }

    /// Persons of whom it is not decided whether they are one with somebody who took part compulsorily in a month or later: it
    /// matters who they are.
    public static func doubtful(
        insuredSince month: Month, on connection: any SQLConnection
    ) throws -> Set<EntityID> {
        var found: Set<EntityID> = []
        for (one, other) in [("low", "high"), ("high", "low")] {
            try connection.forEachRow(
                """
                SELECT DISTINCT a.entity FROM link_pair p JOIN link_core a ON a.core = p.\(one)
                JOIN link_core b ON b.core = p.\(other)
                WHERE p.state = ? AND a.entity <> b.entity AND EXISTS (
                    SELECT 1 FROM spell s WHERE s.person = b.entity AND s.scheme = ?
                    AND (s.last_month = '' OR s.last_month >= ?))
                """,
                [
                    .text(LinkPair.State.doubtful.rawValue), Scheme.compulsory.rawValue.sqlValue,
                    month.description.sqlValue,
                ]
            ) { row in found.insert(try row.entity("entity")) }
        }
        return found
    }
}
