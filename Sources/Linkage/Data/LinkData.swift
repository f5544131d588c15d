/// Two files (or one against itself) ready to be compared: for each column of the settings the codes of both sides and what
/// the values read as.
struct LinkData: Sendable {
    struct Column: Sendable {
        let name: String
        let values: ColumnValues
        let pinned: PinnedValues
        let pool: TextPool
        let left: [UInt32]
        let right: [UInt32]

        init(name: String, values: ColumnValues, pool: TextPool, left: [UInt32], right: [UInt32]) {
            self.name = name
            self.values = values
            pinned = PinnedValues(values)
            self.pool = pool
            self.left = left
            self.right = right
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
    /// All columns of a record side by side: one place in memory for a comparison.
    let leftRecords: [UInt32]
    let rightRecords: [UInt32]

    init(columns: [Column], leftIDs: TextList, rightIDs: TextList, leftRows: Int, rightRows: Int, isSelf: Bool) {
        self.columns = columns
        self.leftIDs = leftIDs
        self.rightIDs = rightIDs
        self.leftRows = leftRows
        self.rightRows = rightRows
        self.isSelf = isSelf
        leftRecords = Self.records(columns.map(\.left), rows: leftRows)
        rightRecords = isSelf ? leftRecords : Self.records(columns.map(\.right), rows: rightRows)
    }

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
