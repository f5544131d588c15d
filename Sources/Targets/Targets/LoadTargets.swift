import Work
import PlanText
public import Access
import Database
public import Files
import Figures
public import Kernel
import Province
public import Tabular

/// What loading a table of targets came to.
public struct TargetLoad: Sendable {
    public var accepted: [Line] = []
    public var unchanged = 0
    public var errors: [CellNote] = []
    public var repairs: [CellNote] = []

    public struct Line: Sendable, Equatable {
        public let commune: CommuneCode
        public let year: Int
        public let total: Int
        public let voluntary: Int
        public let document: String
    }
}

extension Right {
    /// Counts in the coordinating agency alone.
    public static let loadTargets = Right("targets.load", "Nạp chỉ tiêu của các xã, phường, đặc khu")
}

extension TargetService {
    /// The targets of a year: the province's from the plan, the communes' as loaded.
    public func targets(year: Int, for viewer: Viewer) async throws -> TargetTable? {
        try viewer.require(.viewFigures)
        guard let province = plan.targets.first(where: { $0.year == year }) else { return nil }
        return try await store.read { connection in
            let targets = try CommuneTarget.holding(year: year, on: connection).filter {
                plan.communes[$0.commune] != nil
            }
            return TargetTable(
                year: year, province: province,
                targets: Dictionary(targets.map { ($0.commune, $0) }, uniquingKeysWith: { first, _ in first }),
                communes: plan.communes.communes.count)
        }
    }

    /// Every target a commune was given, the latest first.
    public func targetVersions(of commune: CommuneCode, for viewer: Viewer) async throws -> [CommuneTarget] {
        try viewer.require(.viewFigures)
        return try await store.read { connection in
            try connection.rows(
                "SELECT \(CommuneTarget.columns) FROM commune_target WHERE commune = ? ORDER BY year DESC, version DESC",
                commune
            ).map(CommuneTarget.init)
        }
    }

    /// Loads a table of targets: commune (code or name), year, total, voluntary, document. Rows with an error are left out,
    /// the others stand.
    /// - Parameters:
    ///   - year: for tables without a column of the year.
    ///   - document: for tables without a column of the document.
    public func loadTargets(
        _ file: IncomingFile, year: Int?, document: String, by submission: Submission
    ) async throws -> TargetLoad {
        guard submission.viewer.may(.loadTargets, for: plan) else {
            throw Refusal(
                .forbidden, "Chỉ cơ quan thường trực kế hoạch được nhập chỉ tiêu của các xã, phường, đặc khu.")
        }
        let load = try readTargets(try file.bytes(), year: year, document: VietnameseText.tidy(document))
        return try await store(load, by: submission.actor, form: submission)
    }

    /// The same from the command line or the demonstration.
    public func loadTargets(_ file: IncomingFile, year: Int?, document: String, by actor: Actor) async throws
        -> TargetLoad
    {
        try await store(
            try readTargets(try file.bytes(), year: year, document: VietnameseText.tidy(document)), by: actor, form: nil
        )
    }

    private func store(_ load: TargetLoad, by actor: Actor, form: Submission?) async throws -> TargetLoad {
        let now = clock.now
        return try await store.write { connection in
            if let form, let mark = form.form,
                try AccessService.receipt(
                    form: mark, of: form.viewer.account, about: Subject(.targets, "loaded"), at: now, on: connection)
                    != nil
            {
                return load
            }
            var load = load
            let holding = Dictionary(
                try CommuneTarget.holding(on: connection).map { ("\($0.commune) \($0.year)", $0) },
                uniquingKeysWith: { first, _ in first })
            var changed: [TargetLoad.Line] = []
            for line in load.accepted {
                let known = holding["\(line.commune) \(line.year)"]
                if let known, known.total == line.total, known.voluntary == line.voluntary,
                    known.document == line.document
                {
                    load.unchanged += 1
                    continue
                }
                changed.append(line)
                try CommuneTarget.insert(
                    line.commune.text, year: line.year, version: (known?.version ?? 0) + 1, total: line.total,
                    voluntary: line.voluntary, source: line.document, Signing(citedIn: line.document), by: actor,
                    at: now, on: connection)
            }
            load.accepted = changed
            guard !changed.isEmpty else { return load }
            let years = Set(changed.map(\.year)).sorted().map(String.init).joined(separator: ", ")
            try AuditTrail.append(
                AuditEvent("targets.loaded", subject: Subject(.targets, years), detail: "\(changed.count) chỉ tiêu"),
                by: actor, at: now, on: connection)
            try TargetNotices.tell(
                changed.map {
                    GivenTarget(
                        commune: $0.commune, year: $0.year, total: $0.total, voluntary: $0.voluntary,
                        document: $0.document)
                }, by: actor.account, at: now, on: connection)
            return load
        }
    }

