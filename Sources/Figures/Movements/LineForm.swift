import Kernel
import Tabular

/// The report of collection, form B06-TS: 85 coded lines of one office and month. Seven of them are taken.
struct LineForm {
    let form: MovementForm = .b06
    private let table: Table
    private let codeColumn: Int
    private let labelColumn: Int
    /// Columns of numbers with what stands over them.
    private let values: [(column: Int, heading: String)]
    private let rows: [String: TableRow]
    /// What the table says amounts are counted in; nil where it says nothing, or several things.
    private let money: MoneyUnit?

    private struct Line {
        let code: String
        let measure: MovementMeasure
        let scheme: Scheme?
        /// Words that the line has: another form's line of the same code is not this one's.
        let words: [String]
    }

    private static let lines = [
        Line(code: "05", measure: .participants, scheme: .compulsory, words: ["so nguoi"]),
        Line(code: "09", measure: .participants, scheme: .voluntary, words: ["so nguoi"]),
        Line(code: "17", measure: .paid, scheme: .voluntary, words: ["phuong thuc dong", "da dong"]),
        Line(code: "18", measure: .due, scheme: .voluntary, words: ["phuong thuc dong", "chua dong"]),
        Line(code: "19", measure: .ahead, scheme: .voluntary, words: ["dong 1 lan"]),
        Line(code: "56", measure: .late, scheme: nil, words: ["cham dong", "tron dong"]),
        Line(code: "82", measure: .stoppedOpen, scheme: .compulsory, words: ["bat buoc", "dung dong"]),
        Line(code: "83", measure: .stoppedOpen, scheme: .voluntary, words: ["tu nguyen", "dung dong"]),
    ]

    /// Nil unless a column of the table holds the codes of the form's lines beside their words.
    init?(_ table: Table) {
        func code(_ cell: Cell) -> String? {
            let text = VietnameseText.tidy(cell.shown)
            guard let number = Int(text), (1...85).contains(number), text.count <= 2 else { return nil }
            return number < 10 ? "0\(number)" : "\(number)"
        }
        let width = min(table.rows.map(\.cells.count).max() ?? 0, 30)
        var best: (column: Int, rows: [String: TableRow])?
        for column in 0..<width {
            var rows: [String: TableRow] = [:]
            var isRepeated = false
            for row in table.rows {
                guard let code = code(row[column]),
                    row.cells.contains(where: { if case .text(let text) = $0 { text.count > 4 } else { false } })
                else { continue }
                if rows.updateValue(row, forKey: code) != nil { isRepeated = true }
            }
            let isNamed = table.rows.prefix(Heading.mostRows).contains {
                VietnameseWords($0[column].shown).text == "ma so"
            }
            // Numbers of rows look like codes; the column that is called so goes first.
            if !isRepeated, rows.count > 39, best == nil || isNamed { best = (column, rows) }
        }
        guard let best else { return nil }
        // The words stand in the column whose texts are longest.
        let labels = (0..<width).max { left, right in
            func length(_ column: Int) -> Int {
                best.rows.values.reduce(0) { sum, row in
                    if case .text(let text) = row[column] { sum + text.count } else { sum }
                }
            }
            return length(left) < length(right)
        }
        guard let labels, labels != best.column else { return nil }
        codeColumn = best.column
        labelColumn = labels
        rows = best.rows
        self.table = table
        let first = best.rows.values.map(\.number).min() ?? 0
        let above = table.rows.filter { $0.number < first }
        values = (0..<width).filter { column in
            column != best.column && column != labels
                && best.rows.values.count(where: {
                    if case .number = $0[column] {
                        true
                    } else {
                        WrittenNumber($0[column].shown, expecting: .quantity) != nil
                    }
                }) >= 5
                && !above.contains { row in
                    let words = VietnameseWords(row[column].shown)
                    return words.begins(with: "stt") || words.begins(with: "tt") || words.begins(with: "ma")
                }
        }.map { column in
            (
                column,
                above.map { VietnameseText.tidy($0[column].shown) }.filter { !$0.isEmpty }.joined(separator: " / ")
            )
        }
        money = MoneyUnit(in: above.flatMap { $0.cells.map(\.shown) })
    }

