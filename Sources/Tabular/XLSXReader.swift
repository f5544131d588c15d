import Kernel

/// Reads the visible sheets of a workbook (ECMA-376) row by row through its parts' streams.
///
/// Formulas are not computed: the value the file holds beside them counts, and one without value is told apart.
struct XLSXReader {
    static func tables(of bytes: [UInt8], limits: TableLimits) throws(TableFileError) -> [Table] {
        let archive = try ZipArchive(bytes, limits: limits)
        defer { archive.close() }
        guard archive.contains("xl/workbook.xml") else {
            if archive.contains("xl/workbook.bin") { throw .otherOffice("Excel nhị phân (.xlsb)") }
            if archive.contains("word/document.xml") { throw .otherOffice("Word (.docx)") }
            if archive.contains("ppt/presentation.xml") { throw .otherOffice("PowerPoint (.pptx)") }
            throw .otherOffice(archive.contains("mimetype") ? "OpenDocument (.ods, .odt)" : "tệp nén (.zip)")
        }
        var reader = XLSXReader(archive: archive, limits: limits)
        return try reader.read()
    }

    private let archive: ZipArchive
    private let limits: TableLimits
    private var strings: [String] = []
    private var dateStyles: Set<Int> = []
    private var epoch1904 = false
    private var cellCount = 0

    private init(archive: ZipArchive, limits: TableLimits) {
        self.archive = archive
        self.limits = limits
    }

    private struct Sheet {
        let name: String
        let relation: String
        let hidden: Bool
    }

    private mutating func read() throws(TableFileError) -> [Table] {
        var sheets: [Sheet] = []
        var epoch1904 = false
        try archive.parse("xl/workbook.xml") { element, _ in
            switch element.name {
            case "sheet":
                sheets.append(
                    Sheet(
                        name: element["name"] ?? "", relation: element["id"] ?? "",
                        hidden: element["state"].map { $0 != "visible" } ?? false))
            case "workbookPr": epoch1904 = ["1", "true"].contains(element["date1904"] ?? "")
            default: break
            }
        }
        self.epoch1904 = epoch1904
        var targets: [String: String] = [:]
        if archive.contains("xl/_rels/workbook.xml.rels") {
            try archive.parse("xl/_rels/workbook.xml.rels") { element, _ in
                if element.name == "Relationship", let id = element["Id"], let target = element["Target"] {
                    targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
                }
            }
        }
        if archive.contains("xl/sharedStrings.xml") { strings = try sharedStrings() }
        if archive.contains("xl/styles.xml") { dateStyles = try dateStyleIndices() }
        let isAnyShown = sheets.contains { !$0.hidden }
        var tables: [Table] = []
        for (index, sheet) in sheets.enumerated() where !isAnyShown || !sheet.hidden {
            let path = targets[sheet.relation] ?? "xl/worksheets/sheet\(index + 1).xml"
            // Chart sheets and damaged relations name parts that are no worksheet.
            guard path.hasPrefix("xl/worksheets"), archive.contains(path) else { continue }
            tables.append(try table(named: sheet.name, part: path))
        }
        guard !tables.isEmpty else { throw .damaged("không có trang tính nào") }
        return tables
    }

    private func sharedStrings() throws(TableFileError) -> [String] {
        var strings: [String] = []
        var text = ""
        var phonetic = false
        try archive.parse(
            "xl/sharedStrings.xml",
            onText: { name, content in if name == "t", !phonetic { text += content } },
            onEnd: { name in
                if name == "si" {
                    strings.append(text)
                    text = ""
                }
                if name == "rPh" { phonetic = false }
            }
        ) { element, _ in if element.name == "rPh" { phonetic = true } }
        return strings
    }

    /// The indices of `cellXfs` whose number format shows a day: the built-in ones, and those whose code speaks of days or
    /// years outside quotes and brackets (ECMA-376 part 1, 18.8.30).
    private func dateStyleIndices() throws(TableFileError) -> Set<Int> {
        var customDates: Set<Int> = []
        var formats: [Int] = []
        try archive.parse("xl/styles.xml") { element, parents in
            if element.name == "numFmt", let id = element["numFmtId"].flatMap({ Int($0) }),
                Self.speaksOfDays(element["formatCode"] ?? "")
            {
                customDates.insert(id)
            }
            if element.name == "xf", parents.last == "cellXfs" {
                formats.append(element["numFmtId"].flatMap { Int($0) } ?? 0)
            }
        }
        let dates = formats.indices.filter { index in
            let format = formats[index]
            return (14...17).contains(format) || format == 22 || (27...36).contains(format)
                || (50...58).contains(format) || customDates.contains(format)
        }
        return Set(dates)
    }

