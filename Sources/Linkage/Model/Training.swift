import Foundation

/// Learns a model from data without labels: u from the counts of values and from random pairs, m by expectation maximisation
/// over the histogram of agreement patterns within each blocking rule (Fellegi & Sunter 1969; Winkler 1988; the comparisons
/// that a rule fixes are left out of its run), then from the matches that all other comparisons are sure of.
struct Training {
    let candidates: Candidates
    let settings: LinkSettings
    /// Patterns of pairs that people have judged.
    var labelled: [(pattern: UInt64, isMatch: Bool)] = []
    /// How many matches there are, where rules say it; otherwise the pairs looked at tell.
    var statedMatches: Double?
    var comparisons: [Comparison] { candidates.comparisons }
    private var data: LinkData { candidates.data }

    /// Among matches no level is rarer than this, and among strangers none rarer than one in a thousand million.
    static let leastM = 1e-4
    static let leastU = 1e-9
    /// A run of EM ends here when it has not settled.
    static let mostSteps = 200

    /// - Parameters:
    ///   - histogram: patterns with the rules that hold in their top byte.
    ///   - earlier: a model of the same data, whose matches are no strangers.
    func model(from histogram: PatternCounts, random: [[Int]], knowing earlier: LinkModel? = nil) -> LinkModel {
        let u = chanceAmongStrangers(random, knowing: earlier)
        // What a rule forbids is no match, whatever it looks like.
        let patterns = histogram.sorted.filter { $0.key & DefiniteRules.neverBit == 0 }
        var runs: [LinkModel.Run] = []
        var m: [[Double]] = []
        var steps = 0
        // Every rule is a run of its own; what it says of a comparison counts by the matches it found.
        var sums = comparisons.map { [Double](repeating: 0, count: $0.levels.count + 1) }
        var weights = [Double](repeating: 0, count: comparisons.count)
        for (index, rule) in candidates.rules.prefix(8).enumerated() {
            let within = patterns.filter { ($0.key >> 56) >> UInt64(index) & 1 == 1 }.map {
                (pattern: $0.key & Scorer.levels, count: $0.count)
            }
            let free = comparisons.indices.filter { comparisons[$0].columns.isDisjoint(with: rule.columns) }
            guard !within.isEmpty, !free.isEmpty else { continue }
            let run = maximise(within, free: free, u: u)
            steps = max(steps, run.shares.count)
            runs.append(LinkModel.Run(rule: rule.text, shares: run.shares, firstLevels: run.firstLevels))
            for place in free {
                weights[place] += run.matches[place]
                for level in sums[place].indices { sums[place][level] += run.m[place][level] * run.matches[place] }
            }
        }
        for place in comparisons.indices {
            if weights[place] > 0 {
                m.append(sums[place].map { $0 / weights[place] })
            } else {
                m.append(assumption(place))
            }
        }
        // A comparison that every rule fixes learns from all pairs together, the others held fast.
        let stuck = comparisons.indices.filter { weights[$0] == 0 }
        if !stuck.isEmpty {
            let run = maximise(
                patterns.map { (pattern: $0.key & Scorer.levels, count: $0.count) },
                free: Array(comparisons.indices), u: u, start: m, held: Set(comparisons.indices).subtracting(stuck))
            for place in stuck { m[place] = run.m[place] }
        }
        m = taughtBySureMatches(patterns, before: m, u: u.chance)
        let judged = labelled.count { $0.isMatch }
        if judged > 0 { m = comparisons.indices.map { learned(from: labelled, $0, before: m[$0]) } }
        let seen = m
        m = m.map { levels in
            let floored = levels.map { max($0, Self.leastM) }
            let sum = floored.reduce(0, +)
            return floored.map { $0 / sum }
        }
        let stated = statedMatches.map { min(max($0 / max(data.possiblePairs, 1), 1e-12), 0.5) }
        let prior = stated ?? self.prior(patterns, m: m, u: u.chance)
        return LinkModel(
            version: LinkModel.currentVersion, settings: settings, prior: prior,
            comparisons: comparisons.indices.map { place in
                let comparison = comparisons[place]
                let conditions = comparison.levels.map(\.condition.description) + ["else"]
                return LinkModel.Comparison(
                    name: comparison.name,
                    levels: conditions.indices.map { level in
                        LinkModel.Level(
                            condition: conditions[level], m: m[place][level], u: u.chance[place][level],
                            seenAmongMatches: seen[place][level] > Self.leastM / 10,
                            seenAmongStrangers: u.seen[place][level])
                    })
            }, steps: steps, runs: runs, labels: judged > 0 ? labelled.count : nil)
    }

