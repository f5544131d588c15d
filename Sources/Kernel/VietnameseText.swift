/// Reading Vietnamese text the way people search it: without case, tones, hats or horns.
public enum VietnameseText {
    /// The letters of each base letter, lower case, precomposed. `đ` is a letter of its own in Unicode, not a `d` with
    /// a mark, so no canonical decomposition folds it.
    private static let families: [(base: Character, letters: String)] = [
        ("a", "àáảãạăằắẳẵặâầấẩẫậ"), ("e", "èéẻẽẹêềếểễệ"), ("i", "ìíỉĩị"), ("o", "òóỏõọôồốổỗộơờớởỡợ"),
        ("u", "ùúủũụưừứửữự"), ("y", "ỳýỷỹỵ"), ("d", "đ"),
    ]

    static let folded: [Unicode.Scalar: Unicode.Scalar] = {
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for family in families {
            guard let base = family.base.unicodeScalars.first else { continue }
            for scalar in family.letters.unicodeScalars { table[scalar] = base }
            for scalar in family.letters.uppercased().unicodeScalars { table[scalar] = base }
        }
        return table
    }()

    /// Lower case, without Vietnamese marks and marks that take no room, white space runs as one space, trimmed:
    /// `"Đồ  Sơn "` → `"do son"`.
    ///
    /// Precomposed and decomposed spellings of Vietnamese letters give the same result; other scripts pass in lower case.
    public static func fold(_ text: some StringProtocol) -> String {
        if let plain = text.utf8.withContiguousStorageIfAvailable({ foldedPlain($0) }) ?? nil { return plain }
        return foldedByScalars(text)
    }

    static func foldedByScalars(_ text: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        var pendingSpace = false
        func begin(_ result: inout String.UnicodeScalarView) {
            if pendingSpace { result.append(" ") }
            pendingSpace = false
        }
        for scalar in text.unicodeScalars {
            if scalar.value < 128 {
                if scalar == " " || (9...13).contains(scalar.value) {
                    pendingSpace = !result.isEmpty
                    continue
                }
                begin(&result)
                let isCapital = (65...90).contains(scalar.value)
                result.append(isCapital ? Unicode.Scalar(scalar.value + 32) ?? scalar : scalar)
                continue
            }
            if let base = folded[scalar] ?? lookalikes[scalar].flatMap({ folded[$0] }) {
                begin(&result)
                result.append(base)
            } else if scalar.properties.isWhitespace {
                pendingSpace = !result.isEmpty
            } else if !(0x300...0x36F).contains(scalar.value), !isInvisible(scalar) {
                begin(&result)
                for letter in scalar.properties.lowercaseMapping.unicodeScalars { result.append(letter) }
            }
        }
        return String(result)
    }

