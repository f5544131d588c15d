import Foundation

/// What a model says of a pair: weights of patterns, definite rules, rare values and calibration together.
struct Scorer: Sendable {
    /// A pattern's share, worked out once.
    struct Pattern: Sendable {
        /// The levels alone.
        let levels: UInt64
        let base: Double
        /// The greatest weight a pair of the pattern can have.
        let most: Double
        let isSure: Bool
    }

    let frequencies: Frequencies
    private let calibration: LinkModel.Calibration?

    init(_ candidates: Candidates, _ model: LinkModel) {
        frequencies = Frequencies(candidates, model)
        calibration = model.calibration
    }

    /// Only the levels of a pattern's key.
    static let levels: UInt64 = (1 << 52) - 1

    func pattern(_ key: UInt64) -> Pattern {
        let levels = key & Self.levels
        if key & DefiniteRules.neverBit != 0 {
            return Pattern(levels: levels, base: -1_000, most: -1_000, isSure: false)
        }
        let isSure = key & DefiniteRules.sureBit != 0
        let base = frequencies.baseWeight(levels)
        let most = calibrated(base + frequencies.most(levels))
        return Pattern(
            levels: levels, base: base, most: isSure ? max(most, DefiniteRules.sureWeight) : most, isSure: isSure)
    }

    func weight(_ pattern: Pattern, left: Int, right: Int) -> Double {
        guard pattern.base > -1_000 else { return -1_000 }
        let weight = calibrated(pattern.base + frequencies.adjustment(pattern.levels, left: left, right: right))
        return pattern.isSure ? max(weight, DefiniteRules.sureWeight) : weight
    }

    /// The same with the records at hand.
    func weight(
        _ pattern: Pattern, _ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>
    ) -> Double {
        guard pattern.base > -1_000 else { return -1_000 }
        let weight = calibrated(pattern.base + frequencies.adjustment(pattern.levels, left, right))
        return pattern.isSure ? max(weight, DefiniteRules.sureWeight) : weight
    }

    func calibrated(_ weight: Double) -> Double {
        calibration.map { $0.slope * weight + $0.intercept } ?? weight
    }
}
