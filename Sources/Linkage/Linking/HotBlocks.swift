import Foundation

/// What passing over large blocks costs: a sample of their pairs is weighed, and those that no other rule brings together count.
struct HotBlocks {
    let candidates: Candidates
    let model: LinkModel
    let seed: UInt64
    /// Pairs drawn for each rule.
    static let draws = 20_000

    init(_ candidates: Candidates, _ model: LinkModel, seed: UInt64) {
        self.candidates = candidates
        self.model = model
        self.seed = seed
    }

    /// By rule.
    func lostMatches() -> [Double] {
        guard candidates.groups.contains(where: { !$0.hot.isEmpty }) else { return candidates.rules.map { _ in 0 } }
        let data = candidates.data
        let scorer = Scorer(candidates, model)
        let reader = PatternReader(candidates.comparisons, candidates.definite, data)
        // Of each rule, the large block of a row: a pair that stands in blocks of several rules is lost once.
        let blocks = candidates.groups.map { groups in
            var left: [UInt32: Int] = [:]
            var right: [UInt32: Int] = [:]
            for (index, hot) in groups.hot.enumerated() {
                for row in hot.left { left[row] = index }
                for row in hot.right { right[row] = index }
            }
            return (left: left, right: right)
        }
        return candidates.groups.enumerated().map { rule, groups in
            let all = groups.hot.reduce(0) { $0 + $1.pairs }
            guard all > 0 else { return 0 }
            var generator = SplitMix(state: seed)
            var expected = 0.0
            for hot in groups.hot {
                // Each block by its share of the pairs, at least one.
                let draws = max(Self.draws * hot.pairs / all, 1)
                var found = 0.0
                var drawn = 0
                for _ in 0..<draws {
                    let left = Int(hot.left[Int(generator.next() % UInt64(hot.left.count))])
                    let right = Int(hot.right[Int(generator.next() % UInt64(hot.right.count))])
                    if data.isSelf, left == right { continue }
                    drawn += 1
                    guard candidates.mask(left: left, right: right) == 0 else { continue }
                    let isCounted = blocks[..<rule].contains { earlier in
                        earlier.left[UInt32(left)].map { $0 == earlier.right[UInt32(right)] } ?? false
                    }
                    if isCounted { continue }
                    let pattern = scorer.pattern(candidates.pattern(left: left, right: right, by: reader))
                    found += 1 / (1 + exp2(-scorer.weight(pattern, left: left, right: right)))
                }
                if drawn > 0 { expected += found / Double(drawn) * Double(hot.pairs) }
            }
            return expected
        }
    }
}
