import Testing

@testable import Linkage

/// Distances of texts against plain textbook versions.
@Suite
struct StringDistanceTests {
    static func with<T>(_ left: String, _ right: String, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> T)
        -> T
    {
        Array(left.utf8).withUnsafeBytes { first in Array(right.utf8).withUnsafeBytes { body(first, $0) } }
    }

    /// Optimal string alignment by its table.
    static func alignment(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var table = Array(repeating: Array(repeating: 0, count: right.count + 1), count: left.count + 1)
        for i in 0...left.count { table[i][0] = i }
        for j in 0...right.count { table[0][j] = j }
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        for i in 1...left.count {
            for j in 1...right.count {
                let same = left[i - 1] == right[j - 1]
                table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (same ? 0 : 1))
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
                }
            }
        }
        return table[left.count][right.count]
    }

    @Test
    func `the bit-parallel distance is that of the table, for any texts up to 64 bytes`() {
        var generator = SplitMix(state: 7)
        for _ in 0..<4_000 {
            func text() -> [UInt8] {
                (0..<Int(generator.next() % 65)).map { _ in 97 + UInt8(generator.next() % 4) }
            }
            let left = text()
            var right = text()
            if generator.next() % 2 == 0, !left.isEmpty {
                // Near ones as well: a few edits away.
                right = left
                for _ in 0..<generator.next() % 4 where !right.isEmpty {
                    let place = Int(generator.next() % UInt64(right.count))
                    switch generator.next() % 3 {
                    case 0: right.remove(at: place)
                    case 1: right[place] = 97 + UInt8(generator.next() % 4)
                    default: if place > 0 { right.swapAt(place, place - 1) }
                    }
                }
            }
            let found = left.withUnsafeBytes { first in
                right.withUnsafeBytes { StringDistance.damerauLevenshtein(first, $0) }
            }
            let expected = Self.alignment(left, right)
            if found != expected { Issue.record("\(left) \(right): \(found), expected \(expected)") }
        }
    }

    /// Published in Winkler 1990 and the papers after it.
    static let published: [(left: String, right: String, similarity: Double)] = [
        ("martha", "marhta", 0.9611), ("dwayne", "duane", 0.84), ("dixon", "dicksonx", 0.8133),
        ("jones", "johnson", 0.8324), ("abroms", "abrams", 0.9222), ("", "", 1), ("a", "", 0),
    ]

    @Test(arguments: published)
    func `Jaro–Winkler is as published`(left: String, right: String, similarity: Double) {
        let found = Self.with(left, right) { StringDistance.jaroWinkler($0, $1) }
        #expect(abs(found - similarity) < 0.0001)
        #expect(Self.with(right, left) { StringDistance.jaroWinkler($0, $1) } == found)
    }

    static let overlaps: [(left: String, right: String, share: Double)] = [
        ("minh anh", "anh minh", 1), ("xay dung minh anh", "minh anh", 0.5), ("a a b", "a b", 2.0 / 3), ("a", "b", 0),
        ("", "", 1), ("a", "", 0),
    ]

    @Test(arguments: overlaps)
    func `words in common are counted each once`(left: String, right: String, share: Double) {
        #expect(Self.with(left, right) { StringDistance.tokenOverlap($0, $1) } == share)
    }
}
