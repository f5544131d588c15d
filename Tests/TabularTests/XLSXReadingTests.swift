import Kernel
import Tabular
import Testing

/// Workbooks as programs write them: types, dates, sheets, gaps.
@Suite
struct XLSXReadingTests {
    static func table(_ rows: String, _ change: (inout HandMadeWorkbook) -> Void = { _ in }) throws -> Table {
        var book = HandMadeWorkbook(rows: rows)
        change(&book)
        return try #require(try TableFile(book.archive).tables.first)
    }

    /// Styles 0 to 9: number, day 14, custom day, a letter d in quotes, a colour in brackets, thousands, time, month-year, a
    /// locale in brackets, percent.
    static let styles = """
        <numFmts count="6"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="0&quot;d&quot;"/>
        <numFmt numFmtId="166" formatCode="[Red]0"/><numFmt numFmtId="167" formatCode="h:mm:ss"/>
        <numFmt numFmtId="168" formatCode="mmm-yy"/><numFmt numFmtId="169" formatCode="[$-42A]dd mmmm"/></numFmts>
        <cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs count="10"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/>
        <xf numFmtId="3"/><xf numFmtId="167"/><xf numFmtId="168"/><xf numFmtId="169"/><xf numFmtId="9"/></cellXfs>
        """

    static let strings = [
        "<t>Thành Đông</t>", "<r><t>Hải </t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> Dương</t></r>",
        "<t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh>", "<t></t>", "<t>A &amp; B &lt;C&gt;</t>",
    ]

    static let cells: [(xml: String, cell: Cell)] = [
        ("<c r=\"A1\"><v>5</v></c>", .number(5)), ("<c r=\"A1\" t=\"n\"><v>-2.5E3</v></c>", .number(-2_500)),
        ("<c r=\"A1\"><v>0.1</v></c>", .number(0.1)), ("<c r=\"A1\" t=\"s\"><v>0</v></c>", .text("Thành Đông")),
        ("<c r=\"A1\" t=\"s\"><v>1</v></c>", .text("Hải  Dương")), ("<c r=\"A1\" t=\"s\"><v>2</v></c>", .text("東京")),
        ("<c r=\"A1\" t=\"s\"><v>3</v></c>", .text("")), ("<c r=\"A1\" t=\"s\"><v>4</v></c>", .text("A & B <C>")),
        ("<c r=\"A1\" t=\"s\"><v>99</v></c>", .empty), ("<c r=\"A1\" t=\"s\"><v>x</v></c>", .empty),
        ("<c r=\"A1\" t=\"inlineStr\"><is><t>Xã</t></is></c>", .text("Xã")),
        ("<c r=\"A1\" t=\"inlineStr\"><is><r><t>Thành </t></r><r><t>Đông</t></r></is></c>", .text("Thành Đông")),
        ("<c r=\"A1\" t=\"inlineStr\"><is><t><![CDATA[a<b]]></t></is></c>", .text("a<b")),
        ("<c r=\"A1\" t=\"b\"><v>1</v></c>", .truth(true)), ("<c r=\"A1\" t=\"b\"><v>0</v></c>", .truth(false)),
        ("<c r=\"A1\" t=\"e\"><v>#REF!</v></c>", .failed("#REF!")),
        ("<c r=\"A1\" t=\"str\"><f>B1&amp;\"x\"</f><v>abc</v></c>", .text("abc")),
        ("<c r=\"A1\"><f>SUM(B1:B9)</f><v>7</v></c>", .number(7)),
        ("<c r=\"A1\"><f>SUM(B1:B9)</f></c>", .uncomputed("SUM(B1:B9)")),
        ("<c r=\"A1\"><f>SUM(B1:B9)</f><v></v></c>", .uncomputed("SUM(B1:B9)")),
        ("<c r=\"A1\" t=\"str\"><f>B1</f><v/></c>", .empty), ("<c r=\"A1\" t=\"str\"><f>B1</f></c>", .uncomputed("B1")),
        ("<c r=\"A1\"><f/></c>", .uncomputed("")),
        ("<c r=\"A1\" s=\"1\"/>", .empty), ("<c r=\"A1\"><v></v></c>", .empty),
        ("<c r=\"A1\"><v>abc</v></c>", .text("abc")),
        ("<c r=\"A1\"><v>1e999</v></c>", .text("1e999")),
    ]

