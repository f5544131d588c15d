import Database
import Formats
import Kernel

/// What the index of names keeps of one person or employer: a function of the entity's records in force alone.
private struct SearchedEntity {
    let subject: RecordKind.Subject
    private(set) var names: Set<Row> = []
    private(set) var texts: [NameHash: String] = [:]
    private(set) var phones: Set<NumberToken> = []

    /// Who bears a name, where, born when: a row of `searched_name`. All three are one record's.
    struct Row: Hashable {
        let name: NameHash
        let year: Int
        let commune: String
    }

    init(_ subject: RecordKind.Subject, _ records: [MemberRecord]) {
        self.subject = subject
        for record in records {
            phones.formUnion(record.numbers.filter { $0.kind == .phone })
            let key = NameTerms.spoken(record[subject == .person ? .name : .unitName] ?? "")
            // Those without a name are found by their numbers alone.
            if key.isEmpty { continue }
            let hash = NameHash(key, of: subject)
            texts[hash] = key
            let year = record[.birth].flatMap { PartialDay($0)?.year } ?? 0
            names.insert(Row(name: hash, year: year, commune: record.commune?.text ?? ""))
        }
    }
}

/// Keeps the index of names up to what persons and employers are made of. Part of the transaction that works these out.
enum NameIndex {
    /// Makes the index of these entities what their records say; of those without records nothing stays.
    static func put(
        _ entities: [EntityID], _ members: [EntityID: (subject: RecordKind.Subject, records: [MemberRecord])],
        on connection: any SQLConnection
    ) throws {
        try put(members.mapValues { SearchedEntity($0.subject, $0.records) }, of: entities, on: connection)
    }

    /// What is different from what stands is changed, and nothing else: the next month's list mostly says the same.
    private static func put(
        _ known: [EntityID: SearchedEntity], of entities: [EntityID], on connection: any SQLConnection
    ) throws {
        var standing: [EntityID: Set<SearchedEntity.Row>] = [:]
        var phones: [EntityID: Set<NumberToken>] = [:]
        let keys = entities.map(\.sqlValue)
        try ManyKeys.forEachRow(
            "SELECT entity, name, year, commune FROM searched_name WHERE entity IN ({keys})", keys, on: connection
        ) { row in
            standing[try row.entity("entity"), default: []].insert(
                SearchedEntity.Row(
                    name: NameHash(number: Int64(try row.integer("name"))), year: try row.integer("year"),
                    commune: try row.text("commune")))
        }
        try ManyKeys.forEachRow(
            "SELECT entity, number FROM searched_phone WHERE entity IN ({keys})", keys, on: connection
        ) { row in
            phones[try row.entity("entity"), default: []].insert(NumberToken(bytes: try row.bytes("number")))
        }
        var gone: Set<NameHash> = []
        var come: [NameHash: (text: String, subject: RecordKind.Subject)] = [:]
        var added: [[SQLValue]] = []
        var addedPhones: [[SQLValue]] = []
        for entity in entities {
            let (before, now) = (standing[entity] ?? [], known[entity]?.names ?? [])
            for row in before.subtracting(now) {
                try connection.execute(
                    "DELETE FROM searched_name WHERE entity = ? AND name = ? AND year = ? AND commune = ?", entity,
                    row.name.number, row.year, row.commune)
                gone.insert(row.name)
            }
            for row in now.subtracting(before) {
                guard let known = known[entity], let text = known.texts[row.name] else { continue }
                come[row.name] = (text, known.subject)
                let isPerson = known.subject == .person
                let called = isPerson ? NameTerms.called(NameTerms.words(of: text)) : ""
                added.append([
                    entity.sqlValue, row.name.number.sqlValue, row.year.sqlValue, row.commune.sqlValue,
                    .bytes(isPerson ? Array(text.utf8) : []), .bytes(Array(called.utf8)),
                ])
            }
            let (numbers, present) = (phones[entity] ?? [], known[entity]?.phones ?? [])
            for number in numbers.subtracting(present) {
                try connection.execute(
                    "DELETE FROM searched_phone WHERE number = ? AND entity = ?", number.bytes, entity)
            }
            addedPhones += present.subtracting(numbers).map { [.bytes($0.bytes), entity.sqlValue] }
        }
        _ = try connection.load(
            "searched_name", columns: ["entity", "name", "year", "commune", "spoken", "called"], rows: added)
        _ = try connection.load("searched_phone", columns: ["number", "entity"], rows: addedPhones)
        try addTexts(come, on: connection)
        try removeTexts(gone.subtracting(come.keys), on: connection)
    }

    private static func addTexts(
        _ come: [NameHash: (text: String, subject: RecordKind.Subject)], on connection: any SQLConnection
    ) throws {
        var new = come
        try ManyKeys.forEachRow(
            "SELECT name FROM searched_text WHERE name IN ({keys})", come.keys.map(\.number.sqlValue), on: connection
        ) { row in new[NameHash(number: Int64(try row.integer("name")))] = nil }
        let sorted = new.sorted { $0.key < $1.key }
        _ = try connection.load(
            "searched_text", columns: ["name", "subject", "text"],
            rows: sorted.lazy.map { name, named in
                [name.number.sqlValue, .text(named.subject.rawValue), .text(named.text)]
            })
        _ = try connection.load(
            "searched_term", columns: ["term", "name"],
            rows: sorted.lazy.flatMap { name, named in
                NameTerms.all(of: named.text, named.subject).map { [.bytes($0), name.number.sqlValue] }
            })
        try count(sorted.map(\.value), by: 1, on: connection)
    }

    /// Names that nobody bears any more leave with their words.
    private static func removeTexts(_ gone: Set<NameHash>, on connection: any SQLConnection) throws {
        var left: [(text: String, subject: RecordKind.Subject)] = []
        for name in gone.sorted() {
            guard
                try connection.row("SELECT 1 AS one FROM searched_name WHERE name = ? LIMIT 1", name.number) == nil,
                let row = try connection.row("SELECT subject, text FROM searched_text WHERE name = ?", name.number)
            else { continue }
            let named = (text: try row.text("text"), subject: try row.choice("subject") as RecordKind.Subject)
            for term in NameTerms.all(of: named.text, named.subject) {
                try connection.execute("DELETE FROM searched_term WHERE term = ? AND name = ?", term, name.number)
            }
            try connection.execute("DELETE FROM searched_text WHERE name = ?", name.number)
            left.append(named)
        }
        try count(left, by: -1, on: connection)
        if !left.isEmpty { try connection.execute("DELETE FROM searched_word WHERE names <= 0") }
    }

    private static func count(
        _ names: [(text: String, subject: RecordKind.Subject)], by step: Int, on connection: any SQLConnection
    ) throws {
        var amounts: [[UInt8]: Int] = [:]
        for name in names {
            for word in NameTerms.words(of: name.text) {
                amounts[NameTerms.one(word, name.subject), default: 0] += step
            }
        }
        for (term, amount) in amounts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            try connection.execute(
                """
                INSERT INTO searched_word (term, names) VALUES (?, ?)
                ON CONFLICT (term) DO UPDATE SET names = searched_word.names + excluded.names
                """, term, amount)
        }
    }
}
