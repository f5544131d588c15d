public import Foundation

/// Links lists, or finds the doubles of one.
public struct Linker: Sendable {
    public private(set) var settings: LinkSettings
    public var threads: Int
    /// What is known of areas, for columns of the kind commune.
    public var areas: AreaKnowledge?
    /// Pairs that people have judged, by their ids; m is learned from them.
    public var labels: [LabelledPair] = []
    /// Whether records are weighed against themselves too, for a report (``LinkResult/ownWeights``).
    public var weighsRecordsAlone = false
    /// Told how far the work is; from any thread.
    public var watch: (@Sendable (LinkProgress) -> Void)?

    public init(_ settings: LinkSettings, threads: Int = ProcessInfo.processInfo.activeProcessorCount) {
        self.settings = settings
        self.threads = max(threads, 1)
    }

    /// More pairs than this are refused unless the settings allow them.
    public static let usualMostPairs = 500_000_000
    /// Random pairs for the chances among strangers.
    static let randomPairs = 160_000
    /// Records of each side that the random pairs are made of.
    static let randomRecords = 8_192
    /// Bytes of a pair held between comparing and predicting.
    static let bytesOfPair = 12

    /// - Parameters:
    ///   - left: a delimited file.
    ///   - leftName: for messages.
    ///   - right: nil to find the doubles of the left file.
    ///   - rightName: for messages.
    ///   - model: a trained one; nil trains on the files themselves.
    public func link(
        left: Data, leftName: String, right: Data?, rightName: String, model: LinkModel? = nil
    ) async throws -> LinkResult {
        let lists =
            [LinkList(name: leftName, content: left)] + (right.map { [LinkList(name: rightName, content: $0)] } ?? [])
        return try await link(lists, model: model)
    }

    /// - Parameters:
    ///   - lists: one for its doubles; two or more to link them.
    ///   - within: whether the doubles within each list are looked for too.
    ///   - together: whether two lists are put into clusters, as more than two always are.
    ///   - given: a trained model; nil trains on the lists themselves.
    /// - Throws: ``SettingsError``, ``RecordFileError``, `CancellationError`.
    public func link(
        _ lists: [LinkList], within: Bool = false, together: Bool = false, model given: LinkModel? = nil
    ) async throws -> LinkResult {
        if let given { return try await runs(as: given).run(lists, within, together, given) }
        return try await run(lists, within, together, nil)
    }

    /// The same with the comparisons a model was trained with: ready-made ones follow from the data, and would differ.
    func runs(as model: LinkModel) -> Linker {
        var linker = self
        linker.settings.comparisons = model.settings.comparisons
        return linker
    }

    private func run(
        _ lists: [LinkList], _ within: Bool, _ together: Bool, _ given: LinkModel?
    ) async throws -> LinkResult {
        try settings.check()
        if within, lists.count > 1, settings.oneToOne ?? false {
            throw SettingsError(
                "mỗi danh sách đã được coi là không có bản ghi trùng; hãy bỏ khoá này để tìm cả bản ghi trùng trong từng danh sách",
                at: [LinkSettings.CodingKeys.oneToOne.rawValue])
        }
        var stages: [LinkStage] = []
        var clock = StageClock()
        func done(_ name: String) throws {
            stages.append(clock.lap(name))
            try Task.checkCancellation()
        }
        tell(.reading, 0)
        let read = try await LinkReading(settings: settings, threads: threads, areas: areas).read(
            lists, within: within, together: together)
        try done("read")
        tell(.blocking, 0)
        let candidates = try await candidates(consume read)
        let data = candidates.data
        try done("block")
        var found = try await compare(candidates)
        try done("compare")
        tell(.training, 0, pairs: found.count)
        var model: LinkModel
        if let given {
            try given.check(fits: candidates)
            model = given
        } else {
            model = try await train(found.histogram, candidates)
        }
        try done("train")
        tell(.predicting, 0, pairs: found.count)
        var pairs = try await weigh(found, candidates, &model, isTrained: given == nil)
        found.forgetPairs()
        if settings.oneToOne ?? false {
            if !data.isSelf {
                pairs = OneToOne.pairs(of: pairs, data)
            } else if data.linksAcross {
                let clusters = Clusters.oneOfEachList(
                    of: OneToOne.strongestFirst(pairs, data), sources: data.sources)
                pairs.removeAll { clusters[$0.left] != clusters[$0.right] }
            }
        }
        if settings.bestLink ?? false { pairs = OneToOne.bestLinks(of: pairs, data) }
        let blocking = await counts(candidates, found, model)
        let contradictions = Contradictions(candidates).found(in: pairs)
        try done("predict")
        return LinkResult(
            model: model, pairs: pairs, compared: found.count, leftIDs: data.leftIDs, rightIDs: data.rightIDs,
            lists: lists.map(\.name), isSelf: data.isSelf, sources: data.sources,
            histogram: found.histogram.sorted.map { (pattern: $0.key, count: $0.count) }, blocking: blocking,
            ownWeights: weighsRecordsAlone ? OwnWeights.counts(candidates, model) : [], warnings: data.warnings,
            plannedMB: found.plannedMB,
            stages: stages,
            contradictions: contradictions)
    }

    /// Lets weaker pairs through, to see what lies below.
    mutating func lower(threshold: Double) { settings.threshold = threshold }

    func tell(_ stage: LinkProgress.Stage, _ share: Double, pairs: Int = 0, plannedMB: Int = 0) {
        watch?(LinkProgress(stage: stage, share: share, pairs: pairs, plannedMB: plannedMB))
    }

    // MARK: Blocking

