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
    /// All rules' groups of a row side by side.
    private let leftGroups: [UInt32]
    private let rightGroups: [UInt32]

    /// - Parameter largest: groups of more pairs are passed over by their rule.
    init(
        data: LinkData, rules: [BlockingRule], comparisons: [Comparison], definite: DefiniteRules, largest: Int? = nil,
        keepsTables: Bool = false
    ) async {
        self.data = data
        self.definite = definite
        self.rules = rules
        self.comparisons = comparisons
        let found = await withTaskGroup(of: (Int, Groups).self) { tasks in
            for (index, rule) in rules.enumerated() { 
                tasks.addTask { (index, Groups(rule, data, largest: largest, keepsTable: keepsTables)) }
             }
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
        let width = data.columns.count
        return sizes.filter { $0.pairs > 0 }.map { size in
            let row = Int(groups.leftRows[Int(groups.leftStart[size.group])])
            let example = data.leftRecords.withUnsafeBufferPointer { records in
                records.baseAddress.map { rules[rule].example($0 + row * width, in: data) } ?? ""
            }
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
    /// - Parameter body: left row, right row, agreement pattern, and the rules that hold as bits.
    func walk(_ chunk: Chunk, _ body: (Int, Int, UInt64, UInt64) -> Void) {
        let groups = groups[chunk.rule]
        let reader = PatternReader(comparisons, definite, data)
        let (width, rules) = (data.columns.count, rules.count)
        let sources = data.linksAcross ? data.sources : []
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
                                    // Records of one list are not compared when lists are linked to one another.
                                    if !sources.isEmpty, sources[leftRow] == sources[rightRow] { continue }
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

    /// The rules that bring two rows together, as bits.
    func mask(left: Int, right: Int) -> UInt64 {
        let (own, other) = (left * rules.count, right * rules.count)
        var mask: UInt64 = 0
        for rule in rules.indices where leftGroups[own + rule] != 0 && leftGroups[own + rule] == rightGroups[other + rule] {
            mask |= 1 << UInt64(rule)
        }
        return mask
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