    @Test(arguments: cells)
    func `a cell is read by its type`(xml: String, cell: Cell) throws {
        // A neighbour, so that a cell without content does not leave the row without cells.
        let row = try Self.table("<row r=\"1\">\(xml)<c r=\"B1\"><v>1</v></c></row>") { $0.strings = Self.strings }
            .rows[0]
        #expect(row[0] == cell)
        #expect(row[1] == .number(1))
    }

    static let dated: [(style: Int, shows: String)] = [
        (0, "number"), (1, "day"), (2, "day"), (3, "number"), (4, "number"), (5, "number"), (6, "number"), (7, "day"),
        (8, "day"), (9, "percent"), (99, "number"),
    ]

    @Test(arguments: dated)
    func `a number is what its format shows it as`(style: Int, shows: String) throws {
        let row = try Self.table("<row r=\"1\"><c r=\"A1\" s=\"\(style)\"><v>46295.75</v></c></row>") {
            $0.styles = Self.styles
        }.rows[0]
        let day = try #require(Day(year: 2026, month: 9, day: 30))
        let cells = ["day": Cell.day(day), "number": .number(46_295.75), "percent": .percent(46_295.75)]
        #expect(row[0] == cells[shows])
    }

    @Test
    func `days count from 1904 where the workbook says so`() throws {
        let row = try Self.table("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44833</v></c></row>") {
            $0.styles = Self.styles
            $0.properties = "date1904=\"1\""
        }.rows[0]
        #expect(row[0].shown == "30/09/2026")
    }

    @Test
    func `numbers out of the calendar stay numbers, days written out are days`() throws {
        let row = try Self.table(
            "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>-5</v></c><c r=\"B1\" s=\"1\"><v>3000000</v></c>"
                + "<c r=\"C1\" t=\"d\"><v>2026-09-30T00:00:00</v></c><c r=\"D1\" t=\"d\"><v>mai</v></c></row>"
        ) { $0.styles = Self.styles }.rows[0]
        // As LibreOffice writes days before 1900; Excel has none.
        #expect(row[0].shown == "25/12/1899")
        #expect(row[1] == .number(3_000_000))
        #expect(row[2].shown == "30/09/2026")
        #expect(row[3] == .text("mai"))
    }

    // MARK: Rows and columns

    @Test
    func `gaps between columns are empty cells, gaps between rows are left out with their numbers`() throws {
        let rows = try Self.table(
            "<row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"D3\"><v>2</v></c></row><row r=\"4\"/>"
                + "<row r=\"9\"><c r=\"AA9\"><v>3</v></c></row>"
        ).rows
        #expect(rows.map(\.number) == [3, 9])
        #expect(rows[0].cells == [.empty, .number(1), .empty, .number(2)])
        #expect(rows[1].cells.count == 27)
        #expect(rows[1][26] == .number(3))
    }

    @Test
    func `rows and cells without a reference follow one another`() throws {
        let rows = try Self.table(
            "<row><c><v>1</v></c><c><v>2</v></c></row><row r=\"7\"><c r=\"C7\"><v>3</v></c><c><v>4</v></c></row>"
                + "<row><c><v>5</v></c></row>"
        ).rows
        #expect(rows.map(\.number) == [1, 7, 8])
        #expect(rows[0].cells == [.number(1), .number(2)])
        #expect(rows[1].cells == [.empty, .empty, .number(3), .number(4)])
    }

    @Test(arguments: ["XFE1", "A1048577", "1", "A", "", "a1", "AAAAAAAAAAAAAAAAAAAAAAAA1", "A99999999999999999999999"])
    func `a reference that no sheet has is passed over`(reference: String) throws {
        let rows = try Self.table("<row r=\"1\"><c r=\"\(reference)\"><v>1</v></c><c><v>2</v></c></row>").rows
        #expect(rows[0].cells == [.number(1), .number(2)])
    }

    @Test
    func `the later of two cells in one place holds`() throws {
        let rows = try Self.table("<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>").rows
        #expect(rows[0].cells == [.empty, .number(2)])
    }

