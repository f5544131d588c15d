/// Distances between short texts of bytes, bit-parallel where they fit a word: tens of nanoseconds a pair.
enum StringDistance {
    /// Jaro–Winkler similarity in 0...1 (Winkler 1990; prefix scale 0.1, at most 4 letters), for texts up to 64 bytes; longer
    /// ones are compared by their first 64.
    static func jaroWinkler(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Double {
        let (n, m) = (min(left.count, 64), min(right.count, 64))
        if n == 0 || m == 0 { return n == m ? 1 : 0 }
        let window = max(max(n, m) / 2 - 1, 0)
        var leftTaken: UInt64 = 0
        var rightTaken: UInt64 = 0
        var matches = 0
        for i in 0..<n {
            let low = max(0, i - window)
            let high = min(m - 1, i + window)
            guard low <= high else { continue }
            let byte = left[i]
            var j = low
            while j <= high {
                if right[j] == byte, rightTaken >> UInt64(j) & 1 == 0 {
                    leftTaken |= 1 << UInt64(i)
                    rightTaken |= 1 << UInt64(j)
                    matches += 1
                    break
                }
                j += 1
            }
        }
        guard matches > 0 else { return 0 }
        var transpositions = 0
        var rest = rightTaken
        var taken = leftTaken
        while taken != 0 {
            let i = taken.trailingZeroBitCount
            let j = rest.trailingZeroBitCount
            if left[i] != right[j] { transpositions += 1 }
            taken &= taken - 1
            rest &= rest - 1
        }
        let common = Double(matches)
        let jaro = (common / Double(n) + common / Double(m) + (common - Double(transpositions / 2)) / common) / 3
        var prefix = 0
        while prefix < min(4, n, m), left[prefix] == right[prefix] { prefix += 1 }
        return jaro + Double(prefix) * 0.1 * (1 - jaro)
    }

    /// The least number of bytes added, left out, changed or swapped with their neighbour (optimal string alignment), for
    /// texts up to 64 bytes: Hyyrö's bit-parallel algorithm (2003). Longer texts are compared by their first 64 bytes.
    static func damerauLevenshtein(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        let (n, m) = (min(left.count, 64), min(right.count, 64))
        if n == 0 || m == 0 { return max(n, m) }
        // Where each byte stands in the left text: a small open table, since texts have few distinct bytes.
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 256) { places in
            for i in 0..<n { places[Int(left[i])] = 0 }
            for j in 0..<m { places[Int(right[j])] = 0 }
            for i in 0..<n { places[Int(left[i])] |= 1 << UInt64(i) }
            var positive = ~UInt64(0)
            var negative: UInt64 = 0
            var diagonal: UInt64 = 0
            var before: UInt64 = 0
            let last: UInt64 = 1 << UInt64(n - 1)
            var distance = n
            for j in 0..<m {
                let place = places[Int(right[j])]
                let swap = ((~diagonal & place) << 1) & before
                diagonal = (((place & positive) &+ positive) ^ positive) | place | negative | swap
                var horizontalPositive = negative | ~(diagonal | positive)
                var horizontalNegative = diagonal & positive
                if horizontalPositive & last != 0 { distance += 1 }
                if horizontalNegative & last != 0 { distance -= 1 }
                horizontalPositive = horizontalPositive << 1 | 1
                horizontalNegative <<= 1
                positive = horizontalNegative | ~(diagonal | horizontalPositive)
                negative = horizontalPositive & diagonal
                before = place
            }
            return distance
        }
    }

    /// The share of the words of both texts that they have in common: |A ∩ B| / |A ∪ B|. Words are parted by single spaces; of more
    /// than 32 only the first count.
    static func tokenOverlap(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Double {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 64) { hashes in
            let first = hashWords(left, into: hashes, from: 0)
            let second = hashWords(right, into: hashes, from: 32)
            guard first > 0, second > 0 else { return first == second ? 1 : 0 }
            var common = 0
            for i in 0..<first {
                var j = 32
                while j < 32 + second {
                    if hashes[j] == hashes[i] {
                        common += 1
                        // Each word is matched once.
                        hashes[j] = 0
                        break
                    }
                    j += 1
                }
            }
            return Double(common) / Double(first + second - common)
        }
    }

    /// A number for each word, equal for equal words; how many there are.
    private static func hashWords(
        _ text: UnsafeRawBufferPointer, into hashes: UnsafeMutableBufferPointer<UInt64>, from start: Int
    ) -> Int {
        var count = 0
        var hash: UInt64 = 0
        for byte in text {
            if byte == 32 {
                if hash != 0, count < 32 {
                    hashes[start + count] = hash
                    count += 1
                }
                hash = 0
            } else {
                hash = ((hash == 0 ? 0xCBF2_9CE4_8422_2325 : hash) ^ UInt64(byte)) &* 0x100_0000_01B3 | 1
            }
        }
        if hash != 0, count < 32 {
            hashes[start + count] = hash
            count += 1
        }
        return count
    }

    /// Whether the two have a word in common.
    static func sharesWord(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        let second = words(right)
        return words(left).contains { word in second.contains { equal(left, word, right, $0) } }
    }

    static func words(_ text: UnsafeRawBufferPointer) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start = 0
        for index in 0...text.count where index == text.count || text[index] == 32 {
            if index > start { words.append(start..<index) }
            start = index + 1
        }
        return words
    }

    private static func equal(
        _ left: UnsafeRawBufferPointer, _ first: Range<Int>, _ right: UnsafeRawBufferPointer, _ second: Range<Int>
    ) -> Bool {
        first.count == second.count
            && (0..<first.count).allSatisfy { left[first.lowerBound + $0] == right[second.lowerBound + $0] }
    }
}