    func comparisons(_ data: LinkData) throws(SettingsError) -> [Comparison] {
        let written =
            settings.comparisons ?? settings.columns.keys.sorted().map { ComparisonSettings(name: $0, column: $0) }
        return try written.map { setting throws(SettingsError) in try Comparison(setting, data: data) }
    }

    func candidates(_ data: consuming LinkData, keepsTables: Bool = false) async throws -> Candidates {
        let comparisons = try comparisons(data)
        let definite = try DefiniteRules(settings, copy data)
        let (made, rules) = try await Self.rules(settings.blocking, consume data)
        let candidates = await Candidates(
            data: consume made, rules: rules, comparisons: comparisons, definite: definite,
            largest: settings.largestBlock,
            keepsTables: keepsTables)
        let most = settings.mostPairs ?? Self.usualMostPairs
        guard candidates.pairs > most else { return candidates }
        let worst = candidates.groups.indices.max { candidates.groups[$0].pairs < candidates.groups[$1].pairs } ?? 0
        let block = candidates.largest(of: worst, 1).first
        throw SettingsError(
            "các quy tắc gom khối tạo ra \(candidates.pairs) cặp (cặp của nhiều quy tắc tính cho từng quy tắc), nhiều hơn \(most); nhiều nhất là \(candidates.groups[worst].pairs) cặp của quy tắc “\(candidates.rules[worst].text)”, "
                + "khối lớn nhất của nó (\(block?.example ?? "")) có \(block?.left ?? 0) × \(block?.right ?? 0) bản ghi; hãy thu hẹp quy tắc, bỏ qua khối lớn (largest_block) hoặc nâng most_pairs",
            at: [LinkSettings.CodingKeys.blocking.rawValue])
    }

    /// The keys of each rule are worked out on a core of their own. The data are handed through, so that nobody else holds them when
    /// they are written to.
    private static func rules(
        _ texts: [String], _ data: consuming LinkData
    ) async throws -> (LinkData, [BlockingRule]) {
        let shared = data
        // One after another first: of several faults always the same one is told.
        for text in texts { try BlockingKey(text).check(shared.kinds) }
        let rules = try await withThrowingTaskGroup(of: (Int, BlockingRule).self) { tasks in
            for (index, text) in texts.enumerated() {
                tasks.addTask { (index, try BlockingRule(text, data: shared)) }
            }
            var rules: [BlockingRule?] = Array(repeating: nil, count: texts.count)
            for try await (index, rule) in tasks { rules[index] = rule }
            return rules.compactMap(\.self)
        }
        return (shared, rules)
    }

    private func counts(_ candidates: Candidates, _ found: Compared, _ model: LinkModel) async -> [BlockingCount] {
        var fresh = [Int](repeating: 0, count: candidates.rules.count)
        for (chunk, piece) in zip(found.chunks, found.pieces) { fresh[chunk.rule] += piece.count }
        let lost = HotBlocks(candidates, model, seed: settings.seed ?? 42).lostMatches()
        return candidates.rules.indices.map { index in
            let largest = candidates.largest(of: index, 1).first
            let groups = candidates.groups[index]
            return BlockingCount(
                rule: candidates.rules[index].text, pairs: groups.pairs, fresh: fresh[index],
                largest: (largest?.left ?? 0, largest?.right ?? 0), example: largest?.example ?? "",
                hotBlocks: groups.hot.count, hotPairs: groups.hot.reduce(0) { $0 + $1.pairs }, hotMatches: lost[index])
        }
    }

    // MARK: Training

    /// A model of all records where a sample of them is here.
    func trained(on histogram: PatternCounts, _ data: LinkData) async throws -> LinkModel {
        // Nothing is compared: what the sample's blocks would hold is in the histogram.
        try await train(histogram, candidates(data))
    }

    func train(_ histogram: PatternCounts, _ candidates: Candidates) async throws -> LinkModel {
        // The model carries its comparisons as they ran, so that other data are compared alike.
        var written = settings
        written.comparisons = candidates.comparisons.map(\.settings)
        var training = Training(candidates: candidates, settings: written)
        training.labelled = try labelledPatterns(candidates)
        if let prior = settings.prior {
            let rules = try prior.rules.map { text throws(SettingsError) in
                try BlockingRule(text, data: candidates.data)
            }
            // One rule after another finds a pair once only where the data have room for the rules.
            let sure = await Candidates(
                data: candidates.data.withRoom(for: rules.count), rules: rules, comparisons: [], definite: .none)
            var pairs = 0
            for chunk in sure.chunks(of: 1_000_000) { sure.walk(chunk) { _, _, _, _ in pairs += 1 } }
            training.statedMatches = Double(pairs) / prior.recall
        }
        let random = try await random(candidates)
        var learned = training.model(from: histogram, random: random)
        // Within one file equal values are doubles as often as chance: those that the first model found are taken out.
        if candidates.data.isSelf, !candidates.data.linksAcross {
            learned = training.model(from: histogram, random: random, knowing: learned)
        }
        if !training.labelled.isEmpty { learned = training.calibrated(learned) }
        return learned
    }

    /// The patterns of judged pairs.
    private func labelledPatterns(_ candidates: Candidates) throws -> [(pattern: UInt64, isMatch: Bool)] {
        guard !labels.isEmpty else { return [] }
        let data = candidates.data
        let rows = RowFinder(data)
        let reader = PatternReader(candidates.comparisons, candidates.definite, data)
        return try labels.compactMap { label in
            guard let isMatch = label.isMatch else { return nil }
            let (left, right) = try rows.rows(label.left, label.right)
            return (candidates.pattern(left: left, right: right, by: reader), isMatch)
        }
    }
}
