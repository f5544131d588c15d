public import Foundation

/// Writes results as CSV in pieces of some hundred thousand rows: nothing is held twice.
public enum PairFile {
    /// `left_id,right_id,match_weight,match_probability` and for each comparison the condition that held: `null` where a side
    /// was missing, `else` where none did.
    /// - Parameter write: takes the next bytes.
    public static func write(_ result: LinkResult, to write: (Data) throws -> Void) rethrows {
        let comparisons = result.model.comparisons
        let conditions = comparisons.map { ["null"] + $0.levels.map { quoted($0.condition) } }
        var text = "left_id,right_id,match_weight,match_probability"
        for comparison in comparisons { text += "," + quoted(comparison.name) }
        text += "\n"
        for pair in result.pairs {
            text += quoted(result.leftIDs[pair.left]) + "," + quoted(result.rightIDs[pair.right])
            text += "," + decimals(pair.weight, 4) + "," + decimals(pair.probability, 6)
            for (place, condition) in conditions.enumerated() {
                text += "," + condition[Int(pair.pattern >> UInt64(place * 4) & 15)]
            }
            text += "\n"
            if text.utf8.count > 1 << 20 {
                try write(Data(text.utf8))
                text = ""
            }
        }
        try write(Data(text.utf8))
    }

    /// `id,cluster`: a row for each record, clusters numbered from 1 in the order of their first records.
    public static func writeClusters(_ result: LinkResult, to write: (Data) throws -> Void) rethrows {
        let clusters = Clusters.components(of: result.pairs, rows: result.leftIDs.count)
        var text = "id,cluster\n"
        for (row, cluster) in clusters.enumerated() {
            text += quoted(result.leftIDs[row]) + ",\(cluster + 1)\n"
            if text.utf8.count > 1 << 20 {
                try write(Data(text.utf8))
                text = ""
            }
        }
        try write(Data(text.utf8))
    }

    private static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: { $0 == 44 || $0 == 34 || $0 == 10 || $0 == 13 }) else { return field }
        return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }

    /// A decimal point and so many digits behind it, the same on every machine and in every language.
    static func decimals(_ value: Double, _ digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let whole = Int((min(max(value, -1e9), 1e9) * scale).rounded())
        let (units, rest) = (abs(whole) / Int(scale), abs(whole) % Int(scale))
        let fraction = String(rest)
        return (whole < 0 ? "-" : "") + "\(units)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
