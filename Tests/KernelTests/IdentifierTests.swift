import Kernel
import Testing

@Suite
struct IdentifierTests {
    private let today = Day(daysSinceEpoch: 20_786)

    @Test
    func `a personal number tells province, sex and year of birth`() throws {
        let number = try #require(PersonalID("031190000001"))
        #expect(number.province == "031")
        #expect(number.birthYear == 1990)
        #expect(number.isOfWoman)
        #expect(number.isPlausible(today: today))
        #expect(PersonalID("031204000001")?.birthYear == 2004)
        #expect(PersonalID("099084000001")?.isPlausible(today: today) == false)
        #expect(PersonalID("03119000001") == nil)
        #expect(PersonalID("０３１190000001") == nil)
    }

    @Test(arguments: [("0100112437", true), ("0100112438", false), ("0100112437-001", true), ("031190000001", true)])
    func `a tax code passes by its tenth digit, a person's own has none`(text: String, passes: Bool) throws {
        #expect(try #require(TaxCode(text)).passesCheck == passes)
    }

    @Test
    func `a branch's tax code has its hyphen and its parent`() throws {
        let branch = try #require(TaxCode("0100112437001"))
        #expect(branch.text == "0100112437-001")
        #expect(branch.parent?.text == "0100112437")
        #expect(TaxCode("0100112437")?.parent == nil)
        #expect(TaxCode("01001-12437") == nil)
        #expect(TaxCode("031190000001")?.person?.birthYear == 1990)
    }

    @Test(arguments: [
        ("0912345678", "0912345678"), ("+84 912 345 678", "0912345678"), ("84912345678", "0912345678"),
        ("0225.3842000", "02253842000"), ("01231234567", "01231234567"),
    ])
    func `telephones are kept as they are dialled inside the country`(written: String, kept: String) {
        #expect(PhoneNumber(written)?.text == kept)
    }

    @Test(arguments: ["912345678", "0012345678", "09123", "091234567a"])
    func `what is no telephone is none`(written: String) {
        #expect(PhoneNumber(written) == nil)
    }

    @Test
    func `a part of a day is a year, a month or a day that the calendar has`() {
        for text in ["1954", "1954-01", "1954-01-21"] { #expect(PartialDay(text)?.description == text) }
        for text in ["1954-13", "1954-02-30", "54", "1954-1", "1954-00", ""] { #expect(PartialDay(text) == nil) }
        #expect(PartialDay(year: 1954, month: 0, day: 3) == nil)
        #expect(PartialDay("1954-01")?.day == nil)
    }

    @Test(arguments: [
        ("Nguyeãn Thò Höôøng", "Nguyễn Thị Hường"), ("Traàn Vaên Ñöùc", "Trần Văn Đức"),
        ("NGUYEÃN VAÊN BÌNH", "NGUYỄN VĂN BÌNH"),
        ("Leâ Thuyø Döông", "Lê Thuỳ Dương"), ("Phaïm Quyønh Nhö", "Phạm Quỳnh Như"), ("Haûi Phoøng", "Hải Phòng"),
    ])
    func `VNI's letters read as what was meant`(shown: String, meant: String) {
        #expect(LegacyEncoding.looksLikeVNI(shown))
        #expect(LegacyEncoding.decodeVNI(shown: shown) == meant)
    }

    @Test(arguments: ["Nguyễn Thị Hường", "Jürgen Müller", "François Peña", "Trần Văn Hoà", "Lê Quân", "Hà Anh", ""])
    func `other text does not look like VNI`(text: String) {
        #expect(!LegacyEncoding.looksLikeVNI(text))
    }

    @Test
    func `spellings that look the same are kept the same`() {
        let spellings = [
            "Đỗ Thị Hường", "\u{D0}ô\u{303} Thi\u{323} H\u{1B0}\u{1A1}\u{300}ng",
            "\u{110}o\u{302}\u{303} Thi\u{323} Hu\u{31B}o\u{31B}\u{300}ng", " Đỗ\u{A0} Thị\u{200B} Hường ",
            "\u{110}o\u{303}\u{302} Thi\u{323} H\u{1B0}o\u{300}\u{31B}ng",
        ]
        for spelling in spellings {
            #expect(
                VietnameseText.unified(spelling).unicodeScalars.elementsEqual("Đỗ Thị Hường".unicodeScalars),
                "\(spelling)")
        }
    }
}
