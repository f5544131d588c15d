public import Foundation

/// A pair that a model thinks over: rows counted from 0.
public struct LinkedPair: Sendable, Equatable {
    public let left: Int
    public let right: Int
    /// log2 of the odds that the two are the same.
    public let weight: Double
    /// The levels of all comparisons, four bits each, the first comparison lowest.
    public let pattern: UInt64

    public var probability: Double { 1 / (1 + exp2(-weight)) }
}

/// What linking came to.
public struct LinkResult: Sendable {
    public let model: LinkModel
    /// By left row, then right row.
    public let pairs: [LinkedPair]
    /// Pairs looked at.
    public let compared: Int
    public let leftIDs: TextList
    public let rightIDs: TextList
    /// Seconds of each stage, in order.
    public let stages: [(name: String, seconds: Double)]
}

/// Links two files, or finds the doubles of one.
public struct Linker: Sendable {
    public let settings: LinkSettings
    public var threads: Int

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

    /// - Parameters:
    ///   - right: nil to find the doubles of the left file.
    ///   - model: a trained one; nil trains on the files themselves.
    public func link(
        left: Data, leftName: String, right: Data?, rightName: String, model given: LinkModel? = nil
    ) async throws -> LinkResult {
        var stages: [(name: String, seconds: Double)] = []
        var mark = ContinuousClock.now
        func done(_ name: String) {
            let now = ContinuousClock.now
            stages.append((name, mark.duration(to: now) / .seconds(1)))
            mark = now
        }
        let data = try await read(left: left, leftName: leftName, right: right, rightName: rightName)
        done("read")
        let comparisons = try comparisonSettings().map { setting throws(SettingsError) in
            try Comparison(setting, data: data)
        }
        guard comparisons.count <= 14 else { throw SettingsError("more than 14 comparisons; leave the weakest out") }
        guard !settings.blocking.isEmpty, settings.blocking.count <= 8 else {
            throw SettingsError("give 1 to 8 blocking rules")
        }
        let rules = try settings.blocking.map { text throws(SettingsError) in try BlockingRule(text, data: data) }
        let candidates = await Candidates(data: data, rules: rules, comparisons: comparisons)
        try refuseTooMany(candidates)
        done("block")
        let found = await compare(candidates)
        done("compare")
        let model: LinkModel
        if let given {
            guard given.comparisons.map(\.levels.count) == comparisons.map({ $0.levels.count + 1 }) else {
                throw SettingsError("the model was trained with other comparisons than these settings have")
            }
            model = given
        } else {
            let training = Training(candidates: candidates, settings: settings)
            let random = await random(candidates)
            var learned = training.model(from: found.histogram, random: random)
            // Within one file equal values are doubles as often as chance: those that the first model found are taken out.
            if data.isSelf { learned = training.model(from: found.histogram, random: random, knowing: learned) }
            model = learned
        }
        done("train")
        var pairs = await weigh(found, candidates, model)
        if settings.oneToOne ?? false {
            pairs = OneToOne.pairs(of: pairs, data)
        }
        done("predict")
        return LinkResult(
            model: model, pairs: pairs, compared: found.count, leftIDs: data.leftIDs, rightIDs: data.rightIDs,
            stages: stages)
    }

    // MARK: Reading

