/// Pairs for people to judge, without the weights that would sway them.
public struct LabellingSheet: Sendable, Equatable, Codable {
    /// One field of two records side by side: what a page shows.
    public struct Field: Sendable, Equatable, Codable {
        public let name: String
        public let left: String
        public let right: String
        /// Whether both read the same but for accents and case.
        public let isAlike: Bool
    }

    public struct Pair: Sendable, Equatable, Codable {
        public let left: String
        public let right: String
        public let fields: [Field]
    }

    /// What is needed to reckon from the judged pairs to all: kept apart from the sheet.
    public struct Draw: Sendable, Equatable, Codable {
        public let left: String
        public let right: String
        public let weight: Double
        public let probability: Double
        /// How many pairs of the run this one stands for.
        public let standsFor: Double
    }

    /// In an order that tells nothing.
    public let pairs: [Pair]
    public let draws: [Draw]
}

extension LinkSession {
    /// Draws pairs of a run evenly over its weights, so that the doubtful ones are seen as often as the many sure ones.
    /// - Parameters:
    ///   - result: of the same lists, with a threshold low enough to hold doubtful pairs.
    ///   - count: how many; fewer when there are not so many.
    ///   - seed: where the draws begin.
    public func sheet(of result: LinkResult, count: Int, seed: UInt64 = 42) -> LabellingSheet {
        var strata: [Int: [Int]] = [:]
        for (index, pair) in result.pairs.enumerated() {
            strata[Int(min(max(pair.weight, -20), 40) / 4), default: []].append(index)
        }
        var generator = SplitMix(state: seed)
        var drawn: [(pair: Int, standsFor: Double)] = []
        var left = count
        for (place, stratum) in strata.keys.sorted().enumerated() {
            var members = strata[stratum] ?? []
            let share = min(left / (strata.count - place), members.count)
            for index in 0..<share {
                members.swapAt(index, index + Int(generator.next() % UInt64(members.count - index)))
                drawn.append((members[index], Double(members.count) / Double(share)))
            }
            left -= share
        }
        drawn.shuffle(using: &generator)
        let columns = candidates.data.columns
        return LabellingSheet(
            pairs: drawn.map { draw in
                let pair = result.pairs[draw.pair]
                return LabellingSheet.Pair(
                    left: result.leftIDs[pair.left], right: result.rightIDs[pair.right],
                    fields: columns.indices.map { column in
                        let codes = (
                            candidates.data.code(of: column, left: pair.left),
                            candidates.data.code(of: column, right: pair.right)
                        )
                        let folded = columns[column].values.folded
                        return LabellingSheet.Field(
                            name: columns[column].name, left: value(of: column, left: pair.left),
                            right: value(of: column, right: pair.right),
                            isAlike: folded[Int(codes.0)] != 0 && folded[Int(codes.0)] == folded[Int(codes.1)])
                    })
            },
            draws: drawn.map { draw in
                let pair = result.pairs[draw.pair]
                return LabellingSheet.Draw(
                    left: result.leftIDs[pair.left], right: result.rightIDs[pair.right], weight: pair.weight,
                    probability: pair.probability, standsFor: draw.standsFor)
            })
    }
}

/// How far several people agree who judged the same pairs without seeing one another's answers.
public struct LabelAgreement: Sendable, Equatable {
    /// Pairs that two or more people answered.
    public let pairs: Int
    /// Of them, the share where all gave one answer.
    public let agreeing: Double
    /// Krippendorff's alpha for nominal answers: 1 full agreement, 0 as by chance; nil where all gave one and the same answer
    /// throughout, or nothing was answered twice.
    public let alpha: Double?
    /// The pairs with different answers, by ids.
    public let disputed: [(left: String, right: String)]
    /// What most people said of each pair; a tie is “cannot be told”.
    public let settled: [LabelledPair]

    public static func == (left: Self, right: Self) -> Bool {
        left.pairs == right.pairs && left.agreeing == right.agreeing && left.alpha == right.alpha
            && left.settled == right.settled
    }

