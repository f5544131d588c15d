import Foundation

/// How many records of the shorter list have their partner in the longer one, and what follows for the weights.
///
/// The prior of a model is the chance that two records taken at random match. Where each record has one partner at most, more is
/// known: if 95 of 100 tax payers are in the population register, then the one candidate found for a tax payer is his partner
/// with even odds long before the pair alone would say so, because otherwise he would have to be one of the five.
enum Partners {
    /// Of records that have a partner, this share may have it where no blocking rule looks.
    fileprivate static let unseen = 0.01

    /// - Parameters:
    ///   - pairs: all that count, weighed without the shift.
    ///   - prior: of the model.
    /// - Returns: what to add to the weights.
    static func shift(_ pairs: [LinkedPair], _ data: LinkData, prior: Double) -> Double {
        // Of two lists on one side the second begins where the first ends; of more nothing is known.
        let first = data.sources.firstIndex(of: 1) ?? data.leftRows
        guard !data.isSelf || data.sources.max() == 1 else { return 0 }
        let (left, right) = data.isSelf ? (first, data.leftRows - first) : (data.leftRows, data.rightRows)
        let offset = data.isSelf ? first : 0
        let isRight = right <= left
        let rows = min(left, right)
        guard rows > 0 else { return 0 }
        let evidence = Evidence(left: left, right: right, prior: prior)
        // Of each record of the shorter list, in the order of its pairs.
        var sums = [Double](repeating: 0, count: rows)
        let found = Stretches.map(pairs.count) { evidence.of(pairs[$0].weight) }
        for (pair, found) in zip(pairs, found) { sums[isRight ? pair.right - offset : pair.left] += found }
        var counts: [Int: Int] = [:]
        for sum in sums { counts[Evidence.step(of: sum), default: 0] += 1 }
        return evidence.shift(counts)
    }

    /// The evidence that a record has any partner, as a ratio to none, with each of the others as likely as any.
    struct Evidence {
        private let expected: Double
        private let rows: Int

        init(left: Int, right: Int, prior: Double) {
            expected = prior * Double(max(left, right))
            rows = min(left, right)
        }

        /// Of one pair.
        func of(_ weight: Double) -> Double { exp2(min(weight, 60)) / max(expected, 1e-12) }

        /// A record's evidence in steps of a thousandth, by the first bits of the number: counts of steps can be added up in any
        /// order, or on several machines, and give the same sum.
        static func step(of evidence: Double) -> Int { Int(evidence.bitPattern >> 42) }

        /// What to add to all weights.
        /// - Parameter counts: how many records stand at each step; those without any pair are at 0 or left out.
        func shift(_ counts: [Int: Int]) -> Double {
            let steps = counts.filter { $0.key > 0 }.sorted { $0.key < $1.key }.map { step, count in
                // The middle of the step.
                (evidence: Double(bitPattern: UInt64(step) << 42 | 1 << 41), count: Double(count))
            }
            var share = min(max(expected, 0.01), 0.99)
            for _ in 0..<100 {
                let found = steps.reduce(0) { sum, step in
                    sum + share * step.evidence / (share * step.evidence + 1 - share) * step.count
                }
                let bounded = min(max(found / Double(max(rows, 1)), 1e-6), 1 - 1e-6)
                let change = abs(bounded - share)
                share = bounded
                if change < 1e-7 { break }
            }
            let none = 1 - share + share * Partners.unseen
            return log2(share / max(expected, 1e-12) / none)
        }
    }
}
