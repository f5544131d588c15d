import Kernel
import Tabular
import Province

/// The figures of one row, before rows are put together.
struct FigureRow {
    let sheet: String
    let number: Int
    let commune: CommuneCode
    let month: Month
    /// The name of the unit of before the rearrangement that the row was found by.
    let formerName: String?
    var values = FigureValues()
    var headings: [Int: String] = [:]
    /// Further rows that were added to this one.
    var addedRows: [FigureReading.RowPlace] = []
}

/// Walks the data rows of one table and reads each on its own.
struct TableWalk {
    let reader: FigureReader
    let table: Table
    let columns: FigureColumns
    let sheet: String
    let month: Month?
    let names: UnitNames
    let surroundings: FigureReader.Surroundings

    /// Nil for a workbook, whose cells stand where they stand.
    private let shifted: ShiftedRows?
    /// Where words like “Tổng cộng” stand.
    let labelColumns: [Int]
    private let figureColumns: [Int]
    let nameColumn: Int?
    let codeColumn: Int?
    let monthColumn: Int?
    let yearColumn: Int?
    let schemeColumn: Int?
    let blockColumn: Int?

    private(set) var rows: [FigureRow] = []
    // Long files repeat the same few texts: each is understood once.
    var blockKeys: [String: FigureKey] = [:]
    var schemeKeys: [String: FigureKey] = [:]
    var months: [String: Month] = [:]
    var codes: [String: CommuneCode?] = [:]
    // Rows of one unit and month follow one another.
    var lastMonth: (text: String, month: Month)?
    var lastCode: (text: String, code: CommuneCode?)?
    var words: [String: TotalWord?] = [:]
    var sums: [Int: Int] = [:]
    var unreadable: Set<Int> = []
    /// Each once, in order.
    private var unknownNames: [String] = []
    private var unknownUnits = 0
    private var knownUnits = 0
    private var dataRows = 0
    private var otherMonths = 0
    var codesAreOurs = true

    init(
        reader: FigureReader, table: Table, columns: FigureColumns, sheet: String, month: Month?,
        form: TextForm?, names: UnitNames, surroundings: FigureReader.Surroundings
    ) {
        self.reader = reader
        self.table = table
        self.columns = columns
        self.sheet = sheet
        self.month = month
        self.names = names
        self.surroundings = surroundings
        labelColumns = Array(
            Set([columns.column(.name), columns.column(.code), columns.column(.ordinal), 0].compactMap(\.self))
        ).sorted()
        figureColumns = columns.roles.filter { $0.value.isFigure }.map(\.key).sorted()
        shifted = ShiftedRows(table, columns.heading, form: form, figures: figureColumns)
        nameColumn = columns.column(.name)
        codeColumn = columns.column(.code)
        monthColumn = columns.column(.month)
        yearColumn = columns.column(.year)
        schemeColumn = columns.column(.scheme)
        blockColumn = columns.column(.block)
    }

    mutating func run(into reading: inout FigureReading) throws(FigureFileError) {
        let data = table.rows[columns.firstRow...]
        if let column = columns.column(.code) {
            // Other offices number units in their own way: a column without a single code of ours is left alone.
            codesAreOurs = data.contains { row in code(row[column]).map { reader.directory[$0] != nil } ?? false }
            if !codesAreOurs, columns.column(.name) == nil {
                throw FigureFileError(
                    "Cột mã (\(columns.headings[column] ?? "")) không có mã xã, phường, đặc khu nào của \(reader.province), và tệp không có cột tên. Hãy dùng mã 5 chữ số của cơ quan thống kê hoặc thêm cột tên."
                )
            }
        }
        var totals: [TableRow] = []
        for (index, row) in data.enumerated() where !row.isBlank {
            // Column numbers stand right under a heading.
            if index < 3, isNumbering(row) {
                reading.skipped.append(note(row.number, nil, message: "dòng đánh số cột"))
                continue
            }
            if let word = totalWord(row) {
                if word == .grand { totals.append(row) }
                reading.skipped.append(note(row.number, nil, message: "dòng tổng, không tính là đơn vị"))
                continue
            }
            read(row, into: &reading)
            // A long file of another kind is not understood to its end.
            if unknownUnits >= FigureReader.mostUnknownNames, knownUnits == 0 { break }
            guard unknownNames.count <= FigureReader.mostUnknownNames else {
                throw FigureFileError(
                    "Hơn \(FigureReader.mostUnknownNames) tên không có trong danh mục xã, phường, đặc khu của \(reader.province). Hai mươi tên đầu: \(unknownNames.prefix(20).joined(separator: ", ")). Hãy kiểm tra có đúng cột tên, đúng biểu không rồi gửi lại."
                )
            }
            guard reading.rejectedRows.count <= FigureReader.mostRejectedRows else {
                throw FigureReader.tooManyRejected(reading)
            }
        }
        if let chosen = surroundings.month, otherMonths > 0, otherMonths == dataRows {
            throw FigureFileError(
                "Không dòng nào của tệp thuộc kỳ được chọn (tháng \(chosen.vietnamese)). Hãy chọn lại kỳ, hoặc để trống ô kỳ để lấy theo cột tháng của tệp."
            )
        }
        let found = knownUnits + unknownUnits
        if found >= 3 && knownUnits == 0 || found >= 5 && knownUnits * 2 < found {
            throw FigureFileError(
                "Chỉ nhận ra \(knownUnits) trong \(found) tên đơn vị (ví dụ không có: \(unknownNames.prefix(unknownNames.count > 20 ? 20 : 3).joined(separator: ", "))). Tệp có vẻ của tỉnh, thành phố khác hoặc là biểu khác; hệ thống này nhận số liệu các xã, phường, đặc khu của \(reader.province)."
            )
        }
        guard dataRows > 0 || !reading.silent.isEmpty else {
            throw FigureFileError(
                "Dưới dòng tiêu đề không có dòng nào của xã, phường, đặc khu. Hãy kiểm tra đúng trang tính có số liệu.")
        }
        check(totals, into: &reading)
    }

