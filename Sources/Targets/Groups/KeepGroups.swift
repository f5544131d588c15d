public import Access
import Database
import Figures
public import Province
public import Files
public import Kernel
public import Tabular

public struct GroupLoad: Sendable {
    public var added = 0
    public var changed = 0
    public var unchanged = 0
    public var errors: [CellNote] = []
    /// Rows that hold no group: sums, and rows without a name or a number.
    public var skipped: [CellNote] = []
}

extension Right {
    public static let readGroups = Right("groups.read", "Xem danh sách tổ dân phố của mọi đơn vị")
    public static let keepGroups = Right(
        "groups.keep", "Nạp, sửa danh sách tổ dân phố và giao chỉ tiêu đến tổ, của đơn vị mình", decidesTargets: true)
}

extension Viewer {
    public func seesGroups(of commune: CommuneCode) -> Bool {
        scope(of: .viewFigures, everything: .readGroups).covers(commune)
    }

    /// Whether the person loads and corrects this commune's groups, and splits its target over them.
    public func keepsGroups(of commune: CommuneCode) -> Bool { may(.keepGroups) && communes.contains(commune) }
}

extension GroupService {
    /// The groups of a commune, by name.
    public func groups(of commune: CommuneCode, for viewer: Viewer) async throws -> [ResidentialGroup] {
        try viewer.require(.viewFigures)
        guard viewer.seesGroups(of: commune) else {
            throw Refusal(
                .forbidden,
                "Danh sách tổ dân phố chỉ mở cho xã, phường, đặc khu đó và các cơ quan theo dõi cả kế hoạch.")
        }
        return try await store.read { try ResidentialGroups.all(of: commune, on: $0) }
    }

    /// The groups of several communes, each list by name, in one read.
    public func groups(of communes: [CommuneCode], for viewer: Viewer) async throws -> [CommuneCode:
        [ResidentialGroup]]
    {
        guard communes.count > 1 else {
            guard let commune = communes.first else { return [:] }
            return [commune: try await groups(of: commune, for: viewer)]
        }
        try viewer.require(.viewFigures)
        let open = communes.filter { viewer.seesGroups(of: $0) }
        return try await store.read { try ResidentialGroups.all(of: Set(open), on: $0) }
    }

    private func requireKeeper(of commune: CommuneCode, _ viewer: Viewer) throws {
        guard viewer.keepsGroups(of: commune) else {
            throw Refusal(.forbidden, "Chỉ cập nhật được tổ dân phố của xã, phường, đặc khu mình.")
        }
    }

    private static let groupColumns: [LabelledTable.Wish] = [
        .init("target", "Chỉ tiêu tự nguyện", ["chi tieu", "giao"], isFigure: true),
        .init(
            "now", "Đang tham gia tự nguyện", ["dang tham gia", "thuc hien", "da tham gia", "ket qua", "hien co"],
            isFigure: true),
        .init("households", "Số hộ", ["so ho", "=ho"], isFigure: true),
        .init("people", "Số dân", ["so dan", "nhan khau", "dan so", "so khau"], isFigure: true),
        .init(
            "name", "Tên tổ dân phố, thôn",
            ["ten to", "to dan pho", "thon", "khu dan cu", "ten", "tdp", "dia ban"],
            required: true),
    ]

