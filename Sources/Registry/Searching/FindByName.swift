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
        var findings = SearchFindings()
        try wholeNames(words, question, &gathering, on: connection)
        if words.count >= 3, !question.isWide, !gathering.entities.isEmpty {
            findings.canWiden = true
        } else if try likeliest(words, question, &gathering, on: connection) {
            findings.canWiden = true
        } else if question.subject == .person, let commune = question.commune, let year = question.birthYear {
            try gathering.add(bornNames(words, question, commune, year, on: connection), on: connection)
        } else {
            var search = try NameWalk(words, question, on: connection)
            while !gathering.isFull, let names = try search.next(on: connection) {
                for part in names { try gathering.add(part, on: connection) }
                if search.walked >= enoughNames, !gathering.entities.isEmpty, !question.isWide { break }
            }
            findings.canWiden = !search.isDone && !gathering.isFull
            findings.isCut = search.isCut && !gathering.isFull
        }
        findings.hasMore = gathering.entities.count >= wanted
        findings.entities = Array(gathering.entities.prefix(wanted - 1).dropFirst(min(max(skipping, 0), mostSkipped)))
        return findings
    }

    /// Who bears just the words, as they are mostly typed or pasted from a paper, in whatever order.
    private static func wholeNames(
        _ words: [String], _ question: SearchQuestion, _ gathering: inout Gathering, on connection: any SQLConnection
    ) throws {
        if question.subject == .person, gathering.places.communes != nil, words.count > 1 {
            // Common names have thousands of bearers, of whom few live in a commune.
            let orders = Set([words, Array(words[1...] + words[..<1]), words.reversed()])
            try gathering.add(.spoken, anyOf: orders.map { $0.joined(separator: " ") }.sorted(), on: connection)
            if !question.isWide, !gathering.entities.isEmpty { return }
        }
        var names: [NameHash] = []
        try connection.forEachRow(
            "SELECT name FROM searched_term WHERE term = ? ORDER BY name",
            [.bytes(NameTerms.whole(words, question.subject))]
        ) { row in names.append(NameHash(number: Int64(try row.integer("name")))) }
        try gathering.add(names, on: connection)
    }

    /// Persons who are most likely meant by words that nobody's whole name is: of three and more those whose names begin so, of two
    /// those who are called so, where a year or a commune narrows.
    /// - Returns: whether somebody was found.
    private static func likeliest(
        _ words: [String], _ question: SearchQuestion, _ gathering: inout Gathering, on connection: any SQLConnection
    ) throws -> Bool {
        guard question.subject == .person, !question.isWide else { return false }
        let isNarrow = question.birthYear != nil || gathering.places.communes != nil
        let typed = words.joined(separator: " ")
        switch (words.count, isNarrow) {
        case (2, true):
            try gathering.add(.called, anyOf: [NameTerms.called(words), typed], on: connection)
            if question.isOpen, gathering.entities.isEmpty {
                try gathering.add(.called, from: words[1], endingWith: words[0], on: connection)
            }
        case (3..., true) where question.isOpen: try gathering.add(.spoken, from: typed, on: connection)
        case (3..., false) where question.isOpen:
            var walk = NameWalk(begun: typed)
            while !gathering.isFull, let names = try walk.next(on: connection) {
                for part in names { try gathering.add(part, on: connection) }
            }
        default: return false
        }
        return !gathering.entities.isEmpty
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
