import Database
import Formats
import Kernel
import Registry

/// Looks at some employers at once: reads what the register knows of them and of whom they pay, and asks the tables.
struct SubjectReading {
    let pictures: RegisterPictures
    let tables: ReviewTables
    let law: ReviewLaw
    let time: ReviewTime
    let words: ReviewWords
    /// Persons who may be somebody who is insured.
    let doubted: Set<EntityID>
    let connection: any SQLConnection

    /// Persons whose records are in memory at once.
    private static let personsAtOnce = 500

    /// - Returns: one for each that is still there.
    func outcomes(of subjects: [ReviewSubject]) throws -> [SubjectOutcome] {
        let entities = subjects.compactMap { subject -> EntityID? in
            if case .employer(let entity) = subject { entity } else { nil }
        }
        let employers = try pictures.employers(entities, on: connection)
        let family = try Family(employers, pictures, on: connection)
        return try subjects.compactMap { subject in
            switch subject {
            case .employer(let entity):
                guard let picture = employers[entity] else { return nil }
                return try outcome(subject, key: entity, picture, codes: picture.units, family: family[entity])
            case .payer(let unit):
                guard let first = try RegisterQueries.firstPaid(by: unit, on: connection) else { return nil }
                return try outcome(subject, key: EntityID(first: first), nil, codes: [unit], family: [])
            }
        }
    }

    private func outcome(
        _ subject: ReviewSubject, key: EntityID, _ picture: EmployerPicture?, codes: [UnitKey], family: Set<UnitKey>
    ) throws -> SubjectOutcome {
        var outcome = SubjectOutcome(key: key, subject: subject)
        let paid = try time.taxYear.map { try RegisterQueries.paid(by: codes, in: $0, on: connection) } ?? []
        var own = Set(codes).union(family)
        outcome.units = own
        if picture.map({ !$0.has(.employerUnit) }) ?? true,
            let adopted = try adopted(Array(Set(paid.map(\.person))).sorted(), own)
        {
            own.formUnion(adopted)
            outcome.units.formUnion(adopted)
        }
        let rosters = try pictures.insured(at: own, since: time.since, until: time.month, on: connection)
        let roster = Roster(rosters.values.flatMap(\.self), paid: Set(paid.map(\.person)), month: time.month)
        outcome.insuredNow = roster.now
        let standing = EmployerFacts.standing(
            hasUnitCode: picture?.has(.employerUnit) ?? false, insuredNow: roster.now,
            ever: try !rosters.isEmpty || !pictures.everInsured(at: own, on: connection).isEmpty)
        var holds: Day?
        var declared = (here: 0, missing: 0)
        try forEachPerson(of: paid) { person, pay in
            let facts = PersonFacts(picture: person, law: law, time: time, words: words)
            let found = WorkerFacts(
                person: facts, pay: pay, own: own, employer: standing,
                isDoubted: doubted.contains(person.person.entity), namesake: roster.namesake(of: person)
            ).find()
            holds = [holds, found.holdsUntil].compactMap(\.self).min()
            let row = ReviewedRow(tables.workers, person: person.person.entity, found)
            outcome.rows.append(row)
            guard found.facts.key(.contract) == "month" else { return }
            outcome.declared += 1
            let isHere = found.facts.key(.insured) == "here"
            if isHere { outcome.declaredInsured += 1 }
            if isHere { declared.here += 1 } else if row.isLead { declared.missing += 1 }
        }
        let found = EmployerFacts(
            picture: picture, declared: declared, insuredNow: roster.now, employer: standing, words: words,
            named: paid.first?.place
        ).find()
        outcome.rows.insert(ReviewedRow(tables.employers, person: nil, found), at: 0)
        if let picture {
            try posts(of: picture, paid: Set(paid.map(\.person)), own, &outcome, &holds)
            outcome.name = picture.employer.name?.value ?? ""
            outcome.commune = picture.employer.commune?.value.text ?? ""
            outcome.industry = VietnameseText.tidy(picture.employer.fields[.industry]?.value ?? "")
        }
        // Who takes part may leave with the end of a month though no list comes.
        if let end = rosters.values.flatMap(\.self).compactMap(\.to).filter({ $0 >= time.month }).min() {
            holds = [holds, end.adding(months: 1).firstDay].compactMap(\.self).min()
        }
        outcome.holdsUntil = holds?.description ?? ""
        return outcome
    }

