import Access
public import Database
import Kernel

/// One index of the words of what is stored, in plain tables, the same on both engines (docs/decisions/0062).
public struct SearchIndex: Sendable {
    let store: any DataStore
    let sources: [String: SearchSource]

    public init(store: any DataStore, sources: [SearchSource]) {
        self.store = store
        self.sources = Dictionary(sources.map { ($0.kind.word, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// A word of more things than these is no way to find one: then the newest are gone through instead.
    static let rare = 2_000

    /// Entries of a thing, in the place of those there were.
    static func put(_ entries: [SearchEntry], of kind: Subject.Kind, on connection: any SQLConnection) throws {
        guard !entries.isEmpty else { return }
        for entry in entries { try remove(entry.key, of: kind, on: connection) }
        let worded = entries.map { ($0, SearchWords.index(of: $0.texts)) }
        _ = try connection.load(
            "search_entry", columns: ["kind", "key", "places", "newness", "text"],
            rows: worded.map { entry, words in
                [
                    kind.word.sqlValue, entry.key.sqlValue, " \(entry.places.joined(separator: " ")) ".sqlValue,
                    entry.newness.sqlValue, " \(words.joined(separator: " ")) ".sqlValue,
                ]
            })
        _ = try connection.load(
            "search_word", columns: ["kind", "word", "key"],
            rows: worded.flatMap { entry, words in
                Set(words).sorted().map { [kind.word.sqlValue, $0.sqlValue, entry.key.sqlValue] }
            })
    }

    static func remove(_ key: String, of kind: Subject.Kind, on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM search_entry WHERE kind = ? AND key = ?", kind.word, key)
        try connection.execute("DELETE FROM search_word WHERE kind = ? AND key = ?", kind.word, key)
    }

    /// The keys of what holds all words and lies within reach, those first that hold them one behind the other, then the
    /// newest first.
    static func find(
        _ words: SearchWords, of kind: Subject.Kind, within reach: SearchReach, skipping: Int, limit: Int,
        on connection: any SQLConnection
    ) throws -> [String] {
        guard !words.isEmpty else { return [] }
        var condition = "e.kind = ?"
        var values = [kind.word.sqlValue]
        if case .places(let places) = reach {
            guard !places.isEmpty else { return [] }
            condition += " AND (\(places.map { _ in "e.places LIKE ?" }.joined(separator: " OR ")))"
            values += places.map { "% \($0) %".sqlValue }
        }
        condition += words.words.map { _ in " AND e.text LIKE ?" }.joined()
        values += words.words.map(\.pattern.sqlValue)

        let amounts = try words.words.map { ($0, try amount(of: $0, kind, on: connection)) }
        guard let (rarest, amount) = amounts.min(by: { $0.1 < $1.1 }), amount > 0 else { return [] }
        var order = "e.newness DESC, e.key DESC"
        if amount <= rare {
            let (bounds, bound) = bounds(of: rarest)
            condition += " AND e.key IN (SELECT w.key FROM search_word w WHERE w.kind = ? AND \(bounds))"
            values.append(kind.word.sqlValue)
            values += bound
            order = "CASE WHEN e.text LIKE ? THEN 0 ELSE 1 END, " + order
            values.append("% \(words.words.map(\.text).joined(separator: " "))%".sqlValue)
        }
        return try connection.rows(
            "SELECT e.key FROM search_entry e WHERE \(condition) ORDER BY \(order) LIMIT ? OFFSET ?",
            values + [limit.sqlValue, skipping.sqlValue]
        ).map { try $0.text("key") }
    }

    /// Of how many things a word is, counted no further than one looks.
    private static func amount(
        of word: SearchWords.Word, _ kind: Subject.Kind, on connection: any SQLConnection
    ) throws -> Int {
        let (bounds, bound) = bounds(of: word)
        let row = try connection.rows(
            """
            SELECT COUNT(*) AS amount FROM
                (SELECT 1 AS one FROM search_word w WHERE w.kind = ? AND \(bounds) LIMIT \(rare + 1)) counted
            """, [kind.word.sqlValue] + bound
        ).first
        return try row?.integer("amount") ?? 0
    }

    private static func bounds(of word: SearchWords.Word) -> (sql: String, values: [SQLValue]) {
        if word.isWhole { return ("w.word = ?", [word.text.sqlValue]) }
        let (from, to) = word.range
        return to.map { ("w.word >= ? AND w.word < ?", [from.sqlValue, $0.sqlValue]) }
            ?? ("w.word >= ?", [from.sqlValue])
    }
}
