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
        return candidates.groups.map { groups in
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
                    let pattern = scorer.pattern(candidates.pattern(left: left, right: right, by: reader))
                    found += 1 / (1 + exp2(-scorer.weight(pattern, left: left, right: right)))
                }
                if drawn > 0 { expected += found / Double(drawn) * Double(hot.pairs) }
            }
            return expected
        }
    }
}
