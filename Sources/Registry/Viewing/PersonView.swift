public import Access
public import Database
public import Formats
public import Kernel
public import Vault

/// A person as somebody may see him: worked out from the records within the scope, numbers masked or opened.
public struct PersonView: Sendable, Equatable {
    public let person: Person
    /// The person's numbers with when they were said, in the order of ``Person/identifiers``; without the text where the server
    /// has no key.
    public let numbers: [NumberLine]
    /// Where and when the person took part, in order of time: worked out of all records, for lists of movements name no commune, and
    /// whoever moved would seem to have stopped. What lists wrote of it, the employer's name and the base, is of the scope's records.
    public let spells: [PlacedSpell]
    /// Others under the same address, within the scope.
    public let household: [EntitySummary]
    /// The latest first.
    public let records: [RecordLine]
    /// How many records lie outside the scope.
    public let elsewhere: Int
    /// What became one with this person, or left him, the latest first.
    public let changes: [EntityChange]
    /// What the day of birth, the address and the telephones are: closed until they are opened.
    public let opened: Opened?

    public struct NumberLine: Sendable, Equatable {
        public let identifier: Person.Identifier
        public let number: ShownNumber?
    }

    /// A spell with the employer that it is at, where lists of employers name it and the scope has it.
    public struct PlacedSpell: Sendable, Equatable {
        public let spell: ParticipationSpell
        public let employer: EntityID?
        /// Whether no record within the scope speaks of it.
        public let isElsewhere: Bool
    }

    public struct Opened: Sendable, Equatable {
        public let birth: Derived<PartialDay>?
        public let address: Derived<String>?
    }
}

/// A record as a line: which list says so, where in it.
public struct RecordLine: Sendable, Equatable {
    public let place: RecordPlace
    public let kind: RecordKind
    public let source: RecordSource?
    public let month: Month?
    public let commune: CommuneCode?
    public let sheet: String
    public let line: Int
    /// As the list writes it.
    public let name: String
}

extension RegisterService {
    /// A person with masked numbers; that somebody looked is noted.
    public func person(_ entity: EntityID, by submission: Submission) async throws -> PersonView {
        try submission.viewer.require(.openRecords)
        return try await store.write { [keys, rules, now = clock.now] connection in
            let view = try PersonReading(keys: keys, rules: rules).view(
                entity, for: submission.viewer, isOpened: false, on: connection)
            try WhoLooked.note(entity, by: submission, at: now, on: connection)
            return view
        }
    }

    /// A person with numbers, telephones, address and day of birth, once: whoever opens says what for, and it is kept.
    public func openPerson(_ entity: EntityID, purpose: String, by submission: Submission) async throws -> PersonView {
        guard !VietnameseText.tidy(purpose).isEmpty else {
            let words = "Hãy ghi mục đích mở số: việc gì, hồ sơ nào."
            throw Refusal(.invalid, words, fields: [.init(RegisterField.purpose, words)])
        }
        keys?.refresh()
        return try await store.write { [keys, rules, now = clock.now] connection in
            _ = try RegisterQueries.open(
                entity, purpose: purpose, by: submission, keys: keys, at: now, on: connection)
            return try PersonReading(keys: keys, rules: rules).view(
                entity, for: submission.viewer, isOpened: true, on: connection)
        }
    }

    /// Who looked at somebody, the latest first.
    public func looks(at entity: EntityID, limit: Int, for viewer: Viewer) async throws -> [WhoLooked.Look] {
        try viewer.require(.openRecords)
        return try await store.read {
            try WhoLooked.all(at: entity, within: viewer.recordScope, limit: limit, on: $0)
        }
    }

    /// Where somebody is now whose records went to another name by a merge; nil for who is still there, and for who is gone.
    public func heir(of entity: EntityID, for viewer: Viewer) async throws -> EntityID? {
        try viewer.require(.openRecords)
        return try await store.read { connection in
            var present = entity
            for _ in 0..<50 {
                if try RegisterQueries.lies(present, within: viewer.recordScope, on: connection) {
                    return present == entity ? nil : present
                }
                guard
                    let next = try EntityChange.all(of: present, on: connection).last(where: {
                        $0.kind == .merged && $0.earlier == present
                    })?.later, next != present
                else { return nil }
                present = next
            }
            return nil
        }
    }
}

/// Reads one person.
private struct PersonReading {
    let keys: NumberKeys?
    let rules: DerivationRules

