/// Reading Vietnamese text the way people search it: without case, tones, hats or horns.
public enum VietnameseText {
    /// The letters of each base letter, lower case, precomposed. `đ` is a letter of its own in Unicode, not a `d` with
    /// a mark, so no canonical decomposition folds it.
    private static let families: [(base: Character, letters: String)] = [
        ("a", "àáảãạăằắẳẵặâầấẩẫậ"), ("e", "èéẻẽẹêềếểễệ"), ("i", "ìíỉĩị"), ("o", "òóỏõọôồốổỗộơờớởỡợ"),
        ("u", "ùúủũụưừứửữự"), ("y", "ỳýỷỹỵ"), ("d", "đ"),
    ]

    private static let folded: [Unicode.Scalar: Unicode.Scalar] = {
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for family in families {
            guard let base = family.base.unicodeScalars.first else { continue }
            for scalar in family.letters.unicodeScalars { table[scalar] = base }
            for scalar in family.letters.uppercased().unicodeScalars { table[scalar] = base }
        }
        return table
    }()

    /// Lower case, without Vietnamese marks, white space runs as one space, trimmed: `"Đồ  Sơn "` → `"do son"`.
    ///
    /// Precomposed and decomposed spellings of Vietnamese letters give the same result; other scripts pass in lower case.
    public static func fold(_ text: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        var pendingSpace = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                pendingSpace = !result.isEmpty
                continue
            }
            if (0x300...0x36F).contains(scalar.value) { continue }
            if pendingSpace {
                result.append(" ")
                pendingSpace = false
            }
            if let base = folded[scalar] {
                result.append(base)
            } else if (65...90).contains(scalar.value), let lower = Unicode.Scalar(scalar.value + 32) {
                result.append(lower)
            } else if scalar.value < 128 {
                result.append(scalar)
            } else {
                result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return String(result)
    }

    /// White space runs as one space, trimmed; letters untouched.
    public static func tidy(_ text: some StringProtocol) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
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
}
