/// What an input method left in names that were typed while it was off: `Nguyeenx` and `d9` of Telex and VNI.
///
/// A word is mended only where the column itself says so: what the keys stand for must be a common word of it, and the word as it is
/// written a rare one. Western names, where `James` is a name and `Jame` none, stay as they are.
struct Keystrokes: Sendable {
    /// A word is common when it is seen so often, and so many times as often as what may stand for it.
    private static let least = 5, times = 20

    private var words = WordCounts()
    /// What is known already; the words do not count then.
    private var known: [String: String]?

    init() {}

    /// - Parameter pool: the distinct values of the column.
    init(seenIn pool: TextPool) { words.add(pool, beyondSample: pool.count <= WordCounts.most) }

    /// - Parameter mends: ``ColumnFacts/mends``.
    init(mending mends: [String: String]) { known = mends }

    /// Puts the words that were meant in place of keystrokes in a folded name.
    /// - Returns: whether anything changed.
    func mend(_ text: inout [UInt8]) -> Bool {
        guard Self.mayHold(text) else { return false }
        var changed = false
        let words = text.split(separator: 32).map { word -> [UInt8] in
            let word = Array(word)
            guard let meant = meaning(of: word) else { return word }
            changed = true
            return meant
        }
        if changed { text = Array(words.joined(separator: [32])) }
        return changed
    }

    private func meaning(of word: [UInt8]) -> [UInt8]? {
        guard let known else { return words.meaning(of: word) }
        return known.isEmpty ? nil : known[String(decoding: word, as: UTF8.self)].map { Array($0.utf8) }
    }

    /// What was meant by a word, were it common; nil where no key can be in it.
    fileprivate static func candidate(for word: [UInt8]) -> [UInt8]? {
        let hasDigit = word.dropFirst().contains { (49...57).contains($0) }
        guard let first = word.first, first >= 97 else { return nil }
        // No name holds digits.
        let meant = hasDigit ? word.filter { !(48...57).contains($0) } : withoutTelex(word)
        return meant.isEmpty || meant == word ? nil : meant
    }

    private static let vowels = Set("aeiouy".utf8), tones = Set("sfrxj".utf8)
    private static let w = UInt8(ascii: "w"), d = UInt8(ascii: "d")

    /// Whether any byte is of the kind that keystrokes leave: most names end here.
    private static func mayHold(_ text: [UInt8]) -> Bool {
        var before: UInt8 = 32
        var vowelSeen = false
        for byte in text {
            if byte == 32 {
                vowelSeen = false
            } else if byte == w || byte == before && (byte == d || vowels.contains(byte))
                || (49...57).contains(byte) && before != 32 || vowelSeen && tones.contains(byte)
            {
                return true
            }
            if vowels.contains(byte) { vowelSeen = true }
            before = byte
        }
        return false
    }

    /// Without the keys of tones behind the first vowel, the second of two equal vowels or d, and w behind a vowel.
    static func withoutTelex(_ word: [UInt8]) -> [UInt8] {
        var meant: [UInt8] = []
        var vowelSeen = false
        for byte in word {
            if vowelSeen, tones.contains(byte) { continue }
            if byte == w {
                if !vowelSeen { meant.append(UInt8(ascii: "u")) }
                vowelSeen = true
                continue
            }
            // The circumflex may be typed behind the final consonants: `Nguyenex`.
            if vowels.contains(byte), byte == meant.last(where: vowels.contains), byte != UInt8(ascii: "u"),
                byte != UInt8(ascii: "i"), byte != UInt8(ascii: "y")
            {
                continue
            }
            if byte == d, meant.contains(d) { continue }
            if vowels.contains(byte) { vowelSeen = true }
            meant.append(byte)
        }
        return meant
    }
}

extension Keystrokes {
    /// How often each word occurs in the distinct names of a column. Of many names an eighth is counted, which is the same eighth
    /// in whatever order and in how many pieces they come.
    struct WordCounts: Sendable {
        /// Distinct values of which all are counted.
        static let most = 160_000

        /// Distinct values.
        private var values = 0
        private var words = TextPool()
        /// By code of a word; the missing one first.
        private var sampled = [0]
        private var others = [0]

        init() {}

        /// - Parameters:
        ///   - pool: distinct values, none of them added before.
        ///   - beyondSample: whether also those outside the eighth are wanted.
        mutating func add(_ pool: TextPool, beyondSample: Bool) {
            values += pool.count
            var (folded, marked): ([UInt8], [UInt8]) = ([], [])
            pool.withBytes { all in
                for code in 1..<max(pool.count + 1, 1) {
                    let value = UnsafeRawBufferPointer(rebasing: all[pool.range(of: UInt32(code))])
                    let isSampled = StableHash.of(value) & 7 == 0
                    guard isSampled || beyondSample else { continue }
                    FoldTable.shared.read(value, folded: &folded, marked: &marked)
                    folded.withUnsafeBytes { bytes in
                        for word in bytes.split(separator: 32) {
                            count(words.code(of: UnsafeRawBufferPointer(rebasing: word)), 1, isSampled: isSampled)
                        }
                    }
                }
            }
        }

        private mutating func count(_ code: UInt32, _ times: Int, isSampled: Bool) {
            while sampled.count <= code {
                sampled.append(0)
                others.append(0)
            }
            if isSampled { sampled[Int(code)] += times } else { others[Int(code)] += times }
        }

        private func seen(_ word: [UInt8]) -> Int {
            guard let code = word.withUnsafeBytes(words.known).map(Int.init) else { return 0 }
            return sampled[code] + (values > Self.most ? 0 : others[code])
        }

        func meaning(of word: [UInt8]) -> [UInt8]? {
            guard let meant = Keystrokes.candidate(for: word) else { return nil }
            let common = seen(meant)
            return common >= Keystrokes.least && common >= seen(word) * Keystrokes.times ? meant : nil
        }

        /// What was meant by the words that are here.
        var mends: [String: String] {
            var mends: [String: String] = [:]
            words.withBytes { all in
                for code in 1..<max(words.count + 1, 1) {
                    let word = Array(all[words.range(of: UInt32(code))])
                    if let meant = meaning(of: word) {
                        mends[String(decoding: word, as: UTF8.self)] = String(decoding: meant, as: UTF8.self)
                    }
                }
            }
            return mends
        }

        // MARK: In lines

        private static let ofValues = "names", ofSample = "sampled ", ofOthers = "word "

        var named: [(name: String, count: Int)] {
            guard values > 0 else { return [] }
            var named = [(name: Self.ofValues, count: values)]
            for code in 1..<max(words.count + 1, 1) {
                let word = words.text(of: UInt32(code))
                if sampled[code] > 0 { named.append((Self.ofSample + word, sampled[code])) }
                if others[code] > 0 { named.append((Self.ofOthers + word, others[code])) }
            }
            return named
        }

        mutating func add(_ name: String, _ count: Int) {
            func code(behind head: String) -> UInt32 { words.code(of: Array(name.utf8.dropFirst(head.utf8.count))) }
            if name == Self.ofValues {
                values += count
            } else if name.hasPrefix(Self.ofSample) {
                self.count(code(behind: Self.ofSample), count, isSampled: true)
            } else if name.hasPrefix(Self.ofOthers) {
                self.count(code(behind: Self.ofOthers), count, isSampled: false)
            }
        }
    }
}
