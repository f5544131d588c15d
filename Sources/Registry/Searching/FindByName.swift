public import Access
public import Database
import Formats
import Kernel

/// Finds persons and employers by words of their names. What it costs does not grow with the register: the rarest words are
/// looked up first, names are gone through in parts, and only until a page is full.
public enum FindByName {
    /// No page begins behind so many.
    public static let mostSkipped = 600
    /// So many names that hold the words are gone through; whoever is asked for then must be told more closely.
    static let mostNames = 20_000
    /// So many are gone through where somebody was found already.
    static let enoughNames = 512

    /// Those who are found, in the order of ``SearchFindings/entities``, which is the same each time.
    /// - Parameters:
    ///   - scope: whose persons may be found: who has a record in its communes.
    ///   - limit: of a page, at most a hundred.
    public static func find(
        _ question: SearchQuestion, within scope: Scope, skipping: Int = 0, limit: Int,
        on connection: any SQLConnection
    ) throws -> SearchFindings {
        guard let places = Places(question, scope) else { return SearchFindings() }
        let words = NameTerms.words(of: question.typed)
        guard !words.isEmpty else { return SearchFindings() }
        let wanted = min(max(skipping, 0), mostSkipped) + min(max(limit, 1), 100) + 1
        var gathering = Gathering(wanted: wanted, places: places, year: question.birthYear)
        // The whole name, as it is mostly typed or pasted from a paper.
        try gathering.add([NameHash(NameTerms.key(question.typed), of: question.subject)], on: connection)
        var findings = SearchFindings()
        if words.count >= 3, !question.isWide, !gathering.entities.isEmpty {
            findings.canWiden = true
        } else if question.subject == .person, let commune = question.commune, let year = question.birthYear {
            try gathering.add(bornNames(words, question, commune, year, on: connection), on: connection)
        } else {
            var search = try NameWalk(words, question, on: connection)
            while !gathering.isFull, let names = try search.next(on: connection) {
                try gathering.add(names, on: connection)
                if search.walked >= enoughNames, !gathering.entities.isEmpty, !question.isWide { break }
            }
            findings.canWiden = !search.isDone && !gathering.isFull
            findings.isCut = search.isCut && !gathering.isFull
        }
        findings.hasMore = gathering.entities.count >= wanted
        findings.entities = Array(gathering.entities.prefix(wanted - 1).dropFirst(min(max(skipping, 0), mostSkipped)))
        return findings
    }

    /// The names that hold the words among those of a commune who were born in a year.
    private static func bornNames(
        _ words: [String], _ question: SearchQuestion, _ commune: CommuneCode, _ year: Int,
        on connection: any SQLConnection
    ) throws -> [NameHash] {
        var names: [NameHash] = []
        try connection.forEachRow(
            """
            SELECT DISTINCT n.name, x.text FROM searched_name n JOIN searched_text x ON x.name = n.name
            WHERE n.commune = ? AND n.year = ?
            """, [commune.sqlValue, year.sqlValue]
        ) { row in
            let known = try row.text("text").split(separator: " ")
            let isFound = words.enumerated().allSatisfy { place, word in
                question.isOpen && place == words.count - 1
                    ? known.contains { $0.hasPrefix(word) } : known.contains { $0 == word }
            }
            if isFound { names.append(NameHash(number: Int64(try row.integer("name")))) }
        }
        return names.sorted()
    }

    /// In which communes somebody must have a record; nil communes are all.
    struct Places {
        let communes: [String]?

        /// Nil where nobody can be found.
        init?(_ question: SearchQuestion, _ scope: Scope) {
            switch (question.commune, scope.communes) {
            case (let commune?, _):
                guard scope.covers(commune) else { return nil }
                communes = [commune.text]
            case (nil, let own?):
                guard !own.isEmpty else { return nil }
                communes = own.map(\.text)
            case (nil, nil): communes = nil
            }
        }
    }
}

/// Who bears the names that are gone through, each once, until there are enough.
private struct Gathering {
    let wanted: Int
    let places: FindByName.Places
    let year: Int?
    private(set) var entities: [EntityID] = []
    private var seen: Set<EntityID> = []

    init(wanted: Int, places: FindByName.Places, year: Int?) {
        (self.wanted, self.places, self.year) = (wanted, places, year)
    }

    var isFull: Bool { entities.count >= wanted }

    /// Names at once: few where they are common, more where nobody bears them who is looked for. The statement of each size
    /// keeps its text.
    private var size = 4

    mutating func add(_ names: [NameHash], on connection: any SQLConnection) throws {
        var rest = names[...]
        while !rest.isEmpty, !isFull {
            let part = Array(rest.prefix(names.count == 1 ? 1 : size))
            rest = rest.dropFirst(part.count)
            let before = entities.count
            try take(part, on: connection)
            if entities.count == before { size = min(size * 4, 256) }
        }
    }

