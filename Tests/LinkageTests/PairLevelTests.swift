import Foundation
import Testing

@testable import Linkage

/// What runs many pairs through a test at once says the same as what looks at one pair.
@Suite
struct PairLevelTests {
    private static func texts(_ count: Int, _ generator: inout SplitMix, _ alphabet: String, most: Int) -> [String] {
        let letters = Array(alphabet)
        return (0..<count).map { _ in
            String(
                (0..<Int(generator.next() % UInt64(most)) + 1).map { _ in
                    letters[Int(generator.next() % UInt64(letters.count))]
                })
        }
    }

    /// A few values and their near neighbours: some many times, some once.
    private static func values(of kind: ColumnKind, _ count: Int, seed: UInt64) -> [String] {
        var generator = SplitMix(state: seed)
        func draw(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }
        return (0..<count).map { _ in
            switch kind {
            case .date:
                let (day, month, year) = (1 + draw(28), 1 + draw(12), 1980 + draw(3))
                return [
                    "\(day)/\(month)/\(year)", "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)",
                    "\(year)", "",
                    "không rõ",
                ][draw(5)]
            case .identifier, .phone: return draw(8) == 0 ? "" : "03" + String(100_000 + draw(300))
            case .personName:
                let parts = [People.surnames[draw(3)], People.middles[draw(3)], People.givens[draw(3)]]
                let name = parts.joined(separator: " ")
                return [
                    name, name.uppercased(), "\(parts[2]) \(parts[0])", "\(parts[0]) \(parts[2])", "N. V. \(parts[2])",
                    "",
                ][draw(6)]
            default:
                return Self.texts(1, &generator, "abc  1", most: 12)[0]
            }
        }
    }

    @Test(arguments: [ColumnKind.personName, .date, .identifier, .phone, .text, .organisation, .category, .namePart])
    func `the levels of many pairs at once are those of each alone, few values or many`(kind: ColumnKind) async throws {
        for count in [20, 700] {
            let left = Self.values(of: kind, count, seed: 3)
            let right = Self.values(of: kind, count, seed: 4)
            let data = try await Levels.data(kind, left, right)
            let comparison = try Comparison(ComparisonSettings(name: "c", column: "v"), data: data)
            let reader = PatternReader([comparison], .none, data)
            let batch = PairBatch(reader, rules: 0, of: 0, data)
            var generator = SplitMix(state: 9)
            var wrong = 0
            var seen: Set<UInt64> = []
            try data.leftRecords.withUnsafeBufferPointer { lefts in
                try data.rightRecords.withUnsafeBufferPointer { rights in
                    let (first, second) = (try #require(lefts.baseAddress), try #require(rights.baseAddress))
                    // Often enough that pairs of values come again.
                    for index in 0..<40_000 {
                        batch.add(UInt32(generator.next() % UInt64(count)), UInt32(generator.next() % UInt64(count)))
                        guard batch.isFull || index == 39_999 else { continue }
                        batch.compare(first, second) { left, right, pattern, _ in
                            seen.insert(pattern)
                            if pattern != reader.pattern(first + left * data.stride, second + right * data.stride) {
                                wrong += 1
                            }
                        }
                    }
                }
            }
            #expect(wrong == 0)
            #expect(seen.count > 1, "more than one level was looked at")
        }
    }

    @Test
    func `one edit is told from more without counting them`() {
        var generator = SplitMix(state: 11)
        for text in Self.texts(3_000, &generator, "ab1", most: 9) {
            var other = Array(text)
            for _ in 0..<generator.next() % 3 where !other.isEmpty {
                let place = Int(generator.next() % UInt64(other.count))
                switch generator.next() % 4 {
                case 0: other.remove(at: place)
                case 1: other.insert("b", at: place)
                case 2: other[place] = "a"
                default: if place > 0 { other.swapAt(place, place - 1) }
                }
            }
            let found = StringDistanceTests.with(text, String(other)) { StringDistance.withinOneEdit($0, $1) }
            let expected = StringDistanceTests.with(text, String(other)) { StringDistance.damerauLevenshtein($0, $1) }
            if found != min(expected, 2) { Issue.record("\(text) \(String(other)): \(found), expected \(expected)") }
        }
    }

    @Test
    func `no pair is passed over for its words that shares enough of them`() async throws {
        var generator = SplitMix(state: 12)
        let words = Self.texts(200, &generator, "ab  cd ", most: 40)
        let data = try await Levels.data(.text, words, words)
        let texts = data.columns[0].pinned.texts
        for first in 1..<UInt32(data.columns[0].values.folded.count) {
            for second in 1..<UInt32(data.columns[0].values.folded.count)
            where !texts[first].isEmpty && !texts[second].isEmpty {
                let share = StringDistance.tokenOverlap(texts[first], texts[second])
                if !texts.mayShare(first, second, least: share) { Issue.record("\(first) \(second) \(share)") }
            }
        }
    }

    @Test
    func `partners are those of taking the strongest pair first, whatever rivals there are`() {
        var generator = SplitMix(state: 13)
        func ids(_ letter: String) -> TextList {
            var list = TextList()
            for row in 0..<80 { Array("\(letter)\(row)".utf8).withUnsafeBytes { list.append($0) } }
            return list
        }
        let data = LinkData(
            columns: [], left: [], right: [], leftIDs: ids("L"), rightIDs: ids("R"), leftRows: 80, rightRows: 80,
            isSelf: false)
        for kinds in [2, 5, 1_000] {
            var rows: Set<[Int]> = []
            for _ in 0..<600 { rows.insert([Int(generator.next() % 80), Int(generator.next() % 80)]) }
            let pairs = rows.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }.map {
                LinkedPair(left: $0[0], right: $0[1], weight: Double(generator.next() % UInt64(kinds)), pattern: 0)
            }
            var (lefts, rights): (Set<Int>, Set<Int>) = ([], [])
            let expected = OneToOne.strongestFirst(pairs, data).filter { pair in
                guard !lefts.contains(pair.left), !rights.contains(pair.right) else { return false }
                lefts.insert(pair.left)
                rights.insert(pair.right)
                return true
            }
            #expect(OneToOne.pairs(of: pairs, data) == expected.sorted { ($0.left, $0.right) < ($1.left, $1.right) })
        }
        // A chain in which each round takes one pair.
        let chain = (0..<79).flatMap { row in
            [
                LinkedPair(left: row, right: row, weight: Double(2 * row), pattern: 0),
                LinkedPair(left: row, right: row + 1, weight: Double(2 * row + 1), pattern: 0),
            ]
        }
        #expect(OneToOne.pairs(of: chain, data).map { [$0.left, $0.right] } == (0..<79).map { [$0, $0 + 1] })
    }
}
