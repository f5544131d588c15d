/// Columns that repeat what others say: a full name beside its parts, a name in two spellings. Compared both, one agreement would
/// count twice.
struct DerivedColumns {
    /// One for each column that says something of its own; nil when all do.
    private(set) var comparisons: [ComparisonSettings]?
    /// Which columns are not compared, and why.
    private(set) var notes: [String] = []

    /// Rows looked at.
    private static let most = 2_000
    /// A column is part of another when all its words are in the other in so many of a hundred rows.
    private static let least = 85

    init(_ profile: FileProfile, _ pairings: [Suggestion.Pairing]) {
        let texts = pairings.map { pairing -> [Set<Substring>]? in
            // Numbers and days hold one another by chance.
            guard [.personName, .namePart, .organisation, .text, .commune].contains(pairing.kind),
                pairing.left.distinct > 5
            else { return nil }
            return Self.words(pairing.left.name, profile)
        }
        var parts = [[Int]](repeating: [], count: pairings.count)
        for whole in pairings.indices {
            for part in pairings.indices where part != whole && Self.holds(texts[whole], texts[part]) {
                // Of two that say the same the first stays.
                if Self.holds(texts[part], texts[whole]), whole > part { continue }
                parts[whole].append(part)
            }
        }
        var left: Set<Int> = []
        for whole in pairings.indices where !parts[whole].isEmpty {
            let smallest = parts[whole].filter { part in !parts[part].contains { parts[whole].contains($0) } }
            func names(_ columns: [Int]) -> String {
                columns.map { "“\(pairings[$0].name)”" }.joined(separator: ", ")
            }
            if smallest.count > 1 {
                left.insert(whole)
                notes.append("không so sánh cột “\(pairings[whole].name)”: đã có trong các cột \(names(smallest))")
            } else if !left.contains(smallest[0]) {
                left.insert(smallest[0])
                notes.append("không so sánh cột \(names(smallest)): là một phần của cột “\(pairings[whole].name)”")
            }
        }
        guard !left.isEmpty, left.count < pairings.count else { return }
        comparisons = pairings.indices.filter { !left.contains($0) }.map {
            ComparisonSettings(name: pairings[$0].name, column: pairings[$0].name)
        }
    }

    /// The words of a column in some rows; none where it is empty.
    private static func words(_ column: String, _ profile: FileProfile) -> [Set<Substring>]? {
        guard let place = profile.file.header.firstIndex(of: column) else { return nil }
        let (codes, pool) = (profile.file.columns[place], profile.file.pools[place])
        return stride(from: 0, to: codes.count, by: max(codes.count / most, 1)).map { row in
            codes[row] == 0 ? [] : Set(KindGuess.fold(pool.text(of: codes[row])).split(separator: " "))
        }
    }

    private static func holds(_ whole: [Set<Substring>]?, _ part: [Set<Substring>]?) -> Bool {
        guard let whole, let part else { return false }
        let both = zip(whole, part).filter { !$0.isEmpty && !$1.isEmpty }
        let held = both.count { $1.isSubset(of: $0) }
        return both.count >= 20 && held * 100 >= both.count * least
    }
}
