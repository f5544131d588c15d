import Kernel
import Province
import Tabular

/// Walks the rows of one table of movements and reads each on its own.
struct MovementWalk {
    let reader: MovementReader
    let table: Table
    let columns: MovementColumns
    let sheet: String
    let month: Month
    let nameColumn: Int?
    let codeColumn: Int?
    let lineColumn: Int?
    let schemeColumn: Int?
    let blockColumn: Int?
    private let shifted: ShiftedRows?
    private let money: MoneyUnit?
    /// The scheme that the titles name, where only one is.
    private let titled: Scheme?
    let names: UnitNames
    /// Whose rows these are, where they are lines and not units.
    var place: MovementPlace
    /// Of a form of lines: the part that is being read; nil for other insurances.
    var section: Scheme?
    private var sums: [Int: Int] = [:]
    /// Of a form that is added up: the sums of its rows.
    private var parts: [MovementKey: Int] = [:]

    init(
        reader: MovementReader, table: Table, columns: MovementColumns, sheet: String, form: TextForm?, month: Month,
        place: MovementPlace
    ) {
        self.reader = reader
        self.table = table
        self.columns = columns
        self.sheet = sheet
        self.month = month
        self.place = place
        names = UnitNames(finder: reader.finder)
        nameColumn = columns.column(.name)
        codeColumn = columns.column(.code)
        lineColumn = columns.column(.line)
        schemeColumn = columns.column(.scheme)
        blockColumn = columns.column(.block)
        shifted = ShiftedRows(table, columns.heading, form: form, figures: columns.measures.map(\.column))
        let titles = table.rows[..<columns.heading.first].flatMap { $0.cells.map(\.shown) }
        money = MoneyUnit(in: titles + columns.heading.paths.flatMap(\.self))
        titled = MovementRole.scheme(named: titles.joined(separator: " "))
    }

    mutating func run(into reading: inout MovementReading) {
        var totals: [TableRow] = []
        for (index, row) in table.rows[columns.heading.firstRow...].enumerated() where !row.isBlank {
            if index < 3, isNumbering(row) {
                reading.skipped.append(note(row.number, nil, message: "dòng đánh số cột"))
            } else if isTotal(row) {
                totals.append(row)
                reading.skipped.append(note(row.number, nil, message: "dòng tổng, không tính là đơn vị"))
            } else if !columns.measures.contains(where: { !row[$0.column].isBlank }) {
                // A title between rows may open a part.
                if lineColumn != nil { open(row) }
                reading.skipped.append(note(row.number, nil, message: "dòng không có số nào"))
            } else {
                read(row, into: &reading)
            }
        }
        check(totals, into: &reading)
        addUp(into: &reading)
    }

    private func isNumbering(_ row: TableRow) -> Bool {
        let cells = row.cells.filter { !$0.isBlank }.map { VietnameseText.tidy($0.shown) }
        return cells.count > 2
            && cells.allSatisfy {
                $0.count == 1 || $0.allSatisfy { $0.isNumber || "=+-/()".contains($0) } && $0.count < 12
            } && cells.compactMap { Int($0) }.allSatisfy { $0 < 60 }
            && cells.contains { $0.count == 1 && $0.first?.isLetter == true || $0.contains("=") }
    }

    private func isTotal(_ row: TableRow) -> Bool {
        [nameColumn, lineColumn, codeColumn, 0].compactMap(\.self).contains { column in
            let text = row[column].shown
            let words = VietnameseWords(text)
            guard ["tong", "cong", "toan thanh pho", "toan tinh"].contains(where: { words.begins(with: $0) }) else {
                return false
            }
            // A commune may be called so.
            if case .certain = names.find(VietnameseText.tidy(text)) { return false }
            return true
        }
    }

    /// A row of an organisation has a number before it; what has a letter or a Roman number is a group with its sum.
    private func isGroup(_ row: TableRow) -> Bool {
        guard columns.form == .b15, let column = columns.column(.ordinal), !row[column].isBlank else { return false }
        return Double(VietnameseText.tidy(row[column].shown).replacing(",", with: ".")) == nil
    }

    // MARK: A row

