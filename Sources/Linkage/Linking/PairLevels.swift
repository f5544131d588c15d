/// The levels of one comparison for many pairs at once, on one core.
///
/// Values that are equal or were compared before need no test: the level of two codes is held and found again.
final class PairLevels {
    /// Levels of pairs of values that are held; the names of a block come again and again.
    private static let held = 1 << 13
    /// So many distinct values have a place for each two of them.
    private static let few = 256
    /// After so many searches it is seen whether they pay.
    private static let trial = 1 << 14

    private let head: PatternReader.Head
    private let steps: [LevelStep]
    /// Whether the first level is that of equal codes.
    private let isFirstEqual: Bool
    // Memory of this object alone, allocated once and given back with it: an array would be checked and counted at each access.
    /// Of the pairs whose level is still open: their places, and the codes of both sides by place.
    private let open: UnsafeMutablePointer<UInt8>
    private let lefts: UnsafeMutablePointer<UInt32>
    private let rights: UnsafeMutablePointer<UInt32>
    /// By entry of the open ones, whether a test may hold.
    private let likely: UnsafeMutablePointer<UInt8>
    /// Places of the pairs to be held.
    private let fresh: UnsafeMutablePointer<UInt8>
    private let width: Int
    /// By two codes their level; 255 for not known yet.
    private var table: UnsafeMutablePointer<UInt8>?
    /// Two codes above four bits of level; 0 for none. A pair of codes has one place, where the last one of several stays.
    private var known: UnsafeMutablePointer<UInt64>?
    private var searches = 0
    private var finds = 0

