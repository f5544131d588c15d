/// The folded texts of a column's values by their codes, apart from the object that holds them (``PinnedValues``).
struct Texts: Sendable {
    /// What is known of a text before it is read, in one place in memory.
    struct Entry: BitwiseCopyable, Sendable {
        /// Which letters it has, so that most pairs of unlike texts are told apart without reading them.
        ///
        /// Two bits for each of 29 classes of bytes, the first for one such byte, the second for two; or, of columns of numbers, five
        /// for each digit. How many more bytes there are stands above. Only the first 64 count, as in the distances.
        let letters: UInt64
        let start: UInt32
        /// Its length above its first byte.
        private let packed: UInt32

        init(_ text: UnsafeRawBufferPointer, at start: Int, isNumeric: Bool) {
            var letters: UInt64 = 0
            var more: UInt64 = 0
            for byte in text.prefix(64) {
                let (kind, width): (UInt64, UInt64)
                switch byte {
                case 48...57: (kind, width) = isNumeric ? (UInt64(byte - 48), 5) : (26 + UInt64(byte & 1), 2)
                case 97...122 where !isNumeric: (kind, width) = (UInt64(byte - 97), 2)
                default: (kind, width) = isNumeric ? (10, 5) : (28, 2)
                }
                var bit = UInt64(1) << (kind * width)
                let end = bit << width
                while bit < end, letters & bit != 0 { bit <<= 1 }
                if bit < end { letters |= bit } else { more += 1 }
            }
            self.letters = letters | min(more, 63) << 58
            self.start = UInt32(start)
            // What is longer than sixteen million bytes is compared by its beginning.
            packed = UInt32(min(text.count, 1 << 24 - 1)) << 8 | UInt32(text.first ?? 0)
        }

        @inline(__always)
        var length: Int { Int(packed >> 8) }

        /// Of what the distances read.
        @inline(__always)
        var shown: Int { min(length, 64) }

        @inline(__always)
        var first: UInt8 { UInt8(truncatingIfNeeded: packed) }

        /// At most so many bytes of the two can be paired with an equal one.
        @inline(__always)
        func mostCommon(_ other: Entry) -> Int {
            let common = (letters & other.letters & (1 << 58 - 1)).nonzeroBitCount
            return common + Int(min(letters >> 58, other.letters >> 58))
        }
    }

    let entries: Address<Entry>
    let bytes: Address<UInt8>
    /// Of kinds whose words are compared, which words a text has (``StringDistance/wordMask(_:)``).
    let words: Address<UInt64>?

    /// The bytes of a value's text; none for code 0.
    @inline(__always)
    subscript(code: UInt32) -> UnsafeRawBufferPointer {
        let entry = entries[code]
        return bytes.stretch(from: Int(entry.start), count: entry.length)
    }

    /// False where one of them has no text.
    @inline(__always)
    func both(
        _ left: UInt32, _ right: UInt32, _ test: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Bool
    ) -> Bool {
        left != 0 && right != 0 && test(self[left], self[right])
    }

    /// What Jaro–Winkler similarity asks of the bytes that two texts have in common, worked out once for a bound.
    struct Similarity {
        /// Of texts that begin alike, which are raised most by four equal letters, and of others.
        private let alike, unlike: Double

        init(least: Double) {
            alike = 3 * (least - 0.4) / 0.6 - 1 - 1e-8
            unlike = 3 * least - 1 - 1e-8
        }

        /// False when it is surely below the bound.
        @inline(__always)
        func mayHold(_ left: Entry, _ right: Entry) -> Bool {
            let (n, m) = (left.shown, right.shown)
            let common = min(left.mostCommon(right), n, m)
            // common / n + common / m, without dividing.
            return Double(common * (n + m)) >= (left.first == right.first ? alike : unlike) * Double(n * m)
        }
    }

    /// False when more edits than the bound part the two for sure.
    @inline(__always)
    func mayBeNear(_ first: UInt32, _ second: UInt32, most: Int) -> Bool {
        let (left, right) = (entries[first], entries[second])
        let (n, m) = (left.length, right.length)
        return abs(n - m) <= most && min(max(n, m), 64) - left.mostCommon(right) <= most
    }

    /// Edits, or any more than the bound.
    @inline(__always)
    func distance(_ first: UInt32, _ second: UInt32, most: Int) -> Int {
        most == 1
            ? StringDistance.withinOneEdit(self[first], self[second])
            : StringDistance.damerauLevenshtein(self[first], self[second])
    }

    /// False when the words in common are surely a smaller share than the bound.
    @inline(__always)
    func mayShare(_ first: UInt32, _ second: UInt32, least: Double) -> Bool {
        guard let words else { return true }
        let (left, right) = (words[first], words[second])
        let bits = (left ^ right) & (1 << 58 - 1)
        // A bit that only one of them has stands for one of its words, or several, that the other lacks.
        let (n, m) = (Int(left >> 58), Int(right >> 58))
        let common = min(n - (left & bits).nonzeroBitCount, m - (right & bits).nonzeroBitCount)
        return Double(common) >= least * Double(n + m - common) - 1e-9
    }
}
