import Foundation

/// A part of a column's values whose counts matter.
struct CountedPart: Hashable, Sendable {
    let column: Int
    let part: ValuePart
}

/// How often each value of a part occurs in all lists of a run.
struct PartCounts: Sendable {
    /// By code of the part; code 0 is the missing value.
    let byCode: [Int]
    let summary: PartSummary

    /// - Parameters:
    ///   - byCode: of the values that are here.
    ///   - summary: of all values, also of those elsewhere.
    init(byCode: [Int], summary: PartSummary) {
        self.byCode = byCode
        self.summary = summary
    }

    /// - Parameter sides: by side the counts by code.
    init(sides: [[Int]]) {
        var sums = sides.first ?? []
        for side in sides.dropFirst() { for code in side.indices { sums[code] += side[code] } }
        if !sums.isEmpty { sums[0] = 0 }
        let values = sums.dropFirst()
        byCode = sums
        summary = PartSummary(
            filled: values.reduce(0, +), squares: values.reduce(0) { $0 + $1 * $1 },
            least: values.reduce(0) { $1 > 0 && ($0 == 0 || $1 < $0) ? $1 : $0 },
            equalPairs: sides.reduce(0) { $0 + PartSummary.pairs($1) },
            pairs: sides.reduce(0) { $0 + PartSummary.pairs(of: $1.dropFirst().reduce(0, +)) })
    }
}

/// The counts of a part's values summed up. Whole numbers, so that the order of adding, and on how many machines, makes no
/// difference.
public struct PartSummary: Codable, Sendable, Equatable {
    /// Records that have a value.
    public let filled: Int
    /// The sum of the squared counts.
    public let squares: Int
    /// The least count; 0 where there is no value.
    public let least: Int
    /// Pairs of records of one file that share a value, and pairs of records of one file that have values.
    public let equalPairs: Int
    public let pairs: Int

    static func pairs(of rows: Int) -> Int { rows * (rows - 1) / 2 }

    /// - Parameter counts: by code, the missing value first.
    static func pairs(_ counts: [Int]) -> Int { counts.dropFirst().reduce(0) { $0 + pairs(of: $1) } }

    /// The average chance of agreement is shared out by how common each value is; a value seen once is no rarer than twice, since
    /// its partner may hide under another spelling.
    func weight(ofCount count: Int) -> Double {
        let all = Double(max(filled, 1))
        let chance = max(Double(squares) / all / all, 1e-12)
        return log2(chance / max(Double(max(count, 2)) / all, 1e-12))
    }

    /// Of the rarest value.
    var most: Double { least == 0 ? 0 : weight(ofCount: least) }
}

/// What must be known of all records where only some of them are here: on a worker of a cluster, or beside a sample.
struct WholeLists: Sendable {
    let left: Int
    let right: Int
    let parts: [CountedPart: PartCounts]
}
