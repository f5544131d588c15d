/// What an input method left in names that were typed while it was off: `Nguyeenx` and `d9` of Telex and VNI.
///
/// A word is mended only where the column itself says so: what the keys stand for must be a common word of it, and the word as it is
/// written a rare one. Western names, where `James` is a name and `Jame` none, stay as they are.
struct Keystrokes: Sendable {
    /// Distinct values looked at.
    private static let most = 20_000
    /// A word is common when it is seen so often, and so many times as often as what may stand for it.
    private static let least = 5, times = 20

    private var counts: [[UInt8]: Int] = [:]

    init() {}

    /// - Parameter pool: the distinct values of the column.
    init(seenIn pool: TextPool) {
        var folded: [UInt8] = []
        var marked: [UInt8] = []
        pool.withBytes { all in
            for code in stride(from: 1, through: pool.count, by: max(pool.count / Self.most, 1)) {
                FoldTable.shared.read(
                    UnsafeRawBufferPointer(rebasing: all[pool.range(of: UInt32(code))]), folded: &folded,
                    marked: &marked)
                for word in folded.split(separator: 32) { counts[Array(word), default: 0] += 1 }
            }
        }
    }

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
        let hasDigit = word.dropFirst().contains { (49...57).contains($0) }
        guard let first = word.first, first >= 97 else { return nil }
        // No name holds digits.
        let meant = hasDigit ? word.filter { !(48...57).contains($0) } : Self.withoutTelex(word)
        guard !meant.isEmpty, meant != word else { return nil }
        let seen = counts[meant] ?? 0
        return seen >= Self.least && seen >= (counts[word] ?? 0) * Self.times ? meant : nil
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