    public init(_ labels: [LabelledPair]) {
        var answers: [[String]: [Bool?]] = [:]
        for label in labels { answers[[label.left, label.right], default: []].append(label.isMatch) }
        let keys = answers.keys.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
        var disputed: [(left: String, right: String)] = []
        var settled: [LabelledPair] = []
        var several = 0
        // Coincidences of answers: yes, no, cannot be told.
        var table = [[Double]](repeating: [0, 0, 0], count: 3)
        for key in keys {
            let given = answers[key] ?? []
            let counts = [given.count { $0 == true }, given.count { $0 == false }, given.count { $0 == nil }]
            let isMatch: Bool? =
                counts[0] > counts[1] + counts[2] ? true : counts[1] > counts[0] + counts[2] ? false : nil
            settled.append(LabelledPair(left: key[0], right: key[1], isMatch: isMatch))
            guard given.count > 1 else { continue }
            several += 1
            if counts.count(where: { $0 > 0 }) > 1 { disputed.append((key[0], key[1])) }
            for first in 0..<3 {
                for second in 0..<3 {
                    let pairs = counts[first] * (first == second ? counts[second] - 1 : counts[second])
                    table[first][second] += Double(pairs) / Double(given.count - 1)
                }
            }
        }
        let sums = table.map { $0.reduce(0, +) }
        let all = sums.reduce(0, +)
        var expected = 0.0
        var observed = 0.0
        for first in 0..<3 {
            for second in 0..<3 where first != second {
                observed += table[first][second]
                expected += sums[first] * sums[second]
            }
        }
        pairs = several
        agreeing = several == 0 ? 0 : 1 - Double(disputed.count) / Double(several)
        alpha = expected > 0 ? 1 - (all - 1) * observed / expected : nil
        self.disputed = disputed
        self.settled = settled
    }
}

/// Precision and recall reckoned from judged pairs of a drawn sheet.
public struct LabelEvaluation: Sendable, Equatable {
    public struct Point: Sendable, Equatable {
        public let threshold: Double
        public let precision: Double
        public let precisionInterval: ClosedRange<Double>
        /// Among the pairs of the run: true pairs that blocking never brought together are not in it.
        public let recall: Double
        public let recallInterval: ClosedRange<Double>
    }

    public let points: [Point]
    /// Judged pairs that were used.
    public let pairs: Int

    /// - Parameters:
    ///   - draws: of the sheet.
    ///   - labels: one answer for each pair; pairs that cannot be told are left out.
    ///   - thresholds: in match weights.
    ///   - seed: where the draws of the bootstrap begin.
    public init(draws: [LabellingSheet.Draw], labels: [LabelledPair], thresholds: [Double], seed: UInt64 = 42) {
        let answers = Dictionary(
            labels.map { ([$0.left, $0.right], $0.isMatch) }, uniquingKeysWith: { first, _ in first })
        let judged = draws.compactMap { draw in
            (answers[[draw.left, draw.right]] ?? nil).map { (draw: draw, isMatch: $0) }
        }
        pairs = judged.count
        func shares(_ sample: [(draw: LabellingSheet.Draw, isMatch: Bool)], _ threshold: Double) -> (Double, Double) {
            var (taken, right, all) = (0.0, 0.0, 0.0)
            for entry in sample {
                if entry.isMatch { all += entry.draw.standsFor }
                guard entry.draw.weight >= threshold else { continue }
                taken += entry.draw.standsFor
                if entry.isMatch { right += entry.draw.standsFor }
            }
            return (taken > 0 ? right / taken : 1, all > 0 ? right / all : 1)
        }
        // Drawn again five hundred times with replacement (Efron 1979).
        var generator = SplitMix(state: seed)
        let again =
            judged.isEmpty
            ? []
            : (0..<500).map { _ in
                judged.indices.map { _ in judged[Int(generator.next() % UInt64(judged.count))] }
            }
        points = thresholds.map { threshold in
            let (precision, recall) = shares(judged, threshold)
            let drawn = again.map { shares($0, threshold) }
            func bounds(_ values: [Double]) -> ClosedRange<Double> {
                let sorted = values.sorted()
                guard sorted.count > 40 else { return 0...1 }
                return sorted[12]...sorted[sorted.count - 13]
            }
            return Point(
                threshold: threshold, precision: precision, precisionInterval: bounds(drawn.map(\.0)), recall: recall,
                recallInterval: bounds(drawn.map(\.1)))
        }
    }
}
