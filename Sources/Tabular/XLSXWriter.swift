import CXLSXWriter
import Foundation
public import Kernel

/// A cell on its way into a workbook.
public struct SheetCell: Sendable, Equatable {
    public enum Content: Sendable, Equatable {
        case empty
        case text(String)
        case number(Double)
        case day(Day)
        /// Of Viet Nam's clock, to the minute.
        case moment(Timestamp)
        /// Without the sign of equality, with the value it comes to.
        case formula(String, Double)
    }

    public enum Look: Sendable, Hashable, CaseIterable {
        case plain
        case heading
        /// Bold, without a frame: title lines.
        case title
        /// Red on a light ground: what has to be mended.
        case problem
        /// Cells of a framed table: text, whole numbers, numbers with a decimal, days, moments, sums.
        case cell
        case figure
        case decimal
        case day
        case moment
        case total
        /// Centred over the table: titles in bold, notes in italics.
        case centredTitle
        case centredNote
    }

    public var content: Content
    public var look: Look

    public init(_ content: Content, look: Look = .plain) {
        self.content = content
        self.look = look
    }

    public static func text(_ text: String, look: Look = .plain) -> SheetCell {
        SheetCell(text.isEmpty ? .empty : .text(text), look: look)
    }

    public static func number(_ number: Int, look: Look = .plain) -> SheetCell {
        SheetCell(.number(Double(number)), look: look)
    }
}

/// One sheet of a workbook to be written.
public struct Sheet: Sendable {
    /// Any text; ``SheetNames`` makes of it what a workbook takes.
    public var name: String
    /// From the first row on, without gaps.
    public var rows: [[SheetCell]]
    /// Rows 1-based, columns 0-based, as ``CellRange`` counts them.
    public var merged: [CellRange]
    /// Characters, by column; others keep Excel's width.
    public var widths: [Int: Double]
    /// Rows that stay in view and repeat on each printed page.
    public var headingRows: Int
    /// The first of the rows that repeat, 0-based: title rows above it stay where they are.
    public var headingStart = 0
    public var isPortrait = false
    /// Whether only what was written is printed, with the page's number below.
    public var printsArea = false

    public init(
        name: String, rows: [[SheetCell]], merged: [CellRange] = [], widths: [Int: Double] = [:], headingRows: Int = 0
    ) {
        self.name = name
        self.rows = rows
        self.merged = merged
        self.widths = widths
        self.headingRows = headingRows
    }
}

/// Writes workbooks through libxlsxwriter.
public enum XLSXWriter {
    public struct WriteError: Error, CustomStringConvertible {
        public let description: String
    }

    /// The bytes of a workbook of these sheets.
    /// - Parameter made: seconds since 1970 to be told as the moment of making; nil for now. With it equal sheets give equal
    ///   bytes.
    public static func bytes(of sheets: [Sheet], made: Int? = nil) throws -> [UInt8] {
        let path = NSTemporaryDirectory() + "/baophu-\(UUID().uuidString).xlsx"
        defer { unlink(path) }
        guard let book = workbook_new(path) else { throw WriteError(description: "cannot write \(path)") }
        if let made {
            var properties = lxw_doc_properties()
            properties.created = time_t(made)
            workbook_set_properties(book, &properties)
        }
        let formats = formats(of: book)
        for (sheet, name) in zip(sheets, SheetNames.usable(sheets.map(\.name))) {
            guard let page = workbook_add_worksheet(book, name) else {
                _ = workbook_close(book)
                throw WriteError(description: "no sheet can be named \(name)")
            }
            if !sheet.isPortrait { worksheet_set_landscape(page) }
            worksheet_set_paper(page, 9)
            worksheet_fit_to_pages(page, 1, 0)
            for (column, width) in sheet.widths.sorted(by: { $0.key < $1.key }) {
                worksheet_set_column(page, lxw_col_t(column), lxw_col_t(column), width, nil)
            }
            if sheet.headingRows > 0 {
                worksheet_repeat_rows(page, lxw_row_t(sheet.headingStart), lxw_row_t(sheet.headingRows - 1))
                worksheet_freeze_panes(page, lxw_row_t(sheet.headingRows), 0)
            }
            if sheet.printsArea, let width = sheet.rows.map(\.count).max(), width > 0 {
                worksheet_print_area(page, 0, 0, lxw_row_t(sheet.rows.count - 1), lxw_col_t(width - 1))
                worksheet_set_footer(page, "&CTrang &P/&N")
            }
            // Merging writes its first cell and blanks; the cells' own content comes after.
            for range in sheet.merged {
                worksheet_merge_range(
                    page, lxw_row_t(range.rows.lowerBound - 1), lxw_col_t(range.columns.lowerBound),
                    lxw_row_t(range.rows.upperBound - 1), lxw_col_t(range.columns.upperBound), "", nil)
            }
            for (row, cells) in sheet.rows.enumerated() {
                for (column, cell) in cells.enumerated() {
                    let (row, column) = (lxw_row_t(row), lxw_col_t(column))
                    let format = formats[cell.look]
                    switch cell.content {
                    case .empty: if format != nil { worksheet_write_blank(page, row, column, format) }
                    case .text(let text):
                        worksheet_write_string(page, row, column, CellText.usable(text), format)
                    case .number(let number): worksheet_write_number(page, row, column, number, format)
                    case .day(let day):
                        var date = lxw_datetime(
                            year: Int32(day.year), month: Int32(day.month), day: Int32(day.day), hour: 0, min: 0, sec: 0
                        )
                        worksheet_write_datetime(page, row, column, &date, format ?? formats[.day])
                    case .moment(let moment):
                        let (day, seconds) = (
                            moment.day, moment.secondsSinceEpoch - Timestamp(day: moment.day).secondsSinceEpoch
                        )
                        var date = lxw_datetime(
                            year: Int32(day.year), month: Int32(day.month), day: Int32(day.day),
                            hour: Int32(seconds / 3_600), min: Int32(seconds / 60 % 60), sec: 0)
                        worksheet_write_datetime(page, row, column, &date, format ?? formats[.moment])
                    case .formula(let formula, let value):
                        worksheet_write_formula_num(page, row, column, "=\(formula)", format, value)
                    }
                }
            }
        }
        let problem = workbook_close(book)
        guard problem == LXW_NO_ERROR, let data = FileManager.default.contents(atPath: path) else {
            throw WriteError(description: "the workbook could not be written (libxlsxwriter: \(problem.rawValue))")
        }
        return Array(data)
    }

