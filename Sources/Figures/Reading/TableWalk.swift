import Kernel
import Tabular
import Territory

/// The figures of one row, before rows are put together.
struct FigureRow {
    let sheet: String
    let number: Int
    let commune: CommuneCode
    let month: Month
    /// The name of the unit of before the rearrangement that the row was found by.
    let formerName: String?
    var values: [FigureKey: Int] = [:]
    /// The column of each value, for messages.
    var columns: [FigureKey: Int] = [:]
    var headings: [Int: String] = [:]
}

enum FigureKey: Hashable {
    case scheme(Scheme)
    case block(Block)
    case total
}

/// Walks the data rows of one table and reads each on its own.
struct TableWalk {
    let reader: FigureReader
    let table: Table
    let columns: FigureColumns
    let sheet: String
    let month: Month?
    let surroundings: FigureReader.Surroundings

    /// Where words like “Tổng cộng” stand.
    private let labelColumns: [Int]
    private let figureColumns: [Int]
    private let nameColumn: Int?
    private let codeColumn: Int?
    private let monthColumn: Int?
    private let yearColumn: Int?
    private let schemeColumn: Int?
    private let blockColumn: Int?

    private(set) var rows: [FigureRow] = []
    // Long files repeat the same few texts: each is understood once.
    private var answers: [String: CommuneFinder.Answer] = [:]
    private var keys: [String: FigureKey] = [:]
    private var months: [String: Month] = [:]
    private var words: [String: TotalWord?] = [:]
    private var sums: [Int: Int] = [:]
    private var unreadable: Set<Int> = []
    private var unknownUnits: [String] = []
    private var knownUnits = 0
    private var dataRows = 0
    private var codesAreOurs = true

