import Foundation

/// Two files (or one against itself) ready to be compared: for each column of the settings the codes of both sides and what
/// the values read as.
struct LinkData: Sendable {
    struct Column: Sendable {
        let name: String
        var values: ColumnValues
        let pinned: PinnedValues
        var pool: TextPool
        /// By value the first that reads the same, marks too; 0 for one that reads as nothing. Records hold these codes, so that equal
        /// codes are all there is to equality.
        let alike: [UInt32]
        /// Whether values with the same marks are always alike.
        let tellsMarks: Bool
        /// By text the first value; where values may come later.
        private let firstOfText: [UInt32]

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
            let found = Self.alike(values)
            (alike, tellsMarks) = (found.alike, found.tellsMarks)
            firstOfText = isOpen ? found.first : []
        }

        /// Gives back what is only needed for values that come later.
        mutating func settle() {
            values.settle()
            pool.settle()
        }

        /// Of a value that came after this was made.
        func codeAlike(_ value: UInt32) -> UInt32 {
            let texts = values.kind.isMarked ? values.marked : values.folded
            let (text, folded) = (texts[Int(value)], values.folded[Int(value)])
            if folded == 0 { return 0 }
            return firstOfText.indices.contains(Int(text)) && firstOfText[Int(text)] != 0
                && values.folded[Int(firstOfText[Int(text)])] == folded ? firstOfText[Int(text)] : value
        }

        private static func alike(
            _ values: ColumnValues
        ) -> (alike: [UInt32], first: [UInt32], tellsMarks: Bool) {
            let texts = values.kind.isMarked ? values.marked : values.folded
            var first = [UInt32](repeating: 0, count: Int(texts.max() ?? 0) + 1)
            var tellsMarks = true
            let alike = texts.indices.map { value -> UInt32 in
                let (text, folded) = (Int(texts[value]), values.folded[value])
                if folded == 0 { return 0 }
                if first[text] == 0 { first[text] = UInt32(value) }
                if values.folded[Int(first[text])] == folded { return first[text] }
                // The same marks over other letters: no more than thinkable.
                tellsMarks = false
                return UInt32(value)
            }
            return (alike, first, tellsMarks)
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
    /// All columns of a record side by side (``Column/alike``), then its groups by the blocking rules: what most pairs need lies
    /// in one place in memory.
    private(set) var leftRecords: [UInt32]
    private(set) var rightRecords: [UInt32]
    /// From one record to the next.
    let stride: Int
    /// By side and column how often each value occurs.
    private let counts: [[[UInt32]]]
    /// By side what stands in the lists where records hold another code.
    private let written: [WrittenCodes]
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
        let first = RecordTable(left, columns, rows: leftRows, stride: stride)
        let second = isSelf ? first : RecordTable(right, columns, rows: rightRows, stride: stride)
        (leftRecords, rightRecords) = (first.records, second.records)
        (counts, written) = (
            isSelf ? [first.counts] : [first.counts, second.counts],
            isSelf ? [first.written] : [first.written, second.written]
        )
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

    /// The codes of a column, row by row.
    func forEachCode(of column: Int, onRight: Bool, _ body: (Int) -> Void) {
        let width = stride
        (onRight ? rightRecords : leftRecords).withUnsafeBufferPointer { records in
            var place = column
            while place < records.count {
                body(Int(records[place]))
                place += width
            }
        }
    }

    func code(of column: Int, left row: Int) -> UInt32 { leftRecords[row * stride + column] }

    func code(of column: Int, right row: Int) -> UInt32 { rightRecords[row * stride + column] }

    /// As the list has it: what is shown to people.
    func writtenCode(of column: Int, left row: Int) -> UInt32 {
        written[0].code(of: column, row: row) ?? code(of: column, left: row)
    }

    func writtenCode(of column: Int, right row: Int) -> UInt32 {
        written[isSelf ? 0 : 1].code(of: column, row: row) ?? code(of: column, right: row)
    }

    func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }

    /// The same with room for so many rules.
    func withRoom(for rules: Int) -> LinkData {
        func columns(_ records: [UInt32], _ rows: Int) -> [[UInt32]] {
            self.columns.indices.map { column in (0..<rows).map { records[$0 * stride + column] } }
        }
        return LinkData(
            columns: self.columns, left: columns(leftRecords, leftRows), right: columns(rightRecords, rightRows),
            leftIDs: leftIDs, rightIDs: rightIDs, leftRows: leftRows, rightRows: rightRows, isSelf: isSelf,
            sources: sources, linksAcross: linksAcross, warnings: warnings, rules: rules)
    }

    /// Rows whose groups are written in one go.
    private static let rowsOfPiece = 256

    /// Writes the groups of the rules, of each by row, behind the columns.
    mutating func setGroups(left: [[UInt32]], right: [[UInt32]]) {
        let (first, stride) = (columns.count, stride)
        func write(_ groups: [[UInt32]], _ records: inout [UInt32]) {
            records.withUnsafeMutableBufferPointer { records in
                let rows = records.count / max(stride, 1)
                let pieces = (rows + Self.rowsOfPiece - 1) / Self.rowsOfPiece
                // Each piece writes its own rows alone, and all are done when the closure ends.
                nonisolated(unsafe) let memory = records
                DispatchQueue.concurrentPerform(iterations: pieces) { piece in
                    // A stretch of rows at a time, so that their records are near for every rule.
                    let range = piece * Self.rowsOfPiece..<min((piece + 1) * Self.rowsOfPiece, rows)
                    for (rule, groups) in groups.enumerated() {
                        for row in range { memory[row * stride + first + rule] = groups[row] }
                    }
                }
            }
        }
        // Of one side both names are of the same records.
        if isSelf { rightRecords = [] }
        write(left, &leftRecords)
        if isSelf { rightRecords = leftRecords } else { write(right, &rightRecords) }
    }
}
