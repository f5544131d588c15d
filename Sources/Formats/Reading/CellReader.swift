import Kernel
import Tabular

/// What a cell says.
enum CellReading {
    case blank
    case value(RecordField, RecordValue, repair: Repair.Kind?)
    case fault(ReturnedRow.Reason, words: String, remedy: String)
    /// Text of before Unicode that nobody agreed to convert.
    case old(OldEncoding, meant: String)
}

/// Reads the cells of one column.
struct CellReader {
    let column: FormatColumn
    let today: Day
    let accepted: OldEncoding?
    /// What the column may hold, in order.
    private let fields: [(field: RecordField, type: ValueType)]

    /// - Parameter others: fields that the column's alternatives name and other columns of the list hold.
    init(column: FormatColumn, today: Day, accepted: OldEncoding?, leavingTo others: Set<RecordField> = []) {
        (self.column, self.today, self.accepted) = (column, today, accepted)
        fields = column.fields.enumerated().filter { $0.offset == 0 || !others.contains($0.element) }.map {
            ($0.element, $0.element.type)
        }
    }

    func read(_ cell: Cell) -> CellReading {
        switch cell {
        case .empty: return .blank
        case .failed:
            return .fault(.formula, words: "là lỗi của công thức", remedy: "sửa công thức hoặc dán giá trị")
        case .uncomputed:
            return .fault(
                .formula, words: "là công thức chưa có kết quả trong tệp",
                remedy: "mở bằng Excel rồi lưu lại, hoặc dán giá trị")
        default: break
        }
        guard !cell.isBlank else { return .blank }
        var first: CellReading?
        for (place, (field, type)) in fields.enumerated() {
            let reading = read(cell, as: field, type, isFirst: place == 0)
            if case .value(let found, _, nil) = reading {
                // Nine digits that a spreadsheet holds as a number are a code that lost its zero; written, an old card's.
                if found == .oldPersonalID, case .number = cell, case .value? = first { break }
                return reading
            }
            if case .blank = reading { return reading }
            // A value that had to be repaired waits for a field that takes it as it is.
            if case .value = reading {
                if case .value? = first { continue }
                first = reading
            } else if first == nil {
                first = reading
            }
        }
        return first ?? .blank
    }

    private func read(_ cell: Cell, as field: RecordField, _ type: ValueType, isFirst: Bool) -> CellReading {
        switch type {
        case .text: text(cell, field)
        case .day: day(cell, field)
        case .partialDay: partialDay(cell, field)
        case .month: month(cell, field)
        case .money: money(cell, field, bounds: isFirst)
        case .count: count(cell, field, bounds: isFirst)
        case .share: share(cell, field, bounds: isFirst)
        case .flag: flag(cell, field)
        case .code(let codes): code(cell, field, codes)
        case .personalID, .oldPersonalID, .siCode, .taxCode, .phone: identifier(cell, field)
        case .commune: commune(cell, field)
        }
    }

    // MARK: Words

    private func text(_ cell: Cell, _ field: RecordField) -> CellReading {
        guard case .text(let written) = cell else {
            return field == .passport ? notAPassport : .value(field, .text(cell.shown), repair: nil)
        }
        var (text, repair): (String, Repair.Kind?) = (written, nil)
        if let encoding = OldEncoding.of(written) {
            let meant = VietnameseText.unified(encoding.decode(written))
            guard encoding == accepted else { return .old(encoding, meant: meant) }
            (text, repair) = (meant, .legacyEncoding)
        } else {
            text = VietnameseText.unified(written)
            // White space alone is no repair.
            if text.utf8.count != written.utf8.count || text != written, Self.differsInLetters(written, text) {
                repair = .letters
            }
        }
        if field == .passport, !Self.isPassport(text) { return notAPassport }
        guard text.utf8.count <= 2_000 else {
            return .fault(.wrongValue, words: "dài quá 2.000 byte", remedy: "rút gọn nội dung ô")
        }
        return text.isEmpty ? .blank : .value(field, .text(text), repair: repair)
    }

    private var notAPassport: CellReading {
        .fault(.wrongValue, words: "không phải số hộ chiếu", remedy: "ghi 1 đến 2 chữ cái và 6 đến 8 chữ số")
    }

    private static func isPassport(_ text: String) -> Bool {
        let letters = text.utf8.prefix { (65...90).contains($0 & ~32) }.count
        let digits = text.utf8.dropFirst(letters)
        return (1...2).contains(letters) && (6...8).contains(digits.count)
            && digits.allSatisfy { (48...57).contains($0) }
    }

    private static func differsInLetters(_ written: String, _ unified: String) -> Bool {
        !VietnameseText.tidy(written).unicodeScalars.elementsEqual(unified.unicodeScalars)
    }

    private func flag(_ cell: Cell, _ field: RecordField) -> CellReading {
        if case .truth(let truth) = cell { return .value(field, .flag(truth), repair: nil) }
        switch VietnameseText.fold(cell.shown) {
        case "x", "1", "co", "true", "v", "✓", "✔", "√": return .value(field, .flag(true), repair: nil)
        case "0", "khong", "false", "-": return .value(field, .flag(false), repair: nil)
        // A contract's kind is marked by its day.
        case _ where WrittenDay(VietnameseText.tidy(cell.shown)) != nil: return .value(field, .flag(true), repair: nil)
        default: return .fault(.unknownWord, words: "không phải đánh dấu có hay không", remedy: "ghi “x” hoặc để trống")
        }
    }

