public import Kernel

/// Reads `units.csv`: one line for each of the many units of agencies, with at least the columns `code`, `agency` and
/// `name`. `kind`, `communes` (codes separated by spaces), `superior`, `body_above`, `symbol`, `head`, `deputy`, `place` and
/// `former` (`yes`) are taken when present.
public enum UnitFile {
    public static func read(
        _ bytes: [UInt8], file: String, agencies: [Agency], communes: Set<CommuneCode>
    ) -> (units: [AgencyUnit], faults: [DataFault]) {
        var lines = DataLines(
            bytes, file: file, required: ["code", "agency", "name"], wanted: "mỗi đơn vị một dòng")
        var units: [AgencyUnit] = []
        var firstLine: [AgencyUnitCode: Int] = [:]
        for line in lines.all {
            guard let agency = agencies.first(where: { $0.code.text == line["agency"] }) else {
                lines.fault(line, "cơ quan “\(line["agency"])” không có trong agencies.yaml")
                continue
            }
            guard agency.mayHaveUnits else {
                lines.fault(line, "“\(agency.code)” không thể có danh sách đơn vị ở tệp này")
                continue
            }
            var entry = UnitEntry()
            for column in UnitEntry.Column.allCases { entry[column] = line[column.rawValue] }
            let (unit, problems) = entry.unit(of: agency.code, agencies: agencies, communes: communes)
            for problem in problems { lines.fault(line, problem.message) }
            guard let unit else { continue }
            if let first = firstLine[unit.code] {
                lines.fault(line, "mã đơn vị “\(unit.code)” đã có ở dòng \(first)")
                continue
            }
            firstLine[unit.code] = line.number
            units.append(unit)
        }
        return (units, lines.faults)
    }
}

/// A unit as a line of the table has it.
struct UnitEntry {
    /// The columns by their names in `units.csv`.
    enum Column: String, CaseIterable {
        case code, name, kind, communes, superior, symbol, head, deputy, place, former
        case bodyAbove = "body_above"
    }

    private var texts: [Column: String] = [:]

    /// Tidied; empty when not given.
    subscript(column: Column) -> String {
        get { texts[column] ?? "" }
        set { texts[column] = VietnameseText.tidy(newValue) }
    }

    /// - Returns: the unit, nil when anything is wrong with it, and everything that is.
    func unit(
        of agency: AgencyCode, agencies: [Agency], communes known: Set<CommuneCode>
    ) -> (unit: AgencyUnit?, problems: [(column: Column, message: String)]) {
        var problems: [(column: Column, message: String)] = []
        let code = AgencyUnitCode(agency: agency, unit: self[.code])
        if code == nil {
            problems.append(
                (
                    .code,
                    "mã đơn vị “\(self[.code])” phải gồm chữ thường không dấu, chữ số và dấu nối, không quá 60 ký tự"
                ))
        }
        let name = self[.name]
        if name.isEmpty || name.count > 200 {
            problems.append((.name, "cần tên đơn vị, viết đầy đủ, không quá 200 ký tự"))
        }
        var communes: [CommuneCode] = []
        for text in self[.communes].split(whereSeparator: { $0 == " " || $0 == "," || $0 == ";" }) {
            guard let commune = CommuneCode(text), known.contains(commune) else {
                problems.append(
                    (.communes, "mã xã, phường, đặc khu “\(text)” không có trong danh mục của tỉnh, thành phố"))
                continue
            }
            if !communes.contains(commune) { communes.append(commune) }
        }
        var superior: AgencyCode?
        if !self[.superior].isEmpty {
            superior = agencies.first { $0.code.text == self[.superior] }?.code
            if superior == nil {
                problems.append((.superior, "cơ quan duyệt “\(self[.superior])” không có trong danh sách cơ quan"))
            }
        }
        func text(_ column: Column) -> String? { self[column].isEmpty ? nil : self[column] }
        if let symbol = text(.symbol), !LegalIdentity.isSymbol(symbol) {
            problems.append((.symbol, "ký hiệu “\(symbol)” chỉ gồm chữ, chữ số, dấu nối và dấu chấm, ví dụ SNV"))
        }
        if let former = text(.former), former != "yes" {
            problems.append(
                (.former, "“\(former)”: ghi yes cho đơn vị đã thôi hoạt động, để trống cho đơn vị đang hoạt động"))
        }
        for column in [Column.kind, .bodyAbove, .head, .deputy, .place] where self[column].count > 200 {
            problems.append((column, "viết không quá 200 ký tự"))
        }
        guard problems.isEmpty, let code else { return (nil, problems) }
        return (
            AgencyUnit(
                code: code, name: name, kind: self[.kind], communes: communes, superior: superior,
                identity: LegalIdentity(
                    bodyAbove: text(.bodyAbove).map { $0 == "none" ? .nobody : .body($0) }, symbol: text(.symbol),
                    head: text(.head), deputy: text(.deputy), place: text(.place)), isFormer: text(.former) != nil),
            []
        )
    }
}

extension LegalIdentity {
    /// Whether a text can stand behind the slash of a document's number.
    static func isSymbol(_ text: String) -> Bool {
        text.count <= 30 && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }
    }
}
