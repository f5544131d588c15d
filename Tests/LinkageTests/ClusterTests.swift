import Foundation
import Testing

@testable import Linkage

/// A run as Spark shares it out, in pieces that know nothing of each other; `Tests/AssemblyTests/ClusterTests.swift` has Spark do it.
@Suite
struct ClusterTests {
    @Test(arguments: [1, 2, 7], [1_000_000, 3])
    func `model and weights are those of one machine, however records and blocks are shared out`(
        pieces: Int, cell: Int
    ) async throws {
        let people = People(600, shared: 200)
        var settings = People.settings
        settings.oneToOne = false
        let alone = try await people.link(settings)
        let shared = try await PieceByPiece(settings, [people.left, people.right], pieces: pieces, cell: cell).run()
        #expect(shared.model == alone.model)
        #expect(
            shared.pairs
                == alone.pairs.map { Self.pair($0, alone.leftIDs, alone.rightIDs) }.sorted())
        #expect(alone.pairs.count > 150)
    }

    @Test(arguments: [1, 5])
    func `doubles of one list weigh the same on both sides of a cut block`(pieces: Int) async throws {
        let people = People(300, shared: 100)
        var settings = People.settings
        settings.oneToOne = false
        let rows = people.left + people.right
        let alone = try await Linker(settings).link(
            left: People.csv(rows), leftName: "all.csv", right: nil, rightName: "")
        let shared = try await PieceByPiece(settings, [rows], pieces: pieces, cell: 3).run()
        #expect(shared.model == alone.model)
        #expect(shared.pairs == alone.pairs.map { Self.pair($0, alone.leftIDs, alone.leftIDs) }.sorted())
        #expect(alone.pairs.count > 50)
    }

    private static func pair(_ pair: LinkedPair, _ left: TextList, _ right: TextList) -> String {
        "\(left[pair.left]) \(right[pair.right]) \(pair.weight)"
    }

    @Test
    func `how many have a partner is learned alike from evidence counted in pieces`() throws {
        let evidence = Partners.Evidence(left: 1_000, right: 400, prior: 0.000_9)
        let sums = (0..<400).map { evidence.of(Double($0 % 40) - 12) }
        func counts(_ sums: ArraySlice<Double>) -> [Int: Int] {
            sums.reduce(into: [:]) { $0[Partners.Evidence.step(of: $1), default: 0] += 1 }
        }
        let halves = counts(sums[..<150]).merging(counts(sums[150...]), uniquingKeysWith: +)
        #expect(evidence.shift(halves) == evidence.shift(counts(sums[...])))
        #expect(evidence.shift(halves) != 0)
    }

    @Test
    func `escaped values are read back as they were, whatever they hold`() throws {
        var value: [UInt8] = []
        var read: [String] = []
        try ClusterLines.each(in: Data(#"a\tb\\t"#.utf8) + Data([9]) + Data(#"c\nd\re"#.utf8) + Data([9, 10])) {
            bytes, fields in
            for field in fields {
                ClusterLines.value(bytes, field, into: &value)
                read.append(String(decoding: value, as: UTF8.self))
            }
        }
        #expect(read == ["a\tb\\t", "c\nd\re", ""])
    }

    @Test
    func `numbers are read to their last bit, and what is no number is refused`() throws {
        for number in [Int.min, -1, 0, 7, .max] {
            let read = try Data("\(number)".utf8).withUnsafeBytes { try ClusterLines.number($0, 0..<$0.count) }
            #expect(read == number)
        }
        #expect(throws: ClusterFault.self) {
            try Data("12x".utf8).withUnsafeBytes { _ = try ClusterLines.number($0, 0..<3) }
        }
    }

    @Test
    func `what a cluster cannot do is refused before any work`() {
        var settings = People.settings
        settings.prior = PriorSettings(rules: ["cccd"], recall: 0.7)
        #expect(throws: SettingsError.self) { try ClusterPlan(settings, isSelf: false) }
        settings.prior = nil
        settings.id = nil
        #expect(throws: SettingsError.self) { try ClusterPlan(settings, isSelf: false) }
    }
}

/// Spark's part of a run, done by hand.
private struct PieceByPiece {
    private let settings: LinkSettings
    private let lists: [[[String]]]
    private let pieces: Int
    /// Pairs of a block beyond which it is cut.
    private let cell: Int

    init(_ settings: LinkSettings, _ lists: [[[String]]], pieces: Int, cell: Int) {
        (self.settings, self.lists, self.pieces, self.cell) = (settings, lists, pieces, cell)
    }

    /// Lines through workers, each of which gets every so-many-th.
    private func pipe(_ lines: [String], _ stage: ClusterStage, _ plan: ClusterPlan) async throws -> [String] {
        var answers: [String] = []
        for piece in 0..<pieces {
            let own = lines.indices.filter { $0 % pieces == piece }.map { lines[$0] + "\n" }.joined()
            answers += try await run(own, stage, plan)
        }
        return answers
    }

