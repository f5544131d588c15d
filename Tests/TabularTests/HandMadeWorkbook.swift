/// A workbook written by hand, part by part (ECMA-376), for what programs other than ours put into one.
struct HandMadeWorkbook {
    struct Page {
        var name = "Trang 1"
        var state: String?
        /// What stands inside `sheetData`.
        var rows: String
        var merged: [String] = []
    }

    var pages: [Page]
    /// The content of each `si`.
    var strings: [String] = []
    /// The content of `styleSheet`.
    var styles: String?
    var properties = ""
    var hasRelations = true
    /// Instead of the first sheet's part.
    var sheetPart: String?
    var others: [StoredZip.Part] = []

    init(_ pages: Page...) {
        self.pages = pages
    }

    /// One sheet of these rows.
    init(rows: String) {
        self.init(Page(rows: rows))
    }

    private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    static func sheet(_ page: Page) -> String {
        var text = declaration + "<worksheet \(main)><sheetData>\(page.rows)</sheetData>"
        if !page.merged.isEmpty {
            text += "<mergeCells>" + page.merged.map { "<mergeCell ref=\"\($0)\"/>" }.joined() + "</mergeCells>"
        }
        return text + "</worksheet>"
    }

    var archive: [UInt8] { StoredZip(parts).archive }

    var parts: [StoredZip.Part] {
        var parts: [StoredZip.Part] = []
        func add(_ name: String, _ text: String) { parts.append(.init(name, Array(text.utf8))) }
        let sheets = pages.enumerated().map { index, page in
            let state = page.state.map { " state=\"\($0)\"" } ?? ""
            return "<sheet name=\"\(page.name)\" sheetId=\"\(index + 1)\"\(state) r:id=\"rId\(index + 1)\"/>"
        }
        add(
            "xl/workbook.xml",
            Self.declaration + "<workbook \(Self.main) xmlns:r=\"\(Self.office)\"><workbookPr \(properties)/><sheets>"
                + sheets.joined() + "</sheets></workbook>")
        if hasRelations {
            let relations = pages.indices.map { index in
                "<Relationship Id=\"rId\(index + 1)\" Type=\"\(Self.office)/worksheet\" "
                    + "Target=\"worksheets/sheet\(index + 1).xml\"/>"
            }
            add(
                "xl/_rels/workbook.xml.rels",
                Self.declaration
                    + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                    + relations.joined() + "</Relationships>")
        }
        if !strings.isEmpty {
            let items = strings.map { "<si>\($0)</si>" }.joined()
            add("xl/sharedStrings.xml", Self.declaration + "<sst \(Self.main)>\(items)</sst>")
        }
        if let styles { add("xl/styles.xml", Self.declaration + "<styleSheet \(Self.main)>\(styles)</styleSheet>") }
        for (index, page) in pages.enumerated() {
            add("xl/worksheets/sheet\(index + 1).xml", index == 0 ? sheetPart ?? Self.sheet(page) : Self.sheet(page))
        }
        return parts + others
    }

    // MARK: Rows

    /// A row of text cells, from column A on.
    static func row(_ number: Int, _ texts: String...) -> String {
        let cells = texts.enumerated().map { column, text in
            let place = "\(UnicodeScalar(UInt8(65 + column)))\(number)"
            return "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
        }
        return "<row r=\"\(number)\">\(cells.joined())</row>"
    }
}
