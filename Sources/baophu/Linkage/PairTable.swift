import Kernel

/// Pairs of ids in files.
enum PairTable {
    struct Pair: Hashable {
        let left: String
        let right: String

        /// - Parameter oneFile: the order of the two means nothing.
        init(_ left: String, _ right: String, oneFile: Bool) {
            let turned = oneFile && right < left
            self.left = turned ? right : left
            self.right = turned ? left : right
        }
    }

    /// - Parameter oneFile: a record with itself is no pair; what a file says of one is left out.
    static func truth(_ path: String, oneFile: Bool) throws -> Set<Pair> {
        let rows = try CSVTable(path, columns: ["left_id", "right_id"]).rows
        let own = oneFile ? rows.count { $0[0] == $0[1] } : 0
        if own > 0 { complain("\(path): bỏ \(own) cặp ghép một bản ghi với chính nó") }
        return Set(rows.filter { !oneFile || $0[0] != $0[1] }.map { Pair($0[0], $0[1], oneFile: oneFile) })
    }

    /// Tells of true pairs with ids that stand in no pair of the run: no blocking brought them together, or they are misspelt.
    static func tellUnknown(_ truth: Set<Pair>, in path: String, among scored: [Pair], of pairs: String, oneFile: Bool)
    {
        var left = Set(scored.map(\.left))
        var right = Set(scored.map(\.right))
        if oneFile {
            left.formUnion(right)
            right = left
        }
        var unknown: Set<String> = []
        var count = 0
        for pair in truth {
            let ids = [left.contains(pair.left) ? nil : pair.left, right.contains(pair.right) ? nil : pair.right]
            let strange = ids.compactMap(\.self)
            unknown.formUnion(strange)
            if !strange.isEmpty { count += 1 }
        }
        guard count > 0 else { return }
        let named = unknown.sorted().prefix(5).map { "“\($0)”" }.joined(separator: ", ")
        complain(
            "\(path): \(count) cặp có mã không đứng trong cặp nào của \(pairs), tính là bỏ sót: \(named)\(unknown.count > 5 ? " … (\(unknown.count) mã)" : ""); hãy kiểm tra mã"
        )
    }

    static func scored(_ path: String, oneFile: Bool) throws -> [(pair: Pair, weight: Double, probability: Double?)] {
        let table = try CSVTable(path, columns: ["left_id", "right_id", "match_weight", "match_probability"])
        return try zip(table.rows, table.lines).map { row, line in
            guard let weight = Double(row[2]) else {
                throw DataFault(
                    file: path, line: line,
                    reason: "cột match_weight: “\(row[2])” không phải trọng số ghép; hãy ghi một số")
            }
            return (Pair(row[0], row[1], oneFile: oneFile), weight, Double(row[3]))
        }
    }
}
