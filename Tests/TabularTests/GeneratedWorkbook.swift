import Kernel
import TestSupport

/// A workbook of whatever may stand in one, drawn from a seed: what a program might write, not what one does.
struct GeneratedWorkbook {
    /// What a cell was made as: reasons to differ speak of it.
    enum Kind: String, CaseIterable {
        case sharedText, inlineText, richText, phoneticText, escapedText, spacedText, emptyText
        case number, bigNumber, smallNumber, percent, day, month, dayAndTime, time, early
        case truth, error, formulaNumber, formulaText, formulaEmptyText, formulaError, formulaAlone, isoDay, emptyStyled
    }

    struct Page {
        let name: String
        let isHidden: Bool
        var kinds: [Place: Kind] = [:]
    }

    struct Place: Hashable {
        let row: Int
        let column: Int
    }

    let archive: [UInt8]
    /// All pages, hidden ones too.
    let pages: [Page]
    let countsFrom1904: Bool

    /// Formats of cells: general, per cent, days in several ways, a time, thousands.
    private static let styles =
        "<numFmts count=\"5\"><numFmt numFmtId=\"164\" formatCode=\"&quot;ngày &quot;dd/mm/yyyy\"/>"
        + "<numFmt numFmtId=\"165\" formatCode=\"mmmm\"/><numFmt numFmtId=\"166\" formatCode=\"#,##0\\ &quot;người&quot;\"/>"
        + "<numFmt numFmtId=\"167\" formatCode=\"[$-42A]dd\\ mmmm\\ yyyy;@\"/><numFmt numFmtId=\"168\" formatCode=\"0.0%\"/></numFmts>"
        + "<fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills><borders count=\"1\"><border/></borders>"
        + "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"11\">"
        + [0, 9, 14, 164, 165, 22, 20, 166, 167, 168, 3].map { "<xf numFmtId=\"\($0)\" xfId=\"0\"/>" }.joined()
        + "</cellXfs>"

    private static let words = [
        "Phường Hồng Bàng", "Thuỷ Nguyên", "a", "Số người", "x < y & z", "\"trích\"", "１２", "Đặc khu", "12.156", "=A1",
        "O'Hara", "😀 emoji", "e\u{301}", "TRUE", "001", "#N/A",
    ]

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        func chance(_ percent: Int) -> Bool { draw(1...100) <= percent }
        func word() -> String { Self.words[draw(0...Self.words.count - 1)] }
        let is1904 = chance(20)
        var strings: [String] = []
        func shared(_ content: String) -> Int {
            strings.append(content)
            return strings.count - 1
        }
        func escaped(_ text: String) -> String { XMLText.escaped(text).replacing("&#39;", with: "'") }

