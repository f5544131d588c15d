import Formats
import Kernel

extension Person {
    /// - Parameter records: of the person, in the order of places.
    init(_ entity: EntityID, _ records: [MemberRecord], by rules: DerivationRules) {
        self.entity = entity
        let ordered = records.sorted(by: MemberRecord.isEarlier)
        let fields = FieldChoice.fields(of: ordered, by: rules.personFields)
        self.fields = fields
        name = fields[.name]
        birth = fields[.birth].flatMap { field in PartialDay(field.value).map { field.map($0) } }
        sex = fields[.sex]
        commune = fields[.commune].flatMap { field in CommuneCode(field.value).map { field.map($0) } }
        identifiers = Identifier.all(of: ordered) { $0.isOfPerson }
        contradictions = Self.contradictions(ordered, identifiers)
    }

    private static func contradictions(
        _ ordered: [MemberRecord], _ identifiers: [Identifier]
    ) -> [Contradiction] {
        var found: [Contradiction] = []
        // A slip of one list alone is none: a number counts that the residents' list or two records bear.
        let personal = identifiers.filter { $0.kind == .personal && ($0.records > 1 || $0.isConfirmed == true) }
        if personal.count > 1 { found.append(.personalIDs(personal.map(\.place))) }
        let years = Set(
            ordered.compactMap { $0[.birth].flatMap { PartialDay($0)?.year } }
        ).sorted()
        if let first = years.first, let last = years.last, last - first > 1 { found.append(.birthYears(years)) }
        if Set(ordered.compactMap { $0[.sex] }).count > 1 { found.append(.sexes) }
        return found
    }
}

extension Person.Identifier {
    /// - Parameters:
    ///   - ordered: the earlier first.
    ///   - isOwn: which kinds of number are meant.
    static func all(of ordered: [MemberRecord], where isOwn: (NumberKind) -> Bool) -> [Person.Identifier] {
        struct Seen {
            var places: [RecordPlace] = []
            var months: [Month] = []
            var isOfResidents = false
        }
        var seen: [NumberToken: Seen] = [:]
        var lastPlace: [NumberToken: Int] = [:]
        var confirmed: Set<NumberKind> = []
        for (index, record) in ordered.enumerated() {
            for token in record.numbers {
                guard let kind = token.kind, isOwn(kind) else { continue }
                seen[token, default: Seen()].places.append(record.place)
                if let month = record.month { seen[token]?.months.append(month) }
                if record.kind == .resident {
                    seen[token]?.isOfResidents = true
                    confirmed.insert(kind)
                }
                lastPlace[token] = index
            }
        }
        return seen.compactMap { token, seen -> Person.Identifier? in
            guard let kind = token.kind, let place = seen.places.last else { return nil }
            return Person.Identifier(
                kind: kind, place: place, first: seen.months.min(), last: seen.months.max(),
                records: seen.places.count, isConfirmed: confirmed.contains(kind) ? seen.isOfResidents : nil,
                token: token)
        }.sorted { left, right in
            (left.kind.rawValue, lastPlace[right.token] ?? 0) < (right.kind.rawValue, lastPlace[left.token] ?? 0)
        }
    }
}

/// Chooses each field by its rule of precedence.
enum FieldChoice {
    /// - Parameter ordered: the earlier first.
    static func fields(
        of ordered: [MemberRecord], by rules: [RecordField: [RecordKind]]
    ) -> [RecordField: Derived<String>] {
        let byKind = Dictionary(grouping: ordered, by: \.kind)
        var chosen: [RecordField: Derived<String>] = [:]
        for (field, kinds) in rules {
            var candidate: MemberRecord?
            for kind in kinds {
                guard let records = byKind[kind] else { continue }
                let telling = records.filter { $0[field].map { !$0.isEmpty } ?? false }
                guard let last = telling.last else { continue }
                // A day of birth known whole says more than a year, whichever list it stands in.
                if field == .birth, let whole = telling.last(where: { ($0[.birth]?.utf8.count ?? 0) == 10 }) {
                    candidate = whole
                    break
                }
                candidate = candidate ?? last
                if field != .birth { break }
            }
            guard let record = candidate, let value = record[field] else { continue }
            let checked = byKind[.resident]?.last { $0[field] != nil }?[field]
            chosen[field] = Derived(
                value, place: record.place, kind: record.kind, month: record.month,
                isConfirmed: checked.map { $0 == value })
        }
        return chosen
    }
}
