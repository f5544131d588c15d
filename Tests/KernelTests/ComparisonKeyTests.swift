import Foundation
import Kernel
import Testing

/// Keys under which spellings of one name meet, and no others.
@Suite
struct ComparisonKeyTests {
    static func same(_ left: String, _ right: String) -> Bool {
        // By scalars: Swift takes canonically equal texts for equal, a database does not.
        let keys = [left, right].map { Array(VietnameseText.comparisonKey($0).unicodeScalars) }
        return keys[0] == keys[1]
    }

    @Test(arguments: [
        ("hoà", "hòa"), ("hoè", "hòe"), ("thuỷ", "thủy"), ("Việt Hoà", "Việt Hòa"), ("Kiến Thuỵ", "Kiến Thụy"),
        ("HOÀ BÌNH", "Hòa Bình"), ("quý", "qúy"), ("Thuỷ Nguyên", "THỦY NGUYÊN"),
    ])
    func `the place of the tone does not matter`(left: String, right: String) {
        #expect(Self.same(left, right))
    }

    @Test(arguments: [
        ("Cẩm Giang", "Cẩm Giàng"), ("hoa", "hoà"), ("Đông", "Dông"), ("Tân An", "Tản An"), ("An Thanh", "An Thành"),
        ("ô", "ơ"), ("ă", "â"), ("ư", "u"), ("Hà Nam", "Hạ Nam"), ("Hải An", "An Hải"), ("Nam Sách", "NamSách"),
        ("Kiến An 1", "Kiến An 2"),
    ])
    func `other tones, hats, letters and words stay apart`(left: String, right: String) {
        #expect(!Self.same(left, right))
    }

    /// Letters that look like `đ`: Icelandic and African ones.
    @Test(arguments: [("Thành Ðông", "Thành Đông"), ("ðồ Sơn", "Đồ Sơn"), ("Ɖồ Sơn", "đồ sơn"), ("ɖồ Sơn", "đồ sơn")])
    func `letters that look like đ are read as đ`(left: String, right: String) {
        #expect(Self.same(left, right))
    }

    @Test(arguments: [
        ("Hồng\u{200B} Bàng", "Hồng Bàng"), ("\u{FEFF}Hồng Bàng", "Hồng Bàng"), ("Hồng Bàng\u{200E}", "Hồng Bàng"),
        ("Hồng\u{A0}Bàng", "Hồng Bàng"), ("  Hồng \t Bàng\n", "Hồng Bàng"), ("Hồ\u{2060}ng Bàng", "Hồng Bàng"),
    ])
    func `marks that take no room and kinds of white space do not matter`(left: String, right: String) {
        #expect(Self.same(left, right))
    }

    @Test
    func `composed and decomposed letters have one key`() {
        let names = [
            "Thành Đông", "Lê Thanh Nghị", "Việt Hoà", "Nguyễn Bỉnh Khiêm", "Kẻ Sặt", "Thượng Hồng", "Ái Quốc",
            "Mao Điền", "Đường An", "Tuệ Tĩnh", "Phạm Sư Mạnh", "Nguyễn Đại Năng", "Chấn Hưng", "Bạch Long Vĩ",
            "àáảãạăằắẳẵặâầấẩẫậ èéẻẽẹêềếểễệ ìíỉĩị òóỏõọôồốổỗộơờớởỡợ ùúủũụưừứửữự ỳýỷỹỵđ",
        ]
        for name in names {
            let decomposed = name.decomposedStringWithCanonicalMapping
            #expect(Self.same(name, decomposed), "\(name)")
            #expect(Self.same(name.uppercased(), decomposed), "\(name)")
        }
        // Half composed, as some keyboards write.
        #expect(Self.same("\u{EA}\u{301}", "ế"))
        #expect(Self.same("\u{1A1}\u{323}", "ợ"))
        #expect(Self.same("\u{E1}\u{302}", "ấ"))
    }

    @Test
    func `a key is its own key`() {
        for name in ["Thuỷ Nguyên", "ĐẶC KHU Bạch Long Vĩ", "P. Hoà-Bình 2", ""] {
            let key = VietnameseText.comparisonKey(name)
            #expect(Self.same(key, name), "\(name)")
        }
    }
}

/// Headings as words.
@Suite
struct VietnameseWordsTests {
    @Test(arguments: [
        ("BHXH bắt buộc (người)", "bhxh bat buoc nguoi"), ("  Số\u{A0}tham gia:\n BHXH-TN ", "so tham gia bhxh tn"),
        ("Tỷ lệ (%)", "ty le %"), ("Xã/phường", "xa phuong"), ("…", ""), ("", ""), ("TT.", "tt"),
    ])
    func `a heading is its words without case, marks and signs`(heading: String, words: String) {
        #expect(VietnameseWords(heading).text == words)
        #expect(VietnameseWords(heading).isEmpty == words.isEmpty)
    }

    @Test
    func `phrases stand as whole words`() {
        let words = VietnameseWords("Tổng số người tham gia BHXH tự nguyện")
        #expect(words.has("tu nguyen"))
        #expect(words.has("tong so"))
        #expect(words.begins(with: "tong so"))
        #expect(!words.has("guyen"))
        #expect(!words.has("tham bhxh"))
        #expect(!words.begins(with: "so nguoi"))
        #expect(!words.begins(with: "ton"))
    }
}
