import Foundation

/// The blocks of a partition: records by the cells of rules, ready to be compared. A large block is several cells, of which each
/// holds two of its parts.
struct ClusterPairs {
    private struct Cell {
        let rule: Int
        /// Both sides are the same records.
        var isTriangle: Bool
    }

    private let plan: ClusterPlan
    private let candidates: Candidates
    private var cells: [Cell] = []
    /// By cell the rows of both sides, those of cell c at `start[c]..<start[c + 1]`.
    private var left: (start: [Int], rows: [UInt32]) = ([], [])
    private var right: (start: [Int], rows: [UInt32]) = ([], [])
    /// Of each record its place in its list.
    private var places: [Int] = []

    private enum Role: UInt8 {
        case left = 76
        case right = 82
        case both = 66
    }

    /// - Parameter input: lines `rule, key, a, b, role, keys…, counts…, record…`.
    init(_ input: Data, _ plan: ClusterPlan) async throws {
        self.plan = plan
        let rules = plan.settings.blocking.count
        let weighed = plan.counted.indices.filter { plan.counted[$0].weighs }
        var records = ClusterRecords(plan)
        var tables = (0..<rules).map { _ in KeyTable(capacity: 1_024) }
        var groups = [[UInt32]](repeating: [], count: rules)
        var counts = [[Int]](repeating: [], count: weighed.count)
        var numbers = KeyTable(capacity: 1_024)
        var members: [(cell: UInt32, role: Role)] = []
        var (cells, places): ([Cell], [Int]) = ([], [])
        try ClusterLines.each(in: input) { bytes, fields in
            let record = 5 + rules + weighed.count
            guard fields.count >= record + ClusterRecords.head, !fields[4].isEmpty,
                let role = Role(rawValue: bytes[fields[4].lowerBound])
            else { throw ClusterFault("a line of a block has \(fields.count) fields") }
            let rule = try ClusterLines.number(bytes, fields[0])
            var key = UInt64(rule)
            for field in fields[1..<4] {
                var mixer = SplitMix(state: key ^ UInt64(bitPattern: Int64(try ClusterLines.number(bytes, field))))
                key = mixer.next()
            }
            let cell = numbers.group(of: key | 1)
            if cell > cells.count { cells.append(Cell(rule: rule, isTriangle: role == .both)) }
            members.append((cell - 1, role))
            for rule in 0..<rules {
                let key = UInt64(bitPattern: Int64(try ClusterLines.number(bytes, fields[5 + rule])))
                groups[rule].append(tables[rule].group(of: key))
            }
            for part in weighed.indices {
                counts[part].append(try ClusterLines.number(bytes, fields[5 + rules + part]))
            }
            places.append(try ClusterLines.number(bytes, fields[record + 1]))
            try records.add(bytes, fields[record...])
        }
        let columns = records.columns(plan)
        var data = LinkData(
            columns: columns, left: records.codes, right: [], leftIDs: records.ids, rightIDs: TextList(),
            leftRows: places.count, rightRows: 0, isSelf: true, rules: rules)
        var parts: [CountedPart: PartCounts] = [:]
        for (index, part) in weighed.enumerated() {
            guard let place = plan.counted[part].place, plan.summaries.indices.contains(part) else { continue }
            let codes = columns[place.column].values.part(place.part)
            var byCode = [Int](repeating: 0, count: Int((codes.max() ?? 0) + 1))
            for row in places.indices {
                byCode[Int(codes[Int(data.code(of: place.column, left: row))])] = counts[index][row]
            }
            byCode[0] = 0
            parts[place] = PartCounts(byCode: byCode, summary: plan.summaries[part])
        }
        data.whole = WholeLists(left: plan.leftRows, right: plan.rightRows, parts: parts)
        data.setGroups(left: groups, right: [])
        let comparisons = try (plan.settings.comparisons ?? []).map { setting throws(SettingsError) in
            try Comparison(setting, data: data)
        }
        let definite = try DefiniteRules(plan.settings, data)
        candidates = await Candidates(data: data, rules: [], comparisons: comparisons, definite: definite)
        left = Self.sorted(members.map { $0.role == .right ? nil : Int($0.cell) }, cells: cells.count)
        right = Self.sorted(members.map { $0.role == .left ? nil : Int($0.cell) }, cells: cells.count)
        (self.cells, self.places) = (cells, places)
    }

