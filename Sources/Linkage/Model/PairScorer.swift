import Foundation

/// Weighs single pairs of records by a trained model. What a pair weighs follows from its two records, the model and the shares
/// alone, whatever other records are weighed beside it: so that links can be made and taken back one by one.
///
/// ```swift
/// let scorer = try PairScorer(model)
/// let weighed = try scorer.weigh([["Nguyễn Thị Lan", "1990-02-03"], ["Nguyen Lan", "1990-02-03"]], pairs: [(0, 1)])
/// ```
public struct PairScorer: Sendable {
    /// What a pair weighs.
    public struct Weighed: Sendable, Equatable {
        /// log2 of the odds that both are one.
        public let weight: Double
        /// Of each comparison, in the model's order: 0 where a side is missing, then the levels from 1.
        public let levels: [Int]
        /// Whether a `never` rule of the model holds.
        public let isNever: Bool
    }

    public let model: LinkModel
    public let shares: ValueShares
    /// The names of the columns, in the order in which records give their values.
    public let columns: [String]

    /// - Throws: ``SettingsError`` for a model whose comparisons name columns that it does not have.
    public init(_ model: LinkModel, shares: ValueShares = .none) throws(SettingsError) {
        self.model = model
        self.shares = shares
        columns = model.settings.columns.keys.sorted()
        guard let written = model.settings.comparisons, written.count == model.comparisons.count else {
            throw SettingsError("mô hình không nêu các phép so sánh; hãy huấn luyện lại (train)")
        }
        _ = try ready([])
    }

    /// - Parameters:
    ///   - records: values in the order of ``columns``; empty for missing.
    ///   - pairs: places in `records`.
    public func weigh(_ records: [[String]], pairs: [(left: Int, right: Int)]) throws(SettingsError) -> [Weighed] {
        if pairs.isEmpty { return [] }
        let (data, comparisons, definite) = try ready(records)
        let reader = PatternReader(comparisons, definite, data)
        let (stride, count) = (data.stride, comparisons.count)
        return data.leftRecords.withUnsafeBufferPointer { codes in
            guard let base = codes.baseAddress else { return [] }
            return pairs.map { left, right in
                let key = reader.pattern(base + left * stride, base + right * stride)
                let levels = (0..<count).map { Int(key >> UInt64($0 * 4) & 15) }
                var weight = model.priorWeight
                for (place, level) in levels.enumerated() where level > 0 {
                    weight += model.comparisons[place].levels[level - 1].weight
                    weight += rarity(comparisons[place], level, left, right, data)
                }
                return verdict(weight, key, levels)
            }
        }
    }

    private func verdict(_ weight: Double, _ key: UInt64, _ levels: [Int]) -> Weighed {
        let calibrated = model.calibration.map { $0.slope * weight + $0.intercept } ?? weight
        let isNever = key & DefiniteRules.neverBit != 0
        let isSure = key & DefiniteRules.sureBit != 0
        return Weighed(
            weight: isNever ? -1_000 : isSure ? max(calibrated, DefiniteRules.sureWeight) : calibrated, levels: levels,
            isNever: isNever)
    }

    /// What speaks for and against two records being one, step by step.
    public func explain(
        _ left: [String], _ right: [String], leftID: String = "", rightID: String = ""
    ) throws(SettingsError) -> Explanation {
        let (data, comparisons, definite) = try ready([left, right])
        let reader = PatternReader(comparisons, definite, data)
        let stride = data.stride
        let key = data.leftRecords.withUnsafeBufferPointer { codes in
            codes.baseAddress.map { reader.pattern($0, $0 + stride) } ?? 0
        }
        let steps = comparisons.enumerated().map { place, comparison in
            let level = Int(key >> UInt64(place * 4) & 15)
            let known = level > 0 ? model.comparisons[place].levels[level - 1] : nil
            return Explanation.Step(
                comparison: comparison.name, left: comparison.column < left.count ? left[comparison.column] : "",
                right: comparison.column < right.count ? right[comparison.column] : "",
                condition: known?.condition, weight: known?.weight ?? 0,
                rarity: level > 0 ? rarity(comparison, level, 0, 1, data) : 0, m: known?.m, u: known?.u)
        }
        let sum = steps.reduce(model.priorWeight) { $0 + $1.sum }
        let verdict = verdict(sum, key, [])
        return Explanation(
            leftID: leftID, rightID: rightID, prior: model.priorWeight, steps: steps, calibration: model.calibration,
            weight: verdict.weight,
            verdict: verdict.isNever ? .never : key & DefiniteRules.sureBit != 0 ? .sure : .weighed,
            leavesRivalsOut: false, rules: [])
    }

    private func ready(_ records: [[String]]) throws(SettingsError) -> (LinkData, [Comparison], DefiniteRules) {
        var pools = columns.map { _ in TextPool(capacity: records.count) }
        var codes = columns.map { _ in [UInt32]() }
        for record in records {
            for place in columns.indices {
                var value = place < record.count ? record[place] : ""
                codes[place].append(value.withUTF8 { pools[place].code(of: UnsafeRawBufferPointer($0)) })
            }
        }
        let read = columns.indices.map { place in
            // Nothing may depend on which other values are at hand: facts of the column as a whole are left out.
            LinkData.Column(
                name: columns[place],
                values: ColumnValues(
                    kind: model.settings.columns[columns[place]]?.kind ?? .text, pool: pools[place],
                    knowing: ColumnFacts()),
                pool: pools[place])
        }
        let data = LinkData(
            columns: read, left: codes, right: [], leftIDs: TextList(), rightIDs: TextList(), leftRows: records.count,
            rightRows: 0, isSelf: true)
        var comparisons: [Comparison] = []
        for setting in model.settings.comparisons ?? [] { comparisons.append(try Comparison(setting, data: data)) }
        guard comparisons.map({ $0.levels.count + 1 }) == model.comparisons.map(\.levels.count) else {
            throw SettingsError("các phép so sánh trong mô hình khác lúc huấn luyện; hãy huấn luyện lại (train)")
        }
        return (data, comparisons, try DefiniteRules(model.settings, data))
    }

    /// What is added because the common value is rare, or taken because it is frequent.
    private func rarity(_ comparison: Comparison, _ level: Int, _ left: Int, _ right: Int, _ data: LinkData) -> Double {
        guard level <= comparison.levels.count, let part = comparison.levels[level - 1].frequency,
            let table = shares.table(of: comparison.name, part)
        else { return 0 }
        let values = data.columns[comparison.column].values
        func weight(_ row: Int) -> Double {
            table.weight(values.text(of: part, at: Int(data.code(of: comparison.column, left: row))))
        }
        return min(weight(left), weight(right))
    }
}
