import Kernel
import Province
import Tabular

// Of what place, scheme and block a row of a table of movements is.
extension MovementWalk {
    // MARK: Of what a row is

    enum Subject {
        case of(MovementPlace, Scheme?, Block?, doubt: CellNote?)
        case skipped(String)
        case problem(CellNote)
    }

    /// A line that opens a part of form B16a-TS: A compulsory, B voluntary, C health insurance, or the area of an office.
    mutating func open(_ row: TableRow) {
        guard let lineColumn else { return }
        let text = VietnameseText.tidy(row[lineColumn].shown)
        if let office = reader.offices[VietnameseText.comparisonKey(text)] {
            (place, section) = (.unit(office), nil)
            return
        }
        let words = VietnameseWords(text)
        if words.has("bhyt") || words.has("y te") {
            section = nil
        } else if let scheme = MovementRole.scheme(named: text) {
            section = scheme
        }
    }

    mutating func subject(of row: TableRow) -> Subject {
        if let lineColumn { return line(row, lineColumn) }
        var scheme: Scheme?
        if let schemeColumn, !row[schemeColumn].isBlank {
            guard let named = MovementRole.scheme(named: row[schemeColumn].shown) else {
                return .problem(
                    note(
                        row.number, schemeColumn, value: row[schemeColumn].shown,
                        message: "không rõ loại hình; hãy ghi “Bắt buộc” hoặc “Tự nguyện”"))
            }
            scheme = named
        }
        var block: Block?
        if let blockColumn, !row[blockColumn].isBlank {
            guard let named = Block.named(row[blockColumn].shown) else {
                return .problem(
                    note(
                        row.number, blockColumn, value: row[blockColumn].shown,
                        message: "không phải khối nào của biểu B16a-TS; hãy ghi số 1–11 hoặc tên khối"))
            }
            (block, scheme) = (named, scheme ?? .compulsory)
        }
        if columns.form == .b15 { return .of(place, scheme, block, doubt: nil) }
        return unit(row, scheme, block)
    }

    mutating func line(_ row: TableRow, _ column: Int) -> Subject {
        let text = VietnameseText.tidy(row[column].shown)
        let words = VietnameseWords(text)
        if reader.offices[VietnameseText.comparisonKey(text)] != nil || MovementRole.scheme(named: text) != nil
            || words.has("bhyt") || words.has("y te")
        {
            open(row)
            guard let section else { return .skipped("dòng của BHYT hoặc của cả đơn vị, không lấy") }
            return .of(place, section, nil, doubt: nil)
        }
        guard let section else { return .skipped("dòng của phần không thuộc BHXH, không lấy") }
        guard section == .compulsory, let block = Block.named(text) else {
            return .problem(
                note(
                    row.number, column, value: text,
                    message: "không phải khối nào của biểu B16a-TS; hãy ghi đúng tên khối"))
        }
        return .of(place, section, block, doubt: nil)
    }

    mutating func unit(_ row: TableRow, _ scheme: Scheme?, _ block: Block?) -> Subject {
        var coded: CommuneCode?
        if let codeColumn, let code = CommuneCode(typed: row[codeColumn].shown), reader.directory[code] != nil {
            coded = code
        }
        guard let nameColumn, !row[nameColumn].isBlank else {
            guard let coded else {
                return .problem(
                    note(row.number, codeColumn ?? nameColumn, message: "có số liệu nhưng không ghi đơn vị nào"))
            }
            return .of(.commune(coded), scheme, block, doubt: nil)
        }
        let text = VietnameseText.tidy(row[nameColumn].shown)
        if let office = reader.offices[VietnameseText.comparisonKey(text)] {
            return .of(.unit(office), scheme, block, doubt: nil)
        }
        if VietnameseText.comparisonKey(text) == VietnameseText.comparisonKey(reader.province)
            || VietnameseText.comparisonKey("thành phố " + text) == VietnameseText.comparisonKey(reader.province)
            || VietnameseText.comparisonKey("tỉnh " + text) == VietnameseText.comparisonKey(reader.province)
        {
            return .of(.province, scheme, block, doubt: nil)
        }
        func settled(_ code: CommuneCode, _ words: String?) -> Subject {
            guard let coded, coded != code else {
                return .of(
                    .commune(code), scheme, block,
                    doubt: words.map { note(row.number, nameColumn, value: text, message: $0) })
            }
            return .problem(
                note(
                    row.number, nameColumn, value: text,
                    message: "không khớp mã \(coded) (\(reader.directory[coded]?.fullName ?? "")); hãy sửa mã hoặc tên")
            )
        }
        switch names.find(text) {
        case .certain(let code): return settled(code, nil)
        case .likely(let code, let doubt): return settled(code, doubt)
        case .former(let code, let oldName):
            // Several old units may have become one: their rows would count one over the other.
            return .problem(
                note(
                    row.number, nameColumn, value: text,
                    message:
                        "là \(oldName) trước khi sắp xếp, nay thuộc \(reader.directory[code]?.fullName ?? code.text); biến động phải ghi theo đơn vị hiện nay"
                ))
        case .ambiguous(let codes), .split(_, let codes):
            if let coded, codes.contains(coded) { return .of(.commune(coded), scheme, block, doubt: nil) }
            return .problem(
                note(
                    row.number, nameColumn, value: text,
                    message: "ứng với nhiều đơn vị (\(codes.map(\.text).joined(separator: ", "))); hãy ghi mã"))
        case .unknown where columns.form == .b16b: return .skipped("đơn vị khác, không lấy")
        case .unknown(let nearest):
            let hint = nearest.first.flatMap { reader.directory[$0] }.map { "; có phải \($0.fullName)?" } ?? ""
            return .problem(
                note(
                    row.number, nameColumn, value: text,
                    message:
                        "không có trong danh mục xã, phường, đặc khu và danh sách BHXH cơ sở\(hint)"))
        }
    }
}
