import Kernel

/// Letters as comparisons see them, looked up instead of worked out: millions of names pass through here.
///
/// Each scalar of the ranges Vietnamese (and western names) use is a base letter, the shape on it (breve, circumflex, horn,
/// bar) and the tone on it. ``fold`` keeps the base alone.
struct FoldTable: Sendable {
    /// By scalar below ``limit``: the base letter's ASCII byte; 0 to leave the scalar out; 255 for a letter of another script.
    let base: [UInt8]
    /// 0 none, 1 breve, 2 circumflex, 3 horn, 4 bar (đ).
    let shape: [UInt8]
    /// 0 none, 1 huyền, 2 sắc, 3 hỏi, 4 ngã, 5 nặng.
    let tone: [UInt8]

    static let limit = 0x2070
    static let shared = FoldTable()

    private init() {
        var base = [UInt8](repeating: 255, count: Self.limit)
        var shape = [UInt8](repeating: 0, count: Self.limit)
        var tone = [UInt8](repeating: 0, count: Self.limit)
        for value in 0..<128 {
            let byte = UInt8(value)
            switch byte {
            case 65...90: base[value] = byte + 32
            case 97...122, 48...57: base[value] = byte
            // Everything else parts words.
            default: base[value] = 32
            }
        }
        // An apostrophe and a point stand within a word: O'Brien, P.Hồng.
        base[39] = 0
        let rows: [(letters: String, base: Character, shape: UInt8)] = [
            ("aàáảãạ", "a", 0), ("ăằắẳẵặ", "a", 1), ("âầấẩẫậ", "a", 2), ("eèéẻẽẹ", "e", 0), ("êềếểễệ", "e", 2),
            ("iìíỉĩị", "i", 0),
            ("oòóỏõọ", "o", 0), ("ôồốổỗộ", "o", 2), ("ơờớởỡợ", "o", 3), ("uùúủũụ", "u", 0), ("ưừứửữự", "u", 3),
            ("yỳýỷỹỵ", "y", 0),
        ]
        for row in rows {
            for (index, scalar) in row.letters.unicodeScalars.enumerated() {
                let upper = String(Character(scalar)).uppercased().unicodeScalars.first ?? scalar
                for form in [scalar, upper] {
                    base[Int(form.value)] = row.base.asciiValue ?? 32
                    shape[Int(form.value)] = row.shape
                    tone[Int(form.value)] = UInt8(index)
                }
            }
        }
        // đ, and the letters of other alphabets that look like it.
        for value in [0x110, 0x111, 0xD0, 0xF0, 0x189, 0x256] {
            base[value] = UInt8(ascii: "d")
            shape[value] = 4
        }
        let western: [(String, Character)] = [
            ("äåāą", "a"), ("çćč", "c"), ("ëēęě", "e"), ("ïîī", "i"), ("łľ", "l"), ("ñńň", "n"), ("öøōő", "o"),
            ("ř", "r"), ("śšş", "s"),
            ("ťţ", "t"), ("üûūůű", "u"), ("ÿ", "y"), ("žźż", "z"),
        ]
        for (letters, letter) in western {
            for scalar in (letters + letters.uppercased()).unicodeScalars where Int(scalar.value) < Self.limit {
                base[Int(scalar.value)] = letter.asciiValue ?? 32
            }
        }
        // Combining marks: a tone or a shape of the letter before.
        for value in 0x300...0x36F { base[value] = 0 }
        for (value, mark) in [(0x300, 1), (0x301, 2), (0x309, 3), (0x303, 4), (0x323, 5)] as [(Int, UInt8)] {
            tone[value] = mark
        }
        for (value, mark) in [(0x306, 1), (0x302, 2), (0x31B, 3)] as [(Int, UInt8)] { shape[value] = mark }
        for value in 0x80..<0xA0 { base[value] = 0 }
        for value in [0xA0, 0x2013, 0x2014, 0x2028, 0x2029, 0x202F, 0x205F] + Array(0x2000...0x200A) {
            base[value] = 32
        }
        // Marks that take no room.
        for value in [0xAD, 0x61C, 0x180E] + Array(0x200B...0x200F) + Array(0x202A...0x202E) + Array(0x2060...0x206F) {
            base[value] = 0
        }
        // Letters of Cyrillic that look like Latin ones, from a keyboard left in another language.
        for (letter, twin) in zip("авекмнорстухіј", "abekmhopctyxij") {
            for form in [String(letter), String(letter).uppercased()] {
                for scalar in form.unicodeScalars { base[Int(scalar.value)] = twin.asciiValue ?? 32 }
            }
        }
        self.base = base
        self.shape = shape
        self.tone = tone
    }

    /// What a value reads as: words of base letters with single spaces between, and the same with shapes and tones, each
    /// tone behind its syllable, so that its place within makes no difference.
    ///
    /// - Returns: through the two buffers; both empty for a value without letters and digits.
    func read(_ value: UnsafeRawBufferPointer, folded: inout [UInt8], marked: inout [UInt8]) {
        folded.removeAll(keepingCapacity: true)
        marked.removeAll(keepingCapacity: true)
        var pendingTone: UInt8 = 0
        var pendingSpace = false
        var index = 0
        while index < value.count {
            let first = value[index]
            var scalar = UInt32(first)
            var length = 1
            if first >= 0xC0 {
                length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
                guard index + length <= value.count else { break }
                scalar = UInt32(first & (0xFF >> UInt8(length + 1)))
                for offset in 1..<length { scalar = scalar << 6 | UInt32(value[index + offset] & 0x3F) }
            }
            let bytes = index..<index + length
            index += length
            guard scalar < UInt32(Self.limit) || (0x1E00...0x1EFF).contains(scalar) else {
                // A byte-order mark or a sign of variation within a text, a wide space.
                if scalar == 0xFEFF || (0xFE00...0xFE0F).contains(scalar) { continue }
                if scalar == 0x3000 {
                    pendingSpace = !folded.isEmpty
                    continue
                }
                // Another script: its bytes as they are.
                if pendingSpace { endWord(&folded, &marked, &pendingTone, &pendingSpace) }
                for position in bytes {
                    folded.append(value[position])
                    marked.append(value[position])
                }
                continue
            }
            let place = Int(scalar)
            let letter = base[place]
            switch letter {
            case 0:
                if tone[place] != 0 { pendingTone = tone[place] }
                if shape[place] != 0, !marked.isEmpty { marked.append(0x80 + shape[place]) }
            case 32:
                pendingSpace = !folded.isEmpty
            case 255:
                if pendingSpace { endWord(&folded, &marked, &pendingTone, &pendingSpace) }
                for position in bytes {
                    folded.append(value[position])
                    marked.append(value[position])
                }
            default:
                if pendingSpace { endWord(&folded, &marked, &pendingTone, &pendingSpace) }
                folded.append(letter)
                marked.append(letter)
                if shape[place] != 0 { marked.append(0x80 + shape[place]) }
                if tone[place] != 0 { pendingTone = tone[place] }
            }
        }
        if pendingTone != 0 { marked.append(0x90 + pendingTone) }
    }

    @inline(__always)
    private func endWord(_ folded: inout [UInt8], _ marked: inout [UInt8], _ tone: inout UInt8, _ space: inout Bool) {
        if tone != 0 { marked.append(0x90 + tone) }
        tone = 0
        space = false
        folded.append(32)
        marked.append(32)
    }
}