    // MARK: Reading

    private static let targetColumns: [LabelledTable.Wish] = [
        .init("year", "Năm", ["=nam", "=year"]),
        .init("code", "Mã", ["=ma", "ma xa", "ma don vi", "ma dvhc", "=code"]),
        .init("document", "Văn bản", ["van ban", "quyet dinh", "can cu", "so hieu"]),
        .init("voluntary", "Tự nguyện", ["tu nguyen", "bhxh tn", "=tn", "voluntary"], required: true),
        .init("compulsory", "Bắt buộc", ["bat buoc", "bhxh bb", "=bb"]),
        .init("total", "Tổng số", ["tong so", "tong cong", "=tong", "=cong", "=total", "chi tieu"]),
        .init("name", "Tên", ["ten", "xa phuong", "dia ban", "don vi", "dia phuong", "=xa", "=name"]),
    ]

    func readTargets(_ bytes: [UInt8], year: Int?, document: String) throws(Refusal) -> TargetLoad {
        let file: TableFile
        do {
            file = try TableFile(bytes)
        } catch {
            throw Refusal(fields: [.init(TargetField.file, error.description)])
        }
        guard let table = LabelledTable(file, wishes: Self.targetColumns),
            table.keys.contains("name") || table.keys.contains("code"),
            table.keys.contains("total") || table.keys.contains("compulsory")
        else {
            throw Refusal(fields: [
                .init(
                    TargetField.file,
                    "Không tìm thấy dòng tiêu đề. Cần các cột: tên hoặc mã xã, phường, đặc khu; Năm; Tổng số (hoặc Bắt buộc); Tự nguyện; Văn bản."
                )
            ])
        }
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
        let isSum = ["tong", "tong so", "tong cong", "cong", "cong chung", "toan thanh pho", "toan tinh"].contains(
            words.text)
        if !hasNumbers || isSum { return }
        if words.begins(with: "tong") || words.begins(with: "cong"), case .unknown = finder.find(name) { return }
        var problems: [CellNote] = []
        func note(_ key: String, _ value: String, _ message: String) -> CellNote {
            CellNote(
                row: row.number, column: row.letters(key),
                heading: Self.targetColumns.first { $0.key == key }?.title ?? "", value: value, message: message)
        }
        func people(_ key: String) -> Int? {
            guard table(row, has: key) else { return nil }
            switch PeopleCell(row[key]) {
            case .people(let people), .repaired(let people, _): return people
            case .missing: problems.append(note(key, "", "ô trống; hãy nhập chỉ tiêu"))
            case .wrong(let message): problems.append(note(key, row[key].shown, message))
            }
            return nil
        }
        let commune = commune(row, finder: finder, note: note, problems: &problems, repairs: &load.repairs)
        var lineYear = year
        if !row.letters("year").isEmpty {
            lineYear = Int(row.text("year"))
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
        if let compulsory = people("compulsory"), let voluntary {
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
            .init(commune: commune, year: lineYear, total: total, voluntary: voluntary, document: paper))
    }

    private func table(_ row: LabelledTable.Row, has key: String) -> Bool { !row.letters(key).isEmpty }

    private func commune(
        _ row: LabelledTable.Row, finder: CommuneFinder, note: (String, String, String) -> CellNote,
        problems: inout [CellNote],
        repairs: inout [CellNote]
    ) -> CommuneCode? {
        let coded = row.text("code")
        let name = row.text("name")
        if !coded.isEmpty {
            if let code = CommuneCode(coded), let commune = plan.communes[code] {
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
