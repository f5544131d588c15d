import Testing

@testable import Kernel

/// Common texts are read byte by byte: to the same end as character by character.
@Suite
struct PlainTextTests {
    private static let pieces = [
        "a", "Z", "9", "%", " ", "  ", "\t", "\r\n", "\u{B}", "(", "-", "\u{0}", "\u{1F}", "đ", "Đ", "ð", "Ơ", "ữ", "Ệ",
        "ß", "À", "ẞ", "Ș",
        "\u{300}", "\u{309}", "\u{31B}", "\u{323}", "\u{34F}", "\u{36F}", "\u{370}", "\u{A0}", "\u{AD}", "\u{85}",
        "\u{2003}",
        "\u{2010}", "–", "“", "…", "\u{2027}", "\u{2028}", "\u{200B}", "\u{200D}", "\u{FEFF}", "\u{3000}", "\u{20DD}",
        "\u{1E00}", "\u{1EFF}", "\u{1F00}", "\u{212A}", "Я", "中", "👩‍👩‍👧", "\u{E0001}", "İ", "Ⱥ",
    ]

    /// Texts of up to nine pieces, always the same.
    private static let texts: [String] = {
        var state: UInt64 = 20_261_128
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var texts = pieces + pieces.flatMap { ["a\($0)b", "a \($0)", "\($0) b"] }
        // Mostly of common pieces, or nothing would take the short way.
        for bound in [20, 20, 34, pieces.count] {
            for _ in 0..<2_000 { texts.append((0...next(8)).map { _ in pieces[next(bound)] }.joined()) }
        }
        return texts
    }()

    @Test
    func `folding byte by byte gives what folding letter by letter gives`() {
        var short = 0
        for text in Self.texts {
            let slow = VietnameseText.foldedByScalars(text)
            #expect(Array(VietnameseText.fold(text).utf8) == Array(slow.utf8), "\(text.debugDescription)")
            #expect(
                Array(VietnameseText.fold(text.dropFirst()).utf8)
                    == Array(VietnameseText.foldedByScalars(text.dropFirst()).utf8))
            if (text.utf8.withContiguousStorageIfAvailable { VietnameseText.foldedPlain($0) }) ?? nil != nil {
                short += 1
            }
        }
        #expect(short > 3_000)
    }

    @Test
    func `a text that is taken for tidy is tidy`() {
        var short = 0
        for text in Self.texts {
            let slow = VietnameseText.tidiedByCharacters(text)
            #expect(Array(VietnameseText.tidy(text).utf8) == Array(slow.utf8), "\(text.debugDescription)")
            if (text.utf8.withContiguousStorageIfAvailable { VietnameseText.isPlainlyTidy($0) }) == true { short += 1 }
        }
        #expect(short > 2_000)
    }

    @Test
    func `words are those between signs, and a phrase stands where its words stand`() {
        for text in Self.texts {
            let words = VietnameseWords(text)
            #expect(words.text == VietnameseWords.wordsByCharacters(of: VietnameseText.fold(text)))
            let padded = " \(words.text) "
            for phrase in ["a", "d", "a d", "z9", "9 %", "%", ""] {
                #expect(words.has(phrase) == padded.contains(" \(phrase) "), "\(phrase) in \(text.debugDescription)")
                #expect(words.begins(with: phrase) == padded.hasPrefix(" \(phrase) "))
            }
        }
    }
}
