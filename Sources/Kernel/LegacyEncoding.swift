/// Vietnamese text from before Unicode: TCVN3 (the `.Vn…` fonts), one byte a letter (TCVN 5712:1993, third set).
///
/// Files of old programs still arrive in it, and text typed in such a font arrives in workbooks as the Latin letters that
/// share the bytes. Reading it is a guess from the letters met, so whoever converts says so.
public enum LegacyEncoding {
    /// Each TCVN3 byte as Windows-1252 or Latin-1 shows it, with the letter it stands for.
    private static let pairs: [(shown: String, letters: String)] = [
        ("µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®", "àáảãạăằắẳẵặâầấẩẫậđ"), ("ÌÐÎÏÑªÒÕÓÔÖ", "èéẻẽẹêềếểễệ"), ("×ÝØÜÞ", "ìíỉĩị"),
        ("ßãáâä«åèæçé¬êíëìî", "òóỏõọôồốổỗộơờớởỡợ"), ("ïóñòô\u{AD}õøö÷ù", "ùúủũụưừứửữự"), ("úýûüþ", "ỳýỷỹỵ"),
        ("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ"),
    ]

    private static let letters: [UInt32: Unicode.Scalar] = {
        var table: [UInt32: Unicode.Scalar] = [:]
        for pair in pairs {
            for (shown, letter) in zip(pair.shown.unicodeScalars, pair.letters.unicodeScalars) {
                table[shown.value] = letter
            }
        }
        return table
    }()

    /// The bytes of a TCVN3 file as text; bytes that no letter has stay as Latin-1 shows them.
    public static func decodeTCVN3(_ bytes: some Sequence<UInt8>) -> String {
        var result = String.UnicodeScalarView()
        for byte in bytes { result.append(letters[UInt32(byte)] ?? Unicode.Scalar(byte)) }
        return String(result)
    }

    /// Text that shows TCVN3 bytes as Latin letters, read as what was meant.
    public static func decodeTCVN3(shown text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(letters[scalar.value] ?? scalar) }
        return String(result)
    }

    /// Whether text of Latin letters reads as TCVN3: it has marks of that set which no language writes within a word, and
    /// no letter that only Unicode's Vietnamese has.
    public static func looksLikeTCVN3(_ text: String) -> Bool {
        var marks = 0
        for scalar in text.unicodeScalars {
            if (0x1EA0...0x1EF9).contains(scalar.value) || [0x111, 0x110, 0x1A1, 0x1B0, 0x103].contains(scalar.value) {
                return false
            }
            // Signs, not letters, in every language that Latin-1 serves.
            if (0xA1...0xBF).contains(scalar.value) || scalar.value == 0xD7 || scalar.value == 0xF7 { marks += 1 }
        }
        return marks > 0
    }

    /// Whether bytes that are no UTF-8 read better as TCVN3 than as Latin-1 or Windows-1258: the share of high bytes that
    /// are letters of the set, with at least one byte that is a mere sign elsewhere.
    public static func looksLikeTCVN3(_ bytes: some Sequence<UInt8>) -> Bool {
        var high = 0
        var known = 0
        var signs = 0
        for byte in bytes where byte >= 0x80 {
            high += 1
            if letters[UInt32(byte)] != nil { known += 1 }
            if (0xA8...0xBE).contains(byte) { signs += 1 }
        }
        return signs > 0 && known * 10 >= high * 9
    }
}
