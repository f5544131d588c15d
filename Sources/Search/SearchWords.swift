import Kernel

/// What somebody looks for: words without case and accents, all of which must occur.
public struct SearchWords: Sendable, Hashable {
    /// One word that is looked for.
    struct Word: Sendable, Hashable {
        let text: String
        /// Whether only the whole word counts, not words that begin with it: numbers, codes, Roman numerals, single letters.
        let isWhole: Bool
    }

    let words: [Word]

    /// More words than these are not looked at, and of each only so many characters.
    static let most = 8
    static let longest = 40

    public init(typed: String) {
        var seen: Set<String> = []
        words = Self.pieces(of: typed).map { String($0.prefix(Self.longest)) }.filter { seen.insert($0).inserted }
            .prefix(Self.most)
            .map { Word(text: $0, isWhole: Self.isWhole($0)) }
    }

    public var isEmpty: Bool { words.isEmpty }

    private static func isWhole(_ word: String) -> Bool {
        word.unicodeScalars.count == 1 || word.contains(where: \.isNumber)
            || word.unicodeScalars.allSatisfy { "ivx".unicodeScalars.contains($0) }
            || !word.unicodeScalars.allSatisfy { ("a"..."z").contains($0) }
    }

    /// The words of a text as they are typed to find it: folded, parted at everything that is neither letter nor digit, but
    /// for a dot within (`ii.8`).
    static func pieces(of text: String) -> [String] {
        let folded = Array(VietnameseText.fold(VietnameseText.latin(text)).unicodeScalars)
        var result: [String] = []
        var word = String.UnicodeScalarView()
        func isPart(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
        for (index, scalar) in folded.enumerated() {
            let joins =
                scalar == "." && !word.isEmpty && index + 1 < folded.count && isPart(folded[index + 1])
            if isPart(scalar) || joins {
                word.append(scalar)
            } else if !word.isEmpty {
                result.append(String(word))
                word = String.UnicodeScalarView()
            }
        }
        if !word.isEmpty { result.append(String(word)) }
        return result
    }

    /// All words by which a text is found, in its order: a word with dots is found whole, and by its parts if they are words.
    public static func index(of texts: [String]) -> [String] {
        var result: [String] = []
        for piece in texts.flatMap(pieces) {
            result.append(String(piece.prefix(longest)))
            guard piece.contains(".") else { continue }
            // Of `tp.hcm` each part is a word; those of a code (`ii.8`) are none.
            result += piece.split(separator: ".").map { String($0.prefix(longest)) }.filter { !isWhole($0) }
        }
        return result
    }

    /// Whether a thing with these texts is looked for.
    public func match(_ texts: [String]) -> Bool {
        guard !words.isEmpty else { return false }
        let known = Self.index(of: texts)
        return words.allSatisfy { word in known.contains { word.matches($0) } }
    }

    /// The places in the order of ``words`` of those that a thing with these words has.
    public func matched(by index: [String]) -> [Bool] {
        words.map { word in index.contains { word.matches($0) } }
    }

    /// How many words there are.
    public var count: Int { words.count }

    /// A text in pieces, those that hold a word looked for marked. Joined, they are the text.
    public func marking(_ text: String) -> [(text: String, isMatch: Bool)] {
        var result: [(text: String, isMatch: Bool)] = []
        for run in Self.runs(of: text) {
            let isMatch =
                !(run.first?.isWhitespace ?? true)
                && Self.index(of: [run]).contains { piece in words.contains { $0.matches(piece) } }
            // What stands between two marked words is marked with them.
            if let last = result.last, last.isMatch == isMatch {
                result[result.count - 1].text += run
            } else {
                result.append((run, isMatch))
            }
        }
        return result
    }

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
    func matches(_ piece: String) -> Bool { isWhole ? piece == text : piece.hasPrefix(text) }

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
