public import Access
public import Database
public import Formats
public import Kernel
public import Vault

extension RegisterQueries {
    /// A person worked out of all his records, numbers unopened; nothing where none lies in the scope. For counts: whoever shows what
    /// lists wrote works from the records within the scope (``EntityReading``).
    /// - Parameter keys: for records that an earlier key sealed; may be nil.
    public static func person(
        _ entity: EntityID, within scope: Scope, by rules: DerivationRules, keys: NumberKeys?,
        on connection: any SQLConnection
    ) throws -> Person? {
        guard let records = try records(of: entity, .person, within: scope, keys: keys, on: connection) else {
            return nil
        }
        return Person(entity, records, by: rules)
    }

    /// An employer worked out of its records.
    public static func employer(
        _ entity: EntityID, within scope: Scope, by rules: DerivationRules, keys: NumberKeys?,
        on connection: any SQLConnection
    ) throws -> Employer? {
        guard let records = try records(of: entity, .employer, within: scope, keys: keys, on: connection) else {
            return nil
        }
        return Employer(entity, records, by: rules)
    }

    /// Where and when a person took part, in order of time, by all his records; nothing where none lies in the scope.
    public static func spells(
        of person: EntityID, within scope: Scope, by rules: DerivationRules, keys: NumberKeys?,
        on connection: any SQLConnection
    ) throws -> [ParticipationSpell] {
        guard let records = try records(of: person, .person, within: scope, keys: keys, on: connection) else {
            return []
        }
        let lists = MonthLists(
            try RecordSource.all(on: connection).values, percent: rules.bounds.wholeListPercent)
        return SpellMaking(rules: rules.spells, lists: lists).spells(of: records)
    }

    /// The employer that a spell is at; nil where no list of employers names its code.
    public static func employer(
        of spell: ParticipationSpell, on connection: any SQLConnection
    ) throws -> EntityID? {
        guard let unit = spell.unit else { return nil }
        return try connection.row("SELECT entity FROM employer_number WHERE number = ?", unit.bytes)?.entity("entity")
    }

    /// The employer that a branch belongs to; nil where no list names it.
    public static func parent(of employer: Employer, on connection: any SQLConnection) throws -> EntityID? {
        guard let parent = employer.parent else { return nil }
        return try connection.row("SELECT entity FROM employer_number WHERE number = ?", parent.bytes)?.entity(
            "entity")
    }

    /// The branches of an employer that lists name.
    public static func branches(of employer: Employer, on connection: any SQLConnection) throws -> [EntityID] {
        var found: Set<EntityID> = []
        for identifier in employer.identifiers where identifier.kind == .employerTax {
            for row in try connection.rows(
                "SELECT entity FROM employer WHERE parent = ?", identifier.token.bytes)
            {
                found.insert(try row.entity("entity"))
            }
        }
        return found.sorted()
    }

    /// An employer's accounts of the latest months, the latest first.
    public static func accounts(
        of employer: Employer, months: Int, on connection: any SQLConnection
    ) throws -> [EmployerAccount] {
        var lines: [AccountLine] = []
        for identifier in employer.identifiers where identifier.kind == .employerUnit {
            lines += try connection.rows(
                "SELECT * FROM account_line WHERE unit = ? ORDER BY month DESC, place DESC", identifier.token.bytes
            ).map(AccountLine.init)
        }
        let byMonth = Dictionary(grouping: lines, by: \.month).sorted { $0.key > $1.key }.prefix(months)
        return byMonth.map { month, lines in
            var seen: Set<String> = []
            let last = lines.sorted { $0.place > $1.place }.filter { seen.insert("\($0.line) \($0.name)").inserted }
            return EmployerAccount(month: month, lines: last.sorted { $0.place < $1.place })
        }
    }

    /// Who was insured at an employer in a month, by the persons' homes within the scope.
    public static func insured(
        at employer: Employer, in month: Month, within scope: Scope, on connection: any SQLConnection
    ) throws -> [EntityID] {
        let bound = Bound(scope)
        var found: Set<EntityID> = []
        for identifier in employer.identifiers {
            for row in try connection.rows(
                """
                SELECT DISTINCT s.person FROM spell s JOIN person p ON p.entity = s.person
                WHERE s.unit = ? AND s.first_month <= ? AND (s.last_month = '' OR s.last_month >= ?)\(bound.sql("p.commune"))
                """, [.bytes(identifier.token.bytes), month.sqlValue, month.sqlValue] + bound.values)
            {
                found.insert(try row.entity("person"))
            }
        }
        return found.sorted()
    }

    private static func records(
        of entity: EntityID, _ subject: RecordKind.Subject, within scope: Scope, keys: NumberKeys?,
        on connection: any SQLConnection
    ) throws -> [MemberRecord]? {
        let reading = MemberReading(sources: try RecordSource.all(on: connection), keys: keys)
        guard let member = try reading.members(of: [entity], on: connection)[entity], member.subject == subject else {
            return nil
        }
        if let communes = scope.communes {
            guard member.records.contains(where: { $0.commune.map(communes.contains) ?? false }) else { return nil }
        }
        return member.records
    }
}
