import Kernel

/// Blocks as WordprocessingML; charts become parts of their own.
struct WordBody {
    private typealias X = WordXML

    /// Charts met so far, in their order: the writer makes a part of each.
    private(set) var charts: [OfficialDocument.Graph] = []
    private var articles = 0
    private var chapters = 0

    /// - Parameter keepsEnd: whether the end stays on the page of what follows, so that a signature never stands alone.
    mutating func xml(_ blocks: [OfficialDocument.Block], room: Int, keepsEnd: Bool = false) -> String {
        var text = ""
        for (index, block) in blocks.enumerated() {
            text += xml(block, room: room, keep: keepsEnd && index == blocks.count - 1 ? X.keepNext : "")
        }
        return text
    }

    private mutating func xml(_ block: OfficialDocument.Block, room: Int, keep: String) -> String {
        switch block {
        case .text(let text): return X.paragraph(X.run(text), style: "NoiDung", keep)
        case .note(let text): return X.paragraph(X.run(text), style: "GhiChuGiua", keep)
        case .chapter(let title):
            chapters += 1
            return X.paragraph(X.run("Chương \(OfficialDocument.roman(chapters))"), style: "Chuong")
                + X.paragraph(X.run(title.uppercased()), style: "TenChuong")
        case .titledArticle(let title):
            articles += 1
            return X.paragraph(X.run("Điều \(articles). \(title)"), style: "TenDieu")
        case .heading(let text): return X.paragraph(X.run(text), style: "DeMuc")
        case .article(let text):
            articles += 1
            return X.paragraph(X.run("Điều \(articles). ", bold: true) + X.run(text), style: "NoiDung", keep)
        case .items(let items):
            return items.enumerated().map { index, item in
                X.paragraph(X.run("- \(item)"), style: "NoiDung", index == items.count - 1 ? keep : "")
            }.joined()
        case .complete(let text): return X.paragraph(X.run("[\(text)]", highlighted: true), style: "NoiDung", keep)
        case .large(let text): return X.paragraph(X.run(text), style: "DongLon", keep)
        case .pageBreak: return X.paragraph("<w:r><w:br w:type=\"page\"/></w:r>")
        case .table(let grid): return Self.xml(grid, room: room, keep: keep)
        case .signatures(let signatories): return Self.xml(signatories, room: room)
        case .chart(let graph):
            charts.append(graph)
            return X.paragraph(X.run(graph.title), style: "TenBang")
                + X.paragraph(Self.drawing(charts.count, graph, room: room), style: "GhiChuGiua", keep)
        }
    }

    // MARK: Signatures

    private static func xml(_ signatories: [OfficialDocument.Signatory], room: Int) -> String {
        guard !signatories.isEmpty else { return "" }
        let cells = signatories.map { one in
            X.paragraph(X.run(one.title.uppercased()), style: "ChuKy")
                + X.paragraph(X.run("(Ký, ghi rõ họ tên)"), style: "GhiChuGiua")
                // Room for the hand.
                + X.paragraph("", style: "ChuKy", "<w:spacing w:before=\"1300\"/>")
                + X.paragraph(X.run(one.name), style: "ChuKy")
        }
        let width = room / signatories.count
        return X.paragraph("", style: "SauBang") + X.frame(widths: signatories.map { _ in width }, rows: [cells])
    }

    // MARK: Tables