    private static func speaksOfDays(_ code: String) -> Bool {
        var quoted = false
        var bracketed = false
        for character in code.lowercased() {
            switch character {
            case "\"": quoted.toggle()
            case "[": bracketed = true
            case "]": bracketed = false
            case "d", "y": if !quoted, !bracketed { return true }
            default: break
            }
        }
        return false
    }

    private mutating func table(named name: String, part: String) throws(TableFileError) -> Table {
        var rows: [TableRow] = []
        var merged: [CellRange] = []
        var rowNumber = 0
        var cells: [Cell] = []
        var column = 0
        var type = ""
        var style = 0
        var value: String?
        var text = ""
        var formula: String?
        var count = cellCount
        var tooMany = false
        let limit = limits.cells
        let (strings, dateStyles) = (strings, dateStyles)
        let dayZero = epoch1904 ? Self.dayZero1904 : Self.dayZero1900

        func finished() -> Cell {
            switch type {
            case "s":
                return value.flatMap { Int($0) }.flatMap { strings.indices.contains($0) ? .text(strings[$0]) : nil }
                    ?? .empty
            case "inlineStr": return text.isEmpty ? .empty : .text(text)
            case "b": return .truth(value == "1" || value == "true")
            case "e": return .failed(value ?? "#ERROR")
            case "str":
                if let value, !value.isEmpty { return .text(value) }
                return formula.map { .uncomputed($0) } ?? .empty
            case "d": return value.map { shown in Day(shown.prefix(10)).map { .day($0) } ?? .text(shown) } ?? .empty
            default:
                guard let value, !value.isEmpty else { return formula.map { .uncomputed($0) } ?? .empty }
                guard let number = Double(value), number.isFinite else { return .text(value) }
                if dateStyles.contains(style), number >= 1, number < 2_958_466 {
                    return .day(dayZero.adding(days: Int(number)))
                }
                return .number(number)
            }
        }
        try archive.parse(
            part,
            onText: { element, content in
                switch element {
                case "v": value = (value ?? "") + content
                case "t": text += content
                case "f": formula = (formula ?? "") + content
                default: break
                }
            },
            onEnd: { element in
                switch element {
                case "c":
                    let cell = finished()
                    if cell != .empty, column < 16_384 {
                        count += max(column + 1 - cells.count, 0)
                        if count > limit {
                            tooMany = true
                            return
                        }
                        while cells.count < column { cells.append(.empty) }
                        if cells.count == column { cells.append(cell) } else { cells[column] = cell }
                    }
                    column += 1
                case "row":
                    if !cells.isEmpty { rows.append(TableRow(number: rowNumber, cells: cells)) }
                    cells = []
                default: break
                }
            }
        ) { element, parents in
            switch element.name {
            case "row":
                // A number that no sheet has is no number.
                rowNumber =
                    element["r"].flatMap { Int($0) }.flatMap { (1...1_048_576).contains($0) ? $0 : nil }
                    ?? min(rowNumber + 1, 1_048_576)
                cells = []
                column = 0
            case "c":
                if let reference = element["r"], let place = Self.place(reference) { column = place.column }
                type = element["t"] ?? ""
                style = element["s"].flatMap { Int($0) } ?? 0
                (value, text, formula) = (nil, "", nil)
            case "f": formula = formula ?? ""
            case "mergeCell":
                if merged.count < 100_000, let range = element["ref"].flatMap({ Self.range($0) }) {
                    merged.append(range)
                }
            default: break
            }
            return
        }
        guard !tooMany else { throw .tooLarge("hơn \(VietnameseText.grouped(limit)) ô") }
        cellCount = count
        return Table(name: name, rows: rows, merged: merged)
    }

    /// Day 0 of the serial numbers. 1899-12-30, because Excel's calendar of 1900 has a 29 February that never was.
    private static let dayZero1900 = Day(daysSinceEpoch: -25_569)
    private static let dayZero1904 = Day(daysSinceEpoch: -24_107)

    static func place(_ reference: some StringProtocol) -> (row: Int, column: Int)? {
        var column = 0
        var row = 0
        for byte in reference.utf8 {
            switch byte {
            case 65...90: column = column * 26 + Int(byte) - 64
            case 48...57: row = row * 10 + Int(byte) - 48
            case UInt8(ascii: "$"): break
            default: return nil
            }
            guard column <= 16_384, row <= 1_048_576 else { return nil }
        }
        return column > 0 && row > 0 ? (row, column - 1) : nil
    }

    static func range(_ reference: String) -> CellRange? {
        let ends = reference.split(separator: ":")
        guard ends.count == 2, let first = place(ends[0]), let last = place(ends[1]), first.row <= last.row,
            first.column <= last.column
        else { return nil }
        return CellRange(rows: first.row...last.row, columns: first.column...last.column)
    }
}