    /// The code under which most of whom a payer without a unit code pays are insured, where no other tax code is known of it: a
    /// unit that its list gives no tax code.
    private func adopted(_ persons: [EntityID], _ own: Set<UnitKey>) throws -> Set<UnitKey>? {
        guard !persons.isEmpty,
            let (unit, count) = try pictures.commonest(
                of: persons, since: time.since, until: time.month, on: connection),
            !own.contains(unit), !unit.isTaxCode, count * 2 >= persons.count
        else { return nil }
        guard let entity = try RegisterQueries.employers(of: [unit], on: connection)[unit] else { return [unit] }
        let codes = try pictures.units(of: [entity], on: connection)[entity] ?? []
        return codes.contains(where: \.isTaxCode) ? nil : Set(codes)
    }

    private func forEachPerson(
        of paid: [PaidRow], _ body: (PersonPicture, [MemberRecord]) throws -> Void
    ) throws {
        let places = Dictionary(grouping: paid, by: \.person).mapValues { Set($0.map(\.place)) }
        let persons = places.keys.sorted()
        for start in stride(from: 0, to: persons.count, by: Self.personsAtOnce) {
            let part = Array(persons[start..<min(start + Self.personsAtOnce, persons.count)])
            let found = try pictures.persons(part, on: connection)
            for entity in part {
                guard let person = found[entity], let places = places[entity] else { continue }
                try body(person, person.records.filter { places.contains($0.place) })
            }
        }
    }

    /// Its owner; and whoever stands for it by law without pay of it.
    private func posts(
        of picture: EmployerPicture, paid: Set<EntityID>, _ own: Set<UnitKey>, _ outcome: inout SubjectOutcome,
        _ holds: inout Day?
    ) throws {
        // Whoever owns it and stands for it by law is asked as its owner.
        var seen: Set<EntityID> = []
        let named = picture.people.sorted { $0.isOwner && !$1.isOwner }
            .filter { ($0.isOwner || !paid.contains($0.person)) && seen.insert($0.person).inserted }
        let found = try pictures.persons(named.map(\.person), on: connection)
        for one in named {
            guard let person = found[one.person] else { continue }
            let facts = PostFacts(
                person: PersonFacts(picture: person, law: law, time: time, words: words), business: picture, named: one,
                own: own
            ).find()
            holds = [holds, facts.holdsUntil].compactMap(\.self).min()
            outcome.rows.append(ReviewedRow(tables.posts, person: one.person, facts))
        }
    }
}

/// Whom an employer insures in the time that is looked at.
private struct Roster {
    /// How many in the month.
    let now: Int
    private let undeclared: [(name: String, birth: PartialDay?, place: RecordPlace)]

    init(_ insured: [RegisterPictures.Insured], paid: Set<EntityID>, month: Month) {
        now = Set(insured.filter { $0.to.map { $0 >= month } ?? true }.map(\.person)).count
        undeclared = insured.filter { !paid.contains($0.person) }
            .map { (NameAgreement.key($0.name), $0.birth, $0.person.first) }.sorted { $0.place < $1.place }
    }

    /// Somebody insured there whom it did not declare, who may be the person: the name agrees, and what is known of both births.
    func namesake(of person: PersonPicture) -> RecordPlace? {
        guard !undeclared.isEmpty, let name = person.person.name?.value else { return nil }
        let (key, birth) = (NameAgreement.key(name), person.person.birth.map { "\($0.value)" })
        return undeclared.first { other in
            guard let birth, let others = other.birth.map({ "\($0)" }) else {
                return NameAgreement.agree(key, other.name)
            }
            guard birth.hasPrefix(others) || others.hasPrefix(birth) else { return false }
            return NameAgreement.agree(key, other.name)
        }?.place
    }
}

/// The codes of employers' parents and branches: whoever is insured there is insured.
private struct Family {
    private var codes: [EntityID: Set<UnitKey>] = [:]

    init(
        _ employers: [EntityID: EmployerPicture], _ pictures: RegisterPictures, on connection: any SQLConnection
    ) throws {
        let parents = try RegisterQueries.employers(of: Set(employers.values.compactMap(\.parent)), on: connection)
        let taxes = Set(employers.values.flatMap(\.units).filter(\.isTaxCode))
        let branches = try RegisterQueries.branches(of: taxes, on: connection)
        let units = try pictures.units(
            of: Set(parents.values).union(branches.values.flatMap(\.self)), on: connection)
        for (entity, picture) in employers {
            var found: Set<UnitKey> = []
            if let parent = picture.parent {
                found.insert(parent)
                found.formUnion(parents[parent].flatMap { units[$0] } ?? [])
            }
            for unit in picture.units {
                for branch in branches[unit] ?? [] { found.formUnion(units[branch] ?? []) }
            }
            if !found.isEmpty { codes[entity] = found }
        }
    }

    subscript(_ employer: EntityID) -> Set<UnitKey> { codes[employer] ?? [] }
}
