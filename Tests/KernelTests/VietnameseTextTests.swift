import Kernel
import Testing

@Suite
struct VietnameseTextTests {
    @Test(arguments: [
        ("Đồ Sơn", "do son"), ("đặc khu Cát Hải", "dac khu cat hai"), ("ĐƯỜNG", "duong"),
        ("Thuỷ Nguyên", "thuy nguyen"),
        ("Thủy Nguyên", "thuy nguyen"), ("Kiến An", "kien an"),
        ("bảo hiểm xã hội tự nguyện", "bao hiem xa hoi tu nguyen"),
        ("àáảãạăằắẳẵặâầấẩẫậ", "aaaaaaaaaaaaaaaaa"), ("èéẻẽẹêềếểễệ", "eeeeeeeeeee"), ("ìíỉĩị", "iiiii"),
        ("òóỏõọôồốổỗộơờớởỡợ", "ooooooooooooooooo"), ("ùúủũụưừứửữự", "uuuuuuuuuuu"), ("ỳýỷỹỵ", "yyyyy"),
        ("ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ", "aaaaaaaaaaaaaaaaa"), ("ÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ", "ooooooooooooooooo"),
        ("ÙÚỦŨỤƯỪỨỬỮỰ", "uuuuuuuuuuu"),
        ("ĐĐđđ", "dddd"), ("125/QĐ-UBND, 403", "125/qd-ubnd, 403"), ("", ""),
    ])
    func `text folds to lower case letters without marks`(text: String, folded: String) {
        #expect(VietnameseText.fold(text) == folded)
    }

    /// The same words with every mark as a scalar of its own; `đ` has no decomposition.
    @Test(arguments: [
        ("\u{111}o\u{302}\u{300} so\u{31B}n", "do son"), ("D\u{323}e\u{323}\u{302}", "de"), ("Thu\u{309}y", "thuy"),
        ("u\u{31B}\u{303}", "u"), ("\u{1A1}\u{309}", "o"), ("\u{E2}\u{323}", "a"),
        ("\u{110}\u{1B0}\u{1EDD}ng", "duong"),
    ])
    func `decomposed and half composed spellings fold alike`(text: String, folded: String) {
        #expect(Array(VietnameseText.fold(text).unicodeScalars) == Array(folded.unicodeScalars))
    }

    @Test(arguments: [
        ("  Đồ   Sơn  ", "do son"), ("Đồ\tSơn\n", "do son"), ("Đồ\u{A0}Sơn", "do son"), ("Đồ\u{3000}\r\nSơn", "do son"),
        ("   ", ""), ("a ", "a"), (" a", "a"),
    ])
    func `white space folds to single spaces between words`(text: String, folded: String) {
        #expect(VietnameseText.fold(text) == folded)
    }

    @Test(arguments: [("日本", "日本"), ("ЖУК", "жук"), ("ß", "ß"), ("100 %", "100 %")])
    func `other scripts keep their letters`(text: String, folded: String) {
        #expect(VietnameseText.fold(text) == folded)
    }

    @Test
    func `folding twice changes nothing more`() {
        let once = VietnameseText.fold(" Phường  Đông Hải, ĐẶC KHU Bạch Long Vĩ ")
        #expect(once == "phuong dong hai, dac khu bach long vi")
        #expect(VietnameseText.fold(once) == once)
    }

    @Test(arguments: [("  Sở   Nội\tvụ\n", "Sở Nội vụ"), ("Sở\u{A0}Nội vụ", "Sở Nội vụ"), ("\r\n", ""), ("", "")])
    func `tidy text keeps its letters and loses spare spaces`(text: String, tidy: String) {
        #expect(VietnameseText.tidy(text) == tidy)
    }

    @Test(arguments: [
        (0, "0"), (7, "7"), (999, "999"), (1_000, "1.000"), (12_345, "12.345"), (999_999, "999.999"),
        (1_551_009, "1.551.009"),
        (1_000_000_000, "1.000.000.000"), (-1, "-1"), (-999, "-999"), (-1_234, "-1.234"),
        (Int.max, "9.223.372.036.854.775.807"), (Int.min, "-9.223.372.036.854.775.808"),
    ])
    func `a number is grouped with dots`(number: Int, text: String) {
        #expect(VietnameseText.grouped(number) == text)
    }

    /// Nobody sees them in a cell, and they come with text copied from web pages and PDF files.
    @Test(arguments: [
        ("Phường Hồng\u{AD}Bàng", "Phường HồngBàng"), ("Phường\u{2060} Hồng Bàng", "Phường Hồng Bàng"),
        ("\u{FEFF}Phường", "Phường"), ("a\u{200B} \u{200B}b", "a b"), ("\u{FEFF}", ""),
        ("👨\u{200D}👩", "👨\u{200D}👩"),
    ])
    func `marks that nobody sees are left out, and no mark that joins`(text: String, tidy: String) {
        #expect(Array(VietnameseText.tidy(text).unicodeScalars) == Array(tidy.unicodeScalars))
    }

    @Test(arguments: [
        ("Ðặc khu", "dac khu"), ("Ɖồ Sơn", "do son"), ("Hồng\u{AD}Bàng", "hongbang"), ("\u{FEFF}Xã", "xa"),
        ("Xã\u{2060} An", "xa an"), ("Xã\u{200E} An", "xa an"),
    ])
    func `letters that look like đ and marks without room fold away`(text: String, folded: String) {
        #expect(VietnameseText.fold(text) == folded)
    }
}