    private static func xml(_ grid: OfficialDocument.Grid, room: Int, keep: String) -> String {
        let sum = max(grid.columns.reduce(0) { $0 + $1.width }, 0.001)
        let widths = Self.widened(
            grid.columns.map { Int(Double(room) * $0.width / sum) },
            least: grid.columns.indices.map { Self.least(grid, $0) })
        let edge = { (name: String) in "<w:\(name) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>" }
        let borders = ["top", "left", "bottom", "right", "insideH", "insideV"].map(edge).joined()
        var text = grid.caption.map { X.paragraph(X.run($0), style: "TenBang") } ?? ""
        text +=
            "<w:tbl><w:tblPr><w:tblW w:w=\"\(widths.reduce(0, +))\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>\(borders)</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"57\" w:type=\"dxa\"/><w:right w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>\(widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined())</w:tblGrid>"
        text += heading(grid.columns, widths)
        for (number, row) in grid.rows.enumerated() {
            // Of a table before a signature, or before its sums, the last row stays with what follows.
            let isLast = number == grid.rows.count - 1
            let keep = isLast && grid.totalLabel != nil ? X.keepNext : isLast ? keep : ""
            text += "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            for (index, column) in grid.columns.enumerated() {
                let value = row.indices.contains(index) ? row[index].words : ""
                text += cell(aligned(X.run(value), column.align, keep), widths[index])
            }
            text += "</w:tr>"
        }
        if let label = grid.totalLabel {
            let first = grid.columns.firstIndex { $0.sums } ?? 1
            text += "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            text += cell(
                X.paragraph(X.run(label), style: "DauBang", keep), widths[..<max(first, 1)].reduce(0, +),
                span: max(first, 1))
            for index in max(first, 1)..<grid.columns.count {
                let value = grid.sum(index).words
                text += cell(aligned(X.run(value, bold: true), grid.columns[index].align, keep), widths[index])
            }
            text += "</w:tr>"
        }
        // A paragraph behind a table: Word wants one before a section's end, and lines need room.
        return text + "</w:tbl>" + X.paragraph("", style: "SauBang", keep)
    }

    /// The titles of columns, on each page anew: in two lines where some of them stand under common words.
    private static func heading(_ columns: [OfficialDocument.Grid.Column], _ widths: [Int]) -> String {
        func title(_ text: String, _ width: Int, span: Int = 1, merge: String = "") -> String {
            cell(X.paragraph(X.run(text), style: "DauBang"), width, span: span, merge: merge)
        }
        func line(_ cells: [String]) -> String {
            "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>\(cells.joined())</w:tr>"
        }
        guard columns.contains(where: { !$0.group.isEmpty }) else {
            return line(zip(columns, widths).map { title($0.title, $1) })
        }
        var upper: [String] = []
        var index = 0
        while index < columns.count {
            let group = columns[index].group
            let end = group.isEmpty ? index + 1 : columns[index...].firstIndex { $0.group != group } ?? columns.count
            let width = widths[index..<end].reduce(0, +)
            upper.append(
                group.isEmpty
                    ? title(columns[index].title, width, merge: "<w:vMerge w:val=\"restart\"/>")
                    : title(group, width, span: end - index))
            index = end
        }
        let lower = zip(columns, widths).map { column, width in
            column.group.isEmpty ? title("", width, merge: "<w:vMerge/>") : title(column.title, width)
        }
        return line(upper) + line(lower)
    }

    /// What a column needs so that no day and no number of it breaks in two, in twips.
    private static func least(_ grid: OfficialDocument.Grid, _ index: Int) -> Int {
        let words = grid.rows.compactMap { $0.indices.contains(index) ? $0[index].words : nil }
        let longest = words.flatMap { $0.split(separator: " ") }.filter { word in
            word.contains(where: \.isNumber) && word.allSatisfy { $0.isNumber || "./,;%-".contains($0) }
        }.map { X.width(of: String($0), size: 24) }.max()
        // The margins of a cell, and some room: letters are measured to some per cent.
        return longest.map { $0 + 114 + 60 } ?? 0
    }

    /// Widths of which none is less than it needs: what is lacking comes from the columns that have more, by what they have.
    static func widened(_ widths: [Int], least: [Int]) -> [Int] {
        let lack = zip(widths, least).reduce(0) { $0 + max($1.1 - $1.0, 0) }
        // Columns of words keep some room for them.
        let spare = zip(widths, least).map { max($0 - max($1, 700), 0) }
        let all = spare.reduce(0, +)
        guard lack > 0, all >= lack else { return widths }
        return widths.indices.map { index in
            widths[index] < least[index] ? least[index] : widths[index] - spare[index] * lack / all
        }
    }

    private static func cell(_ content: String, _ width: Int, span: Int = 1, merge: String = "") -> String {
        "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/>\(span > 1 ? "<w:gridSpan w:val=\"\(span)\"/>" : "")\(merge)<w:vAlign w:val=\"center\"/></w:tcPr>\(content)</w:tc>"
    }

    private static func aligned(_ run: String, _ align: OfficialDocument.Grid.Align, _ keep: String) -> String {
        X.paragraph(run, style: "OBang", keep + (align == .left ? "" : "<w:jc w:val=\"\(align.rawValue)\"/>"))
    }

    // MARK: Charts

    /// Where a chart stands in the text; its numbers are in a part of its own.
    private static func drawing(_ number: Int, _ graph: OfficialDocument.Graph, room: Int) -> String {
        // English metric units: 635 to a twip. Many labels need height.
        let width = room * 635
        let height = width * (graph.kind == .bar && graph.labels.count > 14 ? 75 : 48) / 100
        let words = XMLText.escaped(Self.alternative(graph))
        return
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"\(width)\" cy=\"\(height)\"/><wp:docPr id=\"\(number)\" name=\"Biểu đồ \(number)\" descr=\"\(words)\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"rIdChart\(number)\"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    }

    /// What the picture shows, for somebody who does not see it.
    static func alternative(_ graph: OfficialDocument.Graph) -> String {
        let series = graph.series.map { one in
            let known = zip(graph.labels, one.values).compactMap { label, value in
                value.map { "\(label) \(DocumentData.Value.decimal($0, $0 == $0.rounded() ? 0 : 1))" }
            }
            return "\(one.name): \(known.prefix(30).joined(separator: ", "))"
        }
        return "\(graph.title). \(series.joined(separator: ". "))"
    }
}