    // MARK: Kinds of rows

    /// The row of column numbers under a heading: `A | B | 1 | 2 …`.
    private func isNumbering(_ row: TableRow) -> Bool {
        var numbers: [Int] = []
        for cell in row.cells where !cell.isBlank {
            let text = VietnameseText.tidy(cell.shown).trimmingParentheses
            if let number = Int(text), number <= 200 {
                numbers.append(number)
            } else {
                guard text.count == 1, text.first?.isLetter == true else { return false }
            }
        }
        guard numbers.count >= 2 else { return false }
        return zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 }
    }

    // MARK: One row

    private mutating func read(_ row: TableRow, into reading: inout FigureReading) {
        var hasFigures = figureColumns.contains { !row[$0].isBlank }
        let named = unit(row)
        if case .problem = named {
            // Signatures and remarks stand under columns of figures without being any.
            hasFigures = figureColumns.contains { column in row[column].shown.contains(where: \.isNumber) }
        }
        guard hasFigures else {
            if case .found(let code, _, _) = named {
                reading.silent.append(code)
                knownUnits += 1
            } else {
                reading.skipped.append(
                    note(
                        row.number, nil,
                        message: VietnameseText.tidy(reader.readable(row.cells.first { !$0.isBlank }?.shown ?? ""))))
            }
            return
        }
        if case .problem(let problem, true) = named, Self.isGroup(problem.value) {
            reading.skipped.append(note(row.number, nil, message: "dòng nhóm “\(problem.value)”, không tính là đơn vị"))
            return
        }
        dataRows += 1
        var problems: [CellNote] = []
        if let (column, message) = shifted?.problem(of: row) {
            problems.append(note(row.number, column, value: row[column].shown, message: message))
        }
        var commune: CommuneCode?
        var former: String?
        switch named {
        case .found(let code, let doubt, let oldName):
            commune = code
            former = oldName
            knownUnits += 1
            if let doubt { reading.repairs.append(doubt) }
        case .problem(let problem, let isUnknown):
            problems.append(problem)
            if isUnknown {
                unknownUnits += 1
                if names.isFirst(unknown: problem.value) { unknownNames.append(problem.value) }
            } else {
                knownUnits += 1
            }
        }
        var rowMonth = month
        if rowMonth == nil {
            switch self.month(of: row) {
            case .success(let month): rowMonth = month
            case .failure(let problem): problems.append(problem)
            case .other(let problem):
                problems.append(problem)
                otherMonths += 1
            }
        }
        var values = FigureValues()
        // A row whose unit is not known may or may not be part of the sum below.
        if commune == nil { unreadable.formUnion(figureColumns) }
        for column in figureColumns {
            guard let role = columns.roles[column] else { continue }
            var key: FigureKey?
            switch role {
            case .participants(let scheme): key = .scheme(scheme)
            case .blockParticipants(let block): key = .block(block)
            case .people: key = rowKey(row, &problems)
            case .total: key = isLong ? rowKey(row, &problems) : .total
            default: break
            }
            switch PeopleCell(row[column]) {
            case .people(let people):
                sums[column, default: 0] += people
                if let key { values.set(key, people, column: column) }
            case .repaired(let people, let note):
                sums[column, default: 0] += people
                if let key { values.set(key, people, column: column) }
                reading.repairs.append(self.note(row.number, column, value: row[column].shown, message: note))
            case .missing:
                unreadable.insert(column)
                problems.append(
                    note(
                        row.number, column,
                        message:
                            "ô trống: chưa có số liệu, không được tính là 0; hãy bổ sung số người (ghi 0 nếu đúng là không có ai)"
                    ))
            case .wrong(let message):
                unreadable.insert(column)
                problems.append(note(row.number, column, value: row[column].shown, message: message))
            }
        }
        guard problems.isEmpty, let commune, let rowMonth else {
            reading.errors += problems
            reading.rejectedRows[.init(sheet: sheet, row: row.number), default: []] += problems.map(\.rowReason)
            return
        }
        rows.append(
            FigureRow(
                sheet: sheet, number: row.number, commune: commune, month: rowMonth, formerName: former, values: values,
                headings: columns.headings))
    }

    /// Headings between rows that carry sums of what stands below them.
    private static func isGroup(_ text: String) -> Bool {
        let words = VietnameseWords(text)
        return [
            "khu vuc", "cum", "bhxh", "co so", "bao hiem xa hoi", "huyen", "thi xa", "thanh pho", "khoi phuong",
            "khoi xa", "cac phuong", "cac xa", "cac dac khu", "nhom",
        ].contains { words.begins(with: $0) } || text.lowercased().hasPrefix("quận ")
    }

    func note(_ row: Int, _ column: Int?, value: String = "", message: String) -> CellNote {
        CellNote(
            sheet: sheet, row: row, column: column.map(columnLetters) ?? "",
            heading: column.flatMap { columns.headings[$0] } ?? "", value: String(value.prefix(80)), message: message)
    }
}

extension CellNote {
    /// As the column “Lý do” of the returned file writes it.
    var rowReason: String {
        let place = heading.isEmpty ? "" : "\(heading): "
        return place + (value.isEmpty ? message : "“\(value)” \(message)")
    }
}

extension String {
    /// `(1)` → `1`
    fileprivate var trimmingParentheses: String {
        hasPrefix("(") && hasSuffix(")") && count > 2 ? String(dropFirst().dropLast()) : self
    }
}
