public import Access
public import Database
public import Kernel

extension RegisterQueries {
    /// A spell as it is listed: with the employer, where a list of employers names its code.
    public struct ListedSpell: Sendable, Equatable {
        public let person: EntityID
        public let scheme: Scheme
        public let employer: EntityID?
        /// Nil where it goes back to before the records.
        public let from: Month?
        /// Nil while it goes on.
        public let to: Month?
        public let begins: ParticipationSpell.Beginning
        public let ends: ParticipationSpell.Ending?
        public let base: Dong?
    }

    /// All spells of persons who live in the scope, by person, each in order of time.
    public static func forEachSpell(
        within scope: Scope, on connection: any SQLConnection, _ body: (ListedSpell) throws -> Void
    ) throws {
        let bound = Bound(scope)
        let join = bound.values.isEmpty ? "" : "JOIN person p ON p.entity = s.person"
        try connection.forEachRow(
            """
            SELECT s.person, s.scheme, s.first_month, s.last_month, s.begins, s.ends, s.base, n.entity AS employer
            FROM spell s LEFT JOIN employer_number n ON n.number = s.unit \(join)
            WHERE 1 = 1\(bound.sql("p.commune")) ORDER BY s.person, s.position
            """, bound.values
        ) { row in
            let ends = try row.text("ends")
            try body(
                ListedSpell(
                    person: row.entity("person"), scheme: row.choice("scheme"),
                    employer: row.optionalInteger("employer").map {
                        EntityID(first: RecordPlace(number: Int64($0)))
                    }, from: Month(row.text("first_month")), to: Month(row.text("last_month")),
                    begins: row.choice("begins"), ends: ParticipationSpell.Ending(rawValue: ends),
                    base: row.optionalInteger("base").map { Dong($0) }))
        }
    }

    /// An employer as it is listed.
    public struct ListedEmployer: Sendable, Equatable {
        public let entity: EntityID
        public let name: String
        public let commune: CommuneCode?
        public let block: Block?
        public let status: UnitStatus?
    }

    /// All employers in the scope.
    public static func forEachEmployer(
        within scope: Scope, on connection: any SQLConnection, _ body: (ListedEmployer) throws -> Void
    ) throws {
        let bound = Bound(scope)
        try connection.forEachRow(
            """
            SELECT entity, name, commune, block, status FROM employer WHERE 1 = 1\(bound.sql("commune")) ORDER BY entity
            """, bound.values
        ) { row in
            try body(
                ListedEmployer(
                    entity: row.entity("entity"), name: row.text("name"), commune: CommuneCode(row.text("commune")),
                    block: Block(rawValue: row.integer("block")), status: UnitStatus(rawValue: row.text("status"))))
        }
    }
}
