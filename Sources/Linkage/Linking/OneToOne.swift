/// At most one partner for each record: the strongest pairs first, ties by the records' ids, so that the order of the rows
/// decides nothing.
enum OneToOne {
    static func pairs(of pairs: [LinkedPair], _ data: LinkData) -> [LinkedPair] {
        var leftTaken = [Bool](repeating: false, count: data.leftRows)
        var rightTaken = [Bool](repeating: false, count: data.rightRows)
        var kept: [LinkedPair] = []
        let (left, right) = (data.leftIDs, data.rightIDs)
        func isBefore(_ first: LinkedPair, _ second: LinkedPair) -> Bool {
            if first.weight != second.weight { return first.weight > second.weight }
            if first.left != second.left { return left.isBefore(first.left, second.left) }
            return right.isBefore(first.right, second.right)
        }
        for pair in pairs.sorted(by: isBefore)
        where !leftTaken[pair.left] && !rightTaken[pair.right] {
            leftTaken[pair.left] = true
            rightTaken[pair.right] = true
            kept.append(pair)
        }
        return kept.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
    }
}

/// Records that are one: connected by pairs at or above the threshold.
public enum Clusters {
    /// - Returns: for each row the number of its cluster, from 0 in the order of the clusters' first rows.
    public static func components(of pairs: [LinkedPair], rows: Int) -> [Int] {
        var parent = Array(0..<rows)
        func root(_ row: Int) -> Int {
            var row = row
            while parent[row] != row {
                parent[row] = parent[parent[row]]
                row = parent[row]
            }
            return row
        }
        for pair in pairs {
            let (first, second) = (root(pair.left), root(pair.right))
            if first != second { parent[max(first, second)] = min(first, second) }
        }
        var numbers: [Int: Int] = [:]
        return (0..<rows).map { row in
            let top = root(row)
            if let known = numbers[top] { return known }
            numbers[top] = numbers.count
            return numbers.count - 1
        }
    }
}
