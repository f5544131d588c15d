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
    let definite: DefiniteRules
    /// Where the groups of the first rule stand in a record.
    private let first: Int

    /// - Parameters:
    ///   - data: read with room for the rules (``LinkReading``).
    ///   - largest: groups of more pairs are passed over by their rule.
    init(
        data: consuming LinkData, rules: [BlockingRule], comparisons: [Comparison], definite: DefiniteRules,
        largest: Int? = nil, keepsTables: Bool = false
    ) async {
        self.definite = definite
        self.rules = rules
        self.comparisons = comparisons
        var (data, found) = await Self.groups(consume data, rules, largest, keepsTables)
        data.setGroups(left: found.map(\.left), right: found.map(\.right))
        for index in found.indices { found[index].dropRows() }
        first = data.columns.count
        groups = found
        self.data = data
    }

    private static func groups(
        _ data: consuming LinkData, _ rules: [BlockingRule], _ largest: Int?, _ keepsTables: Bool
    ) async -> (LinkData, [Groups]) {
        let shared = data
        let found = await withTaskGroup(of: (Int, Groups).self) { tasks in
            for (index, rule) in rules.enumerated() {
                tasks.addTask { (index, Groups(rule, shared, largest: largest, keepsTable: keepsTables)) }
            }
            var found: [Groups?] = Array(repeating: nil, count: rules.count)
            for await (index, groups) in tasks { found[index] = groups }
            return found.compactMap(\.self)
        }
        return (shared, found)
    }

    /// Pairs of all rules; those that several rules bring together are counted for each.
    var pairs: Int { groups.reduce(0) { $0 + $1.pairs } }

    /// The largest groups of a rule: how many pairs and records, and what they have in common.
    func largest(of rule: Int, _ count: Int) -> [(pairs: Int, left: Int, right: Int, example: String)] {
        let groups = groups[rule]
        var sizes: [(pairs: Int, group: Int)] = []
        for group in 1..<max(groups.count + 1, 1) {
            let pairs = groups.pairs(of: group)
            if sizes.count == count, let last = sizes.last, pairs <= last.pairs { continue }
            sizes.append((pairs, group))
            sizes.sort { ($0.pairs, $1.group) > ($1.pairs, $0.group) }
            if sizes.count > count { sizes.removeLast() }
        }
        return sizes.filter { $0.pairs > 0 }.map { size in
            let row = Int(groups.leftRows[Int(groups.leftStart[size.group])])
            let example = rules[rule].example(leftRow: row, in: data)
            return (
                size.pairs, Int(groups.leftStart[size.group + 1] - groups.leftStart[size.group]),
                Int(groups.rightStart[size.group + 1] - groups.rightStart[size.group]), example
            )
        }
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
    /// - Parameter body: left row, right row, agreement pattern, and which of the first eight rules hold, as bits.
    func walk(_ chunk: Chunk, _ body: (Int, Int, UInt64, UInt64) -> Void) {
        let groups = groups[chunk.rule]
        let batch = PairBatch(PatternReader(comparisons, definite, data), rules: rules.count, of: chunk.rule, data)
        let (leftRows, rightRows) = (groups.leftRows, groups.rightRows)
        data.leftRecords.withUnsafeBufferPointer { leftRecords in
            data.rightRecords.withUnsafeBufferPointer { rightRecords in
                guard let left = leftRecords.baseAddress, let right = rightRecords.baseAddress else { return }
                for group in chunk.groups {
                    let lefts = Int(groups.leftStart[group])..<Int(groups.leftStart[group + 1])
                    let rights = Int(groups.rightStart[group])..<Int(groups.rightStart[group + 1])
                    if rights.isEmpty { continue }
                    for (offset, leftPlace) in lefts.enumerated() {
                        var place = groups.isSelf ? rights.lowerBound + offset + 1 : rights.lowerBound
                        while place < rights.upperBound {
                            batch.add(leftRows[leftPlace], rightRows[place])
                            place += 1
                            if batch.isFull { batch.compare(left, right, body) }
                        }
                    }
                }
                batch.compare(left, right, body)
            }
        }
    }

    /// The rules that bring two rows together, as bits.
    func mask(left: Int, right: Int) -> UInt64 {
        let (own, other) = (left * data.stride + first, right * data.stride + first)
        var mask: UInt64 = 0
        for rule in rules.indices
        where data.leftRecords[own + rule] != 0 && data.leftRecords[own + rule] == data.rightRecords[other + rule] {
            mask |= 1 << UInt64(rule)
        }
        return mask
    }

    func pattern(left: Int, right: Int, by reader: PatternReader) -> UInt64 {
        data.leftRecords.withUnsafeBufferPointer { leftRecords in
            data.rightRecords.withUnsafeBufferPointer { rightRecords in
                guard let first = leftRecords.baseAddress, let second = rightRecords.baseAddress else { return 0 }
                return reader.pattern(first + left * data.stride, second + right * data.stride)
            }
        }
    }
}
