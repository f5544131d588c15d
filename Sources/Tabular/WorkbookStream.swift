import CXLSXWriter
import Foundation
import Kernel

/// Writes a workbook row by row in bounded memory, through libxlsxwriter: for lists that nobody wants to hold. Those that fit
/// into memory and want frames and looks are written by ``XLSXWriter``.
///
/// Equal rows give equal bytes. Nothing stands at the path before ``close()``, except what libxlsxwriter keeps beside.
public final class WorkbookStream {
    private let book: UnsafeMutablePointer<lxw_workbook>
    private var page: UnsafeMutablePointer<lxw_worksheet>?
    private let heading: UnsafeMutablePointer<lxw_format>?
    private let title: UnsafeMutablePointer<lxw_format>?
    private let date: UnsafeMutablePointer<lxw_format>?
    private var isClosed = false

    /// Of the sheet, 1-based; 0 before its first row.
    public private(set) var row = 0

    /// The last row a sheet of Excel has (ECMA-376, part 1, 18.3.1.73).
    public static let lastRow = 1_048_576

    /// - Parameter made: seconds since 1970 that the workbook tells as the moment of its making.
    public init(path: String, made: Int) throws {
        var options = lxw_workbook_options()
        options.constant_memory = UInt8(LXW_TRUE.rawValue)
        guard let book = workbook_new_opt(path, &options) else {
            throw XLSXWriter.WriteError(description: "cannot write \(path)")
        }
        self.book = book
        var properties = lxw_doc_properties()
        properties.created = time_t(made)
        workbook_set_properties(book, &properties)
        heading = workbook_add_format(book)
        title = workbook_add_format(book)
        date = workbook_add_format(book)
        format_set_bold(heading)
        format_set_text_wrap(heading)
        format_set_align(heading, UInt8(LXW_ALIGN_CENTER.rawValue))
        format_set_border(heading, UInt8(LXW_BORDER_THIN.rawValue))
        format_set_bold(title)
        format_set_num_format(date, "dd/mm/yyyy")
    }

    deinit { if !isClosed { _ = workbook_close(book) } }

    /// Goes on to a new sheet.
    /// - Parameter name: as a workbook takes it; ``SheetNames`` makes such names.
    public func begin(sheet name: String) throws {
        guard let page = workbook_add_worksheet(book, name) else {
            throw XLSXWriter.WriteError(description: "no sheet can be named \(name)")
        }
        self.page = page
        row = 0
    }

    /// Writes the sheet's next row.
    public func add(_ cells: [SheetCell]) {
        guard let page else { return }
        let line = lxw_row_t(row)
        row += 1
        for (column, cell) in cells.enumerated() {
            let column = lxw_col_t(column)
            let format =
                switch cell.look {
                case .heading: heading
                case .title, .total: title
                default: nil as UnsafeMutablePointer<lxw_format>?
                }
            switch cell.content {
            case .empty: break
            case .text(let text): worksheet_write_string(page, line, column, CellText.usable(text), format)
            case .number(let number): worksheet_write_number(page, line, column, number, format)
            case .day(let day):
                var moment = lxw_datetime(
                    year: Int32(day.year), month: Int32(day.month), day: Int32(day.day), hour: 0, min: 0, sec: 0)
                worksheet_write_datetime(page, line, column, &moment, date)
            case .moment(let moment):
                worksheet_write_string(page, line, column, moment.day.vietnamese, format)
            case .formula(let formula, let value):
                worksheet_write_formula_num(page, line, column, "=\(formula)", format, value)
            }
        }
    }

    /// Merges cells of the row that was written last, whose first holds the text: what is written cannot be touched again.
    public func merge(_ columns: ClosedRange<Int>, text: String) {
        guard let page, row > 0, columns.count > 1 else { return }
        let line = lxw_row_t(row - 1)
        worksheet_merge_range(
            page, line, lxw_col_t(columns.lowerBound), line, lxw_col_t(columns.upperBound), CellText.usable(text),
            heading)
    }

    /// Puts the workbook at its path.
    public func close() throws {
        isClosed = true
        let problem = workbook_close(book)
        guard problem == LXW_NO_ERROR else {
            throw XLSXWriter.WriteError(
                description: "the workbook could not be written (libxlsxwriter: \(problem.rawValue))")
        }
    }
}