    private func read(left: Data, leftName: String, right: Data?, rightName: String) async throws -> LinkData {
        let names = settings.columns.keys.sorted()
        guard !names.isEmpty else { throw SettingsError("the settings name no column") }
        func column(_ name: String, isRight: Bool) -> String {
            let setting = settings.columns[name]
            return (isRight ? setting?.right : setting?.left) ?? setting?.column ?? name
        }
        let leftColumns = names.map { column($0, isRight: false) }
        let leftFile = try await RecordReader.read(
            left, file: leftName, id: settings.id, wanted: leftColumns, threads: threads)
        var pools: [TextPool] = leftColumns.map { name in
            leftFile.header.firstIndex(of: name).map { leftFile.pools[$0] } ?? TextPool()
        }
        let leftCodes = leftColumns.map { name in
            leftFile.header.firstIndex(of: name).map { leftFile.columns[$0] } ?? []
        }
        var rightCodes = leftCodes
        var rightIDs = leftFile.ids
        var rightRows = leftFile.rows
        if let right {
            let rightColumns = names.map { column($0, isRight: true) }
            let shared = Dictionary(zip(rightColumns, pools), uniquingKeysWith: { first, _ in first })
            let rightFile = try await RecordReader.read(
                right, file: rightName, id: settings.id, wanted: rightColumns, pools: shared, threads: threads)
            rightCodes = rightColumns.map { name in
                rightFile.header.firstIndex(of: name).map { rightFile.columns[$0] } ?? []
            }
            for (index, name) in rightColumns.enumerated() {
                guard let place = rightFile.header.firstIndex(of: name) else { continue }
                if rightColumns.firstIndex(of: name) == index {
                    pools[index] = rightFile.pools[place]
                } else {
                    // Read for another column already: its codes are put into those of this one.
                    let codes = pools[index].merge(rightFile.pools[place])
                    rightCodes[index] = rightCodes[index].map { codes[Int($0)] }
                }
            }
            rightIDs = rightFile.ids
            rightRows = rightFile.rows
        }
        let kinds = names.map { settings.columns[$0]?.kind ?? .text }
        let (finalPools, finalRight) = (pools, rightCodes)
        let columns = await withTaskGroup(of: (Int, LinkData.Column).self) { group in
            for index in names.indices {
                group.addTask {
                    let values = ColumnValues(kind: kinds[index], pool: finalPools[index])
                    return (
                        index,
                        LinkData.Column(
                            name: names[index], values: values, pool: finalPools[index], left: leftCodes[index],
                            right: finalRight[index])
                    )
                }
            }
            var columns: [LinkData.Column?] = Array(repeating: nil, count: names.count)
            for await (index, column) in group { columns[index] = column }
            return columns.compactMap(\.self)
        }
        return LinkData(
            columns: columns, leftIDs: leftFile.ids, rightIDs: rightIDs, leftRows: leftFile.rows, rightRows: rightRows,
            isSelf: right == nil)
    }

    func comparisonSettings() -> [ComparisonSettings] {
        settings.comparisons ?? settings.columns.keys.sorted().map { ComparisonSettings(name: $0, column: $0) }
    }

    private func refuseTooMany(_ candidates: Candidates) throws {
        let most = settings.mostPairs ?? Self.usualMostPairs
        guard candidates.pairs > most else { return }
        let worst = candidates.groups.indices.max { candidates.groups[$0].pairs < candidates.groups[$1].pairs } ?? 0
        let block = candidates.largest(of: worst, 1).first
        throw SettingsError(
            "the blocking rules make \(candidates.pairs) pairs, more than \(most); most of them, \(candidates.groups[worst].pairs), come from “\(candidates.rules[worst].text)”, "
                + "whose largest block has \(block?.left ?? 0) × \(block?.right ?? 0) records; make the rule narrower or raise most_pairs"
        )
    }

    // MARK: Comparing

    /// The pairs looked at, chunk by chunk, with their patterns.
    struct Compared: Sendable {
        struct Piece: Sendable {
            var left: [UInt32] = []
            var right: [UInt32] = []
            /// Index into ``patterns``.
            var pattern: [UInt32] = []
            var patterns = PatternCounts()
        }

        var pieces: [Piece] = []
        var histogram = PatternCounts()
        var count: Int { pieces.reduce(0) { $0 + $1.left.count } }
    }

    private func compare(_ candidates: Candidates) async -> Compared {
        let chunks = candidates.chunks(of: 100_000)
        let pieces = await Self.inOrder(chunks.count, threads: threads) { index -> Compared.Piece in
            var piece = Compared.Piece()
            piece.left.reserveCapacity(chunks[index].pairs)
            piece.right.reserveCapacity(chunks[index].pairs)
            piece.pattern.reserveCapacity(chunks[index].pairs)
            candidates.walk(chunks[index]) { left, right, pattern, mask in
                let place = piece.patterns.index(of: pattern | mask << 56)
                piece.patterns.count(at: place)
                piece.left.append(UInt32(left))
                piece.right.append(UInt32(right))
                piece.pattern.append(UInt32(place))
            }
            return piece
        }
        var compared = Compared(pieces: pieces)
        for piece in pieces { compared.histogram.add(piece.patterns) }
        return compared
    }

