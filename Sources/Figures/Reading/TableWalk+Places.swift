import Kernel
import Tabular
import Province

// Which month and which commune a row speaks of.
extension TableWalk {
    // MARK: The month of a row

    enum RowMonth {
        case success(Month)
        case failure(CellNote)
        /// A month that is real and not the one chosen.
        case other(CellNote)
    }

    mutating func month(of row: TableRow) -> RowMonth {
        guard let column = monthColumn else { return .failure(note(row.number, nil, message: "thiếu tháng")) }
        let cell = row[column]
        if case .text(let text) = cell, yearColumn == nil {
            if let lastMonth, lastMonth.text == text { return .success(lastMonth.month) }
            if let known = months[text] {
                lastMonth = (text, known)
                return .success(known)
            }
        }
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
            return .failure(
                note(row.number, column, value: cell.shown, message: "không phải tháng có thật; hãy ghi dạng 09/2026"))
        }
        if let problem = reader.problem(of: found, today: surroundings.today) {
            return .failure(note(row.number, column, value: cell.shown, message: problem))
        }
        if let chosen = surroundings.month, found != chosen {
            return .other(
                note(
                    row.number, column, value: cell.shown,
                    message: "khác kỳ được chọn (tháng \(chosen.vietnamese)); hãy bỏ dòng này hoặc chọn lại kỳ"))
        }
        if case .text(let text) = cell, yearColumn == nil { months[text] = found }
        return .success(found)
    }

    // MARK: The unit of a row

    enum Unit {
        case found(CommuneCode, doubt: CellNote?, oldName: String?)
        case problem(CellNote, isUnknown: Bool)
    }

    func code(_ cell: Cell) -> CommuneCode? { CommuneCode(typed: cell.shown) }

    /// The code of ours that a cell names; each text is looked up once.
    private mutating func knownCode(_ cell: Cell) -> CommuneCode? {
        func find() -> CommuneCode? { code(cell).flatMap { reader.directory[$0] == nil ? nil : $0 } }
        guard case .text(let text) = cell else { return find() }
        if let lastCode, lastCode.text == text { return lastCode.code }
        let found: CommuneCode? = codes[text] ?? find()
        codes[text] = .some(found)
        lastCode = (text, found)
        return found
    }

    mutating func unit(_ row: TableRow) -> Unit {
        let codeColumn = codesAreOurs ? codeColumn : nil
        var coded: CommuneCode?
        if let codeColumn, !row[codeColumn].isBlank {
            guard let code = knownCode(row[codeColumn]) else {
                return .problem(
                    note(
                        row.number, codeColumn, value: row[codeColumn].shown,
                        message: "không phải mã xã, phường, đặc khu của \(reader.province)"),
                    isUnknown: true)
            }
            coded = code
        }
        guard let nameColumn, !row[nameColumn].isBlank else {
            guard let coded else {
                return .problem(
                    note(row.number, nameColumn ?? codeColumn, message: "có số liệu nhưng không ghi đơn vị nào"),
                    isUnknown: false)
            }
            return .found(coded, doubt: nil, oldName: nil)
        }
        let text = VietnameseText.tidy(reader.readable(row[nameColumn].shown))
        let answer = self.names.find(text)
        func names(_ codes: [CommuneCode]) -> String {
            codes.compactMap { code in reader.directory[code].map { "\($0.fullName) (\(code))" } }.joined(
                separator: ", ")
        }
        func doubt(_ message: String) -> CellNote { note(row.number, nameColumn, value: text, message: message) }
        func settled(_ code: CommuneCode, _ note: CellNote?, _ oldName: String?) -> Unit {
            guard let coded, coded != code else { return .found(code, doubt: note, oldName: oldName) }
            return .problem(
                doubt("không khớp mã \(coded) (\(reader.directory[coded]?.fullName ?? "")); hãy sửa mã hoặc tên"),
                isUnknown: false)
        }
        switch answer {
        case .certain(let code): return settled(code, nil, nil)
        case .likely(let code, let words): return settled(code, doubt(words), nil)
        case .former(let code, let oldName):
            let commune = reader.directory[code]?.fullName ?? code.text
            return settled(code, doubt("là \(oldName) trước khi sắp xếp, nay thuộc \(commune); hãy kiểm tra"), oldName)
        case .ambiguous(let codes):
            if let coded, codes.contains(coded) { return .found(coded, doubt: nil, oldName: nil) }
            return .problem(
                doubt("trùng tên nhiều đơn vị: \(names(codes)); hãy ghi đủ dấu hoặc ghi mã"), isUnknown: false)
        case .split(let oldName, let codes):
            if let coded, codes.contains(coded) {
                return .found(coded, doubt: doubt("là \(oldName) trước khi sắp xếp; lấy theo mã"), oldName: oldName)
            }
            return .problem(
                doubt("là \(oldName) trước khi sắp xếp, nay chia về \(names(codes)); hãy ghi tên hoặc mã đơn vị mới"),
                isUnknown: false)
        case .unknown(let nearest):
            if let coded {
                return .found(
                    coded,
                    doubt: doubt(
                        "không nhận ra tên; lấy theo mã \(coded) (\(reader.directory[coded]?.fullName ?? ""))"),
                    oldName: nil)
            }
            let hint = nearest.isEmpty ? "hãy kiểm tra lại tên" : "có phải \(names(nearest))?"
            return .problem(doubt("không có trong danh sách xã, phường, đặc khu; \(hint)"), isUnknown: true)
        }
    }
}
