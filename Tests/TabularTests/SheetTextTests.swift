import Foundation
import Tabular
import TestSupport
import Testing

/// Names of sheets and long texts as Excel takes them.
@Suite
struct SheetTextTests {
    @Test(arguments: [
        (["Biểu 1"], ["Biểu 1"]), ([""], ["Trang 1"]), (["a/b:c*d?e\\f[g]"], ["a-b-c-d-e-f(g)"]),
        (["'Biểu'"], ["Biểu"]),
        (["a", "A", "a"], ["a", "A (2)", "a (3)"]), (["History"], ["History 1"]), (["x\u{1}y\nz"], ["x y z"]),
        (["", "Trang 1"], ["Trang 1", "Trang 1 (2)"]), (["a (2)", "a", "a"], ["a (2)", "a", "a (3)"]),
    ])
    func `a name is made one that a workbook takes`(names: [String], usable: [String]) {
        #expect(SheetNames.usable(names) == usable)
    }

    @Test
    func `names that are alike to the thirty-first letter are made unlike`() throws {
        let names = [8, 9, 10].map { "Tổng hợp số liệu người tham gia tháng \($0) năm 2026" }
        let usable = SheetNames.usable(names)
        #expect(usable[0] == String(names[0].prefix(31)))
        #expect(Set(usable).count == 3)
        #expect(usable.allSatisfy { $0.utf16.count <= 31 })
    }

    @Test
    func `whatever the names, a workbook is written and its names are read back`() throws {
        let signs = Array("aA'/\\:*?[] \u{1}ộ😀đ")
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<40 {
            let names = (0..<5).map { _ in
                String(
                    (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                        signs[Int.random(in: 0..<signs.count, using: &generator)]
                    })
            }
            let bytes = try XLSXWriter.bytes(of: names.map { Sheet(name: $0, rows: [[.text("x")]]) })
            let read = try TableFile(bytes).tables.map(\.name)
            #expect(read == SheetNames.usable(names), "\(names)")
            #expect(read.allSatisfy { (1...31).contains($0.utf16.count) })
            #expect(Set(read.map { $0.lowercased() }).count == 5)
        }
    }

    static let long: [(what: String, text: String)] = [
        ("emoji", String(repeating: "😀", count: 20_000)), ("decomposed", String(repeating: "e\u{301}", count: 20_000)),
        ("plain", String(repeating: "a", count: 40_000)), ("marks", "e" + String(repeating: "\u{301}", count: 40_000)),
        ("families", String(repeating: "👨\u{200D}👩\u{200D}👧", count: 5_000)),
    ]

    @Test(arguments: long.indices)
    func `a text longer than a cell holds is cut with a word, between letters`(index: Int) throws {
        let (what, text) = Self.long[index]
        let bytes = try XLSXWriter.bytes(of: [Sheet(name: "a", rows: [[.text(text), .number(1)]])])
        let row = try TableFile(bytes).tables[0].rows[0]
        let written = row[0].shown
        #expect(written.utf16.count <= 32_767 && written.utf16.count > 32_700, "\(what)")
        #expect(written.hasSuffix("… (đã cắt bớt)"))
        let kept = written.dropLast("… (đã cắt bớt)".count)
        if what != "marks" { #expect(text.hasPrefix(kept)) }
        #expect(row[1] == .number(1))
    }

    @Test(arguments: ["_x0041_", "a_x000A_b", "_x005F_x0041_", "_xZZZZ_", "tab\there", "a\nb", "  hai bên  "])
    func `a text is read back as it was written`(text: String) throws {
        let exact = String(repeating: "a", count: 32_767)
        let bytes = try XLSXWriter.bytes(of: [Sheet(name: "a", rows: [[.text(text), .text(exact)]])])
        let row = try TableFile(bytes).tables[0].rows[0]
        #expect(row[0] == .text(text))
        #expect(row[1] == .text(exact))
    }
}
