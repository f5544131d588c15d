import Foundation
import Testing

@testable import Linkage

/// How Vietnamese values read.
@Suite
struct FoldTests {
    static func read(_ text: String) -> (folded: String, marked: [UInt8]) {
        var folded: [UInt8] = []
        var marked: [UInt8] = []
        Array(text.utf8).withUnsafeBytes { FoldTable.shared.read($0, folded: &folded, marked: &marked) }
        return (String(decoding: folded, as: UTF8.self), marked)
    }

    static let folds: [(text: String, folded: String)] = [
        ("Nguyễn Thị Lan", "nguyen thi lan"), ("NGUYỄN  THỊ\tLAN ", "nguyen thi lan"), ("Đặng Đức Hoà", "dang duc hoa"),
        ("Ðặng", "dang"), ("Ngọc", "ngoc"), ("Müller-Łódź", "muller lodz"), ("", ""), (" - ", ""),
        ("12/05/1990", "12 05 1990"), ("Nguyễn\u{AD} Văn\u{2060}", "nguyen van"), ("\u{FEFF}Lan", "lan"),
        ("Lan\u{3000}Anh", "lan anh"), ("\u{420}hạm \u{410}nh", "pham anh"), ("Ha\u{200E}i", "hai"),
    ]

    @Test(arguments: folds)
    func `case, accents and spaces fall away`(text: String, folded: String) {
        #expect(Self.read(text).folded == folded)
    }

    @Test(arguments: [("Hòa", "Hoà"), ("THÚY", "thuý"), ("Nguyễn", "Nguyễn".decomposedStringWithCanonicalMapping)])
    func `where a tone stands, and how letters are composed, makes no difference`(left: String, right: String) {
        #expect(Self.read(left).marked == Self.read(right).marked)
        #expect(!Self.read(left).marked.isEmpty)
    }

    @Test(arguments: [("Cẩm Giang", "Cẩm Giàng"), ("Lan", "Lân"), ("Đung", "Dung"), ("Thu", "Thư")])
    func `accents that tell names apart do so where they count`(left: String, right: String) {
        #expect(Self.read(left).marked != Self.read(right).marked)
        #expect(Self.read(left).folded == Self.read(right).folded)
    }
}
