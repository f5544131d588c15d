import Access
import Database
import Formats
import Kernel
import Vault

/// Reads persons and employers as a viewer may see them: from the records within the scope alone.
struct EntityReading {
    let scope: Scope
    let keys: NumberKeys?
    let rules: DerivationRules

    /// Whether a record lies within the scope; one that names no commune is for who sees all.
    private func covers(_ record: MemberRecord) -> Bool {
        guard let commune = record.commune else { return scope.communes == nil }
        return scope.covers(commune)
    }

    /// Those of whom somebody may see a record, with these records; how many lie elsewhere.
    func members(
        of entities: [EntityID], on connection: any SQLConnection
    ) throws -> [EntityID: (subject: RecordKind.Subject, records: [MemberRecord], elsewhere: Int)] {
        let reading = MemberReading(sources: try RecordSource.all(on: connection), keys: nil)
        return try reading.members(of: entities, on: connection).compactMapValues { subject, records in
            let own = records.filter(covers)
            return own.isEmpty ? nil : (subject, own, records.count - own.count)
        }
    }

    /// In the order of the entities; without those that nothing may be seen of.
    func summaries(of entities: [EntityID], on connection: any SQLConnection) throws -> [EntitySummary] {
        let members = try members(of: entities, on: connection)
        return try entities.compactMap { entity in
            guard let member = members[entity] else { return nil }
            return try summary(of: entity, member.subject, member.records, on: connection)
        }
    }

    private func summary(
        of entity: EntityID, _ subject: RecordKind.Subject, _ records: [MemberRecord], on connection: any SQLConnection
    ) throws -> EntitySummary {
        guard subject == .person else {
            let last = records.sorted(by: MemberRecord.isEarlier).last { $0[.unitName] != nil }
            return EntitySummary(
                entity: entity, subject: subject, name: last?[.unitName] ?? "", birthYear: nil, sex: nil,
                commune: last?.commune, group: nil,
                numbers: try numbers(
                    Self.last(of: [.employerTax, .employerUnit], in: records), isOpened: false, on: connection),
                records: records.count)
        }
        let person = Person(entity, records, by: rules)
        return EntitySummary(
            entity: entity, subject: subject, name: person.name?.value ?? "", birthYear: person.birth?.value.year,
            sex: person.sex?.value, commune: person.commune?.value, group: person.fields[.group]?.value,
            numbers: try numbers(
                Self.last(of: [.personal, .socialInsurance], in: records), isOpened: false, on: connection),
            records: records.count)
    }

    /// Of each kind the record that said it last.
    private static func last(
        of kinds: [NumberKind], in records: [MemberRecord]
    ) -> [(kind: NumberKind, place: RecordPlace)] {
        let ordered = records.sorted(by: MemberRecord.isEarlier)
        return kinds.compactMap { kind in ordered.last { $0.number(kind) != nil }.map { (kind, $0.place) } }
    }

    /// Numbers by the records that bear them; none where the server has no key to open them.
    func numbers(
        _ wanted: [(kind: NumberKind, place: RecordPlace)], isOpened: Bool, on connection: any SQLConnection
    ) throws -> [ShownNumber] {
        guard let keys else { return [] }
        var found: [ShownNumber] = []
        var known: [RecordPlace: StoredRecord] = [:]
        for (kind, place) in wanted {
            if known[place] == nil {
                let row = try connection.row(
                    """
                    SELECT r.* FROM membership m JOIN record r ON r.commune = m.commune AND r.place = m.place
                    WHERE m.place = ?
                    """, place)
                // A key that is missing closes its numbers and nothing else.
                do {
                    known[place] = try row.map { try StoredRecord($0, keys: keys) }
                } catch is VaultError {
                    continue
                }
            }
            guard let record = known[place],
                let number = PlainNumber.all(in: record.values, of: record.kind).first(where: { $0.kind == kind })
            else { continue }
            found.append(ShownNumber(number, isOpened: isOpened))
        }
        return found
    }
}
