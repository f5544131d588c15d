extension LegacyEncoding {
    /// Text of VNI fonts, where a mark stands behind its letter as a byte of Latin-1: `Nguyeãn` for `Nguyễn`.
    public static func decodeVNI(shown text: String) -> String {
        var result = String.UnicodeScalarView()
        let scalars = Array(text.unicodeScalars)
        var place = 0
        while place < scalars.count {
            if place + 1 < scalars.count, let whole = vniPairs[VNIPair(scalars[place], scalars[place + 1])] {
                result.append(whole)
                place += 2
            } else {
                result.append(vniLetters[scalars[place]] ?? scalars[place])
                place += 1
            }
        }
        return String(result)
    }

    /// Whether text reads as VNI: a letter with a mark behind it that no word of any spelling has there, and no letter that
    /// only Unicode's Vietnamese or TCVN3 has.
    public static func looksLikeVNI(_ text: String) -> Bool {
        guard text.utf8.contains(where: { $0 > 127 }), !looksLikeTCVN3(text) else { return false }
        var found = false
        var before: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            if (0x1EA0...0x1EF9).contains(scalar.value)
                || [0x110, 0x111, 0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x102, 0x103].contains(scalar.value)
            {
                return false
            }
            if strange.contains(scalar) || "aAeE".unicodeScalars.contains(before),
                vniPairs[VNIPair(before, scalar)] != nil
            {
                found = true
            }
            if scalar == "ñ" || scalar == "Ñ", before == " " { found = true }
            before = scalar
        }
        return found
    }

    private struct VNIPair: Hashable {
        let letter: Unicode.Scalar
        let mark: Unicode.Scalar

        init(_ letter: Unicode.Scalar, _ mark: Unicode.Scalar) { (self.letter, self.mark) = (letter, mark) }
    }

    /// Marks that follow a vowel in no Vietnamese word of Unicode; behind `a` and `e` no mark does.
    private static let strange = Set("øûïåäëüØÛÏÅÄËÜ".unicodeScalars)

    /// Letters that stand alone.
    private static let vniLetters: [Unicode.Scalar: Unicode.Scalar] = {
        let pairs = [("ñ", "đ"), ("ô", "ơ"), ("ö", "ư"), ("æ", "ỉ"), ("ó", "ĩ"), ("ò", "ị"), ("î", "ỵ")]
        return table(pairs.flatMap { [$0, ($0.0.uppercased(), $0.1.uppercased())] })
    }()

    private static let vniPairs: [VNIPair: Unicode.Scalar] = {
        let tones = "ùøûõï"
        let rows: [(letter: String, marks: String, letters: String)] = [
            ("a", tones, "áàảãạ"), ("a", "âáàåãä", "âấầẩẫậ"), ("a", "êéèúüë", "ăắằẳẵặ"), ("e", tones, "éèẻẽẹ"),
            ("e", "âáàåãä", "êếềểễệ"), ("o", tones, "óòỏõọ"), ("o", "âáàåãä", "ôốồổỗộ"), ("ô", tones, "ớờởỡợ"),
            ("u", tones, "úùủũụ"), ("ö", tones, "ứừửữự"), ("y", "ùøûõ", "ýỳỷỹ"),
        ]
        var table: [VNIPair: Unicode.Scalar] = [:]
        for row in rows {
            for (mark, letter) in zip(row.marks, row.letters) {
                // A capital may have its mark as a capital or not.
                let spellings = [
                    (row.letter, String(mark), String(letter)),
                    (row.letter.uppercased(), mark.uppercased(), letter.uppercased()),
                    (row.letter.uppercased(), String(mark), letter.uppercased()),
                ]
                for (base, mark, whole) in spellings {
                    guard let base = base.unicodeScalars.first, let mark = mark.unicodeScalars.first,
                        let whole = whole.unicodeScalars.first
                    else { continue }
                    table[VNIPair(base, mark)] = whole
                }
            }
        }
        return table
    }()

    private static func table(_ pairs: [(String, String)]) -> [Unicode.Scalar: Unicode.Scalar] {
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (shown, meant) in pairs {
            guard let shown = shown.unicodeScalars.first, let meant = meant.unicodeScalars.first else { continue }
            table[shown] = meant
        }
        return table
    }
}