    private mutating func read(_ row: TableRow, into reading: inout MovementReading) {
        var problems: [CellNote] = []
        if let (column, message) = shifted?.problem(of: row) {
            problems.append(note(row.number, column, value: row[column].shown, message: message))
        }
        if isGroup(row) {
            problems.append(
                note(
                    row.number, columns.column(.ordinal), value: row[columns.column(.ordinal) ?? 0].shown,
                    message:
                        "dòng nhóm có số: không rõ đã cộng các tổ chức bên dưới chưa; hãy chỉ để số ở dòng của từng tổ chức"
                ))
        }
        let subject = subject(of: row)
        var found: (place: MovementPlace, scheme: Scheme?, block: Block?)?
        switch subject {
        case .of(let place, let scheme, let block, let doubt):
            found = (place, scheme, block)
            if let doubt { reading.repairs.append(doubt) }
        case .skipped(let why):
            reading.skipped.append(note(row.number, nil, message: why))
            return
        case .problem(let problem): problems.append(problem)
        }
        var movements: [ReadMovement] = []
        var added: [(Int, Int)] = []
        for (column, measure, ofColumn) in columns.measures where !row[column].isBlank {
            let value: Int
            switch number(row[column], measure.unit) {
            case .people(let number): value = number
            case .repaired(let number, let how):
                value = number
                reading.repairs.append(note(row.number, column, value: row[column].shown, message: how))
            case .missing: continue
            case .wrong(let message):
                problems.append(note(row.number, column, value: row[column].shown, message: message))
                continue
            }
            guard let found else { continue }
            let scheme = ofColumn ?? found.scheme ?? titled
            if scheme == nil, measure.isOfScheme {
                problems.append(
                    note(
                        row.number, column, value: row[column].shown,
                        message:
                            "không rõ của BHXH bắt buộc hay tự nguyện; hãy ghi loại hình ở tiêu đề cột hoặc thêm cột loại hình"
                    ))
                continue
            }
            added.append((column, value))
            movements.append(
                ReadMovement(
                    key: MovementKey(
                        place: found.place, month: month, measure: measure,
                        scheme: measure.isOfScheme ? scheme : nil, block: found.block),
                    value: value, sheet: sheet, row: row.number))
        }
        guard problems.isEmpty else {
            reading.errors += problems
            reading.rejectedRows += 1
            return
        }
        reading.acceptedRows += 1
        for (column, value) in added { sums[column, default: 0] += value }
        if columns.form == .b15 {
            for movement in movements {
                let key = movement.key
                let measure = key.measure == .joined ? MovementMeasure.joinedThroughOrganisations : key.measure
                parts[
                    MovementKey(
                        place: key.place, month: key.month, measure: measure, scheme: key.scheme, block: key.block),
                    default: 0] += movement.value
            }
        } else {
            reading.movements += movements
        }
    }

    private func number(_ cell: Cell, _ unit: MovementMeasure.Unit) -> PeopleCell {
        guard unit == .dong else { return PeopleCell(cell) }
        guard let money else {
            return .wrong("không rõ đơn vị tính; hãy ghi “Đơn vị tính: triệu đồng” (hoặc đồng) trên bảng")
        }
        return money.read(cell)
    }

    // MARK: Sums

    private func check(_ totals: [TableRow], into reading: inout MovementReading) {
        guard totals.count == 1, let total = totals.first, reading.rejectedRows == 0, columns.form != .b16a else {
            return
        }
        for (column, sum) in sums.sorted(by: { $0.key < $1.key }) {
            guard let measure = columns.measures.first(where: { $0.column == column })?.measure else { continue }
            let stated: Int
            switch number(total[column], measure.unit) {
            case .people(let number), .repaired(let number, _): stated = number
            default: continue
            }
            guard stated != sum else { continue }
            reading.warnings.append(
                note(
                    total.number, column, value: total[column].shown,
                    message:
                        "không bằng tổng các dòng (\(VietnameseText.grouped(sum)), chênh \(VietnameseText.grouped(stated - sum))); số từng đơn vị được nhận, dòng tổng không dùng"
                ))
        }
    }

    /// Form B15 has a line an organisation that collects: their sum is what came through organisations.
    private func addUp(into reading: inout MovementReading) {
        guard columns.form == .b15 else { return }
        guard reading.rejectedRows == 0 else {
            reading.errors.append(
                note(
                    0, nil,
                    message: "có dòng không đọc được nên không cộng được toàn biểu; hãy sửa các dòng đó rồi gửi lại"))
            return
        }
        reading.movements += parts.map {
            ReadMovement(key: $0.key, value: $0.value, sheet: sheet, row: columns.heading.firstRow + 1)
        }
    }

    func note(_ row: Int, _ column: Int?, value: String = "", message: String) -> CellNote {
        CellNote(
            sheet: sheet, row: row, column: column.map(columnLetters) ?? "",
            heading: column.map { columns.heading.title($0) } ?? "", value: String(value.prefix(80)), message: message)
    }
}
