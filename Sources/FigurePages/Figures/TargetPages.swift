import Access
import Components
import Figures
import Hummingbird
import Kernel
import Overview
import PlanText
import Targets
import Work
import Tabular
import Province
import WebDesk

struct TargetsPage: Page {
    static let template: PageTemplate = "targets"

    struct Sum: Sendable {
        let measureTitle: String
        let city: String
        let communesSum: String
        let difference: String
        let alarm: Bool
    }

    let tabs: [Frame.Link]
    let year: Int
    let years: [Frame.Link]
    let sums: [Sum]
    let without: String?
    /// Nil while there is no target.
    let table: TableModel?
    /// To the desk, for whoever would load a table where two people decide.
    let byTwo: Frame.Link?
    let form: FormModel?
    let problems: [UploadPage.Note]
    let hasProblems: Bool
    let loaded: String?
}

struct TargetVersionsPage: Page {
    static let template: PageTemplate = "target-versions"

    struct Row: Sendable {
        let year: Int
        let version: Int
        let total: String
        let compulsory: String
        let voluntary: String
        let document: String
        let when: String
        let status: String
    }

    let tabs: [Frame.Link]
    let heading: String
    let unitLink: Frame.Link
    let rows: [Row]
    let nothing: Bool
}

extension FigurePages {
    var targetRoutes: [Route] {
        [
            .page(Addresses.targets, .right(.viewFigures)) { request in try await targetsPage(request) },
            .answeringDecision(Addresses.loadTargets, .right(.loadTargets)) { request, seen in
                try await loadTargets(request, seen)
            } again: { request, failure in
                try await targetsPage(request, failure: failure)
            },
            targetWorkbook.route(Addresses.targets.workbook, on: desk),
            .page(Addresses.targetVersions, .right(.viewFigures)) { request in
                try await targetVersionsPage(request)
            },
        ]
    }

    /// Loads a table and answers at once with what came of it: rows that were returned stand on the page with their reason.
    private func loadTargets(_ request: MemberRequest, _ seen: Int) async throws -> Response {
        guard let file = try request.form.table(TargetField.file) else {
            throw Refusal(fields: [.init(TargetField.file, "Hãy chọn tệp chỉ tiêu (.xlsx hoặc .csv).")])
        }
        let typed = request.form[TargetField.year]
        let year = Int(typed)
        if !typed.isEmpty, year == nil {
            throw Refusal(fields: [.init(TargetField.year, "“\(typed)” không phải năm.")])
        }
        let load = try await targets.loadTargets(
            file, year: year, document: request.form[TargetField.document], version: seen, by: request.submission)
        guard !load.errors.isEmpty || !load.silent.isEmpty else {
            return .redirect(
                to: Addresses.targets().with(.year, load.accepted.first?.year ?? year ?? today.year).telling(
                    .targetsLoaded
                )
                .text, type: .normal)
        }
        return try await targetsPage(request, load: load)
    }

