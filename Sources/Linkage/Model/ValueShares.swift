import Foundation

/// How common the values of a column are, taken once and kept with a model: what agreement on a rare or a common value says does
/// then not depend on which records happen to be at hand.
public struct ValueShares: Codable, Sendable, Equatable {
    /// The shares of one part of the values of one comparison's column.
    public struct Table: Codable, Sendable, Equatable {
        /// Records that had a value.
        public let filled: Int
        /// The chance that two strangers share any value: the sum of the squared shares.
        public let chance: Double
        /// By value the records that have it; values of fewer than ``ValueShares/least`` are left out.
        public let counts: [String: Int]

        public init(filled: Int, chance: Double, counts: [String: Int]) {
            (self.filled, self.chance, self.counts) = (filled, chance, counts)
        }

        /// What agreement on the value adds to the weight of its level; a value left out is as rare as the commonest of those.
        func weight(_ value: String) -> Double {
            let count = Double(max(counts[value] ?? ValueShares.least, 1))
            return log2(max(chance, 1e-12) / max(count / Double(max(filled, 1)), 1e-12))
        }
    }

    /// Values that fewer records have are not told apart: they are too few to be told of, and would be most of the table.
    public static let least = 5

    /// By comparison, then by part.
    public private(set) var tables: [String: [String: Table]]

    public init(_ tables: [String: [String: Table]] = [:]) { self.tables = tables }

    /// Nothing is known: every value weighs what its level weighs.
    public static let none = ValueShares()

    func table(of comparison: String, _ part: ValuePart) -> Table? { tables[comparison]?[part.rawValue] }

    /// Counted in the data of a run, for the comparisons whose levels look at how common a value is.
    init(_ candidates: Candidates) {
        tables = [:]
        for comparison in candidates.comparisons {
            for part in Set(comparison.levels.compactMap(\.frequency)) {
                let counted = candidates.data.counts(of: part, in: comparison.column)
                let values = candidates.data.columns[comparison.column].values
                let codes = values.part(part)
                var counts: [String: Int] = [:]
                for place in codes.indices where codes[place] != 0 {
                    let count = counted.byCode[Int(codes[place])]
                    if count >= Self.least { counts[values.text(of: part, at: place)] = count }
                }
                let filled = Double(max(counted.summary.filled, 1))
                tables[comparison.name, default: [:]][part.rawValue] = Table(
                    filled: counted.summary.filled, chance: Double(counted.summary.squares) / filled / filled,
                    counts: counts)
            }
        }
    }
}
