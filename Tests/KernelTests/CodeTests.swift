import Foundation
import Kernel
import Testing

@Suite
struct CodeTests {
    @Test(arguments: ["10507", "00001", "99999", "00000"])
    func `five digits are a commune code and keep their zeros`(text: String) {
        #expect(CommuneCode(text)?.text == text)
        #expect(CommuneCode(text)?.description == text)
    }

    @Test(arguments: ["", "1050", "105070", "1050a", " 0507", "10507 ", "-0507", "+0507", "１０５０７", "١٠٥٠٧", "1.507"])
    func `anything but five digits is no commune code`(text: String) {
        #expect(CommuneCode(text) == nil)
    }

    @Test
    func `a code that lost its first zeros as a number is read as it was`() {
        #expect(CommuneCode(typed: " 123 ")?.text == "00123")
        #expect(CommuneCode(typed: "10507\u{FEFF}")?.text == "10507")
        for text in ["", "123456", "12a", "-1", "1.5"] { #expect(CommuneCode(typed: text) == nil) }
    }

    @Test
    func `commune codes sort as numbers do`() {
        let codes = ["31000", "10507", "00123"].compactMap { CommuneCode($0) }
        #expect(codes.sorted().map(\.text) == ["00123", "10507", "31000"])
    }

    @Test
    func `a commune code travels through JSON as text`() throws {
        let bytes = Data(#"["10507","00001"]"#.utf8)
        let codes = try JSONDecoder().decode([CommuneCode].self, from: bytes)
        #expect(codes.map(\.text) == ["10507", "00001"])
        #expect(try JSONEncoder().encode(codes) == bytes)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CommuneCode].self, from: Data(#"["1050"]"#.utf8))
        }
    }

    static let longest = String(repeating: "a", count: 60)

    @Test(arguments: ["a", "so-noi-vu", "bhxh-co-so", "to-2", "a1", longest])
    func `a slug is an agency code`(text: String) {
        #expect(AgencyCode(text)?.text == text)
    }

    @Test(arguments: [
        "", "-", "-a", "a-", "So-noi-vu", "SO", "sở-nội-vụ", "1a", "10507", "so noi vu", "so_noi_vu", "so.noi", "a\n",
        longest + "a",
    ])
    func `anything but a slug is no agency code`(text: String) {
        #expect(AgencyCode(text) == nil)
    }

    @Test(arguments: ["so--noi-vu", "a---b"])
    func `hyphens of an agency code stand alone`(text: String) {
        #expect(AgencyCode(text) == nil)
    }

    @Test
    func `five digits lead as a commune and a slug as an agency`() throws {
        let commune = try #require(CommuneCode("10507"))
        let agency = try #require(AgencyCode("so-noi-vu"))
        #expect(UnitCode("10507") == .commune(commune))
        #expect(UnitCode("so-noi-vu") == .agency(agency))
        #expect(UnitCode("10507")?.text == "10507")
        #expect(UnitCode("so-noi-vu")?.description == "so-noi-vu")
    }

    @Test(arguments: ["", "1050", "105070", "Sở Nội vụ", "10507-a", "so-noi-vu "])
    func `a text of neither shape is no unit`(text: String) {
        #expect(UnitCode(text) == nil)
    }

    @Test(arguments: ["bhxh-co-so:thuy-nguyen", "thue-co-so:1", "a:b", "so-xay-dung:ban-qlda-2"])
    func `two slugs with a colon between are a unit of an agency, read back as printed`(text: String) throws {
        let unit = try #require(AgencyUnitCode(text))
        #expect(unit.text == text)
        #expect(AgencyUnitCode(agency: unit.agency, unit: unit.unit) == unit)
        #expect(UnitCode(text) == .agencyUnit(unit))
        #expect(UnitCode(text)?.text == text)
        #expect(AgencyCode(text) == nil)
        #expect(CommuneCode(text) == nil)
    }

    @Test(arguments: [
        "bhxh-co-so:", ":thuy-nguyen", "bhxh-co-so:Thuy", "bhxh-co-so:a--b", "bhxh-co-so:-a", "bhxh-co-so:a-",
        "a:b:c", "10507:a", "bhxh-co-so: a", "a:b%",
    ])
    func `other texts with a colon are no unit`(text: String) {
        #expect(UnitCode(text) == nil)
    }

    @Test
    func `communes sort before agencies`() {
        let units = ["thue-thanh-pho", "31000", "bhxh-co-so", "10507"].compactMap { UnitCode($0) }
        #expect(units.sorted().map(\.text) == ["10507", "31000", "bhxh-co-so", "thue-thanh-pho"])
    }
}
