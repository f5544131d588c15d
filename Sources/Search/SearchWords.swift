import Kernel

/// What somebody looks for: words without case, all of which must occur. Accents are optional: a word typed without them is
/// found whatever the text has, one typed with them is found as it is written, where the text itself is at hand.
public struct SearchWords: Sendable, Hashable {
    /// One word that is looked for.
    struct Word: Sendable, Hashable {
        /// Without accents.
        let text: String
        /// Whether only the whole word counts, not words that begin with it: numbers, codes, Roman numerals, single letters.
        let isWhole: Bool
        /// As typed, where it was typed with accents.
        let accented: String?
    }

    let words: [Word]

    /// More words than these are not looked at, and of each only so many characters.
    static let most = 8
    static let longest = 40

    public init(typed: String) {
        var seen: Set<String> = []
        words = Self.pieces(of: typed).filter { seen.insert($0.folded).inserted }.prefix(Self.most).map { piece in
            Word(
                text: piece.folded, isWhole: Self.isWhole(piece.folded),
                accented: piece.written == piece.folded ? nil : piece.written)
        }
    }

    public var isEmpty: Bool { words.isEmpty }

    private static func isWhole(_ word: String) -> Bool {
        word.unicodeScalars.count == 1 || word.contains(where: \.isNumber)
            || word.unicodeScalars.allSatisfy { "ivx".unicodeScalars.contains($0) }
            || !word.unicodeScalars.allSatisfy { ("a"..."z").contains($0) }
    }

    /// A word of a text, in lower case, with and without accents.
    struct Piece: Sendable {
        let written: String
        let folded: String

        init(_ text: String) {
            written = String(text.lowercased().prefix(SearchWords.longest))
            folded = String(VietnameseText.fold(text).prefix(SearchWords.longest))
        }
    }

    /// The words of a text as they are typed to find it: parted at everything that is neither letter nor digit, but for a dot
    /// within (`ii.8`).
    static func pieces(of text: String) -> [Piece] {
        let scalars = Array(VietnameseText.latin(VietnameseText.tidy(text)).unicodeScalars)
        var result: [Piece] = []
        var word = String.UnicodeScalarView()
        func isPart(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || (0x300...0x36F).contains(scalar.value)
        }
        func end() {
            let piece = Piece(String(word))
            if !piece.folded.isEmpty { result.append(piece) }
            word = String.UnicodeScalarView()
        }
        for (index, scalar) in scalars.enumerated() {
            let joins =
                scalar == "." && !word.isEmpty && index + 1 < scalars.count && isPart(scalars[index + 1])
            if isPart(scalar) || joins {
                word.append(scalar)
            } else {
                end()
            }
        }
        end()
        return result
    }

    /// All words by which a text is found, in its order: a word with dots is found whole, and by its parts if they are words.
    private static func found(by texts: [String]) -> [Piece] {
        var result: [Piece] = []
        for piece in texts.flatMap(pieces) {
            result.append(piece)
            guard piece.written.contains(".") else { continue }
            // Of `tp.hcm` each part is a word; those of a code (`ii.8`) are none.
            result += piece.written.split(separator: ".").map { Piece(String($0)) }.filter { !isWhole($0.folded) }
        }
        return result
    }

    /// The same without accents, as the index keeps them.
    static func index(of texts: [String]) -> [String] { found(by: texts).map(\.folded) }

    /// Whether a thing with these texts is looked for.
    public func match(_ texts: [String]) -> Bool {
        !words.isEmpty && matched(in: texts).allSatisfy(\.self)
    }

    /// Which of the words looked for a thing with these texts has, in the order in which they were typed.
    public func matched(in texts: [String]) -> [Bool] {
        let known = Self.found(by: texts)
        return words.map { word in known.contains { word.matches($0) } }
    }

    /// How many words there are.
    public var count: Int { words.count }

    /// A text in pieces, those that hold a word looked for marked. Joined, they are the text.
    public func marking(_ text: String) -> [(text: String, isMatch: Bool)] {
        var result: [(text: String, isMatch: Bool)] = []
        for run in Self.runs(of: text) {
            let isMatch = Self.found(by: [run]).contains { piece in words.contains { $0.matches(piece) } }
            if let last = result.last, last.isMatch == isMatch {
                result[result.count - 1].text += run
            } else {
                result.append((run, isMatch))
            }
        }
        return result
    }

    /// Words and what stands between them, in turn.
    private static func runs(of text: String) -> [String] {
        var result: [String] = []
        for character in text {
            if let last = result.last?.last, last.isWhitespace == character.isWhitespace {
                result[result.count - 1].append(character)
            } else {
                result.append(String(character))
            }
        }
        return result
    }
}

extension SearchWords.Word {
    func matches(_ piece: SearchWords.Piece) -> Bool {
        guard isWhole ? piece.folded == text : piece.folded.hasPrefix(text) else { return false }
        guard let accented else { return true }
        // The place of a tone is a habit (`hòa`, `hoà`); of a word that is not typed to its end the beginning counts.
        return piece.written.hasPrefix(accented)
            || VietnameseText.comparisonKey(piece.written) == VietnameseText.comparisonKey(accented)
    }

    /// For `LIKE` on the words of an entry, which stand between spaces. A word holds nothing that `LIKE` reads otherwise.
    var pattern: String { isWhole ? "% \(text) %" : "% \(text)%" }

    /// The first word that begins with this one and the first behind all that do; nil for no such end. Both orders of words
    /// that engines know, by letter and by byte, agree on letters from a to z.
    var range: (from: String, to: String?) {
        var scalars = Array(text.unicodeScalars)
        while let last = scalars.popLast() {
            guard last != "z", let next = Unicode.Scalar(last.value + 1) else { continue }
            scalars.append(next)
            return (text, String(String.UnicodeScalarView(scalars)))
        }
        return (text, nil)
    }
}