    func view(
        _ entity: EntityID, for viewer: Viewer, isOpened: Bool, on connection: any SQLConnection
    ) throws -> PersonView {
        let reading = EntityReading(scope: viewer.recordScope, keys: keys, rules: rules)
        guard let member = try reading.members(of: [entity], on: connection)[entity], member.subject == .person else {
            throw Refusal(.notFound, "Không có người này trong địa bàn của bạn.")
        }
        let person = Person(entity, member.records, by: rules)
        let numbers = try person.identifiers.map { identifier in
            PersonView.NumberLine(
                identifier: identifier,
                number: try reading.numbers(
                    [(identifier.kind, identifier.place)], isOpened: isOpened, on: connection
                ).first)
        }
        let isAll = viewer.recordScope.communes == nil
        let spells = try RegisterQueries.spells(
            of: entity, within: viewer.recordScope, by: rules, keys: nil, on: connection
        ).map { spell in
            let employer = try RegisterQueries.employer(of: spell, on: connection)
            let isSeen =
                try employer.map { try RegisterQueries.lies($0, within: viewer.recordScope, on: connection) } ?? false
            let own = Self.speaking(of: spell, member.records)
            return PersonView.PlacedSpell(
                spell: isAll ? spell : spell.told(by: own), employer: isSeen ? employer : nil,
                isElsewhere: !isAll && own.isEmpty)
        }
        return PersonView(
            person: person, numbers: numbers, spells: spells,
            household: try reading.household(of: entity, on: connection),
            records: try reading.lines(of: member.records, on: connection), elsewhere: member.elsewhere,
            changes: try EntityChange.all(of: entity, on: connection).reversed(),
            opened: isOpened
                ? PersonView.Opened(birth: person.birth, address: try address(of: person, on: connection)) : nil)
    }

    /// The records that speak of a spell, the earliest first.
    private static func speaking(of spell: ParticipationSpell, _ records: [MemberRecord]) -> [MemberRecord] {
        let units = UnitsNamed(records)
        return records.sorted(by: MemberRecord.isEarlier).filter { record in
            guard let month = record.month, spell.covers(month) else { return false }
            return switch record.kind {
            case .participant, .movement, .stopped: spell.scheme == .compulsory && units.unit(of: record) == spell.unit
            case .voluntaryPayment: spell.scheme == .voluntary
            default: false
            }
        }
    }

    /// An address may hold a number and lie sealed for it.
    private func address(of person: Person, on connection: any SQLConnection) throws -> Derived<String>? {
        if let open = person.fields[.address] { return open }
        let places = person.identifiers.map(\.place)
        for place in places {
            guard
                let row = try connection.row(
                    """
                    SELECT r.* FROM membership m JOIN record r ON r.commune = m.commune AND r.place = m.place
                    WHERE m.place = ?
                    """, place)
            else { continue }
            let record = try StoredRecord(row, keys: keys)
            guard let text = record.values.text(.address), !text.isEmpty else { continue }
            return Derived(text, place: place, kind: record.kind, month: nil, isConfirmed: nil)
        }
        return nil
    }
}

extension ParticipationSpell {
    /// The same months with what these records wrote of them.
    fileprivate func told(by records: [MemberRecord]) -> ParticipationSpell {
        ParticipationSpell(
            scheme: scheme, unit: unit,
            unitName: records.last { !($0[.unitName] ?? "").isEmpty }?[.unitName] ?? "", from: from, to: to,
            begins: begins, ends: ends,
            base: records.compactMap { $0[.base].flatMap { Int($0) } }.last.map { Dong($0) }, firstSeen: firstSeen,
            lastListed: lastListed, first: first, last: last)
    }
}

extension EntityReading {
    /// The latest first.
    func lines(of records: [MemberRecord], on connection: any SQLConnection) throws -> [RecordLine] {
        try records.sorted(by: MemberRecord.isEarlier).reversed().map { record in
            let row = try connection.row(
                """
                SELECT r.sheet, r.line FROM membership m JOIN record r ON r.commune = m.commune AND r.place = m.place
                WHERE m.place = ?
                """, record.place)
            return RecordLine(
                place: record.place, kind: record.kind, source: record.source, month: record.month,
                commune: record.commune, sheet: try row?.text("sheet") ?? "", line: try row?.integer("line") ?? 0,
                name: record[.name] ?? record[.unitName] ?? "")
        }
    }
}
