/// Two files (or one against itself) ready to be compared: for each column of the settings the codes of both sides and what
/// the values read as.
struct LinkData: Sendable {
    struct Column: Sendable {
        let name: String
        var values: ColumnValues
        let pinned: PinnedValues
        var pool: TextPool

        /// - Parameter isOpen: leaves room for values that come later.
        init(
            name: String, values: ColumnValues, pool: TextPool,
            areas: AreaKnowledge? = nil, isOpen: Bool = false
        ) {
            self.name = name
            self.values = values
            pinned = PinnedValues(
                values,
                areas: values.kind == .commune ? areas.map { AreaTests($0, texts: values.texts) } : nil,
                isOpen: isOpen)
            self.pool = pool
        }
    }

    /// In the order of the names, so that nothing depends on a dictionary's order.
    let columns: [Column]
    let leftIDs: TextList
    let rightIDs: TextList
    let leftRows: Int
    let rightRows: Int
    /// One file against itself: right is left.
    let isSelf: Bool
    /// By row of the left side: the list it is of, when several lists are one side; empty otherwise.
    let sources: [UInt8]
    /// Whether only records of different lists are compared.
    let linksAcross: Bool
    /// What the files have wrong that stops nothing, in Vietnamese.
    let warnings: [String]
    /// All columns of a record side by side (``Swift/UInt32/isFilled``), then its groups by the blocking rules: what most pairs need lies
    /// in one place in memory.
    private(set) var leftRecords: [UInt32]
    private(set) var rightRecords: [UInt32]
    /// From one record to the next.
    let stride: Int
    /// By side and column how often each value occurs.
    private let counts: [[[UInt32]]]
    /// Of what these records are a part; nil where they are all there are.
    var whole: WholeLists?

    init(
        columns: [Column], left: [[UInt32]], right: [[UInt32]], leftIDs: TextList, rightIDs: TextList, leftRows: Int,
        rightRows: Int, isSelf: Bool,
        sources: [UInt8] = [], linksAcross: Bool = false, warnings: [String] = [], rules: Int = 0
    ) {
        stride = columns.count + rules
        self.sources = sources
        self.linksAcross = linksAcross
        self.warnings = warnings
        self.columns = columns
        self.leftIDs = leftIDs
        self.rightIDs = rightIDs
        self.leftRows = leftRows
        self.rightRows = rightRows
        self.isSelf = isSelf
        counts = (isSelf ? [left] : [left, right]).map { side in
            side.indices.map { Self.counts(side[$0], columns[$0].values.folded.count) }
        }
        leftRecords = Self.records(left, columns, rows: leftRows, stride: stride)
        rightRecords = isSelf ? leftRecords : Self.records(right, columns, rows: rightRows, stride: stride)
    }

    /// The list a row is of: 0 for the left, 1 for the right of two sides.
    func list(left row: Int) -> Int { sources.isEmpty ? 0 : Int(sources[row]) }

    func list(right row: Int) -> Int { sources.isEmpty ? (isSelf ? 0 : 1) : Int(sources[row]) }

    /// How many pairs there could be.
    var possiblePairs: Double {
        let (leftRows, rightRows) = rowsOfAll
        guard isSelf else { return Double(leftRows) * Double(rightRows) }
        let all = Double(leftRows) * Double(leftRows - 1) / 2
        guard linksAcross else { return all }
        var sizes = [Double](repeating: 0, count: 64)
        for source in sources { sizes[Int(source)] += 1 }
        return all - sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    }

    /// How many records the lists have, also where only a part of them is here.
    var rowsOfAll: (left: Int, right: Int) { whole.map { ($0.left, $0.right) } ?? (leftRows, rightRows) }

