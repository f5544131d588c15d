import Foundation

/// Comparing, drawing and weighing on all cores.
extension Linker {
    /// The pairs looked at, chunk by chunk, with their patterns.
    struct Compared: Sendable {
        struct Piece: Sendable {
            let pairs: HeldPairs
            let patterns: PatternCounts
            let count: Int
        }

        var chunks: [Candidates.Chunk] = []
        var pieces: [Piece] = []
        var histogram = PatternCounts()
        /// Whether the pairs themselves are held; otherwise they are worked out again.
        var holdsPairs = true
        var plannedMB = 0
        var count: Int { pieces.reduce(0) { $0 + $1.count } }

        /// Gives back the memory of pairs that nobody took; the counts stay.
        mutating func forgetPairs() { for piece in pieces { _ = piece.pairs.take() } }
    }

    func compare(_ candidates: Candidates) async throws -> Compared {
        let chunks = candidates.chunks(of: 100_000)
        let needed = candidates.pairs * Self.bytesOfPair / 1_000_000
        let holdsPairs = needed <= settings.memoryForPairs ?? 2_000
        let planned = holdsPairs ? needed : 0
        tell(.comparing, 0, pairs: candidates.pairs, plannedMB: planned)
        let pieces = try await inOrder(
            chunks.count, weight: { chunks[$0].pairs }, stage: .comparing, pairs: candidates.pairs, plannedMB: planned
        ) { index -> Compared.Piece in
            var pairs: [HeldPairs.Pair] = []
            var patterns = PatternCounts()
            var count = 0
            if holdsPairs { pairs.reserveCapacity(chunks[index].pairs) }
            candidates.walk(chunks[index]) { left, right, pattern, mask in
                // Of the rules beyond eight nothing is kept: no run of training is of them.
                let place = patterns.index(of: pattern | mask << 56)
                patterns.count(at: place)
                count += 1
                if holdsPairs {
                    pairs.append(HeldPairs.Pair(left: UInt32(left), right: UInt32(right), pattern: UInt32(place)))
                }
            }
            return Compared.Piece(pairs: HeldPairs(pairs), patterns: patterns, count: count)
        }
        var compared = Compared(chunks: chunks, pieces: pieces, holdsPairs: holdsPairs, plannedMB: planned)
        for piece in pieces { compared.histogram.add(piece.patterns) }
        return compared
    }

    /// How many random pairs stand at each level of each comparison.
    func random(_ candidates: Candidates) async throws -> [[Int]] {
        let data = candidates.data
        let parts = 8
        let seed = settings.seed ?? 42
        let lefts = data.leftIDs.sample(Self.randomRecords)
        let rights = data.isSelf ? lefts : data.rightIDs.sample(Self.randomRecords)
        let places = candidates.comparisons.count
        // Sixteen levels a comparison.
        let counts = try await inOrder(parts, stage: .training) { part -> [Int] in
            var counts = [Int](repeating: 0, count: places * 16)
            var generator = SplitMix(state: seed &+ UInt64(part) &* 0x9E37_79B9)
            guard lefts.count > 1, !rights.isEmpty else { return counts }
            let batch = PairBatch(
                PatternReader(candidates.comparisons, candidates.definite, data), rules: 0, of: 0, data)
            data.leftRecords.withUnsafeBufferPointer { leftRecords in
                data.rightRecords.withUnsafeBufferPointer { rightRecords in
                    guard let base = leftRecords.baseAddress, let other = rightRecords.baseAddress else { return }
                    func compare() {
                        batch.compare(base, other) { _, _, pattern, _ in
                            for place in 0..<places { counts[place * 16 + Int(pattern >> UInt64(place * 4) & 15)] += 1 }
                        }
                    }
                    for _ in 0..<min(Self.randomPairs, lefts.count * rights.count * 4) / parts {
                        let left = lefts[Int(generator.next() % UInt64(lefts.count))]
                        let right = rights[Int(generator.next() % UInt64(rights.count))]
                        // Of one list linked to another the batch leaves them out itself.
                        if data.isSelf, right == left { continue }
                        batch.add(UInt32(left), UInt32(right))
                        if batch.isFull { compare() }
                    }
                    compare()
                }
            }
            return counts
        }
        let sums = counts.dropFirst().reduce(counts[0]) { zip($0, $1).map(+) }
        return candidates.comparisons.enumerated().map { place, comparison in
            Array(sums[place * 16..<place * 16 + comparison.count])
        }
    }

    /// In a one-to-one run pairs below this weight do not count as rivals.
    static let leastRival = -7.0
    /// The shift of a one-to-one run is no more than this (``Partners``).
    static let mostShift = 7.0

