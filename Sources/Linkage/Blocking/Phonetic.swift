/// How a Vietnamese syllable sounds where people mix letters up: d/gi/r, s/x, tr/ch, n/l of the north, i/y, final consonants kept.
enum Phonetic {
    static func key(of text: UnsafeRawBufferPointer) -> [UInt8] {
        var key: [UInt8] = []
        for word in StringDistance.words(text) {
            var letters = Array(text[word])
            func begins(_ prefix: String) -> Bool { letters.starts(with: prefix.utf8) }
            if begins("gi"), letters.count > 2 {
                letters.replaceSubrange(0..<2, with: [100])
            } else if begins("tr") {
                letters.replaceSubrange(0..<2, with: Array("ch".utf8))
            }
            switch letters.first {
            case UInt8(ascii: "r"): letters[0] = 100
            case UInt8(ascii: "x"): letters[0] = UInt8(ascii: "s")
            case UInt8(ascii: "n") where letters.count > 1 && letters[1] != 103 && letters[1] != 104:
                letters[0] = UInt8(ascii: "l")
            case UInt8(ascii: "k"), UInt8(ascii: "q"): letters[0] = UInt8(ascii: "c")
            default: break
            }
            if !key.isEmpty { key.append(32) }
            key += letters.map { $0 == UInt8(ascii: "y") ? UInt8(ascii: "i") : $0 }
        }
        return key
    }
}
