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

        public init(
            condition: String, m: Double, u: Double, seenAmongMatches: Bool = true, seenAmongStrangers: Bool = true
        ) {
            self.condition = condition
            self.m = m
            self.u = u
            self.seenAmongMatches = seenAmongMatches
            self.seenAmongStrangers = seenAmongStrangers
        }

        /// log2(m / u): how much the level weighs for a match.
        public var weight: Double { log2(m / u) }
    }

    public struct Comparison: Codable, Sendable, Equatable {
        public let name: String
        /// From the strongest to “none of the others”.
        public let levels: [Level]

        public init(name: String, levels: [Level]) {
            self.name = name
            self.levels = levels
        }
    }

    /// A line that makes weights honest where labels say what they are worth: calibrated = slope × weight + intercept (Platt 1999).
    public struct Calibration: Codable, Sendable, Equatable {
        public let slope: Double
        public let intercept: Double
    }

    /// One run of expectation maximisation, within the pairs of one blocking rule.
    public struct Run: Codable, Sendable, Equatable {
        public let rule: String
        /// By step, the share of matches among the rule's pairs.
        public let shares: [Double]
        /// By step, m of the first level of each comparison; nil of those the rule fixes.
        public let firstLevels: [[Double?]]
    }

    /// Of the format; `docs/linkage-model.schema.json` describes it.
    public let version: Int
    public let settings: LinkSettings
    /// The chance that two records taken at random match.
    public let prior: Double
    public let comparisons: [Comparison]
    /// Steps of the longest run of expectation maximisation; 200 means that it did not settle.
    public let steps: Int
    /// How the parameters came to be; empty in a model that was not trained here.
    public let runs: [Run]
    public let calibration: Calibration?
    /// What is added to the weights of a one-to-one run, where nearly every record of the shorter list has its partner in the
    /// longer one; nil in a model trained for other runs.
    public internal(set) var oneToOneShift: Double?
    /// How many judged pairs m was learned from; nil without any.
    public let labels: Int?

    public init(
        version: Int = Self.currentVersion, settings: LinkSettings, prior: Double, comparisons: [Comparison],
        steps: Int,
        runs: [Run] = [], calibration: Calibration? = nil, labels: Int? = nil, oneToOneShift: Double? = nil
    ) {
        self.oneToOneShift = oneToOneShift
        self.version = version
        self.settings = settings
        self.prior = prior
        self.comparisons = comparisons
        self.steps = steps
        self.runs = runs
        self.calibration = calibration
        self.labels = labels
    }

    /// log2 of the odds before anything is compared; in a one-to-one run with what that says.
    public var priorWeight: Double {
        log2(prior / (1 - prior)) + ((settings.oneToOne ?? false) ? oneToOneShift ?? 0 : 0)
    }

    /// What should be known before the model is trusted.
    public enum Note: Sendable, Equatable {
        /// Expectation maximisation did not settle within so many steps.
        case unsettled(steps: Int)
        /// A level that no match of the training was at, and the m used instead; the same of strangers and u.
        case unseenAmongMatches(comparison: String, condition: String, m: Double)
        case unseenAmongStrangers(comparison: String, condition: String, u: Double)

        /// For the person who keeps the settings.
        public var vietnamese: String {
            switch self {
            case .unsettled(let steps):
                "Mô hình chưa hội tụ sau \(steps) bước; trọng số có thể chưa chắc: thêm quy tắc gom khối hoặc gộp bớt mức."
            case .unseenAmongMatches(let comparison, let condition, let m):
                "\(comparison), mức “\(LevelWords.vietnamese(condition))”: không gặp ở cặp đúng nào; dùng m = \(Self.shown(m)) (giả định)."
            case .unseenAmongStrangers(let comparison, let condition, let u):
                "\(comparison), mức “\(LevelWords.vietnamese(condition))”: không gặp ở hai bản ghi khác nhau nào; dùng u = \(Self.shown(u)) (giả định)."
            }
        }

        private static func shown(_ value: Double) -> String {
            guard value < 0.001, value > 0 else { return PairFile.decimals(value, 4) }
            var exponent = 0
            var rest = value
            // A little below ten is shown as ten.
            while rest < 0.995, exponent > -300 {
                rest *= 10
                exponent -= 1
            }
            return "\(PairFile.decimals(rest, 1))e\(exponent)"
        }
    }

    /// Levels never observed are told with the value used instead.
    public var notes: [Note] {
        let unsettled: [Note] = steps >= Training.mostSteps ? [.unsettled(steps: steps)] : []
        return unsettled
            + comparisons.flatMap { comparison in
                comparison.levels.flatMap { level -> [Note] in
                    (level.seenAmongMatches
                        ? []
                        : [.unseenAmongMatches(comparison: comparison.name, condition: level.condition, m: level.m)])
                        + (level.seenAmongStrangers
                            ? []
                            : [
                                .unseenAmongStrangers(
                                    comparison: comparison.name, condition: level.condition, u: level.u)
                            ])
                }
            }
    }
}

extension LinkModel {
    /// - Throws: ``SettingsError`` where the comparisons have other levels than those the model was trained with.
    func check(fits candidates: Candidates) throws(SettingsError) {
        guard comparisons.map(\.levels.count) == candidates.comparisons.map({ $0.levels.count + 1 }) else {
            throw SettingsError("các phép so sánh trong mô hình khác lúc huấn luyện; hãy huấn luyện lại (train)")
        }
    }
}