    /// How many random pairs stand at each level of each comparison.
    private func random(_ candidates: Candidates) async -> [[Int]] {
        let data = candidates.data
        let parts = 8
        let seed = settings.seed ?? 42
        let lefts = data.leftIDs.sample(Self.randomRecords)
        let rights = data.isSelf ? lefts : data.rightIDs.sample(Self.randomRecords)
        let counts = await Self.inOrder(parts, threads: threads) { part -> [[Int]] in
            var counts = candidates.comparisons.map { [Int](repeating: 0, count: $0.count) }
            var generator = SplitMix(state: seed &+ UInt64(part) &* 0x9E37_79B9)
            guard lefts.count > 1, !rights.isEmpty else { return counts }
            let reader = PatternReader(candidates.comparisons, data)
            for _ in 0..<min(Self.randomPairs, lefts.count * rights.count * 4) / parts {
                let left = lefts[Int(generator.next() % UInt64(lefts.count))]
                let right = rights[Int(generator.next() % UInt64(rights.count))]
                if data.isSelf, right == left { continue }
                let pattern = candidates.pattern(left: left, right: right, by: reader)
                for place in counts.indices { counts[place][Int(pattern >> UInt64(place * 4) & 15)] += 1 }
            }
            return counts
        }
        return counts.dropFirst().reduce(counts[0]) { sum, part in
            zip(sum, part).map { zip($0, $1).map(+) }
        }
    }

    // MARK: Weighing

    private func weigh(_ compared: Compared, _ candidates: Candidates, _ model: LinkModel) async -> [LinkedPair] {
        let threshold = settings.threshold ?? 0
        let frequencies = Frequencies(candidates, model)
        let chunks = await Self.inOrder(compared.pieces.count, threads: threads) { index -> [LinkedPair] in
            let piece = compared.pieces[index]
            let keys = piece.patterns.keys.map { $0 & 0xFF_FFFF_FFFF_FFFF }
            let weights = keys.map { frequencies.baseWeight($0) }
            // The most that rare values can add: below the threshold with it, a pair needs no further look.
            let most = keys.map { frequencies.most($0) }
            var pairs: [LinkedPair] = []
            for place in piece.left.indices {
                let pattern = Int(piece.pattern[place])
                guard weights[pattern] + most[pattern] >= threshold else { continue }
                let (left, right) = (Int(piece.left[place]), Int(piece.right[place]))
                let weight = weights[pattern] + frequencies.adjustment(keys[pattern], left: left, right: right)
                if weight >= threshold {
                    pairs.append(LinkedPair(left: left, right: right, weight: weight, pattern: keys[pattern]))
                }
            }
            return pairs
        }
        return chunks.flatMap(\.self).sorted { ($0.left, $0.right) < ($1.left, $1.right) }
    }

    /// Runs pieces of work on some threads and answers their results in order: nothing depends on who was first.
    static func inOrder<T: Sendable>(_ count: Int, threads: Int, _ work: @escaping @Sendable (Int) -> T) async -> [T] {
        guard count > 0 else { return [] }
        return await withTaskGroup(of: (Int, T).self) { group in
            var results: [T?] = Array(repeating: nil, count: count)
            var next = 0
            while next < min(threads, count) {
                let index = next
                group.addTask { (index, work(index)) }
                next += 1
            }
            for await (index, result) in group {
                results[index] = result
                if next < count {
                    let index = next
                    group.addTask { (index, work(index)) }
                    next += 1
                }
            }
            return results.compactMap(\.self)
        }
    }
}

/// The generator of random draws: the same on every machine (Steele, Lea & Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
