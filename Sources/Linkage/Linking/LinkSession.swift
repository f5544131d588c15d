import Foundation

/// Lists and a model held together to ask about single pairs: why a pair weighs what it weighs, and why it was found or not.
public struct LinkSession: Sendable {
    public let model: LinkModel
    let candidates: Candidates
    private let scorer: Scorer
    private let rows: RowFinder
    private var data: LinkData { candidates.data }

    init(_ candidates: Candidates, _ model: LinkModel) {
        self.model = model
        self.candidates = candidates
        scorer = Scorer(candidates, model)
        rows = RowFinder(candidates.data)
    }

    /// What speaks for and against two records being one, step by step.
    /// - Throws: ``SettingsError`` for an id that is not in its list.
    public func explain(_ leftID: String, _ rightID: String) throws(SettingsError) -> Explanation {
        let (left, right) = try rows.rows(leftID, rightID)
        return explain(left: left, right: right)
    }

    func explain(left: Int, right: Int) -> Explanation {
        let reader = PatternReader(candidates.comparisons, candidates.definite, data)
        let key = candidates.pattern(left: left, right: right, by: reader)
        let mask = candidates.mask(left: left, right: right)
        var steps: [Explanation.Step] = []
        for (place, comparison) in candidates.comparisons.enumerated() {
            let level = Int(key >> UInt64(place * 4) & 15)
            let known = level > 0 ? model.comparisons[place].levels[level - 1] : nil
            steps.append(
                Explanation.Step(
                    comparison: comparison.name, left: value(of: comparison.column, left: left),
                    right: value(of: comparison.column, right: right), condition: known?.condition,
                    weight: known?.weight ?? 0,
                    rarity: level > 0
                        ? scorer.frequencies.adjustment(of: place, level: level, left: left, right: right) : 0,
                    m: known?.m, u: known?.u))
        }
        let pattern = scorer.pattern(key)
        let weight = scorer.weight(pattern, left: left, right: right)
        return Explanation(
            leftID: data.leftIDs[left], rightID: data.isSelf ? data.leftIDs[right] : data.rightIDs[right],
            prior: model.priorWeight, steps: steps, calibration: model.calibration, weight: weight,
            verdict: key & DefiniteRules.neverBit != 0 ? .never : pattern.isSure ? .sure : .weighed,
            leavesRivalsOut: model.settings.oneToOne ?? false,
            rules: candidates.rules.indices.filter { mask >> UInt64($0) & 1 == 1 }.map { candidates.rules[$0].text })
    }

    func value(of column: Int, left row: Int) -> String {
        data.columns[column].pool.text(of: data.writtenCode(of: column, left: row))
    }

    func value(of column: Int, right row: Int) -> String {
        data.columns[column].pool.text(of: data.writtenCode(of: column, right: row))
    }
}

extension Linker {
    /// Reads the lists and makes them ready to ask about single pairs.
    public func session(_ lists: [LinkList], within: Bool = false, model: LinkModel) async throws -> LinkSession {
        try runs(as: model).settings.check()
        let data = try await LinkReading(settings: settings, threads: threads, areas: areas).read(
            lists, within: within)
        let candidates = try await runs(as: model).candidates(data)
        try model.check(fits: candidates)
        return LinkSession(candidates, model)
    }
}
