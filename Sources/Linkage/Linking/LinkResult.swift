import Foundation

/// A pair that a model thinks over: rows counted from 0.
public struct LinkedPair: Sendable, Equatable {
    private let leftRow: UInt32
    private let rightRow: UInt32
    /// log2 of the odds that the two are the same, from what they have in common alone.
    public internal(set) var weight: Double
    /// The chance that the two are the same. In a one-to-one run the other candidates of both records count: two that fit
    /// equally well have half a chance each.
    public internal(set) var probability: Double
    /// The levels of all comparisons, four bits each, the first comparison lowest.
    public let pattern: UInt64

    public var left: Int { Int(leftRow) }
    public var right: Int { Int(rightRow) }

    public init(left: Int, right: Int, weight: Double, pattern: UInt64) {
        self.init(left: left, right: right, weight: weight, pattern: pattern, probability: 1 / (1 + exp2(-weight)))
    }

    init(left: Int, right: Int, weight: Double, pattern: UInt64, probability: Double) {
        leftRow = UInt32(left)
        rightRow = UInt32(right)
        self.weight = weight
        self.pattern = pattern
        self.probability = probability
    }
}

/// What one blocking rule brings together.
public struct BlockingCount: Sendable, Equatable {
    public let rule: String
    /// Pairs of its blocks.
    public let pairs: Int
    /// Those that no rule before it brings together.
    public let fresh: Int
    /// Records a side of the largest block, and what its records have in common.
    public let largest: (left: Int, right: Int)
    public let example: String
    /// Blocks passed over for their size, and their pairs.
    public let hotBlocks: Int
    public let hotPairs: Int
    /// Matches thought to be lost by passing them over: in a sample of their pairs, those that no other rule finds.
    public let hotMatches: Double

    public static func == (left: Self, right: Self) -> Bool {
        left.rule == right.rule && left.pairs == right.pairs && left.fresh == right.fresh
    }
}

/// What linking came to.
public struct LinkResult: Sendable {
    public let model: LinkModel
    /// By left row, then right row.
    public let pairs: [LinkedPair]
    /// Pairs looked at.
    public let compared: Int
    public let leftIDs: TextList
    public let rightIDs: TextList
    /// Names of the lists in their order.
    public let lists: [String]
    /// Whether left and right are the same records: one list against itself, or several lists together.
    public let isSelf: Bool
    /// By row of the left side its list, when several are one side; empty otherwise.
    public let sources: [UInt8]
    /// How many pairs of each agreement pattern were looked at.
    public let histogram: [(pattern: UInt64, count: Int)]
    public let blocking: [BlockingCount]
    /// How many records of a sample weigh so much when compared with themselves: those that stay below the threshold hold too
    /// little to be linked to anybody. By whole weight from −40 to 60; empty unless it was asked for.
    public let ownWeights: [Int]
    /// What the files have wrong that stopped nothing, in Vietnamese.
    public let warnings: [String]
    /// Memory for pairs that was foreseen before comparing began, in MB.
    public let plannedMB: Int
    /// In order.
    public let stages: [LinkStage]
    /// Records put together by the pairs although something forbids it.
    public let contradictions: [Contradiction]

    /// For each row of the left side the number of its cluster, from 0. Where each list is free of doubles, no cluster holds two
    /// records of one.
    ///
    /// Meant for one list against itself or several together; of two lists linked to one another the left side's rows are apart.
    public func clusters() -> [Int] {
        guard isSelf else { return Array(0..<leftIDs.count) }
        guard model.settings.oneToOne ?? false, !sources.isEmpty else {
            return Clusters.components(of: pairs, rows: leftIDs.count)
        }
        return Clusters.oneOfEachList(of: OneToOne.strongestFirst(pairs, leftIDs, leftIDs), sources: sources)
    }

    /// The list of a row's record.
    public func list(left row: Int) -> Int { sources.isEmpty ? 0 : Int(sources[row]) }

    public func list(right row: Int) -> Int { sources.isEmpty ? (isSelf ? 0 : 1) : Int(sources[row]) }
}

/// How far a run is; told from any thread.
public struct LinkProgress: Sendable {
    public enum Stage: String, Sendable {
        case reading, blocking, comparing, training, predicting
    }

    public let stage: Stage
    /// Of the stage's work, 0...1.
    public let share: Double
    /// For the stage of comparing: the pairs to look at, and the memory they need, in MB.
    public let pairs: Int
    public let plannedMB: Int
}
