public import Database
public import Formats
public import Kernel
public import Vault

/// An employer with all that its records say.
public struct EmployerPicture: Sendable {
    public let employer: Employer
    /// In the order of places.
    public let records: [MemberRecord]
    /// The codes by which others name it.
    public let units: [UnitKey]
    /// The code of the employer that it is a branch of.
    public let parent: UnitKey?
    /// Who owns it, or stands for it by law, as far as a list bears the person's number.
    public let people: [NamedPerson]

    /// Somebody whom an employer's record names by number.
    public struct NamedPerson: Sendable, Equatable {
        public let person: EntityID
        public let place: RecordPlace
        /// Whether as its owner.
        public let isOwner: Bool
    }

    public func has(_ kind: NumberKind) -> Bool { employer.identifiers.contains { $0.kind == kind } }
}

/// A person with all that the records say.
public struct PersonPicture: Sendable {
    public let person: Person
    /// In the order of places.
    public let records: [MemberRecord]
    public let spells: [Spell]

    public struct Spell: Sendable {
        public let spell: ParticipationSpell
        public let unit: UnitKey?
    }
}

/// Pictures of many persons and employers at once, numbers unopened. For work of the system that goes through the whole register.
public struct RegisterPictures: Sendable {
    public let rules: DerivationRules
    private let reading: MemberReading
    private let making: SpellMaking

    public init(by rules: DerivationRules, keys: NumberKeys?, on connection: any SQLConnection) throws {
        self.rules = rules
        reading = MemberReading(sources: try RecordSource.all(on: connection), keys: keys)
        making = SpellMaking(
            rules: rules.spells, lists: MonthLists(reading.sources.values, percent: rules.bounds.wholeListPercent))
    }

    /// Of deliveries: which agency's list of which month.
    public func source(of place: RecordPlace) -> RecordSource? { reading.sources[place.delivery] }

    public func persons(
        _ entities: [EntityID], on connection: any SQLConnection
    ) throws -> [EntityID: PersonPicture] {
        try reading.members(of: entities, on: connection).reduce(into: [:]) { found, member in
            guard member.value.subject == .person else { return }
            let spells = making.spells(of: member.value.records)
            found[member.key] = PersonPicture(
                person: Person(member.key, member.value.records, by: rules), records: member.value.records,
                spells: spells.map { .init(spell: $0, unit: $0.unit.map(UnitKey.init)) })
        }
    }

    public func employers(
        _ entities: [EntityID], on connection: any SQLConnection
    ) throws -> [EntityID: EmployerPicture] {
        let members = try reading.members(of: entities, on: connection).filter { $0.value.subject == .employer }
        var named: Set<NumberToken> = []
        for member in members.values {
            for record in member.records { named.formUnion(record.numbers.compactMap(\.ofPersonItself)) }
        }
        let index = try IdentityIndex(of: named, on: connection)
        return members.reduce(into: [:]) { found, member in
            let employer = Employer(member.key, member.value.records, by: rules)
            let numbers = employer.identifiers.map { UnitKey($0.token) }
            found[member.key] = EmployerPicture(
                employer: employer, records: member.value.records, units: Array(Set(numbers)).sorted(),
                parent: employer.parent.map(UnitKey.init), people: Self.people(member.value.records, index))
        }
    }

    /// A number that is shared names whoever's name agrees.
    private static func people(_ records: [MemberRecord], _ index: IdentityIndex) -> [EmployerPicture.NamedPerson] {
        var found: [EmployerPicture.NamedPerson] = []
        for record in records {
            let isOwner = record.kind == .householdBusiness
            guard isOwner || record[.representative] != nil,
                let name = isOwner ? record[.name] : record[.representative]
            else { continue }
            let key = NameAgreement.key(name)
            for token in record.numbers.compactMap(\.ofPersonItself) {
                for known in index.known(token).sorted(by: { $0.entity < $1.entity })
                where NameAgreement.agree(known.name, key)
                    && !found.contains(where: { $0.person == known.entity && $0.isOwner == isOwner })
                {
                    found.append(.init(person: known.entity, place: record.place, isOwner: isOwner))
                }
            }
        }
        return found
    }