    /// The column of the month: the only one, or the one that says so.
    private var valueColumn: Int? {
        if values.count == 1 { return values.first?.column }
        let named = values.filter { value in
            let words = VietnameseWords(value.heading)
            return ["trong thang", "thang nay", "trong ky", "ky nay", "phat sinh"].contains { words.has($0) }
        }
        return named.count == 1 ? named.first?.column : nil
    }

    func read(sheet: String, place: MovementPlace, month: Month, into reading: inout MovementReading) {
        guard let column = valueColumn else {
            reading.errors.append(
                CellNote(
                    sheet: sheet, row: 0,
                    message: values.isEmpty
                        ? "biểu B06-TS không có cột số liệu"
                        : "biểu B06-TS có nhiều cột số (\(values.map { "\(columnLetters($0.column)) \($0.heading)" }.joined(separator: "; "))), không rõ cột nào của tháng; hãy chỉ giữ cột “Trong tháng”"
                ))
            return
        }
        for (code, row) in rows.sorted(by: { $0.key < $1.key }) {
            guard let line = Self.lines.first(where: { $0.code == code }) else {
                reading.skipped.append(
                    CellNote(sheet: sheet, row: row.number, value: code, message: "mã không dùng ở hệ thống này"))
                continue
            }
            func problem(_ message: String, _ value: String) {
                reading.rejectedRows += 1
                reading.errors.append(
                    CellNote(
                        sheet: sheet, row: row.number, column: columnLetters(column), value: value, message: message))
            }
            let words = VietnameseWords(row[labelColumn].shown)
            guard line.words.allSatisfy({ words.has($0) }) else {
                problem(
                    "mã \(code) của biểu B06-TS phải là “\(line.measure.title)”, trong tệp lại ghi nội dung khác; hãy kiểm tra đúng biểu",
                    VietnameseText.tidy(row[labelColumn].shown))
                continue
            }
            // The form says the unit of each line; a table that says one for all is read as it says.
            let unit = MoneyUnit(in: row.cells.map(\.shown)) ?? money
            let number: PeopleCell =
                line.measure.unit != .dong
                ? PeopleCell(row[column])
                : unit?.read(row[column])
                    ?? .wrong("không rõ đơn vị tính; hãy ghi “triệu đồng” (hoặc đồng) ở dòng hoặc trên bảng")
            switch number {
            case .people(let value), .repaired(let value, _):
                reading.acceptedRows += 1
                reading.movements.append(
                    ReadMovement(
                        key: MovementKey(place: place, month: month, measure: line.measure, scheme: line.scheme),
                        value: value, sheet: sheet, row: row.number))
            case .missing:
                reading.skipped.append(
                    CellNote(sheet: sheet, row: row.number, value: code, message: "dòng không có số nào"))
            case .wrong(let message): problem(message, row[column].shown)
            }
        }
        checkVoluntary(sheet: sheet, into: &reading)
    }

    /// Line 09 is the sum of 17, 18 and 19.
    private func checkVoluntary(sheet: String, into reading: inout MovementReading) {
        func value(_ measure: MovementMeasure) -> Int? {
            reading.movements.first { $0.key.measure == measure && $0.key.scheme == .voluntary && $0.sheet == sheet }?
                .value
        }
        guard let whole = value(.participants), let paid = value(.paid), let due = value(.due),
            let ahead = value(.ahead),
            whole != paid + due + ahead
        else { return }
        reading.warnings.append(
            CellNote(
                sheet: sheet, row: rows["09"]?.number ?? 0, value: VietnameseText.grouped(whole),
                message:
                    "không bằng tổng các dòng 17, 18, 19 (\(VietnameseText.grouped(paid + due + ahead))); hãy kiểm tra lại"
            ))
    }
}
