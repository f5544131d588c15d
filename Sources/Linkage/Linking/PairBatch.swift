/// Pairs on their way to be compared, on one core: so many at once that memory is waited for together, and that each test runs over
/// all of them before the next.
final class PairBatch {
    static let size = 128
    /// Levels of pairs of values that are held for each comparison; the names of a block come again and again.
    private static let held = 1 << 13

    private struct Pair {
        var left: UInt32 = 0
        var right: UInt32 = 0
        var mask: UInt64 = 0
        var pattern: UInt64 = 0
    }

    private let reader: PatternReader
    private let rules: Int
    private let rule: Int
    private let first: Int
    private let stride: Int
    private let sources: [UInt8]
    private var count = 0
    // Memory of this object alone, allocated once and given back with it: an array would be checked and counted at each access.
    private let pairs = UnsafeMutableBufferPointer<Pair>.allocate(capacity: size)
    private let levels = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: size)
    private let open = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: size)
    private let fresh = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: size)
    /// By comparison that looks at one column alone: two values' codes above four bits of level; 0 for none. A pair of codes has one
    /// place, where the last one of several stays.
    private let known: [UnsafeMutablePointer<UInt64>?]

    /// - Parameters:
    ///   - rules: how many there are; their groups stand behind the columns of a record.
    ///   - rule: the one whose blocks are walked; pairs that an earlier one brings together are left out.
    init(_ reader: PatternReader, rules: Int, of rule: Int, _ data: LinkData) {
        self.reader = reader
        self.rules = rules
        self.rule = rule
        first = data.columns.count * 2
        stride = data.stride
        sources = data.linksAcross ? data.sources : []
        pairs.initialize(repeating: Pair())
        levels.initialize(repeating: 0)
        open.initialize(repeating: 0)
        fresh.initialize(repeating: 0)
        known = reader.heads.map { head in
            // Two codes and a level go into 64 bits.
            guard let column = head.alone, data.columns[column].values.folded.count < 1 << 30 else { return nil }
            let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: Self.held)
            memory.initialize(repeating: 0, count: Self.held)
            return memory
        }
    }

    deinit {
        pairs.deallocate()
        levels.deallocate()
        open.deallocate()
        fresh.deallocate()
        for memory in known { memory?.deallocate() }
    }

    var isFull: Bool { count == Self.size }

    /// Only while it is not full.
    @inline(__always)
    func add(_ left: UInt32, _ right: UInt32) {
        pairs[count].left = left
        pairs[count].right = right
        count += 1
    }

    /// Tells the pairs that no earlier rule brings together, in the order in which they came, and is empty then.
    /// - Parameters:
    ///   - left: the first record of the left side.
    ///   - right: the first record of the right side.
    ///   - body: left row, right row, agreement pattern, and the rules that hold as bits.
    func compare(
        _ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>, _ body: (Int, Int, UInt64, UInt64) -> Void
    ) {
        touch(left, right)
        mask(left, right)
        var shift: UInt64 = 0
        var next = 0
        for (place, head) in reader.heads.enumerated() {
            level(left, right, head, next..<next + head.steps, known[place])
            for index in 0..<count { pairs[index].pattern |= UInt64(levels[index]) << shift }
            shift += 4
            next += head.steps
        }
        for rule in reader.rules {
            let test = rule.test
            for index in 0..<count
            where test(left + Int(pairs[index].left) * stride, right + Int(pairs[index].right) * stride) {
                pairs[index].pattern |= rule.bit
            }
        }
        for index in 0..<count {
            let pair = pairs[index]
            body(Int(pair.left), Int(pair.right), pair.pattern, pair.mask)
        }
        count = 0
    }

    /// Looks at all records first: these loads do not wait for one another.
    private func touch(_ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>) {
        var seen: UInt32 = 0
        for index in 0..<count {
            let (record, partner) = (left + Int(pairs[index].left) * stride, right + Int(pairs[index].right) * stride)
            // A line of memory holds sixteen codes.
            var place = 0
            while place < stride {
                seen ^= record[place] ^ partner[place]
                place += 16
            }
            seen ^= record[stride - 1] ^ partner[stride - 1]
        }
        touched ^= seen
    }

    /// What was looked at ahead; means nothing.
    private var touched: UInt32 = 0

    /// Keeps the pairs that are to be compared.
    private func mask(_ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>) {
        var kept = 0
        for index in 0..<count {
            let pair = pairs[index]
            let record = left + Int(pair.left) * stride + first
            let partner = right + Int(pair.right) * stride + first
            var mask: UInt64 = 0
            for rule in 0..<rules {
                let group = record[rule]
                mask |= (group != 0 && group == partner[rule] ? 1 : 0) << UInt64(rule)
            }
            if mask.trailingZeroBitCount < rule { continue }
            // Records of one list are not compared when lists are linked to one another.
            if !sources.isEmpty, sources[Int(pair.left)] == sources[Int(pair.right)] { continue }
            pairs[kept] = Pair(left: pair.left, right: pair.right, mask: mask, pattern: 0)
            kept += 1
        }
        count = kept
    }

    /// The levels of one comparison (``PatternReader/pattern(_:_:)``).
    private func level(
        _ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>, _ head: PatternReader.Head, _ steps: Range<Int>,
        _ known: UnsafeMutablePointer<UInt64>?
    ) {
        let stride = stride
        let (open, fresh) = (open, fresh)
        let (pairs, levels) = (pairs, levels)
        var (openCount, freshCount) = (0, 0)
        for index in 0..<count {
            let (record, partner) = (left + Int(pairs[index].left) * stride, right + Int(pairs[index].right) * stride)
            levels[index] = 0
            guard record[head.folded] != 0, partner[head.folded] != 0 else { continue }
            levels[index] = 1
            if let known, let column = head.alone, record[column] != partner[column] {
                let key = UInt64(record[column]) << 30 | UInt64(partner[column])
                let entry = known[Self.place(key)]
                if entry >> 4 == key {
                    levels[index] = UInt8(entry & 15)
                    continue
                }
                fresh[freshCount] = UInt8(index)
                freshCount += 1
            }
            open[openCount] = UInt8(index)
            openCount += 1
        }
        for place in steps where openCount > 0 {
            let step = reader.steps[place]
            var kept = 0
            if let test = step.test {
                for entry in 0..<openCount {
                    let index = Int(open[entry])
                    if test(left + Int(pairs[index].left) * stride, right + Int(pairs[index].right) * stride) {
                        continue
                    }
                    levels[index] += 1
                    open[kept] = UInt8(index)
                    kept += 1
                }
            } else {
                let (first, width) = (step.first, step.width)
                for entry in 0..<openCount {
                    let index = Int(open[entry])
                    let found = first(
                        left + Int(pairs[index].left) * stride, right + Int(pairs[index].right) * stride)
                    levels[index] += UInt8(found)
                    if found < width { continue }
                    open[kept] = UInt8(index)
                    kept += 1
                }
            }
            openCount = kept
        }
        guard let known, let column = head.alone else { return }
        for entry in 0..<freshCount {
            let index = Int(fresh[entry])
            let (record, partner) = (left + Int(pairs[index].left) * stride, right + Int(pairs[index].right) * stride)
            let key = UInt64(record[column]) << 30 | UInt64(partner[column])
            known[Self.place(key)] = key << 4 | UInt64(levels[index])
        }
    }

    @inline(__always)
    private static func place(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 51) & (held - 1)
    }
}
