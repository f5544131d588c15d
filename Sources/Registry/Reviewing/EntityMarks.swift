public import Database
import Formats
import Kernel

/// The blind index of an employer's code, as records name it: whoever is asked for by it stays unopened.
public struct UnitKey: Hashable, Comparable, Sendable, SQLBindable {
    let bytes: [UInt8]

    init(_ token: NumberToken) { bytes = token.bytes }

    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// Whether it is a tax code.
    public var isTaxCode: Bool { bytes.first == NumberKind.employerTax.rawValue }

    /// As it is stored: kind and index.
    public var sqlValue: SQLValue { .bytes(bytes) }

    public static func < (left: UnitKey, right: UnitKey) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

/// What whoever looks at all of the register again needs to know: who is another than before. Deriving works out many whose records
/// say nothing new (each month's list names everybody again): a mark moves on only where what is told differs.
enum EntityMarks {
    /// What is told of one now.
    struct Told {
        let entity: EntityID
        /// Of what is told, with the record that told it first.
        let digest: Int64
        /// The employers that it has to do with: its own codes, or those that it was at or was paid by.
        let units: [NumberToken]
    }

    static let migration = Migration(
        module: "registry-marks", number: 1, name: "who was paid by whom; who changed, and when",
        statements: [
            // A row of a tax list in force each: whose pay a payer declared. `payer` is the blind index of its tax code.
            """
            CREATE TABLE paid_worker (
                place BIGINT PRIMARY KEY, person BIGINT NOT NULL, payer BYTEA NOT NULL, tax_year BIGINT NOT NULL)
            """,
            "CREATE INDEX paid_worker_payer ON paid_worker (payer, tax_year)",
            "CREATE INDEX paid_worker_person ON paid_worker (person)",
            // `units` are the employers that somebody had to do with when it was marked last.
            """
            CREATE TABLE entity_mark (
                entity BIGINT PRIMARY KEY, digest BIGINT NOT NULL, mark BIGINT NOT NULL, units BYTEA NOT NULL)
            """,
            "CREATE INDEX entity_mark_mark ON entity_mark (mark)",
            "CREATE TABLE unit_mark (unit BYTEA PRIMARY KEY, mark BIGINT NOT NULL)",
            "CREATE INDEX unit_mark_mark ON unit_mark (mark)",
            // What is there already is worked out anew, so that it has its marks and its rows of pay.
            "INSERT INTO touched_entity (entity) SELECT DISTINCT entity FROM membership WHERE subject IN ('person', 'employer') ON CONFLICT (entity) DO NOTHING",
        ])

    /// Marks those of whom something else is told than before, and the employers that they have or had to do with.
    /// - Parameter touched: those that are left out of `told` are gone.
    static func put(_ touched: [EntityID], _ told: [EntityID: Told], on connection: any SQLConnection) throws {
        var before: [EntityID: (digest: Int64, units: [UInt8])] = [:]
        try ManyKeys.forEachRow(
            "SELECT entity, digest, units FROM entity_mark WHERE entity IN ({keys})", touched.map(\.sqlValue),
            on: connection
        ) { row in
            before[try row.entity("entity")] = (Int64(try row.integer("digest")), try row.bytes("units"))
        }
        let changed = touched.filter { entity in
            guard let told = told[entity] else { return before[entity].map { $0.digest != 0 } ?? false }
            return before[entity]?.digest != told.digest
        }
        guard !changed.isEmpty else { return }
        let mark = try last(on: connection) + 1
        var units: Set<[UInt8]> = []
        for entity in changed {
            let now = told[entity]?.units.flatMap(\.bytes) ?? []
            for bytes in [before[entity]?.units ?? [], now] {
                for token in NumberToken.all(in: bytes) { units.insert(token.bytes) }
            }
            try connection.execute(
                """
                INSERT INTO entity_mark (entity, digest, mark, units) VALUES (?, ?, ?, ?) ON CONFLICT (entity)
                DO UPDATE SET digest = excluded.digest, mark = excluded.mark, units = excluded.units
                """, entity, told[entity]?.digest ?? 0, mark, now)
        }
        for unit in units.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            try connection.execute(
                "INSERT INTO unit_mark (unit, mark) VALUES (?, ?) ON CONFLICT (unit) DO UPDATE SET mark = excluded.mark",
                unit, mark)
        }
    }

    /// The highest there is; 0 for none.
    static func last(on connection: any SQLConnection) throws -> Int {
        try connection.integer("SELECT MAX(mark) FROM entity_mark") ?? 0
    }
}

extension EntityMarks.Told {
    init(_ person: Person, _ records: [MemberRecord], _ spells: [ParticipationSpell]) {
        var digest = ToldDigest(person.fields, records)
        for contradiction in person.contradictions { digest.add(contradiction.word) }
        for number in person.identifiers { digest.add("\(number.kind.rawValue) \(number.isConfirmed ?? false)") }
        for spell in spells {
            digest.add(
                "\(spell.scheme.rawValue) \(spell.from?.description ?? "") \(spell.to?.description ?? "") \(spell.ends?.rawValue ?? "") \(spell.base?.amount ?? -1) \(spell.first.number)"
            )
            if let unit = spell.unit { digest.add(unit.bytes) }
        }
        let named = records.flatMap { $0.numbers.compactMap(\.ofEmployerItself) }
        let units = Set(spells.compactMap(\.unit)).union(named)
        self.init(
            entity: person.entity, digest: digest.value,
            units: units.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) })
    }

    init(_ employer: Employer, _ records: [MemberRecord]) {
        var digest = ToldDigest(employer.fields, records)
        for contradiction in employer.contradictions { digest.add(contradiction.word) }
        for number in employer.identifiers { digest.add(number.token.bytes) }
        let units = employer.identifiers.map(\.token) + [employer.parent].compactMap(\.self)
        self.init(
            entity: employer.entity, digest: digest.value,
            units: Set(units).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) })
    }
}

/// Which person each row of a tax list speaks of, and whose pay it is.
enum StoredPay {
    struct Row {
        let place: RecordPlace
        let person: EntityID
        let payer: NumberToken
        let year: Int

        /// - Returns: nil for a record that is none, or names no payer or year.
        init?(_ record: MemberRecord, of person: EntityID) {
            guard record.kind == .taxedWorker, let payer = record.number(.namedEmployerTax)?.ofEmployerItself,
                let year = record.count(.taxYear) ?? record.source?.period.year
            else { return nil }
            (place, self.person, self.payer, self.year) = (record.place, person, payer, year)
        }
    }

    static func replace(_ touched: [EntityID], with rows: [Row], on connection: any SQLConnection) throws {
        try connection.delete(touched, from: "paid_worker", by: "person")
        // A row that went to another person still stands under the one before, who may be worked out later.
        try ManyKeys.execute(
            "DELETE FROM paid_worker WHERE place IN ({keys})", rows.map(\.place.sqlValue), on: connection)
        _ = try connection.load(
            "paid_worker", columns: ["place", "person", "payer", "tax_year"],
            rows: rows.lazy.map { row in
                [row.place.sqlValue, row.person.sqlValue, .bytes(row.payer.bytes), row.year.sqlValue]
            })
    }
}