    /// The largest and smallest numbers that a text can name: rows after them must not overflow.
    @Test(arguments: ["9223372036854775807", "-9223372036854775808", "99999999999999999999", "0", "x"])
    func `a row number that no sheet has does no harm`(number: String) throws {
        let rows = try Self.table(
            "<row r=\"\(number)\"><c><v>1</v></c></row><row><c><v>2</v></c></row><row r=\"5\"><c><v>3</v></c></row>"
        ).rows
        #expect(rows.map { $0[0] } == [.number(1), .number(2), .number(3)])
        #expect(rows.allSatisfy { (1...1_048_576).contains($0.number) })
    }

    @Test
    func `merged cells are told with the rows and columns they cover`() throws {
        let page = HandMadeWorkbook.Page(
            rows: HandMadeWorkbook.row(1, "a"),
            merged: ["B2:D3", "A1:A2", "C7", "D3:B2", "A1:XFE1", "$E$1:$F$1", "x:y"])
        let table = try #require(try TableFile(HandMadeWorkbook(page).archive).tables.first)
        #expect(
            table.merged == [
                CellRange(rows: 2...3, columns: 1...3), CellRange(rows: 1...2, columns: 0...0),
                CellRange(rows: 1...1, columns: 4...5),
            ])
    }

    /// Found by fuzzing: the reader moved memory away that it did not have.
    @Test
    func `a cell outside of every row is none, and merged cells within one do no harm`() throws {
        var book = HandMadeWorkbook(rows: "")
        book.sheetPart = """
            <worksheet><sheetData><c t="str"><v>abcdefghij</v><mergeCell ref="A1:B2"/></c>\
            <row r="2"><c r="A2" t="str"><v>b</v><mergeCell ref="C1:D2"/></c></row></sheetData></worksheet>
            """
        let table = try #require(try TableFile(book.archive).tables.first)
        #expect(table.rows == [TableRow(number: 2, cells: [.text("b")])])
        #expect(table.merged == [CellRange(rows: 1...2, columns: 0...1)])
    }

    // MARK: Sheets

    static func page(_ name: String, state: String? = nil) -> HandMadeWorkbook.Page {
        HandMadeWorkbook.Page(name: name, state: state, rows: HandMadeWorkbook.row(1, name))
    }

    static func names(_ book: HandMadeWorkbook) throws -> [String] { try TableFile(book.archive).tables.map(\.name) }

    @Test
    func `sheets come in the workbook's order, hidden ones not at all`() throws {
        let book = HandMadeWorkbook(
            Self.page("Một", state: "hidden"), Self.page("Hai"), Self.page("Ba", state: "veryHidden"),
            Self.page("Bốn", state: "visible"))
        let tables = try TableFile(book.archive).tables
        #expect(tables.map(\.name) == ["Hai", "Bốn"])
        #expect(try RowSource(book.archive).open().hiddenSheets == ["Một", "Ba"])
        #expect(tables.map { $0.rows[0][0] } == [.text("Hai"), .text("Bốn")])
    }

    @Test
    func `where every sheet is hidden they are all read`() throws {
        let book = HandMadeWorkbook(Self.page("Một", state: "hidden"), Self.page("Hai", state: "hidden"))
        #expect(try Self.names(book) == ["Một", "Hai"])
    }

    @Test
    func `an empty sheet beside one with rows is a table without rows`() throws {
        let book = HandMadeWorkbook(HandMadeWorkbook.Page(name: "Trống", rows: ""), Self.page("Đủ"))
        let tables = try TableFile(book.archive).tables
        #expect(tables.map(\.name) == ["Trống", "Đủ"])
        #expect(tables.map(\.rows.count) == [0, 1])
    }

    @Test
    func `without relations the sheets are found by their places in the workbook`() throws {
        var book = HandMadeWorkbook(Self.page("Một", state: "hidden"), Self.page("Hai"))
        book.hasRelations = false
        let tables = try TableFile(book.archive).tables
        #expect(tables.map(\.name) == ["Hai"])
        #expect(tables.first?.rows.first?[0] == .text("Hai"))
    }
}