    // MARK: Labels

    /// Judged matches count with as much of what the data said before as five of them.
    private func learned(
        from labelled: [(pattern: UInt64, isMatch: Bool)], _ place: Int, before: [Double]
    ) -> [Double] {
        var counts = before.map { $0 * 5 }
        for pair in labelled where pair.isMatch {
            let level = Int(pair.pattern >> UInt64(place * 4) & 15)
            if level > 0 { counts[level - 1] += 1 }
        }
        let sum = counts.reduce(0, +)
        return counts.map { $0 / sum }
    }

    /// The model with a line through its weights such that the chances fit what people judged (Platt 1999, with his softened
    /// targets); left as it is when one of the two answers is missing.
    func calibrated(_ model: LinkModel) -> LinkModel {
        let weights = labelled.map { pair in
            comparisons.indices.reduce(model.priorWeight) { sum, place in
                let level = Int(pair.pattern >> UInt64(place * 4) & 15)
                return level > 0 ? sum + model.comparisons[place].levels[level - 1].weight : sum
            }
        }
        guard let line = Calibrating.line(through: zip(weights, labelled.map(\.isMatch)).map { ($0, $1) }) else {
            return model
        }
        return LinkModel(
            settings: model.settings, prior: model.prior, comparisons: model.comparisons, steps: model.steps,
            runs: model.runs, calibration: line, labels: model.labels)
    }

    private func assumption(_ place: Int) -> [Double] {
        let count = comparisons[place].levels.count
        // Most matches agree at the first level, fewer at each further one.
        let raw = (0...count).map { pow(0.35, Double($0)) }
        let sum = raw.reduce(0, +)
        return raw.map { $0 / sum }
    }

    // MARK: Strangers

    /// The chance of each level among strangers. Where a level is the equality of a feature, it follows from how often each
    /// value occurs; for the others random pairs tell.
    /// - Parameter random: by comparison, how many random pairs were at each level (0 missing).
    private func chanceAmongStrangers(
        _ random: [[Int]], knowing earlier: LinkModel?
    ) -> (chance: [[Double]], seen: [[Bool]]) {
        var chances: [[Double]] = []
        var seen: [[Bool]] = []
        for (place, comparison) in comparisons.enumerated() {
            let counted = Array(random[place].dropFirst())
            let pairs = max(Double(counted.reduce(0, +)), 1)
            var chance = counted.map { Double($0) / pairs }
            var known = counted.map { $0 > 0 }
            var above = 0.0
            for (index, level) in comparison.levels.enumerated() {
                if let part = level.equality {
                    var (equal, all) = equality(of: part, in: comparison.column)
                    if let earlier {
                        let agreeing = earlier.comparisons[place].levels[...index].reduce(0) { $0 + $1.m }
                        equal = max(equal - earlier.prior * agreeing * all, 0)
                    }
                    known[index] = equal > 0
                    // Not one equal pair of strangers in so many: less than half of one.
                    equal = max(equal, 0.5) / max(all, 1)
                    chance[index] = max(equal - above, equal * 1e-3)
                    above = max(above, equal)
                }
                // Not one among the random pairs: less than one in so many, but more likely than plain equality of rare values.
                if chance[index] <= 0 { chance[index] = 0.5 / pairs }
            }
            if chance[chance.count - 1] <= 0 { chance[chance.count - 1] = 0.5 / pairs }
            let sum = chance.reduce(0, +)
            chances.append(chance.map { max($0 / sum, Self.leastU) })
            seen.append(known)
        }
        return (chances, seen)
    }