    private static func sorted(_ cellOfRow: [Int?], cells: Int) -> (start: [Int], rows: [UInt32]) {
        var start = [Int](repeating: 0, count: cells + 1)
        for case .some(let cell) in cellOfRow { start[cell + 1] += 1 }
        for cell in 0..<cells { start[cell + 1] += start[cell] }
        var next = start
        var rows = [UInt32](repeating: 0, count: start[cells])
        for (row, cell) in cellOfRow.enumerated() {
            guard let cell else { continue }
            rows[next[cell]] = UInt32(row)
            next[cell] += 1
        }
        return (start, rows)
    }

    /// Walks the pairs that no earlier rule brings together, the record that comes first in its list on the left.
    /// - Parameter body: two rows, their pattern, and which of the first eight rules hold, as bits.
    private func walk(_ body: (Int, Int, UInt64, UInt64) throws -> Void) rethrows {
        let data = candidates.data
        let rules = plan.settings.blocking.count
        let batches = (0..<rules).map { rule in
            PairBatch(
                PatternReader(candidates.comparisons, candidates.definite, data), rules: rules, of: rule, data)
        }
        try data.leftRecords.withUnsafeBufferPointer { records in
            guard let base = records.baseAddress else { return }
            for (index, cell) in cells.enumerated() {
                let batch = batches[cell.rule]
                let rights = right.start[index]..<right.start[index + 1]
                for (offset, place) in (left.start[index]..<left.start[index + 1]).enumerated() {
                    for other in rights.dropFirst(cell.isTriangle ? offset + 1 : 0) {
                        var (one, two) = (left.rows[place], right.rows[other])
                        if plan.isSelf, places[Int(one)] > places[Int(two)] { swap(&one, &two) }
                        batch.add(one, two)
                        if batch.isFull { try batch.compare(base, base, body) }
                    }
                }
            }
            for batch in batches { try batch.compare(base, base, body) }
        }
    }

    // MARK: Stages

    func compare(to output: inout ClusterOutput) throws {
        var patterns = PatternCounts()
        walk { _, _, pattern, mask in patterns.add(pattern | mask << 56) }
        for (key, count) in patterns.sorted {
            output.put(key)
            output.put(count)
            try output.end()
        }
    }

    func weigh(to output: inout ClusterOutput) throws {
        guard let model = plan.model else { throw ClusterFault("the plan has no model yet") }
        let scorer = Scorer(candidates, model)
        let ids = candidates.data.leftIDs
        var scores: [UInt64: Scorer.Pattern] = [:]
        try walk { left, right, key, _ in
            let score = scores[key] ?? scorer.pattern(key)
            scores[key] = score
            guard score.most >= plan.leastWeighed else { return }
            let weight = scorer.weight(score, left: left, right: right)
            guard weight >= plan.leastWeighed else { return }
            try WeighedLine.put(
                (places[left], ids[left], ids.hash(of: left)), (places[right], ids[right], ids.hash(of: right)),
                weight: weight, pattern: score.levels, to: &output)
        }
    }
}

/// A weighed pair as a line: `left row, right row, left id, right id, left order, right order, weight, pattern`; rows are the
/// records' places in their lists, and the orders follow from the ids (``ClusterPartners/ordered(_:)``).
enum WeighedLine {
    static let width = 8
    static let weight = 6

    static func put(
        _ left: (row: Int, id: String, hash: UInt64), _ right: (row: Int, id: String, hash: UInt64), weight: Double,
        pattern: UInt64, to output: inout ClusterOutput
    ) throws {
        output.put(left.row)
        output.put(right.row)
        output.put(escaped(left.id))
        output.put(escaped(right.id))
        output.put(ClusterPartners.ordered(left.hash))
        output.put(ClusterPartners.ordered(right.hash))
        output.put(weight)
        output.put(pattern)
        try output.end()
    }

    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 9 || $0 == 10 || $0 == 13 || $0 == 92 }) else { return text }
        let bytes = text.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case 9: [92, UInt8(ascii: "t")]
            case 10: [92, UInt8(ascii: "n")]
            case 13: [92, UInt8(ascii: "r")]
            case 92: [92, 92]
            default: [byte]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