    private func code(_ cell: Cell, _ field: RecordField, _ codes: [String]) -> CellReading {
        let folded = VietnameseWords(cell.shown).text
        if let code = column.words[folded] ?? (column.words.isEmpty ? Self.ownWords[field]?[folded] : nil) {
            return .value(field, .code(code), repair: nil)
        }
        let known = column.words.isEmpty ? Self.ownWords[field]?.keys.sorted() ?? codes : column.words.keys.sorted()
        return .fault(
            .unknownWord, words: "không có trong danh mục của cột",
            remedy: "ghi một trong: \(known.prefix(12).joined(separator: ", "))")
    }

    /// How files write codes where the format does not say.
    private static let ownWords: [RecordField: [String: String]] = [
        .sex: ["nam": "male", "1": "male", "nu": "female", "0": "female", "2": "female"]
    ]

    private func commune(_ cell: Cell, _ field: RecordField) -> CellReading {
        if let code = CommuneCode(typed: cell.shown) {
            let isWhole = cell.shown.utf8.count == 5
            return .value(field, .commune(code), repair: isWhole ? nil : .leadingZero)
        }
        return text(cell, .communeWritten)
    }

    // MARK: Days

    private func partialDay(_ cell: Cell, _ field: RecordField) -> CellReading {
        let bad = CellReading.fault(
            .wrongValue, words: "không phải ngày, tháng hoặc năm", remedy: "ghi dạng dd/MM/yyyy, MM/yyyy hoặc yyyy")
        switch written(cell) {
        case .known(let day, let repair): return past(PartialDay(day), field, repair)
        case .parts(let parts):
            if let day = PartialDay(year: parts.year, month: parts.month, day: parts.dayOfMonth) {
                return past(day, field, parts.shape == .serial ? .serialDay : nil, short: parts.shape == .shortYear)
            }
            // A month beyond 12 can only be a day.
            if let swapped = PartialDay(year: parts.year, month: parts.dayOfMonth, day: parts.month),
                swapped.dayOfMonth > 12
            {
                return past(swapped, field, .swappedDay)
            }
            return .fault(.wrongValue, words: "không có trong lịch", remedy: "sửa lại ngày")
        case .nothing: return bad
        }
    }

    private func past(
        _ day: PartialDay, _ field: RecordField, _ repair: Repair.Kind?, short: Bool = false
    ) -> CellReading {
        var day = day
        // Nobody is born after today: `21/01/27` of a year 2026 is of the last century.
        if short, day > PartialDay(today),
            let earlier = PartialDay(year: day.year - 100, month: day.month, day: day.dayOfMonth)
        {
            day = earlier
        }
        guard day.year >= 1900, day <= PartialDay(today) else {
            return .fault(
                .wrongValue, words: day.year < 1900 ? "là trước năm 1900" : "là sau hôm nay", remedy: "sửa lại ngày")
        }
        return .value(field, .partialDay(day), repair: repair)
    }

    private func day(_ cell: Cell, _ field: RecordField) -> CellReading {
        switch written(cell) {
        case .known(let day, let repair): return .value(field, .day(day), repair: repair)
        case .parts(let parts):
            if let day = parts.day {
                return .value(field, .day(day), repair: parts.shape == .serial ? .serialDay : nil)
            }
            if parts.dayOfMonth > 0, let day = Day(year: parts.year, month: parts.dayOfMonth, day: parts.month) {
                return .value(field, .day(day), repair: .swappedDay)
            }
            return .fault(.wrongValue, words: "không phải một ngày có trong lịch", remedy: "ghi dạng dd/MM/yyyy")
        case .nothing:
            return .fault(.wrongValue, words: "không phải ngày", remedy: "ghi dạng dd/MM/yyyy")
        }
    }

    private func month(_ cell: Cell, _ field: RecordField) -> CellReading {
        switch written(cell) {
        case .known(let day, let repair): return .value(field, .month(Month(of: day)), repair: repair)
        case .parts(let parts):
            if let month = Month(year: parts.year, month: parts.month) {
                return .value(field, .month(month), repair: parts.shape == .serial ? .serialDay : nil)
            }
        case .nothing:
            if let month = Month(typed: cell.shown) { return .value(field, .month(month), repair: nil) }
        }
        return .fault(.wrongValue, words: "không phải tháng", remedy: "ghi dạng MM/yyyy, ví dụ 09/2026")
    }

    private enum Written {
        case known(Day, Repair.Kind?)
        case parts(WrittenDay)
        case nothing
    }

    private func written(_ cell: Cell) -> Written {
        switch cell {
        case .day(let day): return .known(day, nil)
        case .number(let number):
            if number == number.rounded(), (10_000...73_050).contains(number),
                let day = SerialDay.day(number, from1904: false)
            {
                return .known(day, .serialDay)
            }
            return WrittenDay(cell.shown).map { .parts($0) } ?? .nothing
        default: return WrittenDay(VietnameseText.tidy(cell.shown)).map { .parts($0) } ?? .nothing
        }
    }
}
