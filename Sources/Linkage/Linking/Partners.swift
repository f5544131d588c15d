import Foundation

/// How many records of the shorter list have their partner in the longer one, and what follows for the weights.
///
/// The prior of a model is the chance that two records taken at random match. Where each record has one partner at most, more is
/// known: if 95 of 100 tax payers are in the population register, then the one candidate found for a tax payer is his partner
/// with even odds long before the pair alone would say so, because otherwise he would have to be one of the five.
enum Partners {
    /// Of records that have a partner, this share may have it where no blocking rule looks.
    private static let unseen = 0.01

    /// - Parameters:
    ///   - pairs: all that count, weighed without the shift.
    ///   - prior: of the model.
    /// - Returns: what to add to the weights.
    static func shift(_ pairs: [LinkedPair], _ data: LinkData, prior: Double) -> Double {
        // Of two lists on one side the second begins where the first ends; of more nothing is known.
        let first = data.sources.firstIndex(of: 1) ?? data.leftRows
        guard !data.isSelf || data.sources.max() == 1 else { return 0 }
        let (left, right) = data.isSelf ? (first, data.leftRows - first) : (data.leftRows, data.rightRows)
        let offset = data.isSelf ? first : 0
        let isRight = right <= left
        let (rows, others) = isRight ? (right, left) : (left, right)
        guard rows > 0, others > 0 else { return 0 }
        // The evidence that a record has any partner, as a ratio to none, with each of the others as likely as any.
        var evidence = [Double](repeating: 0, count: rows)
        let expected = prior * Double(others)
        for pair in pairs {
            evidence[isRight ? pair.right - offset : pair.left] += exp2(min(pair.weight, 60)) / max(expected, 1e-12)
        }
        var share = min(max(expected, 0.01), 0.99)
        for _ in 0..<100 {
            let next = evidence.reduce(0) { $0 + share * $1 / (share * $1 + 1 - share) } / Double(rows)
            let bounded = min(max(next, 1e-6), 1 - 1e-6)
            let change = abs(bounded - share)
            share = bounded
            if change < 1e-7 { break }
        }
        let none = 1 - share + share * unseen
        return log2(share / max(expected, 1e-12) / none)
    }
}
