import CXML
import Kernel

/// The rows of a workbook's sheets, one at a time, as their parts unpack.
///
/// Formulas are not computed: the value the file holds beside them counts, and one without value is told apart.
final class WorkbookRows {
    private let archive: ZipArchive
    private let workbook: Workbook

    /// Sheets that are passed over because they are hidden.
    var hiddenSheets: [String] { workbook.hidden }
    private let limits: TableLimits
    /// Cells that may still come.
    private var left: Int
    private let buffer: UnsafeMutableRawBufferPointer

    // MARK: The sheet at hand

    private var sheetIndex = -1
    private var part: ZipArchive.Part?
    private var events: OpaquePointer?
    private(set) var merged: [CellRange] = []
    /// The cells that stand ready, up to the end of a row; they live until more is fed.
    private var cells: UnsafePointer<baophu_cell>?
    private var texts: UnsafePointer<CChar>?
    private var count = 0
    private var place = 0

    // MARK: The row at hand

    private(set) var number = 0
    /// By column: the index among the cells, -1 for none.
    private var slots: [Int32] = []

    init(_ source: RowSource, limits: TableLimits) throws(TableFileError) {
        archive = try ZipArchive(source, limits: limits)
        workbook = try Workbook(archive)
        self.limits = limits
        left = limits.cells
        buffer = .allocate(byteCount: 64 << 10, alignment: 16)
    }

    deinit {
        if let events { baophu_sheet_close(events) }
        buffer.deallocate()
    }

    func nextSheet() throws(TableFileError) -> String? {
        if let events { baophu_sheet_close(events) }
        (events, part, cells, texts) = (nil, nil, nil, nil)
        (count, place, number, merged) = (0, 0, 0, [])
        slots.removeAll(keepingCapacity: true)
        guard sheetIndex + 1 < workbook.sheets.count else { return nil }
        sheetIndex += 1
        let sheet = workbook.sheets[sheetIndex]
        part = try archive.open(sheet.part)
        events = baophu_sheet_open()
        guard events != nil else { throw .tooLarge("máy chủ không đủ bộ nhớ để mở") }
        return sheet.name
    }

    /// Merged cells beyond these are left out: no sheet for reading has as many.
    private static let mostMerged = 100_000

    func next() throws(TableFileError) -> Bool {
        slots.removeAll(keepingCapacity: true)
        while true {
            if let cells {
                while place < count {
                    let cell = cells[place]
                    switch Int(cell.kind) {
                    case BAOPHU_ROW_END:
                        number = Int(cell.row)
                        place += 1
                        left -= slots.count
                        guard left >= 0 else { throw .tooLarge("hơn \(VietnameseText.grouped(limits.cells)) ô") }
                        return true
                    case BAOPHU_MERGED:
                        if merged.count < Self.mostMerged, let range = CellRange(text(of: cell)) {
                            merged.append(range)
                        }
                    default:
                        let column = Int(cell.column)
                        while slots.count <= column { slots.append(-1) }
                        // Of two cells in one place the later holds.
                        slots[column] = Int32(place)
                    }
                    place += 1
                }
            }
            guard try feed() else { return false }
        }
    }

    /// Takes the next piece of the sheet.
    /// - Returns: false behind the last one.
    private func feed() throws(TableFileError) -> Bool {
        guard let part, let events else { return false }
        (cells, texts, count, place) = (nil, nil, 0, 0)
        let goesOn = try archive.feed(part, buffer) { baophu_sheet_feed(events, $0, $1, $2 ? 1 : 0) }
        cells = baophu_sheet_cells(events)
        texts = baophu_sheet_texts(events)
        count = baophu_sheet_count(events)
        // What the last piece brought is handed out still.
        if !goesOn { self.part = nil }
        return true
    }

    // MARK: Cells

    var width: Int { slots.count }

