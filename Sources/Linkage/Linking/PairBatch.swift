/// Pairs on their way to be compared, on one core: so many at once that memory is waited for together, and that each test runs over
/// all of them before the next.
final class PairBatch {
    static let size = 128

    /// Where the records of a pair stand.
    struct Records {
        var left: UnsafePointer<UInt32>
        var right: UnsafePointer<UInt32>
    }

    private struct Pair {
        var left: UInt32 = 0
        var right: UInt32 = 0
        var mask: UInt64 = 0
        var pattern: UInt64 = 0
    }

    private let reader: PatternReader
    private let comparisons: [PairLevels]
    /// Of the rules the first eight, and those before the one that is walked.
    private let rules: Int
    private let rule: Int
    private let first: Int
    private let stride: Int
    private let sources: [UInt8]
    private var count = 0
    // Memory of this object alone, allocated once and given back with it: an array would be checked and counted at each access.
    private let pairs = UnsafeMutableBufferPointer<Pair>.allocate(capacity: size)
    private let records = UnsafeMutableBufferPointer<Records>.allocate(capacity: size)
    private let levels = UnsafeMutablePointer<UInt8>.allocate(capacity: size)

    /// - Parameters:
    ///   - rules: how many there are; their groups stand behind the columns of a record.
    ///   - rule: the one whose blocks are walked; pairs that an earlier one brings together are left out.
    init(_ reader: PatternReader, rules: Int, of rule: Int, _ data: LinkData) {
        self.reader = reader
        self.rules = min(rules, 8)
        self.rule = rule
        first = data.columns.count
        stride = data.stride
        sources = data.linksAcross ? data.sources : []
        pairs.initialize(repeating: Pair())
        var next = 0
        comparisons = reader.heads.map { head in
            defer { next += head.steps }
            return PairLevels(
                head, Array(reader.steps[next..<next + head.steps]), size: Self.size,
                values: data.columns[head.column].values.folded.count)
        }
    }

    deinit {
        pairs.deallocate()
        records.deallocate()
        levels.deallocate()
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
    ///   - body: left row, right row, agreement pattern, and which of the first eight rules hold, as bits.
    @inline(__always)
    func compare(
        _ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>, _ body: (Int, Int, UInt64, UInt64) throws -> Void
    ) rethrows {
        compare(left, right)
        for index in 0..<count {
            let pair = pairs[index]
            try body(Int(pair.left), Int(pair.right), pair.pattern, pair.mask)
        }
        count = 0
    }

    private func compare(_ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>) {
        touch(left, right)
        mask(left, right)
        let all = UnsafeBufferPointer(rebasing: records[..<count])
        var shift: UInt64 = 0
        for comparison in comparisons {
            comparison.find(all, into: levels)
            for index in 0..<count { pairs[index].pattern |= UInt64(levels[index]) << shift }
            shift += 4
        }
        for rule in reader.rules {
            let test = rule.test
            for index in 0..<count where test(records[index].left, records[index].right) {
                pairs[index].pattern |= rule.bit
            }
        }
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
        let (rule, rules, first) = (rule, rules, first)
        for index in 0..<count {
            let pair = pairs[index]
            let own = Records(left: left + Int(pair.left) * stride, right: right + Int(pair.right) * stride)
            let (record, partner) = (own.left + first, own.right + first)
            var isOlder = false
            for earlier in 0..<rule {
                let group = record[earlier]
                isOlder = isOlder || (group != 0 && group == partner[earlier])
            }
            if isOlder { continue }
            // Records of one list are not compared when lists are linked to one another.
            if !sources.isEmpty, sources[Int(pair.left)] == sources[Int(pair.right)] { continue }
            var mask: UInt64 = 0
            for later in min(rule, rules)..<rules {
                let group = record[later]
                mask |= (group != 0 && group == partner[later] ? 1 : 0) << UInt64(later)
            }
            pairs[kept] = Pair(left: pair.left, right: pair.right, mask: mask, pattern: 0)
            records[kept] = own
            kept += 1
        }
        count = kept
    }
}
