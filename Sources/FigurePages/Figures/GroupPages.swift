import Access
import Components
import Figures
import Hummingbird
import Kernel
import Overview
import PlanText
import Province
import Targets
import Work
import Tabular
import Province
import WebDesk

struct GroupsPage: Page {
    static let template: PageTemplate = "groups"

    let heading: String
    let unitLink: Frame.Link
    let groupSummary: String
    let table: TableModel
    let problems: [UploadPage.Note]
    let hasProblems: Bool
    let loaded: String?
    let form: FormModel?
    let addForm: FormModel?
    /// The group at hand, when one is to be corrected.
    let editing: String?
    let editForm: FormModel?
    let removeForm: FormModel?
}

extension FigurePages {
    var groupRoutes: [Route] {
        [
            .page(Addresses.groups, .right(.viewFigures)) { request in try await groupsPage(request) },
            groupWorkbook.route(Addresses.groupsWorkbook, on: desk),
            .answeringForm(Addresses.loadGroups, .right(.keepGroups)) { request in
                try await loadGroups(request)
            } again: { request, failure in
                try await groupsPage(request, failure: failure)
            },
            .form(Addresses.saveGroup, .right(.keepGroups)) { request in
                let commune = try commune(of: request)
                try await groups.saveGroup(
                    RecordID(request.form[TargetField.group]), of: commune, typed: request.form.typed(TargetField.self),
                    year: figureYear,
                    version: request.form.version, by: request.submission)
                return Addresses.groups(.commune(commune)).telling(.groupsSaved)
            } again: { request, failure in
                try await groupsPage(request, failure: failure)
            },
            .decision(Addresses.removeGroup, .right(.keepGroups)) { request, seen in
                let commune = try commune(of: request)
                guard let id = RecordID(request.form[TargetField.group]) else {
                    throw Refusal(.notFound, "Không có tổ dân phố, thôn này.")
                }
                try await groups.removeGroup(id, of: commune, version: seen, by: request.submission)
                return Addresses.groups(.commune(commune)).telling(.groupRemoved)
            } again: { request, failure in
                try await groupsPage(request, failure: failure)
            },
        ]
    }

    /// The year that groups' targets and counts belong to.
    private var figureYear: Int { min(max(today.year, definition.years.lowerBound), definition.years.upperBound) }

    private func commune(of request: MemberRequest) throws -> CommuneCode {
        guard let commune = CommuneCode(request.parameter("unit")), definition.communes[commune] != nil else {
            throw Refusal(.notFound, "Không có đơn vị này trong kế hoạch.")
        }
        return commune
    }

    private func loadGroups(_ request: MemberRequest) async throws -> Response {
        let commune = try commune(of: request)
        guard let file = try request.form.table(TargetField.file) else {
            throw Refusal(fields: [.init(TargetField.file, "Hãy chọn tệp danh sách (.xlsx hoặc .csv).")])
        }
        let typed = request.form[TargetField.countedOn]
        let day = Day(typed: typed)
        if !typed.isEmpty, day == nil {
            throw Refusal(fields: [
                .init(TargetField.countedOn, "“\(typed)” không phải ngày có thật, hãy nhập dạng 31/10/2026.")
            ])
        }
        let load = try await groups.loadGroups(
            file, of: commune, year: figureYear, countedOn: day, by: request.submission)
        guard !load.errors.isEmpty else {
            return .redirect(to: Addresses.groups(.commune(commune)).telling(.groupsSaved).text, type: .normal)
        }
        return try await groupsPage(request, load: load)
    }