    private mutating func take(_ names: [NameHash], on connection: any SQLConnection) throws {
        let marks = names.count == 1 ? 1 : size
        let filled = names + Array(repeating: names[names.count - 1], count: marks - names.count)
        var sql = "SELECT name, entity FROM searched_name WHERE name IN (\(Self.marks(marks)))"
        var values = filled.map(\.number.sqlValue)
        if let year {
            sql += " AND year = ?"
            values.append(year.sqlValue)
        }
        if let communes = places.communes {
            sql += " AND commune IN (\(Self.marks(communes.count)))"
            values += communes.map(\.sqlValue)
        }
        // One person may stand in several rows: of several communes, or with several years.
        var most = (wanted - entities.count) * 2
        while true {
            var rows: [(name: Int64, entity: EntityID)] = []
            try connection.forEachRow("\(sql) LIMIT ?", values + [most.sqlValue]) { row in
                rows.append((Int64(try row.integer("name")), try row.entity("entity")))
            }
            let order = Dictionary(names.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
            for row in rows.sorted(by: { (order[$0.name] ?? 0, $0.entity) < (order[$1.name] ?? 0, $1.entity) })
            where seen.insert(row.entity).inserted {
                entities.append(row.entity)
            }
            if rows.count < most || isFull { return }
            most *= 4
        }
    }

    private static func marks(_ count: Int) -> String {
        Array(repeating: "?", count: count).joined(separator: ", ")
    }
}

/// Goes through the names that hold all words, by the rarest of them.
private struct NameWalk {
    private let from: [UInt8]
    private let to: [UInt8]
    /// Further words that a name must hold whole.
    private let others: [[UInt8]]
    /// A word that a name must hold the beginning of.
    private let begun: String?
    private var last: (term: [UInt8], name: Int64)?
    private(set) var isDone = false
    private(set) var walked = 0
    private var part = 64
    private(set) var isCut = false

    init(_ words: [String], _ question: SearchQuestion, on connection: any SQLConnection) throws {
        let subject = question.subject
        let whole = question.isOpen ? Array(words.dropLast()) : words
        let begun = question.isOpen ? words.last : nil
        var rest = try Self.rareFirst(whole, subject, on: connection)
        func range(_ term: [UInt8], open: Bool) -> (from: [UInt8], to: [UInt8]) {
            (term, open ? NameTerms.end(of: term) : term + [0])
        }
        let lead: (from: [UInt8], to: [UInt8])
        if subject == .person, let begun, let rarest = rest.first {
            lead = range(NameTerms.pair(rarest, begun), open: true)
            rest.removeFirst()
            self.begun = nil
        } else if subject == .person, rest.count > 1 {
            lead = range(NameTerms.pair(rest[0], rest[1]), open: false)
            rest.removeFirst(2)
            self.begun = nil
        } else if let rarest = rest.first {
            lead = range(NameTerms.one(rarest, subject), open: false)
            rest.removeFirst()
            self.begun = begun
        } else {
            lead = range(NameTerms.one(begun ?? "", subject), open: true)
            self.begun = nil
        }
        others = rest.map { NameTerms.one($0, subject) }
        (from, to) = lead
    }

    /// Words that stand in few names first. One that stands in none is first of all, and the walk ends at once.
    private static func rareFirst(
        _ words: [String], _ subject: RecordKind.Subject, on connection: any SQLConnection
    ) throws -> [String] {
        guard words.count > 1 else { return words }
        let terms = words.map { NameTerms.one($0, subject) }
        var names: [[UInt8]: Int] = [:]
        let filled = terms + Array(repeating: terms[0], count: NameTerms.mostWords - terms.count)
        let marks = Array(repeating: "?", count: filled.count).joined(separator: ", ")
        try connection.forEachRow(
            "SELECT term, names FROM searched_word WHERE term IN (\(marks))", filled.map { .bytes($0) }
        ) { row in names[try row.bytes("term")] = try row.integer("names") }
        return zip(words, terms).map { ($0, names[$1] ?? 0) }.sorted { $0.1 < $1.1 }.map(\.0)
    }

    /// The next names, in the order of their terms; nil behind the last.
    mutating func next(on connection: any SQLConnection) throws -> [NameHash]? {
        guard !isDone else { return nil }
        var sql = "SELECT t.term, t.name FROM searched_term t WHERE t.term >= ? AND t.term < ?"
        var values: [SQLValue] = [.bytes(last?.term ?? from), .bytes(to)]
        if let last {
            sql += " AND (t.term, t.name) > (?, ?)"
            values += [.bytes(last.term), last.name.sqlValue]
        }
        for other in others {
            sql += " AND EXISTS (SELECT 1 FROM searched_term o WHERE o.term = ? AND o.name = t.name)"
            values.append(.bytes(other))
        }
        if let begun {
            // Letters and digits alone: nothing that `LIKE` reads otherwise.
            sql += " AND EXISTS (SELECT 1 FROM searched_text x WHERE x.name = t.name AND (' ' || x.text) LIKE ?)"
            values.append("% \(begun)%".sqlValue)
        }
        var names: [NameHash] = []
        var rows = 0
        try connection.forEachRow("\(sql) ORDER BY t.term, t.name LIMIT ?", values + [part.sqlValue]) { row in
            let name = Int64(try row.integer("name"))
            last = (try row.bytes("term"), name)
            rows += 1
            names.append(NameHash(number: name))
        }
        walked += rows
        isDone = rows < part
        if !isDone, walked >= FindByName.mostNames { (isDone, isCut) = (true, true) }
        part = min(part * 4, 1_024)
        return names.isEmpty ? nil : names
    }
}
