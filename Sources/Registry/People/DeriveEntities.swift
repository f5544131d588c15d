public import Database
import Formats
import Kernel
public import Vault

/// Works out anew the persons and employers whose records changed.
public enum DeriveEntities {
    /// One chunk of those that wait. Part of the caller's transaction: what is worked out and that it no longer waits commit together.
    /// - Parameter limit: persons and employers at most.
    /// - Returns: how many were worked out; fewer than the limit when none is left.
    public static func derive(
        limit: Int, by rules: DerivationRules, keys: NumberKeys?, on connection: any SQLConnection
    ) throws -> Int {
        let touched = try TouchedEntities.next(limit, on: connection)
        guard let last = touched.last else {
            // Lists that came or went concern people whom they do not name.
            return try ListChanges.step(on: connection) ? limit : 0
        }
        let reading = MemberReading(sources: try RecordSource.all(on: connection), keys: keys)
        let members = try reading.members(of: touched, on: connection)
        let making = SpellMaking(
            rules: rules.spells,
            lists: MonthLists(reading.sources.values, percent: rules.bounds.wholeListPercent))
        var persons: [Person] = []
        var drafts: [StoredSpells.Draft] = []
        var employers: [Employer] = []
        var pay: [StoredPay.Row] = []
        var told: [EntityID: EntityMarks.Told] = [:]
        for entity in touched {
            guard let member = members[entity] else { continue }
            switch member.subject {
            case .person:
                let person = Person(entity, member.records, by: rules)
                persons.append(person)
                let spells = making.spells(of: member.records)
                pay += member.records.compactMap { StoredPay.Row($0, of: entity) }
                told[entity] = EntityMarks.Told(person, member.records, spells)
                guard !spells.isEmpty else { continue }
                let residence = Residence(
                    member.records, kinds: rules.personFields[.commune] ?? [], months: rules.bounds.residenceMonths)
                drafts.append(
                    StoredSpells.Draft(
                        person: entity, spells: spells,
                        events: PersonCourse(spells: spells, residence: residence).events))
            case .employer:
                let employer = Employer(entity, member.records, by: rules)
                employers.append(employer)
                told[entity] = EntityMarks.Told(employer, member.records)
            case .own: break
            }
        }
        try StoredPersons.replace(touched, with: persons, on: connection)
        try NameIndex.put(touched, members, on: connection)
        var counts = FlowCounts()
        // Employers first: persons are counted where these are from now on.
        try StoredEmployers.replace(touched, with: employers, counts: &counts, on: connection)
        try StoredSpells.replace(touched, with: drafts, counts: &counts, on: connection)
        try counts.store(on: connection)
        try StoredPay.replace(touched, with: pay, on: connection)
        try EntityMarks.put(touched, told, on: connection)
        try TouchedEntities.done(upTo: last, on: connection)
        return touched.count
    }
}

/// The table of persons: what many are counted and searched by.
enum StoredPersons {
    static func replace(
        _ touched: [EntityID], with persons: [Person], on connection: any SQLConnection
    ) throws {
        try connection.delete(touched, from: "person", by: "entity")
        _ = try connection.load(
            "person", columns: ["entity", "commune", "name", "birth", "sex", "group_name", "faults"],
            rows: persons.lazy.map { person in
                [
                    person.entity.sqlValue, .text(person.commune?.value.text ?? ""), .text(person.name?.value ?? ""),
                    .text(person.birth?.value.description ?? ""), .text(person.sex?.value ?? ""),
                    .text(person.fields[.group]?.value ?? ""),
                    .text(person.contradictions.map(\.word).joined(separator: ",")),
                ]
            })
    }
}

extension SQLConnection {
    /// Deletes the rows of so many persons or employers in few statements.
    func delete(_ entities: [EntityID], from table: String, by column: String) throws {
        try ManyKeys.execute(
            "DELETE FROM \(table) WHERE \(column) IN ({keys})", entities.map(\.sqlValue), on: self)
    }
}
