import Database
import Formats
import Kernel

/// Goes through the names that hold all words, by the rarest of them.
struct NameWalk {
    private let from: [UInt8]
    private let to: [UInt8]
    /// Further words that a name must hold whole.
    private let others: [[UInt8]]
    /// A word that a name must hold the beginning of.
    private let begun: String?
    private var last: (term: [UInt8], name: Int64)?
    private(set) var isDone = false
    private(set) var walked = 0
    private var part = 32
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

    /// Of persons whose names begin with words as they are said.
    init(begun typed: String) {
        from = NameTerms.begun(typed)
        to = NameTerms.end(of: from)
        (others, begun) = ([], nil)
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

    /// The next names, in the order of their terms, those that hold the word whole before those that begin with it; nil behind the
    /// last.
    mutating func next(on connection: any SQLConnection) throws -> [[NameHash]]? {
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
        var names: [[NameHash]] = [[], []]
        var rows = 0
        try connection.forEachRow("\(sql) ORDER BY t.term, t.name LIMIT ?", values + [part.sqlValue]) { row in
            let name = Int64(try row.integer("name"))
            let term = try row.bytes("term")
            last = (term, name)
            rows += 1
            names[term == from ? 0 : 1].append(NameHash(number: name))
        }
        walked += rows
        isDone = rows < part
        if !isDone, walked >= FindByName.mostNames { (isDone, isCut) = (true, true) }
        part = min(part * 4, 1_024)
        return rows == 0 ? nil : names
    }
}