    private func run(_ lines: String, _ stage: ClusterStage, _ plan: ClusterPlan) async throws -> [String] {
        let written = Written()
        try await stage.run(Data(lines.utf8), plan) { written.data += $0 }
        return String(decoding: written.data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private final class Written {
        var data = Data()
    }

    private func text(_ lines: [String]) -> Data { Data(lines.map { $0 + "\n" }.joined().utf8) }

    func run() async throws -> (model: LinkModel?, pairs: [String]) {
        var plan = try ClusterPlan(settings, isSelf: lists.count == 1)
        // In the order of the columns' names.
        let columns = ["birth", "cccd", "name", "sex"].compactMap { People.header.firstIndex(of: $0) }
        let records = lists.enumerated().flatMap { list, rows in
            rows.enumerated().map { row, cells in
                (["\(list)", "\(row)", cells[0]] + columns.map { cells[$0] }).joined(separator: "\t")
            }
        }
        let values = Set(lists.joined().flatMap { cells in columns.enumerated().map { "\($0)\t\(cells[$1])" } })
        plan = try ClusterDriver.readColumns(
            plan, text(await pipe(values.filter { !$0.hasSuffix("\t") }.sorted(), .facts, plan)))
        let keyed = try await pipe(records, .keys, plan).map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }
        let rules = settings.blocking.count
        let parts = plan.counted.indices.map { 2 + rules + $0 }
        let head = 2 + rules + parts.count
        // By part and key, how often in each list.
        let counts = parts.map { part in
            keyed.reduce(into: [Substring: [Int]]()) { counts, record in
                if record[part] != "0" { counts[record[part], default: [0, 0]][record[0] == "0" ? 0 : 1] += 1 }
            }
        }
        let rows = (0..<2).map { list in keyed.count { $0[0] == "\(list)" } }
        plan = try ClusterDriver.count(
            plan,
            text(
                ["rows\t\(rows[0])\t\(rows[1])"]
                    + counts.enumerated().map { place, counts in
                        func pairs(_ rows: Int) -> Int { rows * (rows - 1) / 2 }
                        let all = counts.values.map { $0[0] + $0[1] }
                        let sides = (0..<2).map { side in counts.values.map { $0[side] } }
                        let numbers = [
                            place, all.reduce(0, +), all.reduce(0) { $0 + $1 * $1 }, all.min() ?? 0,
                            sides.joined().reduce(0) { $0 + pairs($1) },
                            sides.reduce(0) { $0 + pairs($1.reduce(0, +)) },
                        ]
                        return numbers.map(String.init).joined(separator: "\t")
                    }))
        let cells = cells(keyed, rules, head) { record in
            plan.counted.indices.filter { plan.counted[$0].weighs }.map { place in
                "\((counts[place][record[parts[place]]] ?? [2, 0]).reduce(0, +))"
            }
        }
        var patterns: [String: Int] = [:]
        for lines in cells {
            for answer in try await run(lines, .compare, plan) {
                let fields = answer.split(separator: "\t").map(String.init)
                patterns[fields[0], default: 0] += Int(fields[1]) ?? 0
            }
        }
        plan = try await ClusterDriver.train(
            plan, sample: text(keyed.map { $0[head...].joined(separator: "\t") }),
            histogram: text(patterns.map { "\($0.key)\t\($0.value)" }))
        var pairs: [String] = []
        for lines in cells {
            pairs += try await run(lines, .weigh, plan).map { line in
                let fields = line.split(separator: "\t")
                return "\(fields[2]) \(fields[3]) \(fields[6])"
            }
        }
        return (plan.model, pairs.sorted())
    }

    /// The lines of each worker's blocks; a block of many pairs is cut into parts, every two of which are a cell.
    private func cells(
        _ keyed: [[Substring]], _ rules: Int, _ head: Int, counts: ([Substring]) -> [String]
    ) -> [String] {
        var lines = [String](repeating: "", count: pieces)
        let isSelf = lists.count == 1
        for rule in 0..<rules {
            let blocks = Dictionary(grouping: keyed.filter { $0[2 + rule] != "0" }) { $0[2 + rule] }
            for (key, block) in blocks {
                let left = block.count { $0[0] == "0" }
                let pairs = isSelf ? left * (left - 1) / 2 : left * (block.count - left)
                let count = Int((Double(pairs) / Double(cell)).squareRoot().rounded(.up))
                for record in block {
                    let own = abs((Int(record[1]) ?? 0) % max(count, 1))
                    let payload =
                        (record[2..<(2 + rules)].map(String.init) + counts(record)
                        + record[head...].map(String.init)).joined(separator: "\t")
                    for other in 0..<max(count, 1) {
                        let isLeft = isSelf ? own < other : record[0] == "0"
                        let (a, b) = isLeft ? (own, other) : (other, own)
                        let role = isSelf && own == other ? "B" : isLeft ? "L" : "R"
                        let worker = abs((Int(key) ?? 0) % 1_000 + a * 7 + b) % pieces
                        lines[worker] += "\(rule)\t\(key)\t\(a)\t\(b)\t\(role)\t\(payload)\n"
                    }
                }
            }
        }
        return lines
    }
}
