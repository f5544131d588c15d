/// A pair that a run took wrongly, or left out although it is one.
public struct LinkMistake: Sendable, Equatable {
    public enum Reason: String, Sendable, Codable {
        /// No blocking rule brings the two together.
        case blocking
        /// What was compared speaks the wrong way: the weight is far on the wrong side of the threshold.
        case comparison
        /// The weight is within three of the threshold: another one would decide otherwise.
        case threshold
        /// The weight is enough, but one of the two went to another record that weighs as much or more.
        case rival
        /// A `never` or `sure` rule decided.
        case rule
    }

    public let explanation: Explanation
    /// Whether the two are one in truth (and were missed); otherwise they were taken wrongly.
    public let isMissed: Bool
    public let reason: Reason
    /// The comparison that spoke most the wrong way.
    public let comparison: String?
}

extension LinkSession {
    /// Why pairs were missed or taken wrongly.
    /// - Parameters:
    ///   - missed: true pairs the run did not take.
    ///   - wrong: pairs it took that are not one.
    ///   - threshold: of the run.
    /// - Throws: ``SettingsError`` for an id that is not in its list.
    public func mistakes(
        missed: [(left: String, right: String)], wrong: [(left: String, right: String)], threshold: Double
    ) throws(SettingsError) -> [LinkMistake] {
        var mistakes: [LinkMistake] = []
        for (pairs, isMissed) in [(missed, true), (wrong, false)] {
            for pair in pairs {
                let explanation = try explain(pair.left, pair.right)
                mistakes.append(
                    LinkMistake(
                        explanation: explanation, isMissed: isMissed,
                        reason: Self.reason(explanation, isMissed, threshold),
                        comparison: Self.culprit(explanation, isMissed)))
            }
        }
        return mistakes
    }

    private static func reason(_ explanation: Explanation, _ isMissed: Bool, _ threshold: Double) -> LinkMistake.Reason
    {
        if isMissed, explanation.rules.isEmpty { return .blocking }
        if explanation.verdict != .weighed { return .rule }
        if isMissed, explanation.weight >= threshold { return .rival }
        return abs(explanation.weight - threshold) <= 3 ? .threshold : .comparison
    }

    private static func culprit(_ explanation: Explanation, _ isMissed: Bool) -> String? {
        let steps = explanation.steps.filter { isMissed ? $0.sum < 0 : $0.sum > 0 }
        return (isMissed ? steps.min { $0.sum < $1.sum } : steps.max { $0.sum < $1.sum })?.comparison
    }
}
