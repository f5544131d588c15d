public import Kernel
public import Tabular

/// The table of units as people keep it in a spreadsheet: the columns of `units.csv`, under Vietnamese headings or its own.
///
/// A file holds whole lists: for each agency it names, all units of that agency.
public struct UnitTable: Sendable {
    /// The lists by agency, each in the file's order; empty when anything is wrong.
    public let lists: [AgencyCode: [AgencyUnit]]
    /// Each with the cell's place, its value and the remedy.
    public let problems: [CellNote]

    /// - Throws: when the file is no table, or its heading lacks a column that is needed.
    public init(_ bytes: [UInt8], agencies: [Agency], communes: CommuneDirectory) throws(UnreadableUnitTable) {
        let file: TableFile
        do {
            file = try TableFile(bytes)
        } catch {
            throw UnreadableUnitTable(description: error.description)
        }
        let table: LabelledTable
        do {
            table = try LabelledTable(file, wishes: Self.wishes)
        } catch {
            let needed = Self.columns.filter { [.agency, .code, .name].contains($0.key) }.map { "“\($0.title)”" }
            throw UnreadableUnitTable(
                description: error.words(
                    noHeading:
                        "Không tìm thấy dòng tiêu đề có đủ các cột \(needed.joined(separator: ", ")). Hãy tải bảng hiện tại làm mẫu, điền rồi gửi lại."
                ))
        }
        guard !table.rows.isEmpty else {
            throw UnreadableUnitTable(description: "Bảng không có dòng nào dưới tiêu đề. Hãy điền mỗi đơn vị một dòng.")
        }
        var reader = Reader(agencies: agencies, communes: communes)
        for row in table.rows { reader.read(row) }
        problems = reader.problems
        lists = problems.isEmpty ? reader.lists : [:]
    }

    /// Whoever fills it in starts from this.
    public static func sheet(
        of units: AgencyUnits, agencies: [Agency], communes: CommuneDirectory
    ) -> Sheet {
        let heading = columns.map { SheetCell.text($0.title, look: .heading) }
        let rows = agencies.filter(\.mayHaveUnits).flatMap { agency in
            units.all(of: agency.code).map { unit in columns.map { SheetCell.text(text($0.key, of: unit)) } }
        }
        return Sheet(
            name: "Đơn vị trực thuộc", rows: [heading] + rows,
            widths: Dictionary(uniqueKeysWithValues: zip(columns.indices, columns.map(\.width))), headingRows: 1)
    }

    private static func text(_ key: Key, of unit: AgencyUnit) -> String {
        let identity = unit.ownIdentity
        return switch key {
        case .agency: unit.code.agency.text
        case .code: unit.code.unit
        case .name: unit.name
        case .kind: unit.kind
        case .communes: unit.communes.map(\.text).joined(separator: " ")
        case .superior: unit.superior?.text ?? ""
        case .bodyAbove: identity.bodyAbove == .nobody ? "không có" : identity.nameAbove ?? ""
        case .symbol: identity.symbol ?? ""
        case .head: identity.head ?? ""
        case .deputy: identity.deputy ?? ""
        case .place: identity.place ?? ""
        case .former: unit.isFormer ? "x" : ""
        }
    }
}

/// Why a file cannot be read as a table of units: Vietnamese, with the remedy.
public struct UnreadableUnitTable: Error, CustomStringConvertible {
    public let description: String
}

extension UnitTable {
    enum Key: String, CaseIterable {
        case agency, code, name, kind, communes, superior, symbol, head, deputy, place, former
        case bodyAbove = "body_above"
    }

    /// In the order of the template.
    static let columns: [(key: Key, title: String, width: Double)] = [
        (.agency, "Cơ quan", 18), (.code, "Mã đơn vị", 18), (.name, "Tên đơn vị", 46), (.kind, "Loại đơn vị", 18),
        (.communes, "Xã, phường, đặc khu phụ trách", 36), (.superior, "Cơ quan duyệt", 18),
        (.bodyAbove, "Cơ quan chủ quản (trên văn bản)", 36), (.symbol, "Ký hiệu văn bản", 16),
        (.head, "Chức danh người đứng đầu", 24), (.deputy, "Chức danh cấp phó", 24), (.place, "Nơi ký", 18),
        (.former, "Thôi hoạt động", 14),
    ]

    /// More telling headings first: each column goes to the first wish it fits.
    private static let wishes: [LabelledTable.Wish] = {
        let phrases: [(Key, [String])] = [
            (.superior, ["co quan duyet", "=superior"]),
            (.bodyAbove, ["chu quan", "=body above"]),
            (.agency, ["=co quan", "=ma co quan", "=agency"]),
            (.former, ["thoi hoat dong", "=former"]),
            (.code, ["ma don vi", "=ma", "=code"]),
            (.kind, ["loai", "=kind"]),
            (.communes, ["xa phuong", "dia ban", "=communes"]),
            (.symbol, ["ky hieu", "=symbol"]),
            (.head, ["dung dau", "=head"]),
            (.deputy, ["cap pho", "=deputy"]),
            (.place, ["noi ky", "dia danh", "=place"]),
            (.name, ["ten", "=name"]),
        ]
        return phrases.map { key, phrases in
            .init(key.rawValue, title(of: key), phrases, required: [.agency, .code, .name].contains(key))
        }
    }()

    fileprivate static func title(of key: Key) -> String {
        columns.first { $0.key == key }?.title ?? key.rawValue
    }
}

