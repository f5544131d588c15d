import Foundation

/// A list held ready to find the matches of one record at a time in milliseconds.
///
/// ```swift
/// let index = try await RecordIndex(list, settings: model.settings, model: model)
/// let matches = try await index.matches(["name": "Nguyễn Thị Lan", "birth": "1990"])
/// ```
public actor RecordIndex {
    public struct Match: Sendable, Equatable {
        public let id: String
        public let weight: Double
        /// Among the candidates found: the chance that this one, and no other, is the record asked for.
        public let probability: Double
    }

    private let candidates: Candidates
    private let scorer: Scorer
    private let comparisons: Int
    /// Grows by the values of the record asked for, and shrinks again; apart from the candidates' own.
    private var columns: [LinkData.Column]

    /// - Parameters:
    ///   - list: free of doubles of its ids.
    ///   - model: trained on lists of the same columns.
    ///   - areas: for columns of the kind commune.
    /// - Throws: ``SettingsError``, ``RecordFileError``.
    public init(_ list: LinkList, model: LinkModel, areas: AreaKnowledge? = nil) async throws {
        let threads = ProcessInfo.processInfo.activeProcessorCount
        var settings = model.settings
        settings.oneToOne = false
        var linker = Linker(settings, threads: threads)
        linker.areas = areas
        try linker.runs(as: model).settings.check()
        let data = try await LinkReading(settings: settings, threads: threads, areas: areas, isOpen: true).read(
            [list], within: true)
        candidates = try await linker.runs(as: model).candidates(data, keepsTables: true)
        try model.check(fits: candidates)
        scorer = Scorer(candidates, model)
        comparisons = model.comparisons.count
        columns = data.columns
        // The first change copies the columns' values; nobody shall wait for it later.
        _ = try matches([:], over: 0)
    }

    /// The records of the list that may be the one asked for, the likeliest first; equal ones by their ids.
    /// - Parameters:
    ///   - record: texts by the settings' names of columns; columns left out are missing.
    ///   - threshold: the least match weight.
    /// - Throws: ``SettingsError`` for a name that is no column.
    public func matches(_ record: [String: String], over threshold: Double = 0) throws -> [Match] {
        if let wrong = record.keys.sorted().first(where: { name in !columns.contains { $0.name == name } }) {
            throw SettingsError.noColumn(wrong, among: columns.map(\.name))
        }
        let sizes = columns.map { ($0.values.size, $0.pool.count) }
        let codes = columns.indices.map { code(of: record[columns[$0].name] ?? "", in: $0) }
        defer {
            for (index, size) in sizes.enumerated() where columns[index].pool.count > size.1 {
                columns[index].values.forget(to: size.0)
                columns[index].pool.forget(to: size.1)
            }
        }
        let rows = rows(of: codes)
        var found: [(row: Int, weight: Double)] = []
        let data = candidates.data
        let reader = PatternReader(candidates.comparisons, candidates.definite, data)
        data.leftRecords.withUnsafeBufferPointer { records in
            codes.withUnsafeBufferPointer { asked in
                guard let base = records.baseAddress, let asked = asked.baseAddress else { return }
                for row in rows {
                    let weight = weight(reader.pattern(base + row * data.stride, asked), row, codes)
                    if weight >= threshold { found.append((row, weight)) }
                }
            }
        }
        let odds = found.reduce(0) { $0 + exp2(min($1.weight, 60)) }
        return found.map { entry in
            let own = exp2(min(entry.weight, 60))
            return Match(
                id: data.leftIDs[entry.row], weight: entry.weight,
                probability: own / (1 + max(odds, own)))
        }
        .sorted { ($1.weight, $0.id) < ($0.weight, $1.id) }
    }

    /// The code of a text, added behind the others when it is new.
    private func code(of text: String, in column: Int) -> UInt32 {
        // As the reader does; beyond sixteen thousand bytes nothing is compared.
        let bytes = Array(text.utf8.prefix(16_000))
        return bytes.withUnsafeBytes { value in
            if let known = columns[column].pool.known(value) { return columns[column].alike[Int(known)] }
            let (values, texts) = (columns[column].values.folded.count, columns[column].values.texts.count + 1)
            let code = columns[column].pool.code(of: value)
            columns[column].values.read(value)
            columns[column].pinned.write(valuesFrom: values, textsFrom: texts, of: columns[column].values)
            return columns[column].codeAlike(code)
        }
    }

    private func rows(of codes: [UInt32]) -> Set<Int> {
        var rows: Set<Int> = []
        let values = columns.map(\.values)
        for (rule, groups) in zip(candidates.rules, candidates.groups) {
            guard let group = groups.table.map({ Int($0.known(rule.key(of: codes, in: values))) }), group > 0 else {
                continue
            }
            for place in Int(groups.leftStart[group])..<Int(groups.leftStart[group + 1]) {
                rows.insert(Int(groups.leftRows[place]))
            }
        }
        return rows
    }

    private func weight(_ key: UInt64, _ row: Int, _ codes: [UInt32]) -> Double {
        let pattern = scorer.pattern(key)
        guard pattern.base > -1_000 else { return -1_000 }
        var weight = pattern.base
        for place in 0..<comparisons {
            let column = candidates.comparisons[place].column
            weight += scorer.frequencies.adjustment(
                of: place, level: Int(key >> UInt64(place * 4) & 15),
                left: candidates.data.code(of: column, left: row), right: columns[column].values,
                rightValue: Int(codes[column]))
        }
        weight = scorer.calibrated(weight)
        return pattern.isSure ? max(weight, DefiniteRules.sureWeight) : weight
    }
}
