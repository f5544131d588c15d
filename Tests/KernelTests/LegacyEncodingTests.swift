import Foundation
import Kernel
import Testing

/// TCVN3, by the table of docs on identifiers (section 9.4): each letter with the Latin-1 sign that shares its byte.
@Suite
struct LegacyEncodingTests {
    /// `ư` shares its byte with the soft hyphen, which no editor shows.
    static let table = """
        à=µ á=¸ ả=¶ ã=· ạ=¹ ă=¨ ằ=» ắ=¾ ẳ=¼ ẵ=½ ặ=Æ â=© ầ=Ç ấ=Ê ẩ=È ẫ=É ậ=Ë đ=® è=Ì é=Ð ẻ=Î ẽ=Ï ẹ=Ñ ê=ª ề=Ò ế=Õ ể=Ó
        ễ=Ô ệ=Ö ì=× í=Ý ỉ=Ø ĩ=Ü ị=Þ ò=ß ó=ã ỏ=á õ=â ọ=ä ô=« ồ=å ố=è ổ=æ ỗ=ç ộ=é ơ=¬ ờ=ê ớ=í ở=ë ỡ=ì ợ=î ù=ï ú=ó ủ=ñ
        ũ=ò ụ=ô ư=\u{AD} ừ=õ ứ=ø ử=ö ữ=÷ ự=ù ỳ=ú ý=ý ỷ=û ỹ=ü ỵ=þ Ă=¡ Â=¢ Ê=£ Ô=¤ Ơ=¥ Ư=¦ Đ=§
        """
    static let pairs: [(letter: Unicode.Scalar, shown: Unicode.Scalar)] = table.split(whereSeparator: \.isWhitespace)
        .compactMap { pair in
            let scalars = Array(pair.unicodeScalars)
            return scalars.count == 3 ? (letter: scalars[0], shown: scalars[2]) : nil
        }

    static let byLetter = Dictionary(pairs.map { ($0.letter, $0.shown) }, uniquingKeysWith: { first, _ in first })

    /// Text as a file in TCVN3 holds it.
    static func bytes(_ text: String) -> [UInt8] {
        text.precomposedStringWithCanonicalMapping.unicodeScalars.map { scalar in
            UInt8(truncatingIfNeeded: (byLetter[scalar] ?? scalar).value)
        }
    }

    @Test
    func `the table has every letter of Vietnamese that ASCII has not, and each byte once`() {
        // Twelve vowels with six tones, less the six that ASCII writes, and đ; seven capitals without a tone.
        #expect(Self.pairs.count == 12 * 6 - 6 + 1 + 7)
        #expect(Set(Self.pairs.map(\.letter)).count == Self.pairs.count)
        #expect(Set(Self.pairs.map(\.shown)).count == Self.pairs.count)
        #expect(Self.pairs.allSatisfy { (0x80...0xFF).contains($0.shown.value) })
    }

    @Test
    func `each letter is read from its byte and from the sign that shows it`() {
        for (letter, shown) in Self.pairs {
            let fromByte = LegacyEncoding.decodeTCVN3([UInt8(shown.value)])
            #expect(Array(fromByte.unicodeScalars) == [letter], "byte \(shown.value)")
            #expect(Array(LegacyEncoding.decodeTCVN3(shown: String(shown)).unicodeScalars) == [letter])
        }
    }

    @Test
    func `bytes that are no letter of the set stay as Latin-1 shows them`() {
        let known = Set(Self.pairs.map(\.shown.value))
        for byte in UInt8.min...UInt8.max where !known.contains(UInt32(byte)) {
            #expect(LegacyEncoding.decodeTCVN3([byte]).unicodeScalars.map(\.value) == [UInt32(byte)])
        }
    }

    @Test(arguments: [
        ("Thµnh §«ng", "Thành Đông"), ("X· NguyÔn BØnh Khiªm", "Xã Nguyễn Bỉnh Khiêm"), ("VÜnh B¶o", "Vĩnh Bảo"),
        ("B¾t buéc;Tù nguyÖn", "Bắt buộc;Tự nguyện"), ("Ph\u{AD}êng H\u{AD}ng §¹o", "Phường Hưng Đạo"),
        ("Th¸ng 9/2026", "Tháng 9/2026"), ("ASCII only, 12.156", "ASCII only, 12.156"), ("", ""),
    ])
    func `words shown in Latin letters are read as what was meant`(shown: String, meant: String) {
        #expect(LegacyEncoding.decodeTCVN3(shown: shown) == meant)
        #expect(LegacyEncoding.decodeTCVN3(Self.bytes(meant)) == meant)
    }

    @Test(arguments: ["Thµnh §«ng", "Nam S¸ch", "An D\u{AD}¬ng", "Hång Bµng", "Tiªn L·ng"])
    func `text with the signs of the set is taken for it`(text: String) {
        #expect(LegacyEncoding.looksLikeTCVN3(text))
    }

    @Test(arguments: [
        "", "Nam Sach", "Thành Đông", "Hà Nam", "Nguyễn Trãi · Chí Linh", "Ái Quốc (±)", "Müller & Söhne", "ăn ½ bát",
        "Đồ Sơn", "đ", "Ư", "12.156",
    ])
    func `Unicode's Vietnamese and other languages are not taken for it`(text: String) {
        #expect(!LegacyEncoding.looksLikeTCVN3(text))
    }

    @Test(arguments: ["Thành Đông", "Xã Nguyễn Bỉnh Khiêm", "Bắt buộc", "Phường Lê Thanh Nghị", "STT;Tên đơn vị"])
    func `bytes of the set are told from those of other sets`(text: String) {
        #expect(LegacyEncoding.looksLikeTCVN3(Self.bytes(text)))
        // They are no UTF-8, so the question is asked.
        #expect(String(validating: Self.bytes(text), as: UTF8.self) == nil)
    }

    static let otherBytes: [[UInt8]] = [
        Array("Nam Sach".utf8), [], [0xE9, 0xE8, 0x20, 0xFC], [0x48, 0xE0, 0x20, 0x4E, 0x61, 0x6D],
        // Windows-1258: `Đ` 0xD0, `ơ` 0xF5, `ư` 0xFD, tones as 0xCC 0xEC 0xD2 0xDE 0xF2.
        [0xD0, 0x6F, 0xCC, 0x20, 0x53, 0xF5, 0x6E], [0x80, 0x81, 0xA8, 0x90],
    ]

    @Test(arguments: otherBytes)
    func `bytes without its signs, or with many that it has not, are not taken for it`(bytes: [UInt8]) {
        #expect(!LegacyEncoding.looksLikeTCVN3(bytes))
    }
}