    /// - Parameters:
    ///   - size: pairs at once at most, 256 or fewer.
    ///   - values: how many the comparison's column has.
    init(_ head: PatternReader.Head, _ steps: [LevelStep], size: Int, values: Int) {
        self.head = head
        self.steps = steps
        width = values
        open = .allocate(capacity: size)
        fresh = .allocate(capacity: size)
        likely = .allocate(capacity: size)
        lefts = .allocate(capacity: size)
        rights = .allocate(capacity: size)
        isFirstEqual =
            if case .values(.sameValue) = steps.first?.kind { true } else { false }
        guard head.isAlone else { return }
        if values <= Self.few {
            let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: values * values)
            memory.initialize(repeating: 255, count: values * values)
            table = memory
        } else if values < 1 << 30 {
            // Two codes and a level go into 64 bits.
            let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: Self.held)
            memory.initialize(repeating: 0, count: Self.held)
            known = memory
        }
    }

    deinit {
        open.deallocate()
        fresh.deallocate()
        likely.deallocate()
        lefts.deallocate()
        rights.deallocate()
        table?.deallocate()
        known?.deallocate()
    }

    /// - Parameters:
    ///   - pairs: the records of both sides.
    ///   - levels: by pair; 0 where one side is missing.
    func find(_ pairs: UnsafeBufferPointer<PairBatch.Records>, into levels: UnsafeMutablePointer<UInt8>) {
        var (openCount, freshCount) = (0, 0)
        let column = head.column
        for index in pairs.indices {
            let (left, right) = (pairs[index].left[column], pairs[index].right[column])
            guard left != 0, right != 0 else {
                levels[index] = 0
                continue
            }
            levels[index] = 1
            if isFirstEqual {
                if left == right { continue }
                levels[index] = 2
            }
            if let table {
                let level = table[Int(left) * width + Int(right)]
                if level != 255 {
                    levels[index] = level
                    continue
                }
            } else if let known, left != right {
                let key = UInt64(left) << 30 | UInt64(right)
                let entry = known[Self.place(key)]
                searches += 1
                if entry >> 4 == key {
                    finds += 1
                    levels[index] = UInt8(entry & 15)
                    continue
                }
                fresh[freshCount] = UInt8(index)
                freshCount += 1
            }
            lefts[index] = left
            rights[index] = right
            open[openCount] = UInt8(index)
            openCount += 1
        }
        guard openCount > 0 else { return }
        if table != nil {
            // All that were looked for are kept.
            fresh.update(from: open, count: openCount)
            freshCount = openCount
        }
        for step in steps.dropFirst(isFirstEqual ? 1 : 0) where openCount > 0 {
            openCount = run(step, openCount, pairs, levels)
        }
        keep(freshCount, levels)
    }

    private func keep(_ count: Int, _ levels: UnsafeMutablePointer<UInt8>) {
        for entry in 0..<count {
            let index = Int(fresh[entry])
            if let table {
                table[Int(lefts[index]) * width + Int(rights[index])] = levels[index]
            } else if let known {
                let key = UInt64(lefts[index]) << 30 | UInt64(rights[index])
                known[Self.place(key)] = key << 4 | UInt64(levels[index])
            }
        }
        guard searches >= Self.trial, let known else { return }
        if finds * 8 < searches {
            // Values hardly ever come again: looking for them costs more than comparing.
            known.deallocate()
            self.known = nil
        }
        (searches, finds) = (0, 0)
    }

    @inline(__always)
    private static func place(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 51) & (held - 1)
    }

    // MARK: Tests

    /// Runs one step over the open pairs and answers how many stay open.
    private func run(
        _ step: LevelStep, _ count: Int, _ pairs: UnsafeBufferPointer<PairBatch.Records>,
        _ levels: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let (open, lefts, rights) = (open, lefts, rights)
        /// - Parameter test: of two codes and the pair's place.
        @inline(__always)
        func each(_ test: (UInt32, UInt32, Int) -> Bool) -> Int {
            var kept = 0
            for entry in 0..<count {
                let place = open[entry]
                let index = Int(place)
                // Without a jump: which pairs agree cannot be foreseen.
                let holds = test(lefts[index], rights[index], index)
                levels[index] &+= holds ? 0 : 1
                open[kept] = place
                kept &+= holds ? 0 : 1
            }
            return kept
        }
        /// - Parameters:
        ///   - mayHold: looks at what is known of two values in advance; run for all pairs first, so that memory is waited for once.
        ///   - level: of a pair that it lets pass.
        @inline(__always)
        func eachLikely(_ mayHold: (UInt32, UInt32) -> Bool, _ level: (UInt32, UInt32) -> Int) -> Int {
            let likely = likely
            for entry in 0..<count {
                let index = Int(open[entry])
                likely[entry] = mayHold(lefts[index], rights[index]) ? 1 : 0
            }
            let width = step.width
            var kept = 0
            for entry in 0..<count {
                let place = open[entry]
                let index = Int(place)
                let found = likely[entry] == 0 ? width : level(lefts[index], rights[index])
                levels[index] &+= UInt8(truncatingIfNeeded: found)
                open[kept] = place
                kept &+= found < width ? 0 : 1
            }
            return kept
        }
        switch step.kind {
        case .values(.same(let codes)):
            return each { left, right, _ in
                let code = codes[left]
                return code != 0 && code == codes[right]
            }
        case .values(.dates(let dates, .swapped)): return each { left, right, _ in dated(dates, .swapped, left, right) }
        case .values(.dates(let dates, .yearAlone)):
            return each { left, right, _ in dated(dates, .yearAlone, left, right) }
        case .values(.dates(let dates, .sameYear)):
            return each { left, right, _ in dated(dates, .sameYear, left, right) }
        case .values(.dates(let dates, .sameYearAndOther)):
            return each { left, right, _ in dated(dates, .sameYearAndOther, left, right) }
        case .values(.near(let texts, let most)):
            return eachLikely({ texts.mayBeNear($0, $1, most: most) }) {
                texts.distance($0, $1, most: most) <= most ? 0 : 1
            }
        case .values(.similar(let texts, let least)):
            let bound = Texts.Similarity(least: least)
            return eachLikely({ bound.mayHold(texts.entries[$0], texts.entries[$1]) }) {
                StringDistance.jaroWinkler(texts[$0], texts[$1]) >= least ? 0 : 1
            }
        case .values(.tokens(let texts, let least)):
            return eachLikely({ texts.mayShare($0, $1, least: least) }) {
                StringDistance.tokenOverlap(texts[$0], texts[$1]) >= least ? 0 : 1
            }
        case .values(.cutOff(let texts)):
            return each { left, right, _ in texts.both(left, right) { TextTests.isCutOff($0, $1) } }
        case .values(let test): return each { left, right, _ in test.holds(left, right) }
        case .similar(let texts, let bounds):
            let bound = Texts.Similarity(least: bounds[step.width - 1])
            return eachLikely({ bound.mayHold(texts.entries[$0], texts.entries[$1]) }) {
                LevelStep.level(StringDistance.jaroWinkler(texts[$0], texts[$1]), bounds)
            }
        case .near(let texts, let bounds):
            let most = bounds[step.width - 1]
            return eachLikely({ texts.mayBeNear($0, $1, most: most) }) {
                LevelStep.level(texts.distance($0, $1, most: most), bounds)
            }
        case .records(let test):
            return each { _, _, index in test(pairs[index].left, pairs[index].right) }
        }
    }

    @inline(__always)
    private func dated(_ dates: Address<Int32>, _ test: DateTest, _ left: UInt32, _ right: UInt32) -> Bool {
        let (first, second) = (dates[left], dates[right])
        return first != 0 && second != 0 && test.holds(first, second)
    }
}