    private func text(of cell: baophu_cell) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: texts.map { UnsafeRawPointer($0 + Int(cell.start)) }, count: Int(cell.length))
    }

    private func entry(_ column: Int) -> baophu_cell? {
        guard let cells, slots.indices.contains(column), slots[column] >= 0 else { return nil }
        return cells[Int(slots[column])]
    }

    func isUncomputed(_ column: Int) -> Bool { entry(column).map { Int($0.kind) == BAOPHU_CELL_FORMULA } ?? false }

    func cell(_ column: Int) -> Cell {
        guard let entry = entry(column) else { return .empty }
        let text = text(of: entry)
        func string() -> String { String(decoding: text, as: UTF8.self) }
        switch Int(entry.kind) {
        case BAOPHU_CELL_SHARED:
            return shared(text).map { .text(String(decoding: $0, as: UTF8.self)) } ?? .empty
        case BAOPHU_CELL_INLINE, BAOPHU_CELL_RESULT: return .text(string())
        case BAOPHU_CELL_TRUTH: return .truth(string() == "1" || string() == "true")
        case BAOPHU_CELL_ERROR: return .failed(text.isEmpty ? "#ERROR" : string())
        case BAOPHU_CELL_FORMULA: return .uncomputed(string())
        case BAOPHU_CELL_DAY:
            let shown = string()
            return Day(shown.prefix(10)).map { .day($0) } ?? .text(shown)
        default:
            guard let number = NumberText.number(text) else { return .text(string()) }
            let style = Int(entry.style)
            switch workbook.shows.indices.contains(style) ? workbook.shows[style] : .number {
            case .number: return .number(number)
            case .percent: return .percent(number)
            case .day:
                return SerialDay.day(number, from1904: workbook.countsFrom1904).map { .day($0) } ?? .number(number)
            }
        }
    }

    func withText<Result>(of column: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        guard let entry = entry(column) else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        switch Int(entry.kind) {
        case BAOPHU_CELL_SHARED: return body(shared(text(of: entry)) ?? UnsafeRawBufferPointer(start: nil, count: 0))
        case BAOPHU_CELL_INLINE, BAOPHU_CELL_RESULT: return body(text(of: entry))
        default:
            var shown = cell(column).shown
            return shown.withUTF8 { body(UnsafeRawBufferPointer($0)) }
        }
    }

    private func shared(_ number: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        NumberText.whole(number).flatMap { workbook.strings.text($0) }
    }
}

/// Numbers as a workbook writes them.
enum NumberText {
    /// Digits alone, at most fifteen.
    static func whole(_ text: UnsafeRawBufferPointer) -> Int? {
        guard (1...15).contains(text.count) else { return nil }
        var value = 0
        for byte in text {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte) - 48
        }
        return value
    }

    private static let powers: [Double] = (0...15).map { exponent in
        (0..<exponent).reduce(1.0) { power, _ in power * 10 }
    }

    /// Nil for what is no finite number.
    static func number(_ text: UnsafeRawBufferPointer) -> Double? {
        // Up to fifteen digits are exact, and so are their powers of ten: one division rounds right.
        var digits = 0
        var value = 0
        var behind = -1
        var isShort = !text.isEmpty && text.count <= 17
        let isNegative = text.first == UInt8(ascii: "-")
        if isShort {
            for byte in text.dropFirst(isNegative ? 1 : 0) {
                if byte == UInt8(ascii: "."), behind < 0 {
                    behind = 0
                } else if (48...57).contains(byte), digits < 15 {
                    value = value * 10 + Int(byte) - 48
                    digits += 1
                    if behind >= 0 { behind += 1 }
                } else {
                    isShort = false
                    break
                }
            }
        }
        if isShort, digits > 0, behind != 0 {
            let size = behind > 0 ? Double(value) / powers[behind] : Double(value)
            return isNegative ? -size : size
        }
        guard let number = Double(String(decoding: text, as: UTF8.self)), number.isFinite else { return nil }
        return number
    }
}

extension CellRange {
    /// Reads `A1:B2`; nil for what is no rectangle of several cells.
    init?(_ reference: UnsafeRawBufferPointer) {
        let ends = String(decoding: reference, as: UTF8.self).split(separator: ":")
        guard ends.count == 2, let first = Self.place(ends[0]), let last = Self.place(ends[1]), first.row <= last.row,
            first.column <= last.column
        else { return nil }
        self.init(rows: first.row...last.row, columns: first.column...last.column)
    }

    private static func place(_ reference: Substring) -> (row: Int, column: Int)? {
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
}
