/// Records that are one.
public enum Clusters {
    /// Connected by pairs at or above the threshold.
    /// - Returns: for each row the number of its cluster, from 0 in the order of the clusters' first rows.
    public static func components(of pairs: [LinkedPair], rows: Int) -> [Int] {
        var sets = DisjointSets(rows)
        for pair in pairs { sets.join(pair.left, pair.right) }
        return sets.numbers()
    }

    /// The same, the strongest pairs first and no two records of one list in a cluster: for lists free of doubles.
    /// - Parameters:
    ///   - pairs: rows of one side, ties broken by the order given.
    ///   - sources: the list of each row, below 64.
    static func oneOfEachList(of pairs: [LinkedPair], sources: [UInt8]) -> [Int] {
        var sets = DisjointSets(sources.count)
        var lists = sources.map { UInt64(1) << UInt64($0) }
        for pair in pairs {
            let (first, second) = (sets.root(pair.left), sets.root(pair.right))
            guard first != second, lists[first] & lists[second] == 0 else { continue }
            let both = lists[first] | lists[second]
            sets.join(first, second)
            lists[sets.root(first)] = both
        }
        return sets.numbers()
    }
}

/// Rows in sets that can be joined.
struct DisjointSets {
    private var parent: [Int]

    init(_ rows: Int) { parent = Array(0..<rows) }

    mutating func root(_ row: Int) -> Int {
        var row = row
        while parent[row] != row {
            parent[row] = parent[parent[row]]
            row = parent[row]
        }
        return row
    }

    mutating func join(_ first: Int, _ second: Int) {
        let (first, second) = (root(first), root(second))
        if first != second { parent[max(first, second)] = min(first, second) }
    }

    /// For each row the number of its set, from 0 in the order of the sets' first rows.
    mutating func numbers() -> [Int] {
        var numbers = [Int](repeating: -1, count: parent.count)
        var next = 0
        return parent.indices.map { row in
            let top = root(row)
            if numbers[top] < 0 {
                numbers[top] = next
                next += 1
            }
            return numbers[top]
        }
    }
}

/// Two records of a cluster that cannot be one.
public struct Contradiction: Sendable, Equatable {
    public enum Reason: Sendable, Equatable {
        /// Two different numbers in a column of identifiers, of one length and more than two edits apart.
        case identifiers(column: String, left: String, right: String)
        /// A `never` rule holds.
        case neverRule
        /// Two records of one list that is free of doubles.
        case sameList
    }

    /// Rows of the left side.
    public let first: Int
    public let second: Int
    public let reason: Reason
}

/// Looks through the clusters of a run for records that cannot be one.
struct Contradictions {
    private let candidates: Candidates
    /// A cluster of more records is looked at in its first rows only.
    private static let mostRows = 40
    /// No more than this are told.
    static let most = 10_000

    init(_ candidates: Candidates) { self.candidates = candidates }

    /// Of one list against itself, or several together; two lists linked to one another make no clusters.
    func found(in pairs: [LinkedPair]) -> [Contradiction] {
        let data = candidates.data
        guard data.isSelf else { return [] }
        var members: [Int: [Int]] = [:]
        let touched = Set(pairs.flatMap { [$0.left, $0.right] })
        let numbers = Clusters.components(of: pairs, rows: data.leftRows)
        for row in touched.sorted() { members[numbers[row], default: []].append(row) }
        let reader = PatternReader([], candidates.definite, data)
        let identifiers = data.columns.indices.filter { data.columns[$0].values.kind == .identifier }
        var found: [Contradiction] = []
        for cluster in members.keys.sorted() {
            let rows = (members[cluster] ?? []).prefix(Self.mostRows)
            for (place, first) in rows.enumerated() {
                for second in rows.dropFirst(place + 1) {
                    guard found.count < Self.most else { return found }
                    if let reason = reason(first, second, reader, identifiers) {
                        found.append(Contradiction(first: first, second: second, reason: reason))
                    }
                }
            }
        }
        return found
    }

    private func reason(
        _ first: Int, _ second: Int, _ reader: PatternReader, _ identifiers: [Int]
    ) -> Contradiction.Reason? {
        let data = candidates.data
        if candidates.pattern(left: first, right: second, by: reader) & DefiniteRules.neverBit != 0 {
            return .neverRule
        }
        if data.linksAcross, data.sources[first] == data.sources[second] { return .sameList }
        for place in identifiers {
            let column = data.columns[place]
            let (left, right) = (data.code(of: place, left: first), data.code(of: place, left: second))
            guard left != 0, right != 0, left != right else { continue }
            let (a, b) = (column.pinned.texts[left], column.pinned.texts[right])
            if a.count == b.count, StringDistance.damerauLevenshtein(a, b) > 2 {
                return .identifiers(
                    column: column.name, left: column.pool.text(of: data.writtenCode(of: place, left: first)),
                    right: column.pool.text(of: data.writtenCode(of: place, left: second)))
            }
        }
        return nil
    }
}
