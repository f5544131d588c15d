public import Database
import Formats
public import Kernel

/// How good the links between two kinds of record are, as far as people looked at them.
public struct LinkQuality: Sendable, Equatable {
    /// A share with its bounds of 95 % (Wilson 1927); nil where nothing was looked at.
    public struct Share: Sendable, Equatable {
        public let part: Int
        public let whole: Int
        public let low: Double
        public let high: Double
        public var value: Double { Double(part) / Double(whole) }

        init?(_ part: Int, of whole: Int) {
            guard whole > 0 else { return nil }
            let bounds = WilsonInterval.of(part, of: whole)
            (self.part, self.whole, low, high) = (part, whole, bounds.lowerBound, bounds.upperBound)
        }
    }

    public let kinds: KindPair
    /// Pairs that the model linked, and pairs it left in doubt.
    public let linked: Int
    public let doubtful: Int
    /// Of the linked pairs looked over, those that are one person.
    public let precision: Share?
    /// Of the doubtful pairs decided, those that are one person.
    public let doubtfulSame: Share?
    /// The part of the pairs that are one person which was linked without asking, reckoned from both shares; among the pairs
    /// that the index brings together. The bounds take the worst of both shares.
    public let recall: (value: Double, low: Double, high: Double)?

    public static func == (left: Self, right: Self) -> Bool {
        left.kinds == right.kinds && left.linked == right.linked && left.doubtful == right.doubtful
            && left.precision == right.precision && left.doubtfulSame == right.doubtfulSame
            && left.recall?.value == right.recall?.value
    }

    init(_ kinds: KindPair, linked: Int, doubtful: Int, precision: Share?, doubtfulSame: Share?) {
        (self.kinds, self.linked, self.doubtful) = (kinds, linked, doubtful)
        (self.precision, self.doubtfulSame) = (precision, doubtfulSame)
        func recall(_ precision: Double, _ same: Double) -> Double {
            let (found, left) = (Double(linked) * precision, Double(doubtful) * same)
            return found + left > 0 ? found / (found + left) : 1
        }
        if let precision, let same = doubtfulSame {
            self.recall = (
                recall(precision.value, same.value), recall(precision.low, same.high), recall(precision.high, same.low)
            )
        } else {
            self.recall = nil
        }
    }
}

/// Bounds of shares of which little was looked at.
public enum WilsonInterval {
    /// 95 % for `part` of `whole` (Wilson 1927); 0...1 for none.
    public static func of(_ part: Int, of whole: Int) -> ClosedRange<Double> {
        guard whole > 0 else { return 0...1 }
        let (n, z) = (Double(whole), 1.959_964)
        let share = Double(part) / n
        let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        return max(middle - half, 0)...min(middle + half, 1)
    }
}

extension DoubtQueries {
    /// By pair of kinds, those with the most pairs first. Counts of the whole register name nobody.
    public static func quality(on connection: any SQLConnection) throws -> [LinkQuality] {
        struct Sum {
            var (linked, doubtful, linkedSame, linkedAll, doubtfulSame, doubtfulAll) = (0, 0, 0, 0, 0, 0)
        }
        var sums: [KindPair: Sum] = [:]
        for row in try connection.rows(
            "SELECT kinds, state, COUNT(*) AS number FROM link_pair GROUP BY kinds, state")
        {
            guard let kinds = KindPair(try row.text("kinds")) else { continue }
            let (state, number): (LinkPair.State, Int) = (try row.choice("state"), try row.integer("number"))
            if state == .linked {
                sums[kinds, default: Sum()].linked += number
            } else if state != .apart {
                sums[kinds, default: Sum()].doubtful += number
            }
        }
        // A decision keeps what the model had made of the pair.
        for row in try connection.rows(
            """
            SELECT kinds, found, answer, COUNT(*) AS number FROM link_decision
            WHERE state = 'in-force' AND answer <> 'ask' GROUP BY kinds, found, answer
            """)
        {
            guard let kinds = KindPair(try row.text("kinds")) else { continue }
            let (found, number): (LinkPair.State, Int) = (try row.choice("found"), try row.integer("number"))
            let answer: DoubtAnswer = try row.choice("answer")
            if found == .linked {
                sums[kinds, default: Sum()].linkedAll += number
                if answer == .same { sums[kinds]?.linkedSame += number }
            } else {
                sums[kinds, default: Sum()].doubtfulAll += number
                if answer == .same { sums[kinds]?.doubtfulSame += number }
            }
        }
        return sums.map { kinds, sum in
            LinkQuality(
                kinds, linked: sum.linked, doubtful: sum.doubtful,
                precision: LinkQuality.Share(sum.linkedSame, of: sum.linkedAll),
                doubtfulSame: LinkQuality.Share(sum.doubtfulSame, of: sum.doubtfulAll))
        }.sorted {
            ($1.linked + $1.doubtful, $0.kinds.description) < ($0.linked + $0.doubtful, $1.kinds.description)
        }
    }
}

/// How well clusters agree with what is known to be true: by the pairs of records that both put together. For cities of which the
/// truth is known.
public struct ClusterAccuracy: Sendable, Equatable {
    /// Pairs that are one in truth; that were found; that are both.
    public private(set) var truePairs = 0
    public private(set) var foundPairs = 0
    public private(set) var commonPairs = 0

    /// - Parameter records: of each whom it is of, in truth and as found.
    public init<Truth: Hashable, Found: Hashable>(_ records: some Sequence<(truth: Truth, found: Found)>) {
        var truths: [Truth: Int] = [:]
        var founds: [Found: Int] = [:]
        var both: [Truth: [Found: Int]] = [:]
        for (truth, found) in records {
            truths[truth, default: 0] += 1
            founds[found, default: 0] += 1
            both[truth, default: [:]][found, default: 0] += 1
        }
        func pairs(_ counts: some Sequence<Int>) -> Int { counts.reduce(0) { $0 + $1 * ($1 - 1) / 2 } }
        truePairs = pairs(truths.values)
        foundPairs = pairs(founds.values)
        commonPairs = both.values.reduce(0) { $0 + pairs($1.values) }
    }

    public var precision: Double { foundPairs == 0 ? 1 : Double(commonPairs) / Double(foundPairs) }
    public var recall: Double { truePairs == 0 ? 1 : Double(commonPairs) / Double(truePairs) }
}