    /// Somebody who took part at an employer.
    public struct Insured: Sendable, Equatable {
        public let person: EntityID
        public let name: String
        public let birth: PartialDay?
        /// The last month; nil while it goes on.
        public let to: Month?
    }

    /// Who took part compulsorily at codes between two months.
    public func insured(
        at units: some Collection<UnitKey>, since: Month, until: Month, on connection: any SQLConnection
    ) throws -> [UnitKey: [Insured]] {
        var found: [UnitKey: [Insured]] = [:]
        try ManyKeys.inParts(units.map(\.sqlValue)) { values in
            try connection.forEachRow(
                """
                SELECT s.unit, s.person, p.name, p.birth, s.last_month FROM spell s JOIN person p ON p.entity = s.person
                WHERE s.unit IN (\(ManyKeys.marks)) AND s.scheme = ? AND s.first_month <= ?
                AND (s.last_month = '' OR s.last_month >= ?) ORDER BY s.person, s.position
                """, values + [Scheme.compulsory.rawValue.sqlValue, until.sqlValue, since.sqlValue]
            ) { row in
                found[UnitKey(bytes: try row.bytes("unit")), default: []].append(
                    Insured(
                        person: try row.entity("person"), name: try row.text("name"),
                        birth: PartialDay(try row.text("birth")), to: Month(try row.text("last_month"))))
            }
        }
        return found
    }

    /// At which code most of some persons took part compulsorily between two months, and how many; of equals the first. Nil where none
    /// did.
    public func commonest(
        of persons: [EntityID], since: Month, until: Month, on connection: any SQLConnection
    ) throws -> (unit: UnitKey, persons: Int)? {
        var counts: [UnitKey: Set<EntityID>] = [:]
        try ManyKeys.inParts(persons.map(\.sqlValue)) { values in
            try connection.forEachRow(
                """
                SELECT DISTINCT person, unit FROM spell WHERE person IN (\(ManyKeys.marks)) AND scheme = ? AND first_month <= ?
                AND (last_month = '' OR last_month >= ?)
                """, values + [Scheme.compulsory.rawValue.sqlValue, until.sqlValue, since.sqlValue]
            ) { row in
                let bytes = try row.bytes("unit")
                guard !bytes.isEmpty else { return }
                counts[UnitKey(bytes: bytes), default: []].insert(try row.entity("person"))
            }
        }
        return counts.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }.map { ($0.key, $0.value.count) }
    }

    /// The codes of employers.
    public func units(
        of employers: some Collection<EntityID>, on connection: any SQLConnection
    ) throws -> [EntityID: [UnitKey]] {
        var found: [EntityID: [UnitKey]] = [:]
        try ManyKeys.inParts(employers.map(\.sqlValue)) { values in
            try connection.forEachRow(
                "SELECT number, entity FROM employer_number WHERE entity IN (\(ManyKeys.marks)) ORDER BY number", values
            ) { row in
                found[try row.entity("entity"), default: []].append(UnitKey(bytes: try row.bytes("number")))
            }
        }
        return found
    }

    /// Codes at which somebody took part at any time.
    public func everInsured(
        at units: some Collection<UnitKey>, on connection: any SQLConnection
    ) throws -> Set<UnitKey> {
        var found: Set<UnitKey> = []
        try ManyKeys.inParts(units.map(\.sqlValue)) { values in
            try connection.forEachRow("SELECT DISTINCT unit FROM spell WHERE unit IN (\(ManyKeys.marks))", values) {
                row in
                found.insert(UnitKey(bytes: try row.bytes("unit")))
            }
        }
        return found
    }
}