    /// Loads a commune's table of groups. A group is known by its name; groups that the table does not name stay.
    public func loadGroups(
        _ file: IncomingFile, of commune: CommuneCode, year: Int, countedOn: Day?, by submission: Submission
    ) async throws -> GroupLoad {
        try requireKeeper(of: commune, submission.viewer)
        let table: TableFile
        do {
            table = try TableFile(try file.bytes(), limits: .units)
        } catch let error as TableFileError {
            throw Refusal(fields: [.init(TargetField.file, error.description)])
        }
        let labelled: LabelledTable
        do {
            labelled = try LabelledTable(table, wishes: Self.groupColumns)
        } catch {
            throw Refusal(fields: [
                .init(
                    TargetField.file,
                    error.words(
                        noHeading:
                            "Không tìm thấy dòng tiêu đề. Cần cột “Tên tổ dân phố, thôn”; có thể thêm “Số hộ”, “Số dân”, “Chỉ tiêu tự nguyện”, “Đang tham gia tự nguyện”."
                    ))
            ])
        }
        if let countedOn, countedOn > clock.today {
            throw Refusal(fields: [
                .init(TargetField.countedOn, "Ngày \(countedOn.vietnamese) chưa đến; hãy nhập ngày đã chốt số.")
            ])
        }
        var load = GroupLoad()
        let drafts = Self.readGroups(labelled, countedOn: countedOn, into: &load)
        guard !drafts.isEmpty || !load.errors.isEmpty else {
            throw Refusal(fields: [.init(TargetField.file, "Dưới dòng tiêu đề không có tổ dân phố, thôn nào.")])
        }
        let before = load
        let now = clock.now
        return try await store.write { connection in
            if let form = submission.form,
                try AccessService.receipt(
                    form: form, of: submission.viewer.account, about: Subject(.groups, commune), at: now, on: connection
                ) != nil
            {
                return before
            }
            var load = before
            let known = Dictionary(
                try ResidentialGroups.all(of: commune, on: connection).map {
                    (VietnameseText.comparisonKey($0.name), $0)
                },
                uniquingKeysWith: { first, _ in first })
            for (position, draft) in drafts.enumerated() {
                if let group = known[VietnameseText.comparisonKey(draft.name)] {
                    // Columns the table does not have keep what is stored.
                    var merged = draft
                    if !labelled.keys.contains("households") { merged.households = group.households }
                    if !labelled.keys.contains("people") { merged.people = group.people }
                    if !labelled.keys.contains("target") { merged.voluntaryTarget = group.voluntaryTarget }
                    if !labelled.keys.contains("now") {
                        (merged.voluntaryNow, merged.countedOn) = (group.voluntaryNow, group.countedOn)
                    }
                    if Self.equal(merged, group, year: year) {
                        load.unchanged += 1
                    } else {
                        load.changed += 1
                        try ResidentialGroups.update(
                            group.id, merged, year: year, by: submission.viewer.name, at: now, on: connection)
                    }
                } else {
                    load.added += 1
                    try ResidentialGroups.insert(
                        draft, of: commune, year: year, position: position, by: submission.viewer.name, at: now,
                        on: connection)
                }
            }
            if load.added + load.changed > 0 {
                try AuditTrail.append(
                    AuditEvent(
                        "groups.loaded", subject: Subject(.groups, commune),
                        detail: "thêm \(load.added), sửa \(load.changed)"
                    ),
                    by: submission.actor, at: now, on: connection)
            }
            return load
        }
    }

    private static func equal(_ draft: GroupDraft, _ group: ResidentialGroup, year: Int) -> Bool {
        draft.name == group.name && draft.households == group.households && draft.people == group.people
            && draft.voluntaryTarget == group.voluntaryTarget && draft.voluntaryNow == group.voluntaryNow
            && draft.countedOn == group.countedOn && group.year == year
    }

    private static func readGroups(_ table: LabelledTable, countedOn: Day?, into load: inout GroupLoad) -> [GroupDraft]
    {
        var drafts: [GroupDraft] = []
        var seen: [String: Int] = [:]
        for row in table.rows {
            let name = row.text("name")
            let words = VietnameseWords(name)
            // Whole words only: a hamlet may be called Cống Mỹ or Tống Xá.
            if ["tong", "tong so", "tong cong", "cong", "cong chung"].contains(words.text) {
                load.skipped.append(row.note("name", "dòng tổng, không tính là tổ", value: name))
                continue
            }
            var problems = row.problems(texts: ["name"])
            if name.isEmpty, problems.isEmpty {
                if ["now", "households", "people", "target"].allSatisfy({ row[$0].isBlank }) {
                    load.skipped.append(row.note("name", "dòng không có tên tổ và không có số"))
                    continue
                }
                problems.append(row.note("name", "có số liệu nhưng không ghi tên tổ dân phố, thôn; hãy bổ sung"))
            }
            func number(_ key: String) -> Int? { row.people(key, problems: &problems) }
            let current = number("now")
            let draft = GroupDraft(
                name: name, households: number("households"), people: number("people"),
                voluntaryTarget: number("target"),
                voluntaryNow: current, countedOn: current == nil ? nil : countedOn)
            if name.count > 120 {
                problems.append(
                    CellNote(
                        row: row.number, column: row.letters("name"), value: String(name.prefix(40)),
                        message: "tên dài quá 120 ký tự"))
            }
            if current != nil, countedOn == nil {
                problems.append(
                    CellNote(
                        row: row.number, column: row.letters("now"),
                        message: "cần ngày chốt số liệu đang tham gia; hãy nhập ngày khi nạp tệp"))
            }
            let key = VietnameseText.comparisonKey(name)
            if !name.isEmpty, let first = seen[key] {
                problems.append(
                    CellNote(
                        row: row.number, column: row.letters("name"), value: name, message: "đã có ở dòng \(first)"))
            }
            seen[key] = seen[key] ?? row.number
            if problems.isEmpty { drafts.append(draft) } else { load.errors += problems }
        }
        return drafts
    }

