/// The pairs that the blocking rules bring together, each once however many rules hold, in an order that depends on nothing but
/// the data.
struct Candidates: Sendable {
    /// A stretch of one rule's groups: a piece of work for one core.
    struct Chunk: Sendable {
        let rule: Int
        let groups: Range<Int>
        let pairs: Int
    }

    let data: LinkData
    let rules: [BlockingRule]
    let groups: [Groups]
    let comparisons: [Comparison]
    /// All rules' groups of a row side by side.
    private let leftGroups: [UInt32]
    private let rightGroups: [UInt32]

    init(data: LinkData, rules: [BlockingRule], comparisons: [Comparison]) async {
        self.data = data
        self.rules = rules
        self.comparisons = comparisons
        let found = await withTaskGroup(of: (Int, Groups).self) { tasks in
            for (index, rule) in rules.enumerated() { tasks.addTask { (index, Groups(rule, data)) } }
            var found: [Groups?] = Array(repeating: nil, count: rules.count)
            for await (index, groups) in tasks { found[index] = groups }
            return found.compactMap(\.self)
        }
        groups = found
        leftGroups = Self.sideBySide(found.map(\.left), rows: data.leftRows)
        rightGroups = data.isSelf ? leftGroups : Self.sideBySide(found.map(\.right), rows: data.rightRows)
    }

    private static func sideBySide(_ groups: [[UInt32]], rows: Int) -> [UInt32] {
        let width = groups.count
        return Array(unsafeUninitializedCapacity: rows * width) { buffer, count in
            for (position, column) in groups.enumerated() {
                column.withUnsafeBufferPointer { codes in
                    var place = position
                    for row in 0..<rows {
                        buffer.initializeElement(at: place, to: codes[row])
                        place += width
                    }
                }
            }
            count = rows * width
        }
    }

    /// Pairs of all rules; those that several rules bring together are counted for each.
    var pairs: Int { groups.reduce(0) { $0 + $1.pairs } }

    /// The largest groups of a rule: how many pairs, and the first record's values.
    func largest(of rule: Int, _ count: Int) -> [(pairs: Int, left: Int, right: Int, example: Int)] {
        let groups = groups[rule]
        guard groups.count > 0 else { return [] }
        let sizes = (1...groups.count).map { group -> (pairs: Int, left: Int, right: Int, example: Int) in
            let (n, m) = (
                Int(groups.leftStart[group + 1] - groups.leftStart[group]),
                Int(groups.rightStart[group + 1] - groups.rightStart[group])
            )
            return (
                groups.isSelf ? n * (n - 1) / 2 : n * m, n, m,
                n > 0 ? Int(groups.leftRows[Int(groups.leftStart[group])]) : 0
            )
        }
        return Array(sizes.sorted { ($0.pairs, $1.example) > ($1.pairs, $0.example) }.prefix(count))
    }

    func chunks(of size: Int) -> [Chunk] {
        var chunks: [Chunk] = []
        for (rule, groups) in groups.enumerated() where groups.count > 0 {
            var first = 1
            var pairs = 0
            for group in 1...groups.count {
                let (n, m) = (
                    Int(groups.leftStart[group + 1] - groups.leftStart[group]),
                    Int(groups.rightStart[group + 1] - groups.rightStart[group])
                )
                pairs += groups.isSelf ? n * (n - 1) / 2 : n * m
                if pairs >= size {
                    chunks.append(Chunk(rule: rule, groups: first..<group + 1, pairs: pairs))
                    (first, pairs) = (group + 1, 0)
                }
            }
            if pairs > 0 { chunks.append(Chunk(rule: rule, groups: first..<groups.count + 1, pairs: pairs)) }
        }
        return chunks
    }

    /// Walks the pairs of a chunk that no earlier rule brings together.
    /// - Parameter body: left row, right row, agreement pattern, and the rules that hold as bits.
    func walk(_ chunk: Chunk, _ body: (Int, Int, UInt64, UInt64) -> Void) {
        let groups = groups[chunk.rule]
        let reader = PatternReader(comparisons, data)
        let (width, rules) = (data.columns.count, rules.count)
        data.leftRecords.withUnsafeBufferPointer { leftRecords in
            data.rightRecords.withUnsafeBufferPointer { rightRecords in
                leftGroups.withUnsafeBufferPointer { leftGroups in
                    rightGroups.withUnsafeBufferPointer { rightGroups in
                        guard let left = leftRecords.baseAddress, let right = rightRecords.baseAddress,
                            let leftGroup = leftGroups.baseAddress,
                            let rightGroup = rightGroups.baseAddress
                        else { return }
                        for group in chunk.groups {
                            let rights = Int(groups.rightStart[group])..<Int(groups.rightStart[group + 1])
                            for (offset, leftPlace) in (Int(groups.leftStart[group])..<Int(groups.leftStart[group + 1]))
                                .enumerated()
                            {
                                let leftRow = Int(groups.leftRows[leftPlace])
                                let own = leftGroup + leftRow * rules
                                let first = groups.isSelf ? rights.lowerBound + offset + 1 : rights.lowerBound
                                var place = first
                                while place < rights.upperBound {
                                    let rightRow = Int(groups.rightRows[place])
                                    place += 1
                                    let other = rightGroup + rightRow * rules
                                    var mask: UInt64 = 0
                                    for rule in 0..<rules where own[rule] != 0 && own[rule] == other[rule] {
                                        mask |= 1 << UInt64(rule)
                                    }
                                    if mask.trailingZeroBitCount < chunk.rule { continue }
                                    body(
                                        leftRow, rightRow,
                                        reader.pattern(left + leftRow * width, right + rightRow * width),
                                        mask)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    func pattern(left: Int, right: Int, by reader: PatternReader) -> UInt64 {
        let width = data.columns.count
        return data.leftRecords.withUnsafeBufferPointer { leftRecords in
            data.rightRecords.withUnsafeBufferPointer { rightRecords in
                guard let first = leftRecords.baseAddress, let second = rightRecords.baseAddress else { return 0 }
                return reader.pattern(first + left * width, second + right * width)
            }
        }
    }
}

/// Counts by a 64-bit key: patterns with the rules that hold.
struct PatternCounts: Sendable {
    private(set) var keys: [UInt64] = []
    private(set) var counts: [Int] = []
    private var table: [UInt32] = Array(repeating: 0, count: 1_024)

    /// The index of a key, with room made for it on first sight.
    @inline(__always)
    mutating func index(of key: UInt64) -> Int {
        let mask = table.count - 1
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while table[place] != 0 {
            let index = Int(table[place]) - 1
            if keys[index] == key { return index }
            place = (place + 1) & mask
        }
        keys.append(key)
        counts.append(0)
        table[place] = UInt32(keys.count)
        if keys.count * 2 > table.count { grow() }
        return keys.count - 1
    }

    mutating func add(_ key: UInt64, _ count: Int = 1) { counts[index(of: key)] += count }

    mutating func add(_ other: PatternCounts) {
        for (key, count) in zip(other.keys, other.counts) { add(key, count) }
    }

    mutating func count(at index: Int) { counts[index] += 1 }

    private mutating func grow() {
        table = Array(repeating: 0, count: table.count * 2)
        let mask = table.count - 1
        for (index, key) in keys.enumerated() {
            var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
            while table[place] != 0 { place = (place + 1) & mask }
            table[place] = UInt32(index + 1)
        }
    }

    /// Key and count in the order of the keys: independent of how the counting was shared out.
    var sorted: [(key: UInt64, count: Int)] {
        zip(keys, counts).map { (key: $0, count: $1) }.sorted { $0.key < $1.key }
    }
}
