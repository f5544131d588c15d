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
    private(set) var columns: [Column]
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
    /// All columns of a record side by side: one place in memory for a comparison.
    let leftRecords: [UInt32]
    let rightRecords: [UInt32]

    init(
        columns: [Column], left: [[UInt32]], right: [[UInt32]], leftIDs: TextList, rightIDs: TextList, leftRows: Int, rightRows: Int, isSelf: Bool,
        sources: [UInt8] = [], linksAcross: Bool = false, warnings: [String] = []
    ) {
        self.sources = sources
        self.linksAcross = linksAcross
        self.warnings = warnings
        self.columns = columns
        self.leftIDs = leftIDs
        self.rightIDs = rightIDs
        self.leftRows = leftRows
        self.rightRows = rightRows
        self.isSelf = isSelf
        leftRecords = Self.records(left, rows: leftRows)
        rightRecords = isSelf ? leftRecords : Self.records(right, rows: rightRows)
    }

    /// The list a row is of: 0 for the left, 1 for the right of two sides.
    func list(left row: Int) -> Int { sources.isEmpty ? 0 : Int(sources[row]) }

    func list(right row: Int) -> Int { sources.isEmpty ? (isSelf ? 0 : 1) : Int(sources[row]) }

    /// Lets the actor that owns the data add values of one record at a time.
    mutating func change(_ column: Int, _ body: (inout Column) -> Void) { body(&columns[column]) }

    /// How many pairs there could be.
    var possiblePairs: Double {
        guard isSelf else { return Double(leftRows) * Double(rightRows) }
        let all = Double(leftRows) * Double(leftRows - 1) / 2
        guard linksAcross else { return all }
        var sizes = [Double](repeating: 0, count: 64)
        for source in sources { sizes[Int(source)] += 1 }
        return all - sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    }

    /// The codes of a column, row by row.
    func forEachCode(of column: Int, onRight: Bool, _ body: (Int) -> Void) {
        let width = columns.count
        (onRight ? rightRecords : leftRecords).withUnsafeBufferPointer { records in
            var place = column
            while place < records.count {
                body(Int(records[place]))
                place += width
            }
        }
    }

    func code(of column: Int, left row: Int) -> UInt32 { leftRecords[row * columns.count + column] }

    func code(of column: Int, right row: Int) -> UInt32 { rightRecords[row * columns.count + column] }

    func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }

    private static func records(_ columns: [[UInt32]], rows: Int) -> [UInt32] {
        let width = columns.count
        return Array(unsafeUninitializedCapacity: rows * width) { buffer, count in
            for (position, column) in columns.enumerated() {
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
}
