import Foundation

/// Weights of patterns, and what agreement on a rare or common value adds to them (term frequency): the chance that two
/// strangers share just this value takes the place of the chance that they share any.
struct Frequencies: Sendable {
    private struct Adjusted: Sendable {
        let column: Int
        let place: Int
        /// By level, 1 first: of the feature's codes the weight to add; nil for levels without.
        let weights: [[Double]?]
        let features: [[UInt32]?]
        let most: [Double]
        /// By level the weight of each value of the column; levels of one part share them.
        let byValue: [Pinned<Double>?]
    }

    private let model: LinkModel
    private let levelWeights: [[Double]]
    private let adjusted: [Adjusted]
    private let data: LinkData
    private let parts: [[ValuePart?]]

    init(_ candidates: Candidates, _ model: LinkModel) {
        self.model = model
        data = candidates.data
        parts = candidates.comparisons.map { $0.levels.map(\.frequency) }
        levelWeights = model.comparisons.map { $0.levels.map(\.weight) }
        var adjusted: [Adjusted] = []
        for (place, comparison) in candidates.comparisons.enumerated()
        where comparison.levels.contains(where: { $0.frequency != nil }) {
            let column = data.columns[comparison.column]
            var weights: [[Double]?] = []
            var features: [[UInt32]?] = []
            var most: [Double] = []
            var byValue: [Pinned<Double>?] = []
            var known: [ValuePart: Pinned<Double>] = [:]
            for level in comparison.levels {
                guard let part = level.frequency else {
                    weights.append(nil)
                    features.append(nil)
                    most.append(0)
                    byValue.append(nil)
                    continue
                }
                let counted = data.counts(of: part, in: comparison.column)
                let byCode = counted.byCode.map { $0 == 0 ? 0 : counted.summary.weight(ofCount: $0) }
                weights.append(byCode)
                let values = column.values.part(part)
                features.append(values)
                let weight = known[part] ?? Pinned(values.map { byCode[Int($0)] })
                known[part] = weight
                byValue.append(weight)
                most.append(max(counted.summary.most, 0))
            }
            adjusted.append(
                Adjusted(
                    column: comparison.column, place: place, weights: weights, features: features, most: most,
                    byValue: byValue))
        }
        self.adjusted = adjusted
    }

    /// Without what rare values add.
    func baseWeight(_ pattern: UInt64) -> Double {
        var weight = model.priorWeight
        for place in levelWeights.indices {
            let level = Int(pattern >> UInt64(place * 4) & 15)
            if level > 0 { weight += levelWeights[place][level - 1] }
        }
        return weight
    }

    /// The most that ``adjustment(_:left:right:)`` can add to a pattern.
    func most(_ pattern: UInt64) -> Double {
        adjusted.reduce(0) { sum, comparison in
            let level = Int(pattern >> UInt64(comparison.place * 4) & 15)
            return level > 0 && level <= comparison.most.count ? sum + comparison.most[level - 1] : sum
        }
    }

    func adjustment(_ pattern: UInt64, left: Int, right: Int) -> Double {
        data.leftRecords.withUnsafeBufferPointer { lefts in
            data.rightRecords.withUnsafeBufferPointer { rights in
                guard let first = lefts.baseAddress, let second = rights.baseAddress else { return 0 }
                return adjustment(pattern, first + left * data.stride, second + right * data.stride)
            }
        }
    }

    /// - Parameters: the records.
    func adjustment(_ pattern: UInt64, _ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>) -> Double {
        var sum = 0.0
        for comparison in adjusted {
            let level = Int(pattern >> UInt64(comparison.place * 4) & 15)
            guard level > 0, level <= comparison.byValue.count, let weights = comparison.byValue[level - 1]?.address
            else { continue }
            // Of two spellings the commoner one counts.
            sum += min(weights[left[comparison.column]], weights[right[comparison.column]])
        }
        return sum
    }

    /// What a record of the left side adds when it is compared with itself.
    func adjustment(_ pattern: UInt64, ofRow row: Int) -> Double {
        adjusted.reduce(0) { sum, comparison in
            let level = Int(pattern >> UInt64(comparison.place * 4) & 15)
            guard level > 0, level <= comparison.weights.count, let weights = comparison.weights[level - 1],
                let values = comparison.features[level - 1]
            else { return sum }
            return sum + weights[Int(values[Int(data.code(of: comparison.column, left: row))])]
        }
    }

    /// What one comparison adds to a pair of rows.
    func adjustment(of comparison: Int, level: Int, left: Int, right: Int) -> Double {
        adjustment(UInt64(level) << UInt64(comparison * 4), left: left, right: right)
    }

    /// What a comparison's value adds, by the codes of both sides; a value that came after the counts were taken is as rare as
    /// any.
    func adjustment(
        of comparison: Int, level: Int, left: UInt32, right: ColumnValues, rightValue: Int
    ) -> Double {
        guard let adjusted = adjusted.first(where: { $0.place == comparison }), level > 0,
            level <= adjusted.weights.count,
            let weights = adjusted.weights[level - 1], let values = adjusted.features[level - 1],
            let part = parts[comparison][level - 1]
        else { return 0 }
        func weight(_ code: UInt32) -> Double {
            Int(code) < weights.count ? weights[Int(code)] : adjusted.most[level - 1]
        }
        return min(weight(values[Int(left)]), weight(right.part(part)[rightValue]))
    }
}
