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
        // Where each byte stands in the right text, as bits: the first free place within the window is found at once.
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 256) { places in
            for i in 0..<n { places[Int(left[i])] = 0 }
            for j in 0..<m { places[Int(right[j])] = 0 }
            for j in 0..<m { places[Int(right[j])] |= 1 << UInt64(j) }
            // The window's bits move along with the letter.
            var allowed: UInt64 = window >= 63 ? ~0 : 1 << UInt64(window + 1) &- 1
            for i in 0..<n {
                let free = places[Int(left[i])] & allowed & ~rightTaken
                if free != 0 {
                    leftTaken |= 1 << UInt64(i)
                    rightTaken |= free & (0 &- free)
                    matches += 1
                }
                allowed = allowed << 1 | (i < window ? 1 : 0)
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

    /// 0 for equal texts, 1 for one edit (``damerauLevenshtein(_:_:)``), 2 for more.
    static func withinOneEdit(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        let (n, m) = (min(left.count, 64), min(right.count, 64))
        let (short, long) = (min(n, m), max(n, m))
        guard long - short <= 1 else { return 2 }
        var start = 0
        while start < short, left[start] == right[start] { start += 1 }
        if start == short { return long - short }
        var end = 0
        while end < short - start, left[n - 1 - end] == right[m - 1 - end] { end += 1 }
        if n != m { return start + end >= short ? 1 : 2 }
        switch n - start - end {
        case 1: return 1
        case 2: return left[start] == right[start + 1] && left[start + 1] == right[start] ? 1 : 2
        default: return 2
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

    /// The words of a text, of 32 at most, by the hashes of ``tokenOverlap(_:_:)``: a bit of 58 for each, and their number above.
    static func wordMask(_ text: UnsafeRawBufferPointer) -> UInt64 {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 32) { hashes in
            let count = hashWords(text, into: hashes, from: 0)
            var mask: UInt64 = 0
            for index in 0..<count { mask |= 1 << ((hashes[index] >> 32) % 58) }
            return mask | UInt64(count) << 58
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
