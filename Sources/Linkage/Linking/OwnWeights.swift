/// What records weigh compared with themselves: the most that any partner could reach.
enum OwnWeights {
    /// Records looked at.
    static let sample = 20_000
    static let range = -40...60

    /// By whole weight.
    static func counts(_ candidates: Candidates, _ model: LinkModel) -> [Int] {
        let data = candidates.data
        let scorer = Scorer(candidates, model)
        let reader = PatternReader(candidates.comparisons, DefiniteRules.none, data)
        let width = data.stride
        var counts = [Int](repeating: 0, count: range.count)
        data.leftRecords.withUnsafeBufferPointer { records in
            guard let base = records.baseAddress else { return }
            for row in data.leftIDs.sample(sample) {
                let record = base + row * width
                let pattern = scorer.pattern(reader.pattern(record, record))
                let weight = scorer.calibrated(pattern.base + scorer.frequencies.adjustment(pattern.levels, ofRow: row))
                counts[Int(min(max(weight.rounded(.down), -40), 60)) + 40] += 1
            }
        }
        return counts
    }
}
