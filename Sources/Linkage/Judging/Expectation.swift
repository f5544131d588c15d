import Foundation

/// What a run thinks of itself without any truth: by the chances it states, how many of the pairs it takes are one and how many
/// matches it leaves out.
///
/// As honest as the chances are; `Benchmarks/splink` prints it beside the truth.
public struct Expectation: Codable, Sendable, Equatable {
    /// Pairs taken.
    public let taken: Int
    /// Of them those that are one.
    public let right: Double
    /// Matches that were compared and not taken.
    public let passedOver: Double
    /// Matches that no blocking rule brings together.
    public let unseen: Double

    public init(taken: Int, right: Double, passedOver: Double, unseen: Double) {
        self.taken = taken
        self.right = right
        self.passedOver = passedOver
        self.unseen = unseen
    }

    /// The share of the pairs taken that are one; 1 where nothing was taken.
    public var precision: Double { taken == 0 ? 1 : min(right / Double(taken), 1) }

    /// The share of all matches that were taken; 1 where there seem to be none.
    public var recall: Double {
        let all = right + passedOver + unseen
        return all > 0 ? right / all : 1
    }

    /// The harmonic mean of the two.
    public var f1: Double {
        let sum = precision + recall
        return sum > 0 ? 2 * precision * recall / sum : 0
    }

    /// How many matches no rule finds, told by how many few rules find: those of one rule alone and those of exactly two (Chao
    /// 1984, a lower bound; the form without a division by zero).
    /// - Parameters:
    ///   - once: matches that exactly one rule brings together.
    ///   - twice: those of exactly two.
    static func unseen(once: Double, twice: Double) -> Double {
        once > 1 ? once * (once - 1) / (2 * (twice + 1)) : 0
    }
}
