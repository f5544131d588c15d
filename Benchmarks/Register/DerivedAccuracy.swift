import Foundation
import Kernel
import Tabular

/// How near the spells that the register works out come to a fictitious city's truth. Reads what `baophu register records` and
/// `spells` write, and the city's `truth` folder; employers are judged by ``ClusterAccuracy``.
struct DerivedAccuracy {
    /// Found and true, and how many are both.
    struct Share: Sendable {
        var found = 0
        var truth = 0
        var both = 0

        var precision: Double { found == 0 ? 1 : Double(both) / Double(found) }
        var recall: Double { truth == 0 ? 1 : Double(both) / Double(truth) }
    }

    /// Of each scheme: spells whose person, employer, first and last month are right.
    private(set) var spells: [Scheme: Share] = [:]
    /// Of each scheme: months in which somebody took part.
    private(set) var months: [Scheme: Share] = [:]

    /// - Parameters:
    ///   - truth: the city's folder `truth`.
    ///   - files: the delivered file of each delivery's code, as the truth names it.
    ///   - window: the months that lists tell of; spells are compared within it.
    init(
        truth: String, records: String, spells: String, files: [String: String], window: ClosedRange<Month>
    ) throws {
        let keys = try Self.keys(truth: truth, records: records, files: files)
        func clipped(_ from: String, _ to: String) -> (from: Month?, to: Month?)? {
            let (first, last) = (Month(from), Month(to))
            if let last, last < window.lowerBound.adding(months: -1) { return nil }
            return (
                first.flatMap { $0 < window.lowerBound ? nil : $0 }, last.flatMap { $0 >= window.upperBound ? nil : $0 }
            )
        }
        struct Found: Hashable {
            let person: String
            let scheme: Scheme
            let employer: String
            let from: Month?
            let to: Month?
        }
        struct There: Hashable {
            let person: String
            let scheme: Scheme
            let month: Month
        }
        var (all, there): ([[Found: Int]], [Set<There>]) = ([[:], [:]], [[], []])
        for (side, path) in [truth + "/spells.csv", spells].enumerated() {
            for line in try Self.lines(path) {
                guard let scheme = Scheme(rawValue: line[1]), let (from, to) = clipped(line[3], line[4]) else {
                    continue
                }
                let person = side == 0 ? line[0] : keys[line[0]] ?? line[0]
                let employer = side == 0 ? line[2] : keys[line[2]] ?? line[2]
                all[side][
                    Found(person: person, scheme: scheme, employer: employer, from: from, to: to), default: 0] += 1
                var month = from ?? window.lowerBound
                while month <= to ?? window.upperBound {
                    there[side].insert(There(person: person, scheme: scheme, month: month))
                    month = month.adding(months: 1)
                }
            }
        }
        for scheme in Scheme.allCases {
            var share = Share()
            for (spell, count) in all[1] where spell.scheme == scheme {
                share.found += count
                share.both += min(count, all[0][spell] ?? 0)
            }
            share.truth = all[0].reduce(0) { $0 + ($1.key.scheme == scheme ? $1.value : 0) }
            self.spells[scheme] = share
            let (real, found) = (there[0].filter { $0.scheme == scheme }, there[1].filter { $0.scheme == scheme })
            months[scheme] = Share(found: found.count, truth: real.count, both: real.intersection(found).count)
        }
    }

    /// Lines for people to read.
    var lines: [String] {
        func line(_ name: String, _ share: Share) -> String {
            "\(name): found \(share.found), true \(share.truth), precision \(Self.four(share.precision)), recall \(Self.four(share.recall))"
        }
        return Scheme.allCases.flatMap { scheme in
            [
                line("spells, \(scheme.rawValue)", spells[scheme] ?? Share()),
                line("months of people, \(scheme.rawValue)", months[scheme] ?? Share()),
            ]
        }
    }

    private static func four(_ value: Double) -> String { String(format: "%.4f", value) }

    /// The true key of each entity: that of most of its records.
    static func keys(truth: String, records: String, files: [String: String]) throws -> [String: String] {
        var keys: [String: String] = [:]
        for line in try lines(truth + "/records.csv") {
            keys["\(line[0])|\(line[1])|\(line[2])"] = line[4]
            // A file of one table is delivered without the name of its sheet.
            keys["\(line[0])||\(line[2])", default: line[4]] = line[4]
        }
        var votes: [String: [String: Int]] = [:]
        for line in try lines(records) {
            guard let file = files[line[0]] else { continue }
            let parts = line[1].split(separator: "!", omittingEmptySubsequences: false)
            let row = parts.last.map(String.init) ?? ""
            let sheet = parts.dropLast().joined(separator: "!")
            guard let key = keys["\(file)|\(sheet)|\(row)"] else { continue }
            votes[line[3], default: [:]][key, default: 0] += 1
        }
        return votes.compactMapValues { votes in
            votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        }
    }

    static func lines(_ path: String) throws -> [[String]] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        return try CSVReader.records(of: [UInt8](data)).dropFirst().map(\.fields)
    }
}