    /// How often each value of a part of a column occurs in all lists.
    func counts(of part: ValuePart, in column: Int) -> PartCounts {
        if let known = whole?.parts[CountedPart(column: column, part: part)] { return known }
        let values = columns[column].values.part(part)
        let size = Int((values.max() ?? 0) + 1)
        let sides = counts.map { side in
            var counts = [Int](repeating: 0, count: size)
            for (code, count) in side[column].enumerated() where count > 0 { counts[Int(values[code])] += Int(count) }
            return counts
        }
        return PartCounts(sides: sides)
    }

    private static func counts(_ codes: [UInt32], _ values: Int) -> [UInt32] {
        var counts = [UInt32](repeating: 0, count: values)
        for code in codes { counts[Int(code)] += 1 }
        return counts
    }

    /// The codes of a column, row by row.
    func forEachCode(of column: Int, onRight: Bool, _ body: (Int) -> Void) {
        let width = stride
        (onRight ? rightRecords : leftRecords).withUnsafeBufferPointer { records in
            var place = column
            while place < records.count {
                body(Int(records[place].value))
                place += width
            }
        }
    }

    func code(of column: Int, left row: Int) -> UInt32 { leftRecords[row * stride + column].value }

    func code(of column: Int, right row: Int) -> UInt32 { rightRecords[row * stride + column].value }

    func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }

    /// The same with room for so many rules.
    func withRoom(for rules: Int) -> LinkData {
        func columns(_ records: [UInt32], _ rows: Int) -> [[UInt32]] {
            self.columns.indices.map { column in (0..<rows).map { records[$0 * stride + column].value } }
        }
        return LinkData(
            columns: self.columns, left: columns(leftRecords, leftRows), right: columns(rightRecords, rightRows),
            leftIDs: leftIDs, rightIDs: rightIDs, leftRows: leftRows, rightRows: rightRows, isSelf: isSelf,
            sources: sources, linksAcross: linksAcross, warnings: warnings, rules: rules)
    }

    /// Writes the groups of the rules, of each by row, behind the columns.
    mutating func setGroups(left: [[UInt32]], right: [[UInt32]]) {
        let (first, stride) = (columns.count, stride)
        func write(_ groups: [[UInt32]], _ records: inout [UInt32]) {
            records.withUnsafeMutableBufferPointer { records in
                // A stretch of rows at a time, so that their records are near for every rule.
                var start = 0
                while start * stride < records.count {
                    let end = min(start + 256, records.count / stride)
                    for (rule, groups) in groups.enumerated() {
                        for row in start..<end { records[row * stride + first + rule] = groups[row] }
                    }
                    start = end
                }
            }
        }
        // Of one side both names are of the same records.
        if isSelf { rightRecords = [] }
        write(left, &leftRecords)
        if isSelf { rightRecords = leftRecords } else { write(right, &rightRecords) }
    }

    private static func records(_ columns: [[UInt32]], _ values: [Column], rows: Int, stride: Int) -> [UInt32] {
        Array(unsafeUninitializedCapacity: rows * stride) { buffer, count in
            // Row by row: the records are many times larger than what memory gives at once.
            let folded = values.map(\.pinned.folded)
            let width = columns.count
            var place = 0
            for row in 0..<rows {
                for column in 0..<width {
                    let code = columns[column][row]
                    buffer[place + column] = folded[column][code] == 0 ? code.asBlank : code
                }
                for spare in width..<max(stride, width) { buffer[place + spare] = 0 }
                place += stride
            }
            count = rows * stride
        }
    }
}

/// A code of a value as it stands in a record: its highest bit says that the value reads as nothing, such as a word in a column of
/// days. No column has so many values that a code would need it.
extension UInt32 {
    /// The code alone.
    @inline(__always)
    var value: UInt32 { self & 0x7FFF_FFFF }

    /// Whether there is a value, and it reads as something.
    @inline(__always)
    var isFilled: Bool { Int32(bitPattern: self) > 0 }

    /// Of a value that reads as nothing.
    var asBlank: UInt32 { self == 0 ? 0 : self | 0x8000_0000 }
}