    private func targetsPage(_ request: MemberRequest, load: TargetLoad? = nil, failure: FormModel.Failure? = nil)
        async throws -> Response
    {
        let year = targetYear(request.query, loaded: load?.accepted.first?.year)
        guard let table = try await targets.targets(year: year, for: request.viewer) else { throw Self.yearOutside }
        let previous = try await targets.targets(year: year - 1, for: request.viewer)
        let lines = lines(of: table, after: previous)
        let without = definition.communes.communes.filter { table.targets[$0.code] == nil }
        let loads = request.viewer.may(.loadTargets, for: definition)
        let model = TargetsPage(
            tabs: figureTabs(Addresses.targets(), for: request), year: year,
            years: definition.years.map {
                Frame.Link("Năm \($0)", Addresses.targets().with(.year, $0), current: $0 == year)
            },
            sums: Measure.allCases.map { measure in
                let words =
                    measure == .total ? table.province.totalOperator.words : table.province.voluntaryOperator.words
                let gap = table.sum(measure) - table.province(measure)
                return .init(
                    measureTitle: measure.title, city: "\(words) \(VietnameseText.grouped(table.province(measure)))",
                    communesSum: table.targets.isEmpty ? "chưa giao" : VietnameseText.grouped(table.sum(measure)),
                    difference: table.targets.isEmpty ? "–" : gap == 0 ? "khớp" : FigureWords.signed(gap),
                    alarm: !table.targets.isEmpty && gap != 0)
            } + [Self.compulsorySum(table)],
            without: without.isEmpty
                ? nil
                : without.count == table.communes
                    ? "Chưa có chỉ tiêu năm \(year) của đơn vị nào."
                    : "Chưa có chỉ tiêu của \(without.count) đơn vị: \(without.map(\.shortName).joined(separator: ", ")).",
            table: try await lines.isEmpty
                ? nil
                : list(
                    Self.targetList, of: lines, query(Self.targetList.outline, of: request),
                    at: TablePlace(Addresses.targets(), [(.year, "\(year)")]), workbook: Addresses.targets.workbook()),
            byTwo: loads && targets.isDecidedByTwo
                ? Frame.Link("lập phương án ở Phân bổ", Addresses.scenarios().with(.year, year)) : nil,
            form: loads && !targets.isDecidedByTwo
                ? form(
                    "nap-chi-tieu", Addresses.loadTargets(), "Nạp chỉ tiêu",
                    fields: [
                        Field(
                            TargetField.file, "Bảng chỉ tiêu", kind: .file(.table),
                            hint: "Các cột: tên hoặc mã đơn vị; Năm; Tổng số (hoặc Bắt buộc); Tự nguyện; Văn bản"),
                        Field(
                            TargetField.year, "Năm", kind: .code, hint: "Để trống nếu bảng có cột Năm", required: false),
                        Field(
                            TargetField.document, "Văn bản giao chỉ tiêu", hint: "Để trống nếu bảng có cột Văn bản",
                            required: false),
                    ], version: request.revisions.version(of: .targets, .allocation), for: request, failure: failure)
                : nil,
            problems: (load?.errors ?? []).map(UploadPage.Note.init),
            hasProblems: !(load?.errors.isEmpty ?? true),
            loaded: load.map { load in
                let silent = load.silent.prefix(20).map { String($0.row) }.joined(separator: ", ")
                return
                    "Đã lưu \(load.accepted.count) chỉ tiêu, \(load.unchanged) không đổi; \(load.errors.count) lỗi ở các dòng dưới đây chưa được lưu."
                    + (silent.isEmpty
                        ? ""
                        : " Không có số nào, nên chưa có chỉ tiêu: dòng \(silent)\(load.silent.count > 20 ? " …" : "").")
            })
        return try page("Chỉ tiêu năm \(year)", model, for: request)
    }

    private static func compulsorySum(_ table: TargetTable) -> TargetsPage.Sum {
        let sum = table.sum(.total) - table.sum(.voluntary)
        let gap = sum - table.compulsory.people
        return .init(
            measureTitle: CompulsoryTarget.title(table.compulsory.basis),
            city: VietnameseText.grouped(table.compulsory.people),
            communesSum: table.targets.isEmpty ? "chưa giao" : VietnameseText.grouped(sum),
            difference: table.targets.isEmpty ? "–" : gap == 0 ? "khớp" : FigureWords.signed(gap),
            alarm: !table.targets.isEmpty && gap != 0)
    }

    private func targetVersionsPage(_ request: MemberRequest) async throws -> Response {
        guard let commune = CommuneCode(request.parameter("unit")), definition.communes[commune] != nil else {
            throw Refusal(.notFound, "Không có đơn vị này trong kế hoạch.")
        }
        let versions = try await targets.targetVersions(of: commune, for: request.viewer)
        let latest = Dictionary(grouping: versions.filter { $0.withdrawn == nil }, by: \.year).mapValues {
            $0.map(\.version).max() ?? 0
        }
        let model = TargetVersionsPage(
            tabs: figureTabs(Addresses.targets(), for: request),
            heading: "Chỉ tiêu của \(definition.communes[commune]?.fullName ?? "")",
            unitLink: Frame.Link(communeName(commune), Addresses.unit(.commune(commune))),
            rows: versions.map { target in
                .init(
                    year: target.year, version: target.version, total: VietnameseText.grouped(target.total),
                    compulsory: Self.words(target.compulsory), voluntary: VietnameseText.grouped(target.voluntary),
                    document: target.document, when: "\(target.actorName), \(target.at.vietnamese)",
                    status: target.withdrawn ?? (latest[target.year] == target.version ? "đang dùng" : "đã thay"))
            }, nothing: versions.isEmpty)
        return try page("Chỉ tiêu \(communeName(commune))", model, for: request)
    }
}