    /// The pairs at or above the threshold.
    /// - Parameter model: gets its shift for one-to-one runs when it was trained here and has none yet.
    func weigh(
        _ compared: Compared, _ candidates: Candidates, _ model: inout LinkModel, isTrained: Bool
    ) async throws -> [LinkedPair] {
        let threshold = settings.threshold ?? 0
        guard settings.oneToOne ?? false, !candidates.data.isSelf || candidates.data.linksAcross else {
            return try await weigh(compared, candidates, model, over: threshold, hasChances: true)
        }
        let least = min(threshold, Self.leastRival)
        var pairs: [LinkedPair]
        // Labels have said already what weights are worth.
        if isTrained, model.calibration == nil {
            pairs = try await weigh(compared, candidates, model, over: least - Self.mostShift)
            let shift = min(Partners.shift(pairs, candidates.data, prior: model.prior), Self.mostShift)
            model.oneToOneShift = shift
            // In place: there may be many.
            var kept = 0
            for index in pairs.indices where pairs[index].weight + shift >= least {
                pairs[kept] = pairs[index]
                pairs[kept].weight += shift
                kept += 1
            }
            pairs.removeLast(pairs.count - kept)
        } else {
            pairs = try await weigh(compared, candidates, model, over: least)
        }
        OneToOne.shareChances(of: &pairs, candidates.data)
        if least < threshold { pairs.removeAll { $0.weight < threshold } }
        return pairs
    }

    /// - Parameter hasChances: false where the chances are shared out later.
    private func weigh(
        _ compared: Compared, _ candidates: Candidates, _ model: LinkModel, over least: Double, hasChances: Bool = false
    ) async throws -> [LinkedPair] {
        let scorer = Scorer(candidates, model)
        let chunks = try await inOrder(
            compared.pieces.count, weight: { compared.pieces[$0].count }, stage: .predicting, pairs: compared.count
        ) { index -> [LinkedPair] in
            let piece = compared.pieces[index]
            var weighing = PairWeighing(scorer, candidates.data, over: least, hasChances: hasChances)
            if compared.holdsPairs {
                let scores = piece.patterns.keys.map { scorer.pattern($0) }
                // Below the least with all that rare values can add, a pair needs no further look.
                let mayPass = scores.map { $0.most >= least }
                for pair in piece.pairs.take() where mayPass[Int(pair.pattern)] {
                    weighing.add(pair.left, pair.right, scores[Int(pair.pattern)])
                }
            } else {
                candidates.walk(compared.chunks[index]) { left, right, pattern, _ in
                    let score = scorer.pattern(pattern)
                    if score.most >= least { weighing.add(UInt32(left), UInt32(right), score) }
                }
            }
            return weighing.finish()
        }
        return Self.inRowOrder(chunks, leftRows: candidates.data.leftRows)
    }

    /// By left row, then right row. Pairs are counted into their places; what they came in is given back piece by piece.
    private static func inRowOrder(_ given: consuming [[LinkedPair]], leftRows: Int) -> [LinkedPair] {
        var chunks = given
        var next = [UInt32](repeating: 0, count: leftRows + 1)
        for chunk in chunks { for pair in chunk { next[pair.left + 1] += 1 } }
        for row in 0..<leftRows { next[row + 1] += next[row] }
        let count = Int(next[leftRows])
        return Array(unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in chunks.indices {
                for pair in chunks[index] {
                    buffer.initializeElement(at: Int(next[pair.left]), to: pair)
                    next[pair.left] += 1
                }
                chunks[index] = []
            }
            // Where a row's place has moved to, its pairs end.
            var first = 0
            for row in 0..<leftRows {
                let end = Int(next[row])
                if end - first > 1 {
                    var own = UnsafeMutableBufferPointer(rebasing: buffer[first..<end])
                    own.sort { $0.right < $1.right }
                }
                first = end
            }
            initialized = count
        }
    }

    /// Runs pieces of work on some threads and answers their results in order: nothing depends on who was first. Tells how far it
    /// is, and stops when the task is cancelled.
    private func inOrder<T: Sendable>(
        _ count: Int, weight: @Sendable (Int) -> Int = { _ in 1 }, stage: LinkProgress.Stage, pairs: Int = 0,
        plannedMB: Int = 0, _ work: @escaping @Sendable (Int) -> T
    ) async throws -> [T] {
        guard count > 0 else { return [] }
        let all = max((0..<count).reduce(0) { $0 + weight($1) }, 1)
        var done = 0
        return try await withThrowingTaskGroup(of: (Int, T).self) { group in
            var results: [T?] = Array(repeating: nil, count: count)
            var next = 0
            func add() {
                let index = next
                group.addTask {
                    try Task.checkCancellation()
                    return (index, work(index))
                }
                next += 1
            }
            while next < min(threads, count) { add() }
            for try await (index, result) in group {
                results[index] = result
                done += weight(index)
                tell(stage, Double(done) / Double(all), pairs: pairs, plannedMB: plannedMB)
                if next < count { add() }
            }
            return results.compactMap(\.self)
        }
    }
}
