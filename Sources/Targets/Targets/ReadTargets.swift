import Kernel
import PlanText
import Province
import Tabular

// What the rows of a table of targets say.
extension TargetService {
    private static let targetColumns: [LabelledTable.Wish] = [
        .init("year", "Năm", ["=nam", "=year"]),
        .init("code", "Mã", ["=ma", "ma xa", "ma don vi", "ma dvhc", "=code"]),
        .init("document", "Văn bản", ["van ban", "quyet dinh", "can cu", "so hieu"]),
        .init("voluntary", "Tự nguyện", ["tu nguyen", "bhxh tn", "=tn", "voluntary"], required: true, isFigure: true),
        .init("compulsory", "Bắt buộc", ["bat buoc", "bhxh bb", "=bb"], isFigure: true),
        .init("total", "Tổng số", ["tong so", "tong cong", "=tong", "=cong", "=total", "chi tieu"], isFigure: true),
        .init("name", "Tên", ["ten", "xa phuong", "dia ban", "don vi", "dia phuong", "=xa", "=name"]),
    ]

    func readTargets(_ bytes: [UInt8], year: Int?, document: String) throws(Refusal) -> TargetLoad {
        let file: TableFile
        do {
            file = try TableFile(bytes, limits: .units)
        } catch {
            throw Refusal(fields: [.init(TargetField.file, error.description)])
        }
        let noHeading =
            "Không tìm thấy dòng tiêu đề. Cần các cột: tên hoặc mã xã, phường, đặc khu; Năm; Tổng số (hoặc Bắt buộc); Tự nguyện; Văn bản."
            + (year.map { " Cột ghi năm khác \($0), cột tỷ lệ, tăng giảm, kết quả thực hiện không được dùng." } ?? "")
        let table: LabelledTable
        do {
            table = try LabelledTable(
                file, wishes: Self.targetColumns, year: year,
                never: ["thuc hien", "ket qua", "uoc", "nam truoc", "con thieu", "da giao", "hien co"])
        } catch {
            throw Refusal(fields: [.init(TargetField.file, error.words(noHeading: noHeading))])
        }
        guard table.keys.contains("name") || table.keys.contains("code"),
            table.keys.contains("total") || table.keys.contains("compulsory")
        else { throw Refusal(fields: [.init(TargetField.file, noHeading)]) }
        guard table.keys.contains("year") || year != nil else {
            throw Refusal(fields: [.init(TargetField.year, "Tệp không có cột Năm; hãy chọn năm của chỉ tiêu.")])
        }
        guard table.keys.contains("document") || !document.isEmpty else {
            throw Refusal(fields: [
                .init(
                    TargetField.document,
                    "Tệp không có cột Văn bản; hãy ghi văn bản giao chỉ tiêu (số, ngày, cơ quan ban hành).")
            ])
        }
        let finder = CommuneFinder(plan.communes)
        var load = TargetLoad()
        var seen: [String: Int] = [:]
        for row in table.rows {
            readTarget(row, year: year, document: document, finder: finder, seen: &seen, into: &load)
        }
        return load
    }

