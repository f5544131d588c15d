/// Pairs judged against the truth, at every threshold.
public struct Evaluation: Sendable, Equatable {
    public struct Point: Sendable, Equatable {
        /// Pairs of this weight and above are taken.
        public let threshold: Double
        public let truePositives: Int
        public let falsePositives: Int
        /// True pairs below the threshold and those that were never brought together.
        public let falseNegatives: Int

        public var precision: Double { ratio(truePositives, truePositives + falsePositives) }
        public var recall: Double { ratio(truePositives, truePositives + falseNegatives) }
        /// The harmonic mean of precision and recall.
        public var f1: Double { ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives) }

        private func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
    }

    /// By rising threshold, one for each weight that occurs.
    public let points: [Point]
    public let truePairs: Int
    /// True pairs that are not among the pairs judged: blocking or the threshold of the run left them out.
    public let neverSeen: Int

    /// The point of the greatest F1; of equal ones that of the higher threshold. Nil without pairs.
    public var best: Point? { points.reversed().max { $0.f1 < $1.f1 } }

    /// - Parameters:
    ///   - pairs: each once, with its weight.
    ///   - truth: the pairs that are one.
    public init<Pair: Hashable>(_ pairs: [(pair: Pair, weight: Double)], truth: Set<Pair>) {
        var taken = (right: 0, wrong: 0)
        var points: [Point] = []
        let sorted = pairs.sorted { $0.weight > $1.weight }
        for (index, entry) in sorted.enumerated() {
            if truth.contains(entry.pair) { taken.right += 1 } else { taken.wrong += 1 }
            if index + 1 < sorted.count, sorted[index + 1].weight == entry.weight { continue }
            points.append(
                Point(
                    threshold: entry.weight, truePositives: taken.right, falsePositives: taken.wrong,
                    falseNegatives: truth.count - taken.right))
        }
        self.points = points.reversed()
        truePairs = truth.count
        neverSeen = truth.count - taken.right
    }
}
