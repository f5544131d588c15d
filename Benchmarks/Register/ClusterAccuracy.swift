import Foundation

/// Clusters beside the truth, by pairs of records: how many that stand together belong together, and how many that belong
/// together stand together.
struct ClusterAccuracy: CustomStringConvertible {
    private var together: [Substring: Int] = [:]
    private var belonging: [Substring: Int] = [:]
    private var both: [String: Int] = [:]
    private var records = 0

    private static func pairs(_ counts: some Sequence<Int>) -> Double {
        counts.reduce(0) { $0 + Double($1) * Double($1 - 1) / 2 }
    }

    var precision: Double { Self.pairs(both.values) / max(Self.pairs(together.values), 1) }
    var recall: Double { Self.pairs(both.values) / max(Self.pairs(belonging.values), 1) }

    var description: String {
        "pairs' precision \(Self.text(precision)), recall \(Self.text(recall)) over \(records) records (wanted of persons: 0.995 and 0.985)"
    }

    private static func text(_ share: Double) -> String { String((share * 100_000).rounded() / 100_000) }

    private mutating func add(cluster: Substring, truth: Substring) {
        together[cluster, default: 0] += 1
        belonging[truth, default: 0] += 1
        both["\(cluster)|\(truth)", default: 0] += 1
        records += 1
    }

    private static let employers: Set<Substring> = ["unit", "enterprise", "householdBusiness", "farm", "cooperative"]

    /// - Parameters:
    ///   - records: lines of `register records`.
    ///   - files: the city's file of each delivery's code.
    ///   - truth: the city's `records.csv`.
    static func of(
        _ records: [Substring], files: [String: String], truth path: String
    ) throws -> [String: ClusterAccuracy] {
        var truth: [String: Substring] = [:]
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard cells.count == 5 else { continue }
            truth["\(cells[0])|\(place(cells[1], cells[2]))"] = cells[4]
        }
        var found: [String: ClusterAccuracy] = [:]
        for line in records.dropFirst() {
            // Names of sheets have no comma in a city.
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard cells.count == 4, let file = files[String(cells[0])],
                let person = truth["\(file)|\(cells[1].replacing("\"", with: ""))"]
            else { continue }
            found[employers.contains(cells[2]) ? "employers" : "persons", default: ClusterAccuracy()].add(
                cluster: cells[3], truth: person)
        }
        return found
    }

    private static func place(_ sheet: Substring, _ row: Substring) -> String {
        sheet.isEmpty ? String(row) : "\(sheet.replacing("\"", with: ""))!\(row)"
    }
}
