import Kernel
import Tabular

/// Tables of a document as a workbook: real numbers and days, sums as formulas, a heading that stays, a print area.
public enum SheetBook {
    /// A workbook with a sheet for each table of the document, its annexes' included.
    public static func bytes(of document: OfficialDocument) throws -> [UInt8] {
        var sheets: [Sheet] = []
        func add(_ blocks: [OfficialDocument.Block], title: String, attachedTo: String, isLandscape: Bool) {
            for block in blocks {
                guard case .table(let grid) = block else { continue }
                sheets.append(
                    sheet(
                        grid, name: sheets.isEmpty ? "Bảng" : "Bảng \(sheets.count + 1)", title: title,
                        attachedTo: attachedTo, isLandscape: isLandscape))
            }
        }
        add(document.body, title: document.summary, attachedTo: "", isLandscape: false)
        for annex in document.annexes {
            add(annex.body, title: annex.title, attachedTo: annex.attachedTo, isLandscape: annex.isLandscape)
        }
        if sheets.isEmpty { sheets = [Sheet(name: "Bảng", rows: [[.text(document.summary, look: .title)]])] }
        return try XLSXWriter.bytes(of: sheets, made: 315_532_800)
    }

    static func sheet(
        _ grid: OfficialDocument.Grid, name: String, title: String, attachedTo: String, isLandscape: Bool
    ) -> Sheet {
        let width = grid.columns.count
        func line(_ text: String, _ look: SheetCell.Look) -> [SheetCell] {
            [.text(text, look: look)] + Array(repeating: SheetCell(.empty), count: max(width - 1, 0))
        }
        var rows: [[SheetCell]] = [line(VietnameseText.sentence(title), .centredTitle)]
        if !attachedTo.isEmpty { rows.append(line("(\(attachedTo))", .centredNote)) }
        if let caption = grid.caption { rows.append(line(SourceMark.plain(caption), .centredTitle)) }
        let titles = rows.count
        rows.append(grid.columns.map { .text($0.fullTitle, look: .heading) })
        let first = rows.count + 1
        for row in grid.rows {
            rows.append(grid.columns.indices.map { cell(row.indices.contains($0) ? row[$0] : .empty) })
        }
        let last = rows.count
        if let label = grid.totalLabel {
            rows.append(
                grid.columns.indices.map { index in
                    if let share = grid.share(index), let value = grid.sum(index).number {
                        let cells = [share.part, share.whole].map { "\(columnLetters($0))\(last + 1)" }
                        return SheetCell(.formula("\(cells[0])*100/\(cells[1])", value), look: .decimal)
                    }
                    if let sum = grid.sum(index).number, last >= first {
                        let letters = columnLetters(index)
                        return SheetCell(
                            .formula("SUM(\(letters)\(first):\(letters)\(last))", sum),
                            look: .total)
                    }
                    let isLabel = index == (grid.columns.firstIndex { $0.sums } ?? 1) - 1
                    return isLabel ? .text(label, look: .total) : SheetCell(.empty, look: .total)
                })
        }
        var sheet = Sheet(
            name: name, rows: rows,
            merged: width > 1 ? (1...titles).map { CellRange(rows: $0...$0, columns: 0...(width - 1)) } : [],
            widths: Dictionary(
                uniqueKeysWithValues: grid.columns.enumerated().map { ($0, max($1.width * (isLandscape ? 1.3 : 1), 5)) }
            ),
            headingRows: titles + 1)
        sheet.headingStart = titles
        sheet.isPortrait = !isLandscape
        sheet.printsArea = true
        return sheet
    }

    private static func cell(_ value: DocumentData.Value) -> SheetCell {
        switch value {
        case .empty: SheetCell(.empty, look: .cell)
        case .text(let text): .text(SourceMark.plain(text), look: .cell)
        case .number(let number): SheetCell(.number(Double(number)), look: .figure)
        case .decimal(let number, let places): SheetCell(.number(number), look: places == 0 ? .figure : .decimal)
        case .day(let day): SheetCell(.day(day), look: .day)
        }
    }
}
