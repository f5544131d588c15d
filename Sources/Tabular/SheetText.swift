/// Names of sheets as Excel takes them: the one writer of them.
public enum SheetNames {
    /// Of a name, in units of UTF-16.
    public static let longest = 31

    /// Names for sheets in their order: forbidden letters replaced, cut to length, none empty and none twice, whatever the
    /// letters' case.
    public static func usable(_ names: [String]) -> [String] {
        var taken: Set<String> = []
        return names.enumerated().map { index, name in
            let clean = clean(name)
            let base = clean.isEmpty ? "Trang \(index + 1)" : clean
            var candidate = cut(base, to: longest)
            var number = 1
            while !taken.insert(key(candidate)).inserted {
                number += 1
                let end = " (\(number))"
                candidate = cut(base, to: longest - end.utf16.count) + end
            }
            return candidate
        }
    }

    private static func clean(_ name: String) -> String {
        let scalars = name.unicodeScalars.map { scalar -> Unicode.Scalar in
            switch scalar {
            case "[": "("
            case "]": ")"
            case ":", "*", "?", "/", "\\": "-"
            default: scalar.value < 32 || scalar.value == 0x7F || scalar.value >= 0xFFFE ? " " : scalar
            }
        }
        let text = String(String.UnicodeScalarView(scalars)).split(separator: " ").joined(separator: " ")
        // No name begins or ends with an apostrophe, and one is Excel's own.
        let bare = String(text.drop { $0 == "'" }.reversed().drop { $0 == "'" }.reversed())
        return key(bare) == "history" ? bare + " " + "1" : bare
    }

    private static func key(_ name: String) -> String { name.lowercased() }

    private static func cut(_ name: String, to most: Int) -> String {
        let cut = name.prefix(units: most)
        // What is cut off may leave a space or an apostrophe at the end.
        return String(cut.reversed().drop { $0 == " " || $0 == "'" }.reversed())
    }
}

/// Texts of cells as Excel takes them.
enum CellText {
    /// Of a text, in units of UTF-16.
    static let longest = 32_767
    private static let end = "… (đã cắt bớt)"

    /// The text, cut with a word where it is longer than a cell holds. What looks like an escaped letter is escaped
    /// (ECMA-376 part 1, 22.9.2.19): libxlsxwriter would let it be read as the letter.
    static func usable(_ text: String) -> String {
        let text = text.utf8.contains(UInt8(ascii: "_")) ? escaped(text) : text
        // No unit of UTF-16 takes less than a byte of UTF-8.
        guard text.utf8.count > longest, text.utf16.count > longest else { return text }
        return text.prefix(units: longest - end.utf16.count) + end
    }

    private static func escaped(_ text: String) -> String {
        text.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
    }
}

extension String {
    /// The longest beginning of whole letters that takes at most so many units of UTF-16.
    func prefix(units most: Int) -> String {
        guard utf16.count > most else { return self }
        // Back to where a letter begins: a mark stays with its letter, unless it has more of them than anybody writes.
        var place = String.Index(utf16Offset: most, in: self)
        for _ in 0..<64 where place > startIndex {
            if String.Index(place, within: self) != nil { return String(self[..<place]) }
            place = utf16.index(before: place)
        }
        place = String.Index(utf16Offset: most, in: self)
        if place.samePosition(in: unicodeScalars) == nil { place = utf16.index(before: place) }
        return String(unicodeScalars[..<place])
    }
}