    /// Letters that look like `đ` and `Đ` and come from other alphabets: `ð` `Ð` (Icelandic), `Ɖ` `ɖ` (African). They stay
    /// apart under every Unicode normalisation.
    static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{D0}": "\u{110}", "\u{F0}": "\u{111}", "\u{189}": "\u{110}", "\u{256}": "\u{111}",
    ]

    /// Letters of Cyrillic that look like Latin ones.
    private static let strangers: [Unicode.Scalar: Unicode.Scalar] = Dictionary(
        zip("АВЕКМНОРСТХУаеорсухіј".unicodeScalars, "ABEKMHOPCTXYaeopcyxij".unicodeScalars), uniquingKeysWith: { $1 })

    /// A text of Latin letters with those of Cyrillic among them that look the same put right: a keyboard left in another
    /// language writes them, and nobody sees the difference. A text of Cyrillic stays.
    public static func latin(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0xD0 || $0 == 0xD1 }),
            text.unicodeScalars.contains(where: { (65...90).contains($0.value & ~32) && $0.value < 128 })
        else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { strangers[$0] ?? $0 }))
    }

    /// Marks that take no room: soft hyphens, joiners, marks of direction, of order and of variation.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Letters of Latin, Greek and Cyrillic, Vietnamese ones among them.
        case ..<0xAD, 0xAE...0x34E, 0x350...0x61B, 0x1E00...0x1FFF: false
        default: scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// A key under which spellings that differ in nothing but writing habit are equal: case, precomposed or decomposed
    /// letters, look-alikes of `đ`, white space and marks that take no room, and the place of the tone in `oa`, `oe`, `uy`
    /// (`hòa`, `hoà`). The tone of each syllable stands behind it as a mark, so `Giang` and `Giàng` stay apart.
    public static func comparisonKey(_ text: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        var tone: Unicode.Scalar?
        var pendingSpace = false
        func endSyllable(_ result: inout String.UnicodeScalarView) {
            if let mark = tone { result.append(mark) }
            tone = nil
        }
        let plain = String(String.UnicodeScalarView(text.unicodeScalars.map { lookalikes[$0] ?? $0 })).lowercased()
        for scalar in decomposed(plain).unicodeScalars {
            switch scalar.value {
            case 0x300, 0x301, 0x303, 0x309, 0x323: tone = scalar
            default:
                if isInvisible(scalar) { continue }
                if scalar.properties.isWhitespace {
                    endSyllable(&result)
                    pendingSpace = !result.isEmpty
                    continue
                }
                let isMark = (0x300...0x36F).contains(scalar.value)
                if !isMark, !scalar.properties.isAlphabetic { endSyllable(&result) }
                if pendingSpace {
                    result.append(" ")
                    pendingSpace = false
                }
                result.append(scalar)
            }
        }
        endSyllable(&result)
        return String(result)
    }

    /// Base letters followed by their marks, for the letters Vietnamese writes.
    private static func decomposed(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let parts = decompositions[scalar] {
                result.append(contentsOf: parts)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Base letter and marks of each letter with marks, lower and upper case.
    static let decompositions: [Unicode.Scalar: [Unicode.Scalar]] = {
        // Each row: a base, then it with huyền, hỏi, ngã, sắc, nặng.
        let rows = [
            "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ",
            "ưừửữứự", "yỳỷỹýỵ",
        ]
        let tones: [Unicode.Scalar] = ["\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"]
        let shapes: [Unicode.Scalar: [Unicode.Scalar]] = [
            "ă": ["a", "\u{306}"], "â": ["a", "\u{302}"], "ê": ["e", "\u{302}"], "ô": ["o", "\u{302}"],
            "ơ": ["o", "\u{31B}"], "ư": ["u", "\u{31B}"],
        ]
        var table = shapes
        for row in rows {
            let scalars = Array(row.unicodeScalars)
            let base = shapes[scalars[0]] ?? [scalars[0]]
            for (scalar, tone) in zip(scalars.dropFirst(), tones) { table[scalar] = base + [tone] }
        }
        for (letter, parts) in table {
            let (capital, base) = (letter.properties.uppercaseMapping, parts[0].properties.uppercaseMapping)
            guard let capital = capital.unicodeScalars.first, let base = base.unicodeScalars.first else { continue }
            table[capital] = [base] + parts.dropFirst()
        }
        return table
    }()

    /// White space runs as one space, trimmed; letters untouched. Soft hyphens, word joiners and byte-order marks within it are
    /// left out: nobody sees them, and nobody can mend them.
    public static func tidy(_ text: some StringProtocol) -> String {
        if text.utf8.withContiguousStorageIfAvailable({ isPlainlyTidy($0) }) == true { return String(text) }
        return tidiedByCharacters(text)
    }

    static func tidiedByCharacters(_ text: some StringProtocol) -> String {
        func isStray(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0xAD, 0x200B, 0x2060...0x2064, 0xFEFF: true
            default: false
            }
        }
        guard text.unicodeScalars.contains(where: isStray) else {
            return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let clean = String(String.UnicodeScalarView(text.unicodeScalars.filter { !isStray($0) }))
        return clean.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The text with a capital first letter, as it begins a line.
    public static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// A whole number grouped with dots, as Vietnamese documents write it: `1551009` → `1.551.009`.
    public static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result.append(".") }
            result.append(digit)
        }
        return number < 0 ? "-" + result : result
    }

    /// One decimal, with a comma.
    public static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let whole = grouped(abs(tenths) / 10)
        return (tenths < 0 ? "−" : "") + (tenths % 10 == 0 ? whole : "\(whole),\(abs(tenths) % 10)")
    }
}