    private static func formats(of book: UnsafeMutablePointer<lxw_workbook>) -> [SheetCell.Look:
        UnsafeMutablePointer<lxw_format>]
    {
        var formats: [SheetCell.Look: UnsafeMutablePointer<lxw_format>] = [:]
        for look in SheetCell.Look.allCases where look != .plain {
            guard let format = workbook_add_format(book) else { continue }
            switch look {
            case .heading, .title, .total, .centredTitle: format_set_bold(format)
            default: break
            }
            switch look {
            case .heading, .cell, .figure, .decimal, .day, .moment, .total:
                format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
            default: break
            }
            switch look {
            case .heading:
                format_set_text_wrap(format)
                format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
                format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
            case .centredTitle, .centredNote:
                format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
                if look == .centredNote { format_set_italic(format) }
            case .problem:
                format_set_font_color(format, 0xA4161A)
                format_set_bg_color(format, 0xFDEAEA)
                format_set_text_wrap(format)
            case .cell: format_set_text_wrap(format)
            case .figure, .total: format_set_num_format(format, "#,##0")
            case .decimal: format_set_num_format(format, "#,##0.0")
            case .day: format_set_num_format(format, "dd/mm/yyyy")
            case .moment: format_set_num_format(format, "dd/mm/yyyy hh:mm")
            case .plain, .title: break
            }
            formats[look] = format
        }
        return formats
    }
}

/// Writes CSV as Excel in Viet Nam opens it: UTF-8 with a byte-order mark, CRLF, quotes where needed.
public enum CSVWriter {
    /// - Parameter disarmed: a spreadsheet must not take any field for a formula: fields that begin like one get an
    ///   apostrophe before them (OWASP, CSV injection). Numbers stay as they are.
    public static func bytes(
        of rows: some Sequence<[String]>, separator: Character = ";", disarmed: Bool = false
    ) -> [UInt8] {
        var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
        for row in rows {
            bytes += Array(
                row.map { quoted(disarmed ? self.disarmed($0) : $0, separator) }.joined(separator: String(separator))
                    .utf8)
            bytes += [13, 10]
        }
        return bytes
    }

    private static func disarmed(_ field: String) -> String {
        guard let first = field.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else { return field }
        let isSign = first == "+" || first == "-"
        if isSign, field.dropFirst().allSatisfy({ $0.isNumber || ".,".contains($0) }) { return field }
        return "'" + field
    }

    /// Goes by scalars: with a combining mark behind it a quote is another letter to Swift, and still a quote to who reads it.
    private static func quoted(_ field: String, _ separator: Character) -> String {
        let isPlain = field.unicodeScalars.allSatisfy { scalar in
            let letter = Character(scalar)
            return letter != separator && letter != "\"" && !letter.isNewline
        }
        guard !isPlain else { return field }
        var text = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in field.unicodeScalars {
            if scalar == "\"" { text.append(scalar) }
            text.append(scalar)
        }
        text.append("\"")
        return String(text)
    }
}
