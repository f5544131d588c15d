import Foundation

/// Records of a partition, each a line `list, row, id, values…`, read into codes.
struct ClusterRecords {
    private(set) var pools: [TextPool]
    private(set) var codes: [[UInt32]]
    private(set) var ids = TextList()
    private var buffer: [UInt8] = []
    private let width: Int
    /// Fields before the values.
    static let head = 3

    init(_ plan: ClusterPlan) {
        width = plan.columns.count
        pools = Array(repeating: TextPool(), count: width)
        codes = Array(repeating: [], count: width)
    }

    /// - Parameter fields: of the record alone.
    mutating func add(_ bytes: UnsafeRawBufferPointer, _ fields: ArraySlice<Range<Int>>) throws {
        guard fields.count == Self.head + width else {
            throw ClusterFault("a record has \(fields.count) fields where \(Self.head + width) are wanted")
        }
        ClusterLines.value(bytes, fields[fields.startIndex + 2], into: &buffer)
        buffer.withUnsafeBytes { ids.append($0) }
        for column in 0..<width {
            ClusterLines.value(bytes, fields[fields.startIndex + Self.head + column], into: &buffer)
            codes[column].append(pools[column].code(of: buffer))
        }
    }

    /// As the engine knows records: what formulas ended in instead of a result is missing.
    mutating func columns(_ plan: ClusterPlan) -> [LinkData.Column] {
        for column in 0..<width { _ = ErrorValues.clear(from: &codes[column], pool: pools[column]) }
        return pools.indices.map { plan.column($0, pools[$0]) }
    }

    // MARK: Stages

    static func facts(_ input: Data, _ plan: ClusterPlan, to output: inout ClusterOutput) throws {
        var pools = plan.columns.map { _ in TextPool() }
        var buffer: [UInt8] = []
        try ClusterLines.each(in: input) { bytes, fields in
            let column = try ClusterLines.number(bytes, fields[0])
            guard fields.count == 2, pools.indices.contains(column) else { throw ClusterFault("no value of a column") }
            ClusterLines.value(bytes, fields[1], into: &buffer)
            _ = pools[column].code(of: buffer)
        }
        for (index, column) in plan.columns.enumerated() where pools[index].count > 0 {
            func put(_ name: String, _ count: Int) throws {
                output.put(index)
                output.put(name)
                output.put(count)
                try output.end()
            }
            let tax = column.kind == .identifier ? IdentifierCheck.taxCodes(pools[index]) : (seen: 0, right: 0)
            if tax.seen > 0 {
                try put(ClusterDriver.taxSeen, tax.seen)
                try put(ClusterDriver.taxRight, tax.right)
            }
            if column.kind.isName {
                for (name, count) in FactCounts(wordsOf: pools[index]).named { try put(name, count) }
                continue
            }
            // Whether numbers are tax codes is known when all workers have answered: both ways of reading are counted.
            for holdsTaxCodes in column.kind == .identifier ? [false, true] : [false] {
                var facts = ColumnFacts()
                facts.holdsTaxCodes = holdsTaxCodes
                let values = ColumnValues(kind: column.kind, pool: pools[index], knowing: facts)
                let checked =
                    column.kind == .identifier ? IdentifierCheck.checked(values.folded, values.texts) : nil
                for (name, count) in FactCounts(values, checked).named {
                    try put(ClusterDriver.name(name, holdsTaxCodes: holdsTaxCodes), count)
                }
            }
        }
    }

    static func keys(_ input: Data, _ plan: ClusterPlan, to output: inout ClusterOutput) throws {
        var records = ClusterRecords(plan)
        var lines: [(list: Range<Int>, all: Range<Int>)] = []
        try ClusterLines.each(in: input) { bytes, fields in
            try records.add(bytes, fields[...])
            lines.append((fields[0], fields[0].lowerBound..<(fields.last ?? fields[0]).upperBound))
        }
        let columns = records.columns(plan)
        let data = LinkData(
            columns: columns, left: records.codes, right: [], leftIDs: records.ids, rightIDs: TextList(),
            leftRows: lines.count, rightRows: 0, isSelf: true)
        var rules: [BlockingRule] = []
        for text in plan.settings.blocking { rules.append(try BlockingRule(text, data: data, byText: true)) }
        let keys = data.leftRecords.withUnsafeBufferPointer { buffer in
            rules.map { $0.keys(of: buffer, rows: 0..<lines.count, width: data.stride) }
        }
        // Of each distinct value once.
        let counted = plan.counted.compactMap(\.place).map { place in
            (column: place.column, hashes: data.columns[place.column].values.hashes(of: place.part))
        }
        try input.withUnsafeBytes { bytes in
            for (row, line) in lines.enumerated() {
                output.put(bytes, line.list)
                output.put(ClusterPartners.ordered(data.leftIDs.hash(of: row)))
                for rule in keys { output.put(rule[row]) }
                for part in counted { output.put(part.hashes[Int(data.code(of: part.column, left: row))]) }
                output.put(bytes, line.all)
                try output.end()
            }
        }
    }
}

extension ColumnValues {
    /// By value ``hash(of:at:)``.
    func hashes(of part: ValuePart) -> [UInt64] { folded.indices.map { hash(of: part, at: $0) } }
}
