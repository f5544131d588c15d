import Search
import Testing

@Suite
struct SearchWordsTests {
    @Test
    func `accents, case and order do not matter, and a word is found by its beginning`() {
        for typed in ["HẢI an", "hai AN", "an hải"] {
            #expect(SearchWords(typed: typed).match(["UBND phường Hải An"]), "\(typed)")
        }
        for typed in ["hai a", "hài an", "hai ẩn"] {
            #expect(!SearchWords(typed: typed).match(["UBND phường Hải An"]), "\(typed)")
        }
        #expect(SearchWords(typed: "phườ").match(["UBND phường Hải An"]), "typed with accents, not to its end")
        #expect(SearchWords(typed: "hoà bình").match(["Hòa Bình"]), "the tone in its other place")
        #expect(SearchWords(typed: "phuo").match(["UBND phường Hải An"]))
        #expect(!SearchWords(typed: "uong").match(["UBND phường Hải An"]), "not from the middle of a word")
        #expect(SearchWords(typed: "đồ sơn").match(["Ðồ Sơn"]), "with the letter of another alphabet")
    }

    @Test
    func `numbers, codes, Roman numerals and single letters are found whole alone`() {
        #expect(SearchWords(typed: "12").match(["12/KH-UBND"]) && !SearchWords(typed: "1").match(["12/KH-UBND"]))
        #expect(SearchWords(typed: "12/kh").match(["Số 12/KH-UBND"]))
        #expect(SearchWords(typed: "ii.8").match(["II.8"]) && !SearchWords(typed: "ii.8").match(["II.80", "III.8"]))
        #expect(
            SearchWords(typed: "quý ii").match(["Quý II/2027"]) && !SearchWords(typed: "quý ii").match(["Quý III/2027"])
        )
        #expect(SearchWords(typed: "hcm").match(["TP.HCM"]) && !SearchWords(typed: "8").match(["II.8"]))
    }

    @Test
    func `nothing is looked for by nothing, and only so many words are`() {
        for typed in ["", "  ", "!?", "/", "%", "’"] {
            #expect(SearchWords(typed: typed).isEmpty && !SearchWords(typed: typed).match(["!? / %"]), "\(typed)")
        }
        let words = (1...30).map { "tu\($0)" }
        #expect(SearchWords(typed: words.joined(separator: " ")).count == 8)
        #expect(SearchWords(typed: "báo báo BAO").count == 1)
    }

    @Test(arguments: ["Báo cáo  quý IV – phường Hải An", " báo", "", "số 12/KH-UBND; báo cáo"])
    func `marked pieces joined are the text`(text: String) {
        let pieces = SearchWords(typed: "bao 12").marking(text)
        #expect(pieces.map(\.text).joined() == text)
        #expect(pieces.contains(where: \.isMatch) == !text.isEmpty)
    }
}
