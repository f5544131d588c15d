import Foundation

/// Comparing, drawing and weighing on all cores.
extension Linker {
    /// The pairs looked at, chunk by chunk, with their patterns.
    struct Compared: Sendable {
        struct Piece: Sendable {
            var left: [UInt32] = []
            var right: [UInt32] = []
            /// Index into ``patterns``.
            var pattern: [UInt32] = []
            var patterns = PatternCounts()
            var count = 0
        }

        var chunks: [Candidates.Chunk] = []
        var pieces: [Piece] = []
        var histogram = PatternCounts()
        /// Whether the pairs themselves are held; otherwise they are worked out again.
        var holdsPairs = true
        var plannedMB = 0
        var count: Int { pieces.reduce(0) { $0 + $1.count } }

        /// Gives their memory back; the counts stay.
        mutating func forgetPairs() {
            for index in pieces.indices {
                (pieces[index].left, pieces[index].right, pieces[index].pattern) = ([], [], [])
            }
        }
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
            var piece = Compared.Piece()
            if holdsPairs {
                piece.left.reserveCapacity(chunks[index].pairs)
                piece.right.reserveCapacity(chunks[index].pairs)
                piece.pattern.reserveCapacity(chunks[index].pairs)
            }
            candidates.walk(chunks[index]) { left, right, pattern, mask in
                // Of the rules beyond eight nothing is kept: no run of training is of them.
                let place = piece.patterns.index(of: pattern | mask << 56)
                piece.patterns.count(at: place)
                piece.count += 1
                guard holdsPairs else { return }
                piece.left.append(UInt32(left))
                piece.right.append(UInt32(right))
                piece.pattern.append(UInt32(place))
            }
            return piece
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
        let counts = try await inOrder(parts, stage: .training) { part -> [[Int]] in
            var counts = candidates.comparisons.map { [Int](repeating: 0, count: $0.count) }
            var generator = SplitMix(state: seed &+ UInt64(part) &* 0x9E37_79B9)
            guard lefts.count > 1, !rights.isEmpty else { return counts }
            let reader = PatternReader(candidates.comparisons, candidates.definite, data)
            for _ in 0..<min(Self.randomPairs, lefts.count * rights.count * 4) / parts {
                let left = lefts[Int(generator.next() % UInt64(lefts.count))]
                let right = rights[Int(generator.next() % UInt64(rights.count))]
                if data.isSelf, right == left || data.linksAcross && data.sources[left] == data.sources[right] {
                    continue
                }
                let pattern = candidates.pattern(left: left, right: right, by: reader)
                for place in counts.indices { counts[place][Int(pattern >> UInt64(place * 4) & 15)] += 1 }
            }
            return counts
        }
        return counts.dropFirst().reduce(counts[0]) { sum, part in
            zip(sum, part).map { zip($0, $1).map(+) }
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
            var pairs: [LinkedPair] = []
            let piece = compared.pieces[index]
            func take(_ left: Int, _ right: Int, _ score: Scorer.Pattern) {
                // Below the least with all that rare values can add, a pair needs no further look.
                guard score.most >= least else { return }
                let weight = scorer.weight(score, left: left, right: right)
                guard weight >= least else { return }
                pairs.append(
                    LinkedPair(
                        left: left, right: right, weight: weight, pattern: score.levels,
                        probability: hasChances ? 1 / (1 + exp2(-weight)) : 0))
            }
            if compared.holdsPairs {
                let scores = piece.patterns.keys.map { scorer.pattern($0) }
                for place in piece.left.indices {
                    take(Int(piece.left[place]), Int(piece.right[place]), scores[Int(piece.pattern[place])])
                }
            } else {
                candidates.walk(compared.chunks[index]) { left, right, pattern, _ in
                    take(left, right, scorer.pattern(pattern))
                }
            }
            return pairs
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