    /// How many pairs of different records within a file have a value in common, of how many pairs with values. Within a file
    /// two records are strangers, or nearly always; across the files an equal number is most often a match, and would make
    /// the number look common.
    private func equality(
        of part: ValuePart, in column: Int
    ) -> (equal: Double, all: Double) {
        guard data.linksAcross else {
            let summary = data.counts(of: part, in: column).summary
            return (Double(summary.equalPairs), Double(summary.pairs))
        }
        let values = data.columns[column].values.part(part)
        let size = Int((values.max() ?? 0) + 1)
        var (equal, all) = (0, 0)
        for list in 0...(data.sources.max() ?? 0) {
            var counts = [Int](repeating: 0, count: size)
            var row = 0
            data.forEachCode(of: column, onRight: false) { code in
                if data.sources[row] == list { counts[Int(values[code])] += 1 }
                row += 1
            }
            equal += PartSummary.pairs(counts)
            all += PartSummary.pairs(of: counts.dropFirst().reduce(0, +))
        }
        return (Double(equal), Double(all))
    }

    // MARK: Matches

    private struct Run {
        var m: [[Double]]
        /// By comparison: the matches that had a value to compare.
        var matches: [Double]
        var shares: [Double] = []
        var firstLevels: [[Double?]] = []
    }

    private func maximise(
        _ patterns: [(pattern: UInt64, count: Int)], free: [Int], u: (chance: [[Double]], seen: [[Bool]]),
        start: [[Double]]? = nil,
        held: Set<Int> = []
    ) -> Run {
        var m = start ?? comparisons.indices.map { assumption($0) }
        var share = 0.5
        var matches = [Double](repeating: 0, count: comparisons.count)
        var shares: [Double] = []
        var firstLevels: [[Double?]] = []
        while shares.count < Self.mostSteps {
            var sums = comparisons.map { [Double](repeating: 0, count: $0.levels.count + 1) }
            var found = 0.0
            var all = 0.0
            let ratio = m.indices.map { place in m[place].indices.map { max(m[place][$0], 1e-12) / u.chance[place][$0] }
            }
            for (pattern, count) in patterns {
                var odds = share / (1 - share)
                for place in free {
                    let level = Int(pattern >> UInt64(place * 4) & 15)
                    if level > 0 { odds *= ratio[place][level - 1] }
                }
                let matching = odds / (1 + odds) * Double(count)
                found += matching
                all += Double(count)
                for place in free {
                    let level = Int(pattern >> UInt64(place * 4) & 15)
                    if level > 0 { sums[place][level - 1] += matching }
                }
            }
            var change = 0.0
            for place in free {
                let sum = sums[place].reduce(0, +)
                matches[place] = sum
                guard sum > 0, !held.contains(place) else { continue }
                for level in sums[place].indices {
                    let fresh = sums[place][level] / sum
                    change = max(change, abs(fresh - m[place][level]))
                    m[place][level] = fresh
                }
            }
            let next = min(max(found / max(all, 1), 1e-9), 1 - 1e-6)
            change = max(change, abs(next - share))
            share = next
            shares.append(share)
            firstLevels.append(comparisons.indices.map { free.contains($0) ? m[$0][0] : nil })
            if change < 1e-5 { break }
        }
        return Run(m: m, matches: matches, shares: shares, firstLevels: firstLevels)
    }

    /// The share of matches among all pairs, such that the pairs looked at hold as many matches as the model expects in them.
    func prior(_ patterns: [(key: UInt64, count: Int)], m: [[Double]], u: [[Double]]) -> Double {
        let all = data.possiblePairs
        var prior = 0.5 / Double(max(data.rowsOfAll.left, 2))
        let weighted = patterns.map { key, count -> (ratio: Double, count: Double) in
            var ratio = 1.0
            for place in comparisons.indices {
                let level = Int(key >> UInt64(place * 4) & 15)
                if level > 0 { ratio *= m[place][level - 1] / u[place][level - 1] }
            }
            return (ratio, Double(count))
        }
        for _ in 0..<30 {
            let odds = prior / (1 - prior)
            var matches = 0.0
            for (ratio, count) in weighted { matches += ratio * odds / (1 + ratio * odds) * count }
            prior = min(max(matches / max(all, 1), 1e-12), 0.5)
        }
        return prior
    }
}

extension ColumnValues {
    /// Codes by value; empty where the kind has no such part.
    func part(_ part: ValuePart) -> [UInt32] {
        switch part {
        case .exact: marked
        case .folded: folded
        case .ends: ends
        case .given: given
        case .surname: surname
        case .initials: initials
        case .letters: letters
        }
    }
}