    private func groupsPage(_ request: MemberRequest, load: GroupLoad? = nil, failure: FormModel.Failure? = nil)
        async throws -> Response
    {
        let commune = try commune(of: request)
        let viewer = request.viewer
        let groups = try await groups.groups(of: commune, for: viewer)
        let keeps = viewer.keepsGroups(of: commune)
        let base = Addresses.groups(.commune(commune))
        func number(_ value: Int?) -> String { value.map { VietnameseText.grouped($0) } ?? "" }
        func fields(_ group: ResidentialGroup?) -> [Field] {
            [
                Field(TargetField.name, "Tên tổ dân phố, thôn", value: group?.name ?? ""),
                Field(TargetField.households, "Số hộ", kind: .code, value: number(group?.households), required: false),
                Field(TargetField.people, "Số dân", kind: .code, value: number(group?.people), required: false),
                Field(
                    TargetField.voluntaryTarget, "Chỉ tiêu tự nguyện năm \(figureYear)", kind: .code,
                    value: number(group?.voluntaryTarget), required: false),
                Field(
                    TargetField.voluntaryNow, "Đang tham gia tự nguyện", kind: .code,
                    value: number(group?.voluntaryNow),
                    required: false),
                Field(
                    TargetField.countedOn, "Ngày chốt", hint: "Ngày/tháng/năm",
                    value: group?.countedOn?.vietnamese ?? "",
                    required: false),
            ]
        }
        let targetSum = groups.compactMap(\.voluntaryTarget).reduce(0, +)
        let nowSum = groups.compactMap(\.voluntaryNow).reduce(0, +)
        let target = try await targets.targets(year: figureYear, for: viewer)?.targets[commune]
        var summary = "\(groups.count) tổ dân phố, thôn."
        if groups.contains(where: { $0.voluntaryTarget != nil }) {
            summary += " Tổng chỉ tiêu tự nguyện của các tổ \(VietnameseText.grouped(targetSum))"
            if let target {
                let gap = targetSum - target.voluntary
                summary +=
                    gap == 0
                    ? ", khớp chỉ tiêu của đơn vị."
                    : ", lệch \(FigureWords.signed(gap)) so với chỉ tiêu của đơn vị (\(VietnameseText.grouped(target.voluntary)))."
            } else {
                summary += "; đơn vị chưa có chỉ tiêu năm \(figureYear)."
            }
        }
        if groups.contains(where: { $0.voluntaryNow != nil }) {
            summary += " Đang tham gia tự nguyện theo đơn vị tự đếm: \(VietnameseText.grouped(nowSum))."
        }
        let lines = groups.map {
            GroupLine(group: $0, editing: keeps ? base.with(.editing, $0.id).at("sua") : nil)
        }
        // One form at a time: a commune has up to a hundred groups.
        let chosen = RecordID(failure?.values[TargetField.group.rawValue] ?? request.query[.editing])
        let editing = keeps ? groups.first { $0.id == chosen } : nil
        let model = GroupsPage(
            heading: "Tổ dân phố, thôn của \(definition.communes[commune]?.fullName ?? "")",
            unitLink: Frame.Link(communeName(commune), Addresses.unit(.commune(commune))),
            groupSummary: summary,
            table: try list(
                Self.groupList, of: lines, try await query(Self.groupList.outline, of: request), at: TablePlace(base),
                workbook: Addresses.groupsWorkbook().with(.unit, commune.text),
                nothing: keeps
                    ? "Chưa có danh sách. Nạp một bảng Excel hoặc thêm từng tổ bên dưới." : "Chưa có danh sách."),
            problems: (load?.errors ?? []).map(UploadPage.Note.init),
            hasProblems: !(load?.errors.isEmpty ?? true),
            loaded: load.map {
                "Đã thêm \($0.added), sửa \($0.changed), không đổi \($0.unchanged); các dòng dưới đây chưa được lưu."
            },
            form: keeps
                ? form(
                    "nap-to", Addresses.loadGroups(.commune(commune)), "Nạp danh sách",
                    fields: [
                        Field(
                            TargetField.file, "Bảng tổ dân phố, thôn", kind: .file(.table),
                            hint:
                                "Cột “Tên tổ dân phố, thôn”; có thể thêm Số hộ, Số dân, Chỉ tiêu tự nguyện, Đang tham gia tự nguyện. Không gửi tên người."
                        ),
                        Field(
                            TargetField.countedOn, "Ngày chốt số đang tham gia",
                            hint: "Ngày/tháng/năm; chỉ cần khi bảng có cột này", required: false),
                    ], for: request, failure: failure) : nil,
            addForm: keeps
                ? form(
                    "them-to", Addresses.saveGroup(.commune(commune)), "Thêm", fields: fields(nil), look: "secondary",
                    for: request,
                    failure: failure) : nil,
            editing: editing?.name,
            editForm: editing.map { group in
                form(
                    "sua-to", Addresses.saveGroup(.commune(commune)), "Lưu", fields: fields(group),
                    version: group.version,
                    hidden: [.init(TargetField.group, group.id.text)], for: request, failure: failure)
            },
            removeForm: editing.map { group in
                form(
                    "bo-to", Addresses.removeGroup(.commune(commune)), "Bỏ khỏi danh sách", look: "warning",
                    asks:
                        "Chỉ tiêu và số đếm của tổ “\(group.name)” không còn trong danh sách và trong tổng của xã; thêm lại thì phải nhập lại số.",
                    version: group.version, hidden: [.init(TargetField.group, group.id.text)],
                    for: request, failure: failure)
            })
        return try page("Tổ dân phố", model, for: request)
    }
}
