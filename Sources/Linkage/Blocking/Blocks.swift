/// The groups of one rule over both sides.
struct Groups: Sendable {
    /// A group passed over because it would make too many pairs.
    struct Hot: Sendable {
        let pairs: Int
        let left: [UInt32]
        let right: [UInt32]
    }

    /// Group of each row, 0 for none. Of two sides, a row whose key the other side lacks has none.
    private(set) var left: [UInt32]
    private(set) var right: [UInt32]
    /// Rows by group: those of group g lie at `leftStart[g]..<leftStart[g + 1]`.
    let leftStart: [UInt32]
    let leftRows: [UInt32]
    let rightStart: [UInt32]
    let rightRows: [UInt32]
    let isSelf: Bool
    /// Pairs of all groups.
    let pairs: Int
    /// By falling number of pairs.
    let hot: [Hot]
    /// Rows of each side that have a key, also where the other side lacks it.
    let keyed: (left: Int, right: Int)
    /// Numbers of the groups by key, where it was asked to be kept.
    let table: KeyTable?

    init(_ rule: BlockingRule, _ data: LinkData, largest: Int? = nil, keepsTable: Bool = false) {
        let width = data.stride
        // Only the keys of the shorter side are kept: what the other has beside them is in no pair.
        let leftIsShorter = data.isSelf || data.leftRows <= data.rightRows
        var table = KeyTable(capacity: leftIsShorter ? data.leftRows : data.rightRows)
        var sieve: KeySieve?
        func groups(_ records: [UInt32], _ rows: Int, isFirst: Bool) -> (groups: [UInt32], keyed: Int) {
            if !isFirst { sieve = table.sieve }
            return grouped(records, rows)
        }
        func grouped(_ records: [UInt32], _ rows: Int) -> (groups: [UInt32], keyed: Int) {
            records.withUnsafeBufferPointer { buffer in
                var groups: [UInt32] = []
                groups.reserveCapacity(rows)
                var keyed = 0
                // In stretches: the keys of a whole column side would only pass through memory.
                var first = 0
                while first < rows {
                    let stretch = first..<min(first + 4_096, rows)
                    let keys = rule.keys(of: buffer, rows: stretch, width: width)
                    for key in keys where key != 0 { keyed += 1 }
                    if let sieve {
                        table.known(keys, passing: sieve, into: &groups)
                    } else {
                        table.groups(of: keys, into: &groups)
                    }
                    first = stretch.upperBound
                }
                return (groups, keyed)
            }
        }
        let shorter =
            leftIsShorter
            ? groups(data.leftRecords, data.leftRows, isFirst: true)
            : groups(data.rightRecords, data.rightRows, isFirst: true)
        let longer =
            data.isSelf
            ? shorter
            : leftIsShorter
                ? groups(data.rightRecords, data.rightRows, isFirst: false)
                : groups(data.leftRecords, data.leftRows, isFirst: false)
        var (left, right) = leftIsShorter ? (shorter.groups, longer.groups) : (longer.groups, shorter.groups)
        keyed = leftIsShorter ? (shorter.keyed, longer.keyed) : (longer.keyed, shorter.keyed)
        var sides = Self.sides(left, right, data.isSelf, groups: table.count)
        var hot: [Hot] = []
        if let largest {
            for group in 1..<max(table.count + 1, 1) {
                let pairs = Self.pairs(sides, group, data.isSelf)
                guard pairs > largest else { continue }
                let lefts = Array(sides.leftRows[Int(sides.leftStart[group])..<Int(sides.leftStart[group + 1])])
                let rights = Array(sides.rightRows[Int(sides.rightStart[group])..<Int(sides.rightStart[group + 1])])
                hot.append(Hot(pairs: pairs, left: lefts, right: rights))
                for row in lefts { left[Int(row)] = 0 }
                for row in rights { right[Int(row)] = 0 }
            }
            if data.isSelf { right = left }
            if !hot.isEmpty { sides = Self.sides(left, right, data.isSelf, groups: table.count) }
            hot.sort { ($0.pairs, $1.left.first ?? 0) > ($1.pairs, $0.left.first ?? 0) }
        }
        self.left = left
        self.right = right
        (leftStart, leftRows, rightStart, rightRows) = sides
        isSelf = data.isSelf
        var pairs = 0
        for group in 1..<max(table.count + 1, 1) { pairs += Self.pairs(sides, group, data.isSelf) }
        self.pairs = pairs
        self.hot = hot
        self.table = keepsTable ? table : nil
    }

    /// The groups by row are kept beside the records from then on.
    mutating func dropRows() { (left, right) = ([], []) }

    var count: Int { leftStart.count - 2 }

    func pairs(of group: Int) -> Int {
        Self.pairs((leftStart, leftRows, rightStart, rightRows), group, isSelf)
    }

    private typealias Sides = (leftStart: [UInt32], leftRows: [UInt32], rightStart: [UInt32], rightRows: [UInt32])

    private static func sides(_ left: [UInt32], _ right: [UInt32], _ isSelf: Bool, groups: Int) -> Sides {
        let first = sorted(left, groups: groups)
        let second = isSelf ? first : sorted(right, groups: groups)
        return (first.start, first.rows, second.start, second.rows)
    }

    private static func pairs(_ sides: Sides, _ group: Int, _ isSelf: Bool) -> Int {
        let (n, m) = (
            Int(sides.leftStart[group + 1] - sides.leftStart[group]),
            Int(sides.rightStart[group + 1] - sides.rightStart[group])
        )
        return isSelf ? n * (n - 1) / 2 : n * m
    }

    private static func sorted(_ group: [UInt32], groups: Int) -> (start: [UInt32], rows: [UInt32]) {
        var start = [UInt32](repeating: 0, count: groups + 2)
        for code in group where code != 0 { start[Int(code) + 1] += 1 }
        for index in 1..<start.count { start[index] += start[index - 1] }
        var next = start
        var rows = [UInt32](repeating: 0, count: Int(start[groups + 1]))
        for (row, code) in group.enumerated() where code != 0 {
            rows[Int(next[Int(code)])] = UInt32(row)
            next[Int(code)] += 1
        }
        return (start, rows)
    }
}
