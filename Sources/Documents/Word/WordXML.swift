import Kernel

/// Pieces of WordprocessingML (ECMA-376). Lengths in twentieths of a point, sizes of type in half points.
enum WordXML {
    /// A millimetre in twentieths of a point.
    static func twips(_ millimetres: Double) -> Int { Int((millimetres * 1440 / 25.4).rounded()) }

    /// A run of text in one look.
    static func run(
        _ text: String, bold: Bool = false, italic: Bool = false, size: Int? = nil, highlighted: Bool = false
    ) -> String {
        guard !text.isEmpty else { return "" }
        var look = ""
        if bold { look += "<w:b/><w:bCs/>" }
        if italic { look += "<w:i/><w:iCs/>" }
        if let size { look += "<w:sz w:val=\"\(size)\"/><w:szCs w:val=\"\(size)\"/>" }
        if highlighted { look += "<w:highlight w:val=\"yellow\"/>" }
        let properties = look.isEmpty ? "" : "<w:rPr>\(look)</w:rPr>"
        return "<w:r>\(properties)<w:t xml:space=\"preserve\">\(XMLText.escaped(text))</w:t></w:r>"
    }

    /// A paragraph of a style.
    /// - Parameter more: further paragraph properties, in the order the schema wants behind the style.
    static func paragraph(_ content: String, style: String? = nil, _ more: String = "") -> String {
        let style = style.map { "<w:pStyle w:val=\"\($0)\"/>" } ?? ""
        let properties = style.isEmpty && more.isEmpty ? "" : "<w:pPr>\(style)\(more)</w:pPr>"
        return "<w:p>\(properties)\(content)</w:p>"
    }

    /// Of a paragraph: it stands on the page of what follows it.
    static let keepsNext = "<w:keepNext/>"

    static func field(_ code: String) -> String {
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> \(code) </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    }

    /// A table without lines, for what stands side by side.
    static func frame(widths: [Int], rows: [[String]]) -> String {
        let grid = widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined()
        let body = rows.map { cells in
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
                + zip(widths, cells).map { width, cell in
                    "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/></w:tcPr>\(cell.isEmpty ? paragraph("", style: "Khung") : cell)</w:tc>"
                }.joined() + "</w:tr>"
        }.joined()
        return
            "<w:tbl><w:tblPr><w:tblW w:w=\"\(widths.reduce(0, +))\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>\(grid)</w:tblGrid>\(body)</w:tbl>"
    }

    /// A solid line, centred in a cell or column of so many twips.
    static func line(length: Int, room: Int) -> String {
        let indent = max((room - length) / 2, 0)
        return paragraph(
            "", style: "Gach",
            "<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"000000\"/></w:pBdr><w:ind w:left=\"\(indent)\" w:right=\"\(indent)\" w:firstLine=\"0\"/>"
        )
    }

    /// How wide a line of Times New Roman bold is, in twips, to some per cent: only lines under texts hang on it.
    static func width(of text: String, size halfPoints: Int) -> Int {
        var thousandths = 0
        for scalar in VietnameseText.fold(text).unicodeScalars {
            // `fold` gives lower case; capitals of the text itself are counted below.
            switch scalar {
            case " ", ".", ",", ":", ";", "-", "'": thousandths += 250
            case "i", "l", "j", "t", "f": thousandths += 300
            case "m", "w": thousandths += 780
            default: thousandths += 490
            }
        }
        thousandths += text.count { $0.isUppercase } * 210
        return thousandths * halfPoints * 10 / 1000
    }
}
