/// What parts two models, so that a change of settings or data can be judged before it is trusted.
public struct ModelDifference: Sendable, Equatable {
    public struct Level: Sendable, Equatable {
        public let comparison: String
        public let condition: String
        /// Match weights; nil where the model has no such level.
        public let before: Double?
        public let after: Double?

        public var change: Double { (after ?? 0) - (before ?? 0) }
    }

    /// log2 of the prior odds.
    public let prior: (before: Double, after: Double)
    /// All levels of both, comparison by comparison; the first model's order, then what only the second has.
    public let levels: [Level]
    public let blocking: (onlyBefore: [String], onlyAfter: [String])

    public static func == (left: Self, right: Self) -> Bool {
        left.prior == right.prior && left.levels == right.levels
            && left.blocking.onlyBefore == right.blocking.onlyBefore
            && left.blocking.onlyAfter == right.blocking.onlyAfter
    }

    public init(_ before: LinkModel, _ after: LinkModel) {
        prior = (before.priorWeight, after.priorWeight)
        func weights(_ model: LinkModel) -> [(name: String, condition: String, weight: Double)] {
            model.comparisons.flatMap { comparison in
                comparison.levels.map { (comparison.name, $0.condition, $0.weight) }
            }
        }
        let (first, second) = (weights(before), weights(after))
        levels =
            first.map { level in
                Level(
                    comparison: level.name, condition: level.condition, before: level.weight,
                    after: second.first { $0.name == level.name && $0.condition == level.condition }?.weight)
            }
            + second.filter { level in
                !first.contains { $0.name == level.name && $0.condition == level.condition }
            }.map { Level(comparison: $0.name, condition: $0.condition, before: nil, after: $0.weight) }
        let (old, new) = (before.settings.blocking, after.settings.blocking)
        blocking = (old.filter { !new.contains($0) }, new.filter { !old.contains($0) })
    }
}
