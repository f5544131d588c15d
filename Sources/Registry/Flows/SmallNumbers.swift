/// A table of counts of people as it may be shown to whoever may not open their records: small numbers left out, and as many
/// others that none of the small ones can be reckoned from what is shown.
public struct SmallNumbers: Sendable, Equatable {
    /// Row by row; nil for what is not shown.
    public let cells: [[Int?]]
    public let rowSums: [Int?]
    public let columnSums: [Int?]
    public let sum: Int?

    /// How many cells and sums are not shown.
    public var hidden: Int {
        (cells.flatMap(\.self) + rowSums + columnSums + [sum]).count { $0 == nil }
    }

    /// - Parameters:
    ///   - table: counts of 0 and more; rows of one length.
    ///   - bound: the least number that may be shown, but for 0: nobody is told of by it.
    public init(_ table: [[Int]], below bound: Int) {
        let columns = table.map(\.count).max() ?? 0
        // Sums are a row and a column more: in each line of the table the last is the sum of the others.
        var whole = table.map { row in
            let row = row + Array(repeating: 0, count: columns - row.count)
            return row + [row.reduce(0, +)]
        }
        whole.append((0...columns).map { column in whole.reduce(0) { $0 + $1[column] } })
        let rows = table.count
        var isHidden = whole.map { row in row.map { (1..<max(bound, 1)).contains($0) } }
        let lines =
            (0...rows).map { row in (0...columns).map { (row, $0) } }
            + (0...columns).map { column in (0...rows).map { ($0, column) } }
        var changes = true
        while changes {
            changes = false
            for line in lines where Self.isOpen(line, whole, isHidden, bound) {
                // The smallest that tells something goes as well; a zero before the sum of all.
                let shown = line.dropLast().filter { !isHidden[$0.0][$0.1] }
                let next =
                    shown.filter { whole[$0.0][$0.1] > 0 }.min { whole[$0.0][$0.1] < whole[$1.0][$1.1] }
                    ?? shown.first ?? line.last.flatMap { isHidden[$0.0][$0.1] ? nil : $0 }
                guard let next else { continue }
                isHidden[next.0][next.1] = true
                changes = true
            }
        }
        func shown(_ row: Int, _ column: Int) -> Int? { isHidden[row][column] ? nil : whole[row][column] }
        cells = (0..<rows).map { row in (0..<columns).map { shown(row, $0) } }
        rowSums = (0..<rows).map { shown($0, columns) }
        columnSums = (0..<columns).map { shown(rows, $0) }
        sum = shown(rows, columns)
    }

    /// Whether what a line leaves out can be reckoned, or is known to be small.
    private static func isOpen(
        _ line: [(Int, Int)], _ whole: [[Int]], _ isHidden: [[Bool]], _ bound: Int
    ) -> Bool {
        let hidden = line.filter { isHidden[$0.0][$0.1] }
        guard !hidden.isEmpty, let last = line.last else { return false }
        if hidden.count == 1 { return true }
        // The sum is shown: what is left out of it together is known.
        guard !isHidden[last.0][last.1] else { return false }
        return hidden.reduce(0) { $0 + whole[$1.0][$1.1] } < bound
    }
}
