import Foundation

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
        /// Bounds of 95 % (Wilson 1927).
        public var precisionInterval: ClosedRange<Double> {
            Interval.wilson(truePositives, of: truePositives + falsePositives)
        }
        public var recallInterval: ClosedRange<Double> {
            Interval.wilson(truePositives, of: truePositives + falseNegatives)
        }

        private func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
    }

    /// Pairs of about one stated chance.
    public struct Reliability: Sendable, Equatable {
        public let pairs: Int
        /// The average chance stated.
        public let stated: Double
        /// The share that is true.
        public let true_: Double
    }

    /// By rising threshold, one for each weight that occurs.
    public let points: [Point]
    public let truePairs: Int
    /// True pairs that are not among the pairs judged: blocking or the threshold of the run left them out.
    public let neverSeen: Int
    /// By tenths of the stated chance; tenths without a pair are left out.
    public let reliability: [Reliability]
    /// The average square of (stated chance − truth) over the pairs judged (Brier 1950); nil without pairs.
    public let brier: Double?

    /// The point of the greatest F1; of equal ones that of the higher threshold. Nil without pairs.
    public var best: Point? { points.reversed().max { $0.f1 < $1.f1 } }

    /// What holds at thresholds a step apart, from the least to the greatest weight.
    public func grid(step: Double = 1) -> [Point] {
        guard let first = points.first, let last = points.last, step > 0 else { return [] }
        var grid: [Point] = []
        var threshold = (first.threshold / step).rounded(.down) * step
        var index = 0
        while threshold <= last.threshold, grid.count < 10_000 {
            while index + 1 < points.count, points[index].threshold < threshold { index += 1 }
            let point = points[index]
            grid.append(
                Point(
                    threshold: threshold, truePositives: point.truePositives, falsePositives: point.falsePositives,
                    falseNegatives: point.falseNegatives))
            threshold += step
        }
        return grid
    }

    /// - Parameters:
    ///   - pairs: each once, with its weight and, where it is known, the chance stated for it.
    ///   - truth: the pairs that are one.
    public init<Pair: Hashable>(
        _ pairs: [(pair: Pair, weight: Double, probability: Double?)], truth: Set<Pair>
    ) {
        var taken = (right: 0, wrong: 0)
        var points: [Point] = []
        let sorted = pairs.sorted { $0.weight > $1.weight }
        var tenths = [(pairs: Int, stated: Double, right: Int)](repeating: (0, 0, 0), count: 10)
        var squares = 0.0
        for (index, entry) in sorted.enumerated() {
            let isTrue = truth.contains(entry.pair)
            if isTrue { taken.right += 1 } else { taken.wrong += 1 }
            let chance = min(max(entry.probability ?? 1 / (1 + exp2(-entry.weight)), 0), 1)
            let tenth = min(Int(chance * 10), 9)
            tenths[tenth].pairs += 1
            tenths[tenth].stated += chance
            tenths[tenth].right += isTrue ? 1 : 0
            squares += (chance - (isTrue ? 1 : 0)) * (chance - (isTrue ? 1 : 0))
            if index + 1 < sorted.count, sorted[index + 1].weight == entry.weight { continue }
            points.append(
                Point(
                    threshold: entry.weight, truePositives: taken.right, falsePositives: taken.wrong,
                    falseNegatives: truth.count - taken.right))
        }
        self.points = points.reversed()
        truePairs = truth.count
        neverSeen = truth.count - taken.right
        reliability = tenths.filter { $0.pairs > 0 }.map {
            Reliability(
                pairs: $0.pairs, stated: $0.stated / Double($0.pairs), true_: Double($0.right) / Double($0.pairs))
        }
        brier = sorted.isEmpty ? nil : squares / Double(sorted.count)
    }

    public init<Pair: Hashable>(_ pairs: [(pair: Pair, weight: Double)], truth: Set<Pair>) {
        self.init(pairs.map { (pair: $0.pair, weight: $0.weight, probability: nil) }, truth: truth)
    }
}

/// Bounds of shares.
enum Interval {
    /// 95 % for `part` of `whole` (Wilson 1927); 0...1 for none.
    static func wilson(_ part: Int, of whole: Int) -> ClosedRange<Double> {
        guard whole > 0 else { return 0...1 }
        let (n, z) = (Double(whole), 1.959_964)
        let share = Double(part) / n
        let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        return max(middle - half, 0)...min(middle + half, 1)
    }
}
