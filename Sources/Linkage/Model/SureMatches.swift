import Foundation

/// What a comparison looks like among matches, learned from those that the other comparisons are sure of.
///
/// Within the pairs of one blocking rule expectation maximisation tells two kinds of pairs apart, and where relatives of one house are
/// many, or people of one name in a commune, it takes them for the matches: a personal number that differs then looks like a
/// mistyped one. Pairs that all the rest says are one, and that a rule without the comparison's columns brings together, are hardly
/// ever relatives; and under conditional independence they show the comparison's levels as all matches do.
extension Training {
    /// Odds for a match, of what the other comparisons say, from which a pair teaches.
    static let sureOdds = 1e5
    /// Where fewer of the matches than this are sure, they are too special to speak for the others.
    private static let leastShare = 0.05
    /// What was known before counts as much as so many sure matches.
    static let knownBefore = 20.0
    private static let mostRounds = 20

    /// - Parameters:
    ///   - patterns: with the rules that hold in their top byte.
    ///   - before: m by expectation maximisation within the rules.
    ///   - u: by comparison and level.
    /// - Returns: m by comparison and level; of a comparison with too few sure matches what it was.
    func taughtBySureMatches(
        _ patterns: [(key: UInt64, count: Int)], before: [[Double]], u: [[Double]]
    ) -> [[Double]] {
        let rules = Array(candidates.rules.prefix(8))
        let free = comparisons.map { comparison in
            rules.indices.reduce(UInt64(0)) { bits, rule in
                comparison.columns.isDisjoint(with: rules[rule].columns) ? bits | 1 << UInt64(rule) : bits
            }
        }
        // What looks at the same columns says nothing new.
        let related = comparisons.map { one in
            comparisons.indices.filter { !comparisons[$0].columns.isDisjoint(with: one.columns) }
        }
        var m = before
        for _ in 0..<Self.mostRounds {
            let ratio = Self.logRatios(m, u)
            let share = prior(patterns, m: m, u: u)
            let start = log(share / (1 - share))
            var sums = m.map { [Double](repeating: 0, count: $0.count) }
            var found = m.map { _ in 0.0 }
            for (key, count) in patterns {
                var all = start
                for place in comparisons.indices {
                    let level = Int(key >> UInt64(place * 4) & 15)
                    if level > 0 { all += ratio[place][level - 1] }
                }
                let weight = Double(count) / (1 + exp(-all))
                for place in comparisons.indices where key >> 56 & free[place] != 0 {
                    let level = Int(key >> UInt64(place * 4) & 15)
                    guard level > 0 else { continue }
                    found[place] += weight
                    var others = all
                    for near in related[place] {
                        let level = Int(key >> UInt64(near * 4) & 15)
                        if level > 0 { others -= ratio[near][level - 1] }
                    }
                    if others >= log(Self.sureOdds) { sums[place][level - 1] += weight }
                }
            }
            var change = 0.0
            for place in m.indices {
                let sum = sums[place].reduce(0, +)
                guard sum >= Self.leastShare * found[place] else {
                    change = max(change, zip(m[place], before[place]).reduce(0) { max($0, abs($1.0 - $1.1)) })
                    m[place] = before[place]
                    continue
                }
                for level in m[place].indices {
                    let fresh =
                        (sums[place][level] + Self.knownBefore * before[place][level]) / (sum + Self.knownBefore)
                    change = max(change, abs(fresh - m[place][level]))
                    m[place][level] = fresh
                }
            }
            if change < 1e-5 { break }
        }
        return m
    }

    private static func logRatios(_ m: [[Double]], _ u: [[Double]]) -> [[Double]] {
        m.indices.map { place in m[place].indices.map { log(max(m[place][$0], leastM) / u[place][$0]) } }
    }
}