/// Reads row by row, and gathers what is wrong.
private struct Reader {
    let agencies: [Agency]
    let codes: Set<CommuneCode>
    let finder: CommuneFinder
    var lists: [AgencyCode: [AgencyUnit]] = [:]
    var problems: [CellNote] = []
    var firstRow: [AgencyUnitCode: Int] = [:]

    init(agencies: [Agency], communes: CommuneDirectory) {
        self.agencies = agencies
        codes = Set(communes.codes)
        finder = CommuneFinder(communes)
    }

    mutating func read(_ row: LabelledTable.Row) {
        let before = problems.count
        problems += row.problems(texts: UnitTable.Key.allCases.map(\.rawValue))
        let agency = agency(row, .agency, known: agencies.filter(\.mayHaveUnits))
        if agency == nil, row.text("agency").isEmpty {
            note(row, .agency, "ô trống; hãy ghi mã hoặc tên cơ quan mà đơn vị trực thuộc")
        }
        var entry = UnitEntry()
        for column in UnitEntry.Column.allCases { entry[column] = row.text(column.rawValue) }
        entry[.communes] = communes(row)
        entry[.superior] = row.text("superior").isEmpty ? "" : self.agency(row, .superior, known: agencies)?.text ?? ""
        entry[.former] = former(row)
        if ["khong co", "none"].contains(VietnameseWords(row.text("body_above")).text) { entry[.bodyAbove] = "none" }
        guard let agency else { return }
        let (unit, found) = entry.unit(of: agency, agencies: agencies, communes: codes)
        for problem in found {
            guard let key = UnitTable.Key(rawValue: problem.column.rawValue) else { continue }
            note(row, key, Self.remedy(of: problem.column))
        }
        guard let unit, problems.count == before else { return }
        if let first = firstRow[unit.code] {
            note(row, .code, "đã có ở dòng \(first); mỗi đơn vị một mã, hãy sửa một trong hai dòng")
            return
        }
        firstRow[unit.code] = row.number
        lists[agency, default: []].append(unit)
    }

    private static func remedy(of column: UnitEntry.Column) -> String {
        switch column {
        case .code:
            "không dùng làm mã được; hãy dùng chữ thường không dấu, chữ số và dấu nối (ví dụ thuy-trieu), không quá 60 ký tự"
        case .name: "hãy ghi tên đầy đủ của đơn vị như trên văn bản, không quá 200 ký tự"
        case .symbol: "ký hiệu chỉ gồm chữ, chữ số, dấu nối và dấu chấm, ví dụ SNV"
        default: "hãy viết không quá 200 ký tự"
        }
    }

    private mutating func note(_ row: LabelledTable.Row, _ key: UnitTable.Key, _ message: String) {
        problems.append(
            CellNote(
                row: row.number, column: row.letters(key.rawValue), heading: UnitTable.title(of: key),
                value: row.text(key.rawValue), message: message))
    }

    private mutating func agency(_ row: LabelledTable.Row, _ key: UnitTable.Key, known: [Agency]) -> AgencyCode? {
        let text = row.text(key.rawValue)
        guard !text.isEmpty else { return nil }
        let words = VietnameseWords(text).text
        if let found = known.first(where: { agency in
            agency.code.text == text
                || ([agency.name] + agency.spellings).contains { VietnameseWords($0).text == words }
        }) {
            return found.code
        }
        note(
            row, key,
            agencies.contains { $0.code.text == text }
                ? "cơ quan này không có danh sách đơn vị trực thuộc ở đây; hãy xóa dòng"
                : "kế hoạch không có cơ quan này; hãy ghi mã hoặc tên như ở danh sách cơ quan trên trang nạp")
        return nil
    }

    /// Codes with spaces between, or names with semicolons or commas between.
    private mutating func communes(_ row: LabelledTable.Row) -> String {
        let text = row.text("communes")
        let tokens = text.split(whereSeparator: { " ,;".contains($0) })
        let isCodes = tokens.allSatisfy { $0.allSatisfy(\.isNumber) }
        var found: [CommuneCode] = []
        for part in isCodes ? tokens : text.split(whereSeparator: { ",;".contains($0) }) {
            let name = VietnameseText.tidy(part)
            if isCodes {
                if let code = CommuneCode(typed: name), codes.contains(code) {
                    found.append(code)
                } else {
                    note(row, .communes, "“\(name)”: danh mục không có mã này; hãy ghi mã 5 chữ số hoặc tên hiện nay")
                }
                continue
            }
            switch finder.find(name) {
            case .certain(let code): found.append(code)
            case .likely, .former, .ambiguous, .split, .unknown:
                note(
                    row, .communes,
                    "“\(name)”: không rõ là đơn vị nào; hãy ghi đúng tên hiện nay có loại (Phường …, Xã …) hoặc mã 5 chữ số"
                )
            }
        }
        return found.map(\.text).joined(separator: " ")
    }

    private mutating func former(_ row: LabelledTable.Row) -> String {
        switch VietnameseWords(row.text("former")).text {
        case "": return row.text("former").isEmpty ? "" : wrongMark(row)
        case "x", "co", "yes", "thoi hoat dong": return "yes"
        case "khong", "no": return ""
        default: return wrongMark(row)
        }
    }

    private mutating func wrongMark(_ row: LabelledTable.Row) -> String {
        note(row, .former, "hãy ghi x cho đơn vị đã thôi hoạt động, để trống cho đơn vị đang hoạt động")
        return ""
    }
}
