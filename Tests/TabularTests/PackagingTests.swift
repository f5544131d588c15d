import Kernel
import Testing

@testable import Tabular

/// Workbooks as the packaging standard allows them, and as other programs write them.
@Suite
struct PackagingTests {
    static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    static func relations(_ list: [(id: String, kind: String, target: String)]) -> [UInt8] {
        let items = list.map { "<Relationship Id=\"\($0.id)\" Type=\"\(office)/\($0.kind)\" Target=\"\($0.target)\"/>" }
        return Array(
            ("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + items.joined() + "</Relationships>").utf8)
    }

    /// A workbook of one sheet whose part stands at `part` and is named by `target`.
    static func book(target: String, part: String = "xl/worksheets/sheet1.xml") -> [UInt8] {
        let book = HandMadeWorkbook(rows: HandMadeWorkbook.row(1, "Thành Đông"))
        var parts = book.parts.filter { !$0.name.contains("_rels") }
        if let index = parts.firstIndex(where: { $0.name == "xl/worksheets/sheet1.xml" }) { parts[index].name = part }
        parts.append(.init("xl/_rels/workbook.xml.rels", relations([("rId1", "worksheet", target)])))
        return StoredZip(parts).archive
    }

    @Test(arguments: [
        ("xl/sharedStrings.xml", "xl/sharedstrings.xml"), ("/xl/workbook.xml", "xl/workbook.xml"),
        ("xl//a.xml", "xl/a.xml"), ("xl/", "xl"), ("xl/./a.xml", "xl/a.xml"),
        ("xl/../docProps/a.xml", "docprops/a.xml"),
        ("..", ""), ("_rels/.rels", "_rels/.rels"), ("xl\\worksheets\\Sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("xl/Số liệu.XML", "xl/số liệu.xml"), ("xl/...", "xl/..."), ("", ""),
    ])
    func `two spellings of a part's name have one key`(name: String, key: String) {
        #expect(PartName.key(name) == key)
    }

    @Test(arguments: [
        "worksheets/sheet1.xml", "./worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml",
        "/xl/./worksheets/sheet1.xml", "worksheets\\sheet1.xml", "Worksheets/Sheet1.xml", "/XL/worksheets/sheet1.xml",
        "worksheets/sheet%31.xml", "file:///xl/worksheets/sheet1.xml",
    ])
    func `a sheet is found by its relation, however its target is written`(target: String) throws {
        #expect(try TableFile(Self.book(target: target)).tables[0].rows[0][0] == .text("Thành Đông"))
    }

    @Test(arguments: ["xl/sheets/other.xml", "data/one.xml", "xl\\sheets\\other.xml"])
    func `a sheet may stand in any folder`(part: String) throws {
        let bytes = Self.book(target: "/" + part.replacing("\\", with: "/"), part: part)
        #expect(try TableFile(bytes).tables[0].rows[0][0] == .text("Thành Đông"))
    }

    @Test
    func `the workbook itself, its strings and its formats are found by their relations too`() throws {
        var book = HandMadeWorkbook(
            rows: "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>46295</v></c></row>")
        book.strings = ["<t>Hải Dương</t>"]
        book.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"
        let moved = [
            "workbook.xml": "book/b.xml", "sheet1.xml": "book/one.xml", "sharedStrings.xml": "t/Texts.xml",
            "styles.xml": "t/looks.xml",
        ]
        var parts = book.parts.filter { !$0.name.contains("_rels") }
        for index in parts.indices {
            let file = String(parts[index].name.split(separator: "/").last ?? "")
            parts[index].name = moved[file] ?? parts[index].name
        }
        parts.append(.init("_rels/.rels", Self.relations([("r", "officeDocument", "book/b.xml")])))
        parts.append(
            .init(
                "book/_rels/b.xml.rels",
                Self.relations([
                    ("rId1", "worksheet", "one.xml"), ("rId2", "sharedStrings", "../T/texts.xml"),
                    ("rId3", "styles", "/t/looks.xml"),
                ])))
        let row = try TableFile(StoredZip(parts).archive).tables[0].rows[0]
        #expect(row[0] == .text("Hải Dương"))
        #expect(row[1].shown == "30/09/2026")
    }

    @Test
    func `a chart sheet is no table`() throws {
        var book = HandMadeWorkbook(
            .init(name: "Biểu đồ", rows: ""), .init(name: "Bảng", rows: HandMadeWorkbook.row(1, "x")))
        book.hasRelations = false
        var parts = book.parts
        parts.append(
            .init(
                "xl/_rels/workbook.xml.rels",
                Self.relations([
                    ("rId1", "chartsheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet2.xml"),
                ])))
        #expect(try TableFile(StoredZip(parts).archive).tables.map(\.name) == ["Bảng"])
    }

    // MARK: Texts

    static let escapes: [(text: String, read: String)] = [
        ("a_x000D_b", "a\rb"), ("_x0041_B", "AB"), ("_x1EBF_", "ế"), ("_xD83D__xDE00_", "\u{1F600}"),
        ("_x005F_x0041_", "_x0041_"), ("_x00g1_", "_x00g1_"), ("_x41_", "_x41_"), ("_xD83D_", "_xD83D_"),
        ("x_y_z", "x_y_z"), ("_x0001_a", "a"), ("_x0041", "_x0041"),
    ]

    @Test(arguments: escapes)
    func `escaped letters are read, in shared strings, inline and in results`(text: String, read: String) throws {
        var book = HandMadeWorkbook(
            rows: "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
                + "<c r=\"C1\" t=\"str\"><f>D1</f><v>\(text)</v></c></row>")
        book.strings = ["<t>\(text)</t>"]
        #expect(try TableFile(book.archive).tables[0].rows[0].cells == Array(repeating: .text(read), count: 3))
    }

    @Test
    func `how a text is pronounced is no part of it`() throws {
        let rows =
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Thành </t><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh><r><t>Đông</t></r></is></c></row>"
        #expect(try TableFile(HandMadeWorkbook(rows: rows).archive).tables[0].rows[0][0] == .text("Thành Đông"))
    }

    @Test
    func `an empty text that a formula came to is nothing`() throws {
        let rows =
            "<row r=\"1\"><c r=\"A1\" t=\"str\"><f>IF(B1=1,\"\",B1)</f><v></v></c><c r=\"B1\"><v>1</v></c></row>"
        #expect(try TableFile(HandMadeWorkbook(rows: rows).archive).tables[0].rows[0].cells == [.empty, .number(1)])
    }

    @Test
    func `numbers are shown and read with the fifteen digits that count`() throws {
        let rows =
            "<row r=\"1\"><c r=\"A1\"><v>1000.0000000000001</v></c><c r=\"B1\"><v>0.1</v></c><c r=\"C1\"><v>1000.001</v></c></row>"
        let cells = try TableFile(HandMadeWorkbook(rows: rows).archive).tables[0].rows[0].cells
        #expect(cells.map(\.shown) == ["1000", "0.1", "1000.001"])
        #expect(PeopleCell(cells[0]) == .people(1_000))
        guard case .wrong = PeopleCell(cells[2]) else {
            Issue.record("a fraction was taken for people")
            return
        }
    }

    static let numbers: [(text: String, number: Double?)] = [
        ("0", 0), ("-0.5", -0.5), ("123456789012345", 123_456_789_012_345), ("1234567890123456", 1_234_567_890_123_456),
        ("0.1", 0.1), ("3.14159265358979", 3.14159265358979), ("2.2250738585072014E-308", 2.2250738585072014e-308),
        ("4.35", 4.35), ("1e3", 1_000), (".5", 0.5), ("-", nil), ("1-2", nil), ("1,5", nil),
    ]

    @Test(arguments: numbers)
    func `numbers are read exactly`(text: String, number: Double?) throws {
        let rows = "<row r=\"1\"><c r=\"A1\"><v>\(text)</v></c></row>"
        let cell = try TableFile(HandMadeWorkbook(rows: rows).archive).tables[0].rows[0][0]
        #expect(cell == (number.map { Cell.number($0) } ?? .text(text)))
    }

    // MARK: Days

    static let formats: [(code: String, isDay: Bool)] = [
        ("dd/mm/yyyy", true), ("mmmm", true), ("mmm", true), ("mm", true), ("m", true), ("mmm-yy", true),
        ("yyyy", true),
        ("d", true), ("h:mm", false), ("mm:ss", false), ("h:mm:ss", false), ("[h]:mm", false), ("[mm]:ss", false),
        ("h:mm AM/PM", false), ("m/d h:mm", true), ("General", false), ("0.00E+00", false), ("#,##0", false),
        ("0&quot;d&quot;", false), ("0\\d", false), ("0_d", false), ("#,##0\\ &quot;đồng&quot;", false),
        ("[Red]0;[Blue]-0", false), ("[$-42A]dd mmmm", true), ("[$-42A]0", false), ("0;d", false), ("@", false),
        ("&quot;tháng&quot; m", true), ("s", false),
    ]

    @Test(arguments: formats)
    func `a format's tokens tell whether a number is shown as a day`(code: String, isDay: Bool) throws {
        var book = HandMadeWorkbook(rows: "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>46295</v></c></row>")
        book.styles =
            "<numFmts><numFmt numFmtId=\"170\" formatCode=\"\(code)\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs>"
        let cell = try TableFile(book.archive).tables[0].rows[0][0]
        #expect(cell == (isDay ? .day(Day(daysSinceEpoch: 20_726)) : .number(46_295)))
    }

    @Test(arguments: [(1, "01/01/1900"), (59, "28/02/1900"), (61, "01/03/1900"), (366, "31/12/1900")])
    func `days before March 1900 are those that the program shows`(serial: Int, shown: String) throws {
        var book = HandMadeWorkbook(rows: "<row r=\"1\"><c r=\"A1\" s=\"0\"><v>\(serial)</v></c></row>")
        book.styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>"
        #expect(try TableFile(book.archive).tables[0].rows[0][0].shown == shown)
    }

    // MARK: Rows without end

    @Test
    func `a row of more cells than a sheet has columns many times over is refused`() {
        let cells = String(repeating: "<c r=\"A1\"><v>1</v></c>", count: 120_000)
        let book = HandMadeWorkbook(rows: "<row r=\"1\">\(cells)</row>")
        guard case .tooLarge? = #expect(throws: TableFileError.self, performing: { try TableFile(book.archive) }) else {
            Issue.record("not told as too large")
            return
        }
    }

    @Test
    func `cells of a row that another one interrupts are left out`() throws {
        let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><row r=\"2\"><c r=\"B2\"><v>2</v></c></row></row>"
        let table = try TableFile(HandMadeWorkbook(rows: rows).archive).tables[0]
        #expect(table.rows.map(\.number) == [2])
        #expect(table.rows[0].cells == [.empty, .number(2)])
    }
}
