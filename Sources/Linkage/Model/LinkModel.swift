import Foundation

/// A trained model as a value: what agreement at each level says for or against a match. Saved as JSON, it links other files of
/// the same settings without training.
public struct LinkModel: Codable, Sendable, Equatable {
    public static let currentVersion = 1

    public struct Level: Codable, Sendable, Equatable {
        public let condition: String
        /// The chance of the level among matches, and among pairs of strangers; missing values left out.
        public let m: Double
        public let u: Double
        /// Whether it was observed in training; otherwise the value is an assumption.
        public let seenAmongMatches: Bool
        public let seenAmongStrangers: Bool

        /// log2(m / u): how much the level weighs for a match.
        public var weight: Double { log2(m / u) }
    }

    public struct Comparison: Codable, Sendable, Equatable {
        public let name: String
        /// From the strongest to “none of the others”.
        public let levels: [Level]
    }

    /// Of the format.
    public let version: Int
    public let settings: LinkSettings
    /// The chance that two records taken at random match.
    public let prior: Double
    public let comparisons: [Comparison]
    /// Steps of the longest run of expectation maximisation; ``Training/mostSteps`` means that it did not settle.
    public let steps: Int

    public var priorWeight: Double { log2(prior / (1 - prior)) }

    /// What should be known before the model is trusted: levels never observed, with the value used instead.
    public var notes: [String] {
        let unsettled =
            steps >= Training.mostSteps
            ? [
                "training did not settle within \(steps) steps; the weights may be rough: add a blocking rule or merge levels"
            ]
            : []
        return unsettled
            + comparisons.flatMap { comparison in
                comparison.levels.flatMap { level -> [String] in
                    var notes: [String] = []
                    if !level.seenAmongMatches {
                        notes.append(
                            "\(comparison.name), “\(level.condition)”: never seen among matches; m = \(level.m) is assumed"
                        )
                    }
                    if !level.seenAmongStrangers {
                        notes.append(
                            "\(comparison.name), “\(level.condition)”: never seen among strangers; u = \(level.u) is assumed"
                        )
                    }
                    return notes
                }
            }
    }
}
