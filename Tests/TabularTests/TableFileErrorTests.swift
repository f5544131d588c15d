import Foundation
import Tabular
import Testing

/// Files that cannot be read: each is told apart, and the message names a remedy.
@Suite
struct TableFileErrorTests {
    struct Bad: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let error: TableFileError
        /// What the message must speak of.
        let word: String

        init(_ name: String, _ bytes: [UInt8], _ error: TableFileError, _ word: String) {
            (self.name, self.bytes, self.error, self.word) = (name, bytes, error, word)
        }

        var testDescription: String { name }
    }

    static let ole: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    static let encrypted: [UInt8] = {
        var bytes = ole + [UInt8](repeating: 0, count: 600)
        for unit in "EncryptedPackage".utf16 { bytes += [UInt8(unit & 255), UInt8(unit >> 8)] }
        return bytes + [0, 0]
    }()

    static func zip(_ names: String...) -> [UInt8] {
        StoredZip(names.map { StoredZip.Part($0, Array("<x/>".utf8)) }).archive
    }

    static let all: [Bad] = [
        Bad("nothing", [], .empty, "không có nội dung"),
        Bad("PDF", Array("%PDF-1.7\n1 0 obj".utf8), .notATable("PDF"), ".xlsx"),
        Bad("JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16], .notATable("ảnh"), ".xlsx"),
        Bad("PNG", [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10], .notATable("ảnh"), ".xlsx"),
        Bad("HTML named xls", Array("<html><table><tr><td>1</td></tr></table></html>".utf8), .markup, "Lưu thành"),
        Bad("HTML after blank lines", Array("\r\n  <!DOCTYPE html>".utf8), .markup, "Lưu thành"),
        Bad(
            "XML after a mark", [0xEF, 0xBB, 0xBF] + Array("<?xml version=\"1.0\"?><Workbook/>".utf8), .markup,
            "HTML/XML"),
        Bad("Excel 97", ole + [UInt8](repeating: 0, count: 2_000), .oldExcel, ".xls"),
        Bad("encrypted workbook", encrypted, .locked, "mật khẩu"),
        Bad("xlsb", zip("[Content_Types].xml", "xl/workbook.bin"), .otherOffice("Excel nhị phân (.xlsb)"), ".xlsb"),
        Bad("docx", zip("[Content_Types].xml", "word/document.xml"), .otherOffice("Word (.docx)"), "Word"),
        Bad("pptx", zip("ppt/presentation.xml"), .otherOffice("PowerPoint (.pptx)"), "PowerPoint"),
        Bad("ods", zip("mimetype", "content.xml"), .otherOffice("OpenDocument (.ods, .odt)"), "OpenDocument"),
        Bad("zip", zip("so-lieu.csv"), .otherOffice("tệp nén (.zip)"), "nén"),
        Bad("unclosed quote", Array("a;b\n\"1;2\n3;4\n".utf8), .unclosedQuote(line: 2), "Dòng 2"),
        Bad("blank lines", Array("\n\r\n\n".utf8), .noRows, "không có dòng"),
        Bad("a mark alone", [0xEF, 0xBB, 0xBF], .noRows, "không có dòng"),
        Bad("an empty sheet", HandMadeWorkbook(rows: "").archive, .noRows, "trang tính"),
        Bad("other bytes", [7, 1, 0, 250, 9, 8, 7, 6, 5, 4, 3, 2, 1], .unknown, "Không nhận ra"),
        Bad("half a letter", [0xFF, 0xFE, 0x41, 0x00, 0x42], .encoding("UTF-16 thiếu một byte ở cuối tệp"), "UTF-8"),
    ]

    @Test(arguments: all)
    func `a file that is no table is told apart`(bad: Bad) {
        #expect(throws: bad.error) { try TableFile(bad.bytes) }
        #expect(bad.error.description.contains(bad.word))
    }

    static let errors: [TableFileError] =
        all.map(\.error) + [.damaged("xl/workbook.xml"), .tooLarge("hơn 8.000.000 ô"), .bomb]

    @Test(arguments: errors)
    func `each message is Vietnamese and says what to do`(error: TableFileError) {
        #expect(error.description.contains("Hãy "))
        #expect(error.description.hasSuffix("."))
        #expect(error.description.precomposedStringWithCanonicalMapping == error.description)
    }

    // MARK: Damaged workbooks

    static func isDamaged(_ bytes: [UInt8], _ word: String = "") -> Bool {
        do {
            _ = try TableFile(bytes)
            return false
        } catch {
            guard case .damaged(let part) = error else { return false }
            return word.isEmpty || part.contains(word)
        }
    }

    static let workbook = HandMadeWorkbook(rows: HandMadeWorkbook.row(1, "Tên", "Số"))

    @Test
    func `the workbook whose pieces are damaged below is sound`() throws {
        #expect(try TableFile(Self.workbook.archive).tables[0].rows[0].cells == [.text("Tên"), .text("Số")])
    }

    @Test(arguments: [4, 30, 200])
    func `a workbook that is cut off is damaged`(length: Int) {
        #expect(Self.isDamaged(Array(Self.workbook.archive.prefix(length))))
        #expect(Self.isDamaged(Array(Self.workbook.archive.dropLast(length))))
    }

    @Test
    func `XML that breaks off or does not nest is damaged, and the part is named`() {
        for text in ["<worksheet><sheetData><row r=\"1\"", "<worksheet><sheetData></worksheet>", "", "no XML at all"] {
            var broken = Self.workbook
            broken.sheetPart = text
            #expect(Self.isDamaged(broken.archive, "xl/worksheets/sheet1.xml"), "\(text)")
        }
    }

    @Test
    func `a sheet whose part is missing is no sheet`() {
        let parts = Self.workbook.parts.filter { !$0.name.hasPrefix("xl/worksheets") }
        #expect(Self.isDamaged(StoredZip(parts).archive, "trang tính"))
    }

    @Test
    func `bytes that do not fit their checksum are damaged`() throws {
        var archive = Self.workbook.archive
        let text = Array("inlineStr".utf8)
        let place = try #require((0..<archive.count - text.count).first { archive[$0...].starts(with: text) })
        archive[place] = UInt8(ascii: "I")
        #expect(Self.isDamaged(archive))
    }

    @Test(arguments: ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
    func `a document type, which could make much out of little, is refused`(part: String) throws {
        var parts = Self.workbook.parts
        let index = try #require(parts.firstIndex { $0.name == part })
        let text = String(decoding: parts[index].bytes, as: UTF8.self)
        let end = try #require(text.range(of: "?>\n"))
        let entities = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
        parts[index].bytes = Array("\(text[..<end.upperBound])\(entities)\(text[end.upperBound...])".utf8)
        #expect(Self.isDamaged(StoredZip(parts).archive, "DOCTYPE"))
    }

    @Test
    func `elements nested without end are refused`() {
        var deep = Self.workbook
        deep.sheetPart = String(repeating: "<a>", count: 5_000) + String(repeating: "</a>", count: 5_000)
        #expect(Self.isDamaged(deep.archive))
    }

    // MARK: Bombs and limits

    @Test
    func `a part that claims to unpack to half a gigabyte is a bomb`() {
        var bomb = Self.workbook
        bomb.others = [.init("xl/media/image1.png", [1, 2, 3], declaredSize: 500 << 20)]
        #expect(throws: TableFileError.bomb) { try TableFile(bomb.archive) }
    }

    @Test
    func `a part that unpacks past the limit is a bomb, whatever the directory claims`() {
        let bomb = StoredZip.packed("<worksheet><sheetData>", then: UInt8(ascii: " "), runs: 20_000)
        #expect(bomb.size > 5_000_000)
        var limits = TableLimits()
        limits.unpackedBytes = 1 << 20
        for declared in [bomb.size, 100] {
            var parts = Self.workbook.parts.filter { !$0.name.hasPrefix("xl/worksheets") }
            parts.append(
                .init(
                    "xl/worksheets/sheet1.xml", bomb.bytes, declaredSize: declared,
                    packed: (bomb.size, bomb.checksum)))
            let archive = StoredZip(parts).archive
            #expect(throws: TableFileError.bomb) { try TableFile(archive, limits: limits) }
        }
    }

    @Test
    func `a file of more cells than the limit is refused with the limit`() throws {
        var limits = TableLimits()
        limits.cells = 3
        for bytes in [Array("a;b\nc;d\n".utf8), HandMadeWorkbook(rows: Self.twoRows).archive] {
            #expect(throws: TableFileError.tooLarge("hơn 3 ô")) { try TableFile(bytes, limits: limits) }
        }
        limits.cells = 4
        #expect(try TableFile(Array("a;b\nc;d\n".utf8), limits: limits).tables[0].rows.count == 2)
        #expect(try TableFile(HandMadeWorkbook(rows: Self.twoRows).archive, limits: limits).tables[0].rows.count == 2)
    }

    static let twoRows = HandMadeWorkbook.row(1, "a", "b") + HandMadeWorkbook.row(2, "c", "d")

    @Test
    func `empty cells before a row's last count, so a far column cannot be had for nothing`() {
        var limits = TableLimits()
        limits.cells = 1_000
        let book = HandMadeWorkbook(rows: "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>")
        #expect(throws: TableFileError.self) { try TableFile(book.archive, limits: limits) }
    }

    @Test
    func `going back to the first column does not win cells back`() {
        var limits = TableLimits()
        limits.cells = 40_000
        // One row pretends to give back what it took; the rows after it would take ten times the limit.
        let back = String(repeating: "<c r=\"A1\"><v>1</v></c>", count: 100)
        let rows = (2...30).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\"><v>1</v></c></row>" }.joined()
        let book = HandMadeWorkbook(rows: "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c>\(back)</row>" + rows)
        #expect(throws: TableFileError.tooLarge("hơn 40.000 ô")) { try TableFile(book.archive, limits: limits) }
    }
}