    /// Corrects one group on screen, or adds one when `id` is nil.
    public func saveGroup(
        _ id: RecordID?, of commune: CommuneCode, typed: [TargetField: String], year: Int, version: Int?,
        by submission: Submission
    ) async throws {
        try requireKeeper(of: commune, submission.viewer)
        var problems: [Refusal.FieldProblem] = []
        func number(_ field: TargetField) -> Int? {
            switch PeopleCell(.text(typed[field] ?? "")) {
            case .people(let people), .repaired(let people, _): return people
            case .missing: return nil
            case .wrong(let message):
                problems.append(.init(field, "“\(typed[field] ?? "")” \(message)."))
                return nil
            }
        }
        let name = VietnameseText.tidy(typed[.name] ?? "")
        if name.isEmpty || name.count > 120 {
            problems.append(.init(TargetField.name, "Hãy nhập tên tổ dân phố, thôn (không quá 120 ký tự)."))
        }
        let dayText = VietnameseText.tidy(typed[.countedOn] ?? "")
        let day = Day(typed: dayText)
        if !dayText.isEmpty, day == nil {
            problems.append(
                .init(TargetField.countedOn, "“\(dayText)” không phải ngày có thật, hãy nhập dạng 31/10/2026."))
        }
        let draft = GroupDraft(
            name: name, households: number(.households), people: number(.people),
            voluntaryTarget: number(.voluntaryTarget),
            voluntaryNow: number(.voluntaryNow), countedOn: day)
        if let day, day > clock.today {
            problems.append(.init(TargetField.countedOn, "Ngày \(day.vietnamese) chưa đến; hãy nhập ngày đã chốt số."))
        }
        if draft.voluntaryNow != nil, dayText.isEmpty {
            problems.append(.init(TargetField.countedOn, "Hãy nhập ngày chốt của số đang tham gia."))
        }
        guard problems.isEmpty else { throw Refusal(fields: problems) }
        try await store.once(submission, about: Subject(.groups, commune), at: clock.now) { connection, now in
            let groups = try ResidentialGroups.all(of: commune, on: connection)
            if groups.contains(where: {
                $0.id != id && VietnameseText.comparisonKey($0.name) == VietnameseText.comparisonKey(name)
            }) {
                throw Refusal(fields: [.init(TargetField.name, "“\(name)” đã có trong danh sách.")])
            }
            if let id {
                guard let group = groups.first(where: { $0.id == id }) else {
                    throw Refusal(.notFound, "Không có tổ dân phố, thôn này.")
                }
                guard version == group.version else {
                    throw Self.groupMoved
                }
                try ResidentialGroups.update(id, draft, year: year, by: submission.viewer.name, at: now, on: connection)
            } else {
                try ResidentialGroups.insert(
                    draft, of: commune, year: year, position: groups.count, by: submission.viewer.name, at: now,
                    on: connection)
            }
            try AuditTrail.append(
                AuditEvent("groups.saved", subject: Subject(.groups, commune), detail: name), by: submission.actor,
                at: now,
                on: connection)
        }
    }

    static let groupMoved = Refusal(
        .stale, "Tổ dân phố này vừa được người khác sửa. Hãy xem lại nội dung mới rồi làm lại.")

    /// Takes a group off the list; its record stays.
    public func removeGroup(
        _ id: RecordID, of commune: CommuneCode, version: Int? = nil, by submission: Submission
    ) async throws {
        try requireKeeper(of: commune, submission.viewer)
        try await store.once(submission, about: Subject(.groups, commune), at: clock.now) { connection, now in
            let group = try ResidentialGroups.all(of: commune, on: connection).first { $0.id == id }
            if let group, let version, version != group.version { throw Self.groupMoved }
            guard let group, try ResidentialGroups.remove(id, of: commune, at: now, on: connection) else {
                throw Refusal(.notFound, "Không có tổ dân phố, thôn này.")
            }
            try AuditTrail.append(
                AuditEvent("groups.removed", subject: Subject(.groups, commune), detail: group.name),
                by: submission.actor, at: now, on: connection)
        }
    }
}