    private func readTarget(
        _ row: LabelledTable.Row, year: Int?, document: String, finder: CommuneFinder, seen: inout [String: Int],
        into load: inout TargetLoad
    ) {
        let name = row.text("name")
        let words = VietnameseWords(name)
        let hasNumbers = ["total", "compulsory", "voluntary"].contains { !row[$0].isBlank }
        guard hasNumbers else {
            load.silent.append(row.note("name", "không có số nào, chưa có chỉ tiêu", value: name))
            return
        }
        let isSum =
            ["tong", "tong so", "tong cong", "cong", "cong chung", "toan thanh pho", "toan tinh"].contains(words.text)
            || words.begins(with: "tong") || words.begins(with: "cong")
        if isSum, case .unknown = finder.find(name) {
            load.skipped.append(row.note("name", "dòng tổng, không tính là đơn vị", value: name))
            return
        }
        var problems = row.problems(texts: ["name", "code", "year", "document"])
        func note(_ key: String, _ value: String, _ message: String) -> CellNote {
            row.note(key, message, value: value)
        }
        func people(_ key: String) -> Int? {
            row.people(key, missing: "ô trống; hãy nhập chỉ tiêu", problems: &problems)
        }
        let commune = commune(row, finder: finder, note: note, problems: &problems, repairs: &load.repairs)
        var lineYear = year
        if !row.letters("year").isEmpty {
            lineYear = WrittenNumber(row.text("year"), expecting: .fraction)?.whole
            if let stated = lineYear, let year, stated != year {
                problems.append(note("year", row.text("year"), "khác năm được chọn (\(year))"))
            }
        }
        if lineYear.map({ !plan.years.contains($0) }) ?? true {
            problems.append(
                note(
                    "year", row.text("year"),
                    "không phải năm của kế hoạch (\(plan.years.lowerBound)–\(plan.years.upperBound))"))
        }
        let voluntary = people("voluntary")
        var total = people("total")
        let compulsory = people("compulsory")
        if let compulsory, let voluntary {
            if let stated = total, stated != compulsory + voluntary {
                problems.append(
                    note(
                        "total", row.text("total"),
                        "không bằng bắt buộc cộng tự nguyện (\(VietnameseText.grouped(compulsory + voluntary)))"))
            }
            total = total ?? compulsory + voluntary
        }
        if let total, let voluntary, voluntary > total {
            problems.append(
                note(
                    "voluntary", row.text("voluntary"),
                    "lớn hơn tổng số (\(VietnameseText.grouped(total))); tự nguyện là một phần của tổng số"))
        }
        let paper = row.text("document").isEmpty ? document : row.text("document")
        if paper.isEmpty { problems.append(note("document", "", "thiếu văn bản giao chỉ tiêu")) }
        if let commune, let lineYear {
            let key = "\(commune) \(lineYear)"
            if let first = seen[key] {
                problems.append(note("name", name, "đã có ở dòng \(first) cho năm \(lineYear); hãy giữ lại một dòng"))
                // Of two rows that differ nobody can tell the right one: neither is taken.
                if let index = load.accepted.firstIndex(where: { $0.commune == commune && $0.year == lineYear }),
                    load.accepted[index].total != total || load.accepted[index].voluntary != voluntary
                {
                    load.accepted.remove(at: index)
                    load.errors.append(
                        CellNote(
                            row: first, value: plan.communes[commune]?.fullName ?? commune.text,
                            message:
                                "có nhiều dòng khác nhau cho năm \(lineYear) (dòng \(row.number)); hãy giữ lại một dòng"
                        ))
                }
            }
            seen[key] = seen[key] ?? row.number
        }
        guard problems.isEmpty, let commune, let lineYear, let total, let voluntary else {
            load.errors += problems
            return
        }
        load.accepted.append(
            .init(
                commune: commune, year: lineYear, total: total, voluntary: voluntary,
                compulsory: compulsory == nil ? .derived : .assigned, document: paper))
    }

    private func commune(
        _ row: LabelledTable.Row, finder: CommuneFinder, note: (String, String, String) -> CellNote,
        problems: inout [CellNote],
        repairs: inout [CellNote]
    ) -> CommuneCode? {
        let coded = row.text("code")
        let name = row.text("name")
        if !coded.isEmpty {
            if let code = CommuneCode(typed: coded), let commune = plan.communes[code] {
                // A name beside the code has to be the same unit's; one that cannot be told apart does not contradict.
                switch finder.find(name) {
                case .certain(let named) where named != code, .likely(let named, _) where named != code:
                    problems.append(
                        note("name", name, "không khớp mã \(code) (\(commune.fullName)); hãy sửa mã hoặc tên"))
                    return nil
                default: return code
                }
            }
            problems.append(note("code", coded, "không phải mã xã, phường, đặc khu của \(plan.province)"))
            return nil
        }
        func names(_ codes: [CommuneCode]) -> String {
            codes.compactMap { plan.communes[$0]?.fullName }.joined(separator: ", ")
        }
        switch finder.find(name) {
        case .certain(let code): return code
        case .likely(let code, let doubt):
            repairs.append(note("name", name, doubt))
            return code
        case .former(let code, let oldName):
            problems.append(
                note("name", name, "là \(oldName) trước khi sắp xếp; hãy ghi tên đơn vị mới (\(names([code])))"))
        case .ambiguous(let codes), .split(_, let codes):
            problems.append(note("name", name, "không rõ là đơn vị nào: \(names(codes)); hãy ghi mã"))
        case .unknown(let nearest):
            problems.append(
                note(
                    "name", name,
                    nearest.isEmpty
                        ? "không có trong danh sách" : "không có trong danh sách; có phải \(names(nearest))?"))
        }
        return nil
    }
}