    init(
        reader: FigureReader, table: Table, columns: FigureColumns, sheet: String, month: Month?,
        surroundings: FigureReader.Surroundings
    ) {
        self.reader = reader
        self.table = table
        self.columns = columns
        self.sheet = sheet
        self.month = month
        self.surroundings = surroundings
        labelColumns = Array(Set([columns.column(.name), columns.column(.code), columns.column(.ordinal), 0].compactMap(\.self))).sorted()
        figureColumns = columns.roles.filter { $0.value.isFigure }.map(\.key).sorted()
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
            if index < 3, isNumbering(row) { continue }
            if let word = totalWord(row) {
                if word == .grand { totals.append(row) }
                reading.skipped.append(note(row.number, nil, message: "dòng tổng, không tính là đơn vị"))
                continue
            }
            read(row, into: &reading)
        }
        let found = knownUnits + unknownUnits.count
        if found >= 3 && knownUnits == 0 || found >= 5 && knownUnits * 2 < found {
            throw FigureFileError(
                "Chỉ nhận ra \(knownUnits) trong \(found) tên đơn vị (ví dụ không có: \(unknownUnits.prefix(3).joined(separator: ", "))). Tệp có vẻ của tỉnh, thành phố khác hoặc là biểu khác; hệ thống này nhận số liệu các xã, phường, đặc khu của \(reader.province)."
            )
        }
        guard dataRows > 0 || !reading.silent.isEmpty else {
            throw FigureFileError("Dưới dòng tiêu đề không có dòng nào của xã, phường, đặc khu. Hãy kiểm tra đúng trang tính có số liệu.")
        }
        check(totals, into: &reading)
    }

    // MARK: Kinds of rows

    /// The row of column numbers under a heading: `A | B | 1 | 2 …`.
    private func isNumbering(_ row: TableRow) -> Bool {
        var numbers: [Int] = []
        for cell in row.cells where !cell.isBlank {
            let text = VietnameseText.tidy(cell.shown).trimmingParentheses
            if let number = Int(text), number <= 200 { numbers.append(number) } else {
                guard text.count == 1, text.first?.isLetter == true else { return false }
            }
        }
        guard numbers.count >= 2 else { return false }
        return zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 }
    }

    private enum TotalWord { case grand, part }

    private mutating func totalWord(_ row: TableRow) -> TotalWord? {
        for column in labelColumns {
            guard case .text(let text) = row[column], text.utf8.first.map({ !(48...57).contains($0) }) ?? false else { continue }
            var word = words[text] ?? Self.totalWord(reader.readable(text))
            // A unit may be named like a sum: phường Cộng Hoà.
            if word == .part, case .unknown = reader.finder.find(reader.readable(text)) {} else if word == .part { word = nil }
            words[text] = .some(word)
            if let word { return word }
        }
        return nil
    }

    private static func totalWord(_ text: String) -> TotalWord? {
        do {
            let words = VietnameseWords(text)
            if ["tong cong", "tong so", "tong", "toan thanh pho", "toan tinh", "cong chung", "tong toan thanh pho"].contains(words.text)
                || words.begins(with: "tong cong") || words.begins(with: "toan thanh pho") || words.begins(with: "toan tinh")
            {
                return .grand
            }
            if words.text == "cong" { return .grand }
            return words.begins(with: "cong") || words.begins(with: "tong") ? .part : nil
        }
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
                reading.skipped.append(note(row.number, nil, message: VietnameseText.tidy(reader.readable(row.cells.first { !$0.isBlank }?.shown ?? ""))))
            }
            return
        }
        dataRows += 1
        var problems: [CellNote] = []
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
            if isUnknown { unknownUnits.append(problem.value) } else { knownUnits += 1 }
        }
        var rowMonth = month
        if rowMonth == nil {
            switch self.month(of: row) {
            case .success(let month): rowMonth = month
            case .failure(let problem): problems.append(problem)
            }
        }
        var values: [FigureKey: Int] = [:]
        var places: [FigureKey: Int] = [:]
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
                if let key { (values[key], places[key]) = (people, column) }
            case .repaired(let people, let note):
                sums[column, default: 0] += people
                if let key { (values[key], places[key]) = (people, column) }
                reading.repairs.append(self.note(row.number, column, value: row[column].shown, message: note))
            case .missing:
                unreadable.insert(column)
                problems.append(
                    note(row.number, column, message: "ô trống: chưa có số liệu, không được tính là 0; hãy bổ sung số người (ghi 0 nếu đúng là không có ai)"))
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
                columns: places, headings: columns.headings))
    }

    /// Whether each row is one scheme or block instead of one commune.
    private var isLong: Bool { schemeColumn != nil || blockColumn != nil }

    private mutating func rowKey(_ row: TableRow, _ problems: inout [CellNote]) -> FigureKey? {
        if let column = blockColumn, !row[column].isBlank {
            let raw = row[column].shown
            if let known = keys[raw] { return known }
            let text = reader.readable(raw)
            if let key = Block.named(text).map({ FigureKey.block($0) }) ?? ColumnRole.scheme(named: text).map({ .scheme($0) }) {
                keys[raw] = key
                return key
            }
            problems.append(note(row.number, column, value: text, message: "không phải khối nào của biểu B16a-TS; hãy ghi số 1–11 hoặc tên khối"))
            return nil
        }
        guard let column = schemeColumn else {
            problems.append(note(row.number, blockColumn, message: "ô trống: không rõ số này của khối nào; hãy ghi số 1–11 hoặc tên khối"))
            return nil
        }
        let raw = row[column].shown
        if let known = keys[raw] { return known }
        let text = reader.readable(raw)
        if let scheme = ColumnRole.scheme(named: text) {
            keys[raw] = .scheme(scheme)
            return .scheme(scheme)
        }
        problems.append(note(row.number, column, value: text, message: "không rõ loại hình; hãy ghi “Bắt buộc” hoặc “Tự nguyện”"))
        return nil
    }

    // MARK: The month of a row

    private enum RowMonth {
        case success(Month)
        case failure(CellNote)
    }

    private mutating func month(of row: TableRow) -> RowMonth {
        guard let column = monthColumn else { return .failure(note(row.number, nil, message: "thiếu tháng")) }
        let cell = row[column]
        if case .text(let text) = cell, yearColumn == nil, let known = months[text] { return .success(known) }
        var found: Month?
        switch cell {
        case .day(let day): found = Month(of: day)
        case .number(let number):
            let whole = Int(exactly: number) ?? 0
            if let year = yearColumn.flatMap({ Int(row[$0].shown) }) {
                found = Month(year: year, month: whole)
            } else if whole > 99_999 {
                found = Month(year: whole / 100, month: whole % 100)
            }
        case .text(let text):
            let text = reader.readable(text)
            found = Month(typed: text) ?? Day(typed: VietnameseText.tidy(text)).map { Month(of: $0) }
            if found == nil, let year = yearColumn.flatMap({ Int(VietnameseText.tidy(row[$0].shown)) }),
                let number = Int(VietnameseText.fold(text).filter(\.isNumber))
            {
                found = Month(year: year, month: number)
            }
        default: break
        }
        guard let found else {
            return .failure(note(row.number, column, value: cell.shown, message: "không phải tháng có thật; hãy ghi dạng 09/2026"))
        }
        if let problem = reader.problem(of: found, today: surroundings.today) {
            return .failure(note(row.number, column, value: cell.shown, message: problem))
        }
        if let chosen = surroundings.month, found != chosen {
            return .failure(note(row.number, column, value: cell.shown, message: "khác kỳ được chọn (tháng \(chosen.vietnamese)); hãy bỏ dòng này hoặc chọn lại kỳ"))
        }
        if case .text(let text) = cell, yearColumn == nil { months[text] = found }
        return .success(found)
    }

    // MARK: The unit of a row

    private enum Unit {
        case found(CommuneCode, doubt: CellNote?, oldName: String?)
        case problem(CellNote, isUnknown: Bool)
    }

    private func code(_ cell: Cell) -> CommuneCode? {
        let text = VietnameseText.tidy(cell.shown)
        guard !text.isEmpty, text.utf8.count <= 5, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return CommuneCode(String(repeating: "0", count: 5 - text.utf8.count) + text)
    }

    private mutating func unit(_ row: TableRow) -> Unit {
        let codeColumn = codesAreOurs ? codeColumn : nil
        var coded: CommuneCode?
        if let codeColumn, !row[codeColumn].isBlank {
            guard let code = code(row[codeColumn]), reader.directory[code] != nil else {
                return .problem(
                    note(row.number, codeColumn, value: row[codeColumn].shown, message: "không phải mã xã, phường, đặc khu của \(reader.province)"),
                    isUnknown: true)
            }
            coded = code
        }
        guard let nameColumn, !row[nameColumn].isBlank else {
            guard let coded else {
                return .problem(note(row.number, nameColumn ?? codeColumn, message: "có số liệu nhưng không ghi đơn vị nào"), isUnknown: false)
            }
            return .found(coded, doubt: nil, oldName: nil)
        }
        let text = VietnameseText.tidy(reader.readable(row[nameColumn].shown))
        let answer = answers[text] ?? reader.finder.find(text)
        answers[text] = answer
        func names(_ codes: [CommuneCode]) -> String {
            codes.compactMap { code in reader.directory[code].map { "\($0.fullName) (\(code))" } }.joined(separator: ", ")
        }
        func doubt(_ message: String) -> CellNote { note(row.number, nameColumn, value: text, message: message) }
        func settled(_ code: CommuneCode, _ note: CellNote?, _ oldName: String?) -> Unit {
            guard let coded, coded != code else { return .found(code, doubt: note, oldName: oldName) }
            return .problem(
                doubt("không khớp mã \(coded) (\(reader.directory[coded]?.fullName ?? "")); hãy sửa mã hoặc tên"), isUnknown: false)
        }
        switch answer {
        case .certain(let code): return settled(code, nil, nil)
        case .likely(let code, let words): return settled(code, doubt(words), nil)
        case .former(let code, let oldName):
            let commune = reader.directory[code]?.fullName ?? code.text
            return settled(code, doubt("là \(oldName) trước khi sắp xếp, nay thuộc \(commune); hãy kiểm tra"), oldName)
        case .ambiguous(let codes):
            if let coded, codes.contains(coded) { return .found(coded, doubt: nil, oldName: nil) }
            return .problem(doubt("trùng tên nhiều đơn vị: \(names(codes)); hãy ghi đủ dấu hoặc ghi mã"), isUnknown: false)
        case .split(let oldName, let codes):
            if let coded, codes.contains(coded) { return .found(coded, doubt: doubt("là \(oldName) trước khi sắp xếp; lấy theo mã"), oldName: oldName) }
            return .problem(doubt("là \(oldName) trước khi sắp xếp, nay chia về \(names(codes)); hãy ghi tên hoặc mã đơn vị mới"), isUnknown: false)
        case .unknown(let nearest):
            if let coded { return .found(coded, doubt: doubt("không nhận ra tên; lấy theo mã \(coded) (\(reader.directory[coded]?.fullName ?? ""))"), oldName: nil) }
            let hint = nearest.isEmpty ? "hãy kiểm tra lại tên" : "có phải \(names(nearest))?"
            return .problem(doubt("không có trong danh sách xã, phường, đặc khu; \(hint)"), isUnknown: true)
        }
    }

    // MARK: Totals

    private func check(_ totals: [TableRow], into reading: inout FigureReading) {
        guard !isLong, let total = totals.last, totals.count == 1 else { return }
        for (column, sum) in sums.sorted(by: { $0.key < $1.key }) where !unreadable.contains(column) {
            let stated: Int
            switch PeopleCell(total[column]) {
            case .people(let people), .repaired(let people, _): stated = people
            default: continue
            }
            if stated != sum {
                reading.warnings.append(
                    note(total.number, column, value: total[column].shown,
                        message: "không bằng tổng các dòng (\(VietnameseText.grouped(sum)), chênh \(VietnameseText.grouped(stated - sum))); số từng đơn vị được nhận, dòng tổng không dùng"))
            }
        }
    }

    private func note(_ row: Int, _ column: Int?, value: String = "", message: String) -> CellNote {
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