        func cell(_ kind: Kind, at place: String) -> String {
            func value(_ number: String, style: Int = 0) -> String {
                "<c r=\"\(place)\"\(style == 0 ? "" : " s=\"\(style)\"")><v>\(number)</v></c>"
            }
            switch kind {
            case .sharedText:
                return "<c r=\"\(place)\" t=\"s\"><v>\(shared("<t>\(escaped(word()))</t>"))</v></c>"
            case .inlineText:
                return "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(escaped(word()))</t></is></c>"
            case .richText:
                let content =
                    "<r><t xml:space=\"preserve\">\(escaped(word())) </t></r><r><rPr><b/></rPr><t>\(escaped(word()))</t></r>"
                return chance(50)
                    ? "<c r=\"\(place)\" t=\"s\"><v>\(shared(content))</v></c>"
                    : "<c r=\"\(place)\" t=\"inlineStr\"><is>\(content)</is></c>"
            case .phoneticText:
                let content =
                    "<t>\(escaped(word()))</t><rPh sb=\"0\" eb=\"1\"><t>fuong</t></rPh><phoneticPr fontId=\"0\"/>"
                return chance(50)
                    ? "<c r=\"\(place)\" t=\"s\"><v>\(shared(content))</v></c>"
                    : "<c r=\"\(place)\" t=\"inlineStr\"><is>\(content)</is></c>"
            case .escapedText:
                return "<c r=\"\(place)\" t=\"s\"><v>\(shared("<t>a_x000A_b_x005F_x0041_</t>"))</v></c>"
            case .spacedText:
                return
                    "<c r=\"\(place)\" t=\"s\"><v>\(shared("<t xml:space=\"preserve\">  \(escaped(word()))\n </t>"))</v></c>"
            case .emptyText: return "<c r=\"\(place)\" t=\"s\"><v>\(shared("<t></t>"))</v></c>"
            case .number: return value(["0", "1", "-7", "12156", "0.1", "1.5", "1030.4"][draw(0...6)])
            case .bigNumber:
                return value(["9007199254740993", "1E+20", "123456789012", "1.7976931348623157E+308"][draw(0...3)])
            case .smallNumber:
                return value(["1000.0000000000001", "1E-10", "2.5000000000000001E-2", "-0.5"][draw(0...3)])
            case .percent: return value(["0.25", "1", "0.125"][draw(0...2)], style: chance(50) ? 1 : 9)
            case .day: return value("\(draw(61...60_000))", style: [2, 3, 8][draw(0...2)])
            case .month: return value("\(draw(61...60_000))", style: 4)
            case .dayAndTime: return value("\(draw(61...60_000)).\(draw(1...8))75", style: 5)
            case .time: return value("0.\(draw(1...9))", style: 6)
            case .early: return value("\(draw(1...59))", style: 2)
            case .truth: return "<c r=\"\(place)\" t=\"b\"><v>\(draw(0...1))</v></c>"
            case .error: return "<c r=\"\(place)\" t=\"e\"><v>\(["#N/A", "#REF!", "#DIV/0!"][draw(0...2)])</v></c>"
            case .formulaNumber: return "<c r=\"\(place)\"><f>SUM(A1:A2)</f><v>\(draw(0...9_999))</v></c>"
            case .formulaText: return "<c r=\"\(place)\" t=\"str\"><f>A1</f><v>\(escaped(word()))</v></c>"
            case .formulaEmptyText: return "<c r=\"\(place)\" t=\"str\"><f>A1</f><v></v></c>"
            case .formulaError: return "<c r=\"\(place)\" t=\"e\"><f>A1</f><v>#VALUE!</v></c>"
            case .formulaAlone: return "<c r=\"\(place)\"><f>A1+1</f></c>"
            case .isoDay:
                return "<c r=\"\(place)\" t=\"d\" s=\"2\"><v>1954-0\(draw(1...9))-1\(draw(0...9))T00:00:00</v></c>"
            case .emptyStyled: return "<c r=\"\(place)\" s=\"2\"/>"
            }
        }

        let names = ["Biểu 1", "Tổng hợp số liệu tháng 09.2026", "T9", "Sheet 'x'", "a & <b>", "Ẩn"]
        var pages: [Page] = []
        var parts: [StoredZip.Part] = []
        let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        let count = draw(1...3)
        for number in 1...count {
            // One is shown at least.
            let isHidden = number > 1 && chance(30)
            var page = Page(name: names[draw(0...names.count - 1)] + " \(number)", isHidden: isHidden)
            var rows = ""
            var row = 0
            for _ in 0..<draw(1...9) {
                row += chance(20) ? draw(2...4) : 1
                var cells = ""
                var column = chance(20) ? draw(1...3) : 0
                for _ in 0..<draw(0...7) {
                    let kind = Kind.allCases[draw(0...Kind.allCases.count - 1)]
                    let place = "\(UnicodeScalar(UInt8(65 + column)))\(row)"
                    cells += cell(kind, at: place)
                    page.kinds[Place(row: row, column: column)] = kind
                    column += chance(15) ? draw(2...3) : 1
                }
                rows += "<row r=\"\(row)\">\(cells)</row>"
            }
            var text = declaration + "<worksheet \(main)><sheetData>\(rows)</sheetData>"
            if chance(30) { text += "<mergeCells count=\"1\"><mergeCell ref=\"Y40:Z41\"/></mergeCells>" }
            text += "</worksheet>"
            parts.append(.init("xl/worksheets/sheet\(number).xml", Array(text.utf8)))
            pages.append(page)
        }
        func relationships(_ list: [(id: String, kind: String, target: String)]) -> [UInt8] {
            let items = list.map {
                "<Relationship Id=\"\($0.id)\" Type=\"\(office)/\($0.kind)\" Target=\"\($0.target)\"/>"
            }
            let space = "http://schemas.openxmlformats.org/package/2006/relationships"
            return Array("\(declaration)<Relationships xmlns=\"\(space)\">\(items.joined())</Relationships>".utf8)
        }
        let sheets = pages.enumerated().map { index, page in
            "<sheet name=\"\(escaped(page.name))\" sheetId=\"\(index + 1)\"\(page.isHidden ? " state=\"hidden\"" : "") r:id=\"rId\(index + 1)\"/>"
        }
        let book =
            declaration
            + "<workbook \(main) xmlns:r=\"\(office)\"><workbookPr\(is1904 ? " date1904=\"1\"" : "")/><sheets>"
            + sheets.joined() + "</sheets></workbook>"
        let items = strings.map { "<si>\($0)</si>" }.joined()
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        let overrides =
            (1...count).map {
                "<Override PartName=\"/xl/worksheets/sheet\($0).xml\" ContentType=\"\(kind).worksheet+xml\"/>"
            }.joined()
            + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(kind).sheet.main+xml\"/>"
            + "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(kind).styles+xml\"/>"
            + "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"\(kind).sharedStrings+xml\"/>"
        let types = "http://schemas.openxmlformats.org/package/2006/content-types"
        parts += [
            .init(
                "[Content_Types].xml",
                Array(
                    ("\(declaration)<Types xmlns=\"\(types)\"><Default Extension=\"rels\" "
                        + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\(overrides)</Types>")
                        .utf8)),
            .init("_rels/.rels", relationships([("rId1", "officeDocument", "xl/workbook.xml")])),
            .init("xl/workbook.xml", Array(book.utf8)),
            .init(
                "xl/_rels/workbook.xml.rels",
                relationships(
                    (1...count).map { ("rId\($0)", "worksheet", "worksheets/sheet\($0).xml") }
                        + [("rId90", "styles", "styles.xml"), ("rId91", "sharedStrings", "sharedStrings.xml")])),
            .init("xl/styles.xml", Array("\(declaration)<styleSheet \(main)>\(Self.styles)</styleSheet>".utf8)),
            .init("xl/sharedStrings.xml", Array("\(declaration)<sst \(main)>\(items)</sst>".utf8)),
        ]
        archive = StoredZip(parts).archive
        self.pages = pages
        countsFrom1904 = is1904
    }
}
