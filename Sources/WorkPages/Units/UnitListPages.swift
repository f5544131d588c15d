import Access
import Components
import Files
import Hummingbird
import Kernel
import PlanText
import Province
import Tabular
import WebDesk
import Work

/// The many units of agencies, and where their tables are loaded.
struct UnitListPage: Page {
    static let template: PageTemplate = "unit-list"

    struct Problem: Sendable {
        let place: String
        let cell: String?
        let message: String
    }

    struct AgencyRow: Sendable {
        let name: String
        let code: String
        let address: String
        let count: String
        let listLink: Frame.Link?
        let source: String
        /// Its tasks are done in common until the list is loaded.
        let isAwaited: Bool
    }

    /// The units of the agency that was chosen.
    struct UnitTableModel: Sendable {
        let heading: String
        let list: TableModel
    }

    struct Past: Sendable {
        let when: String
        let who: String
        let summary: String
        let address: String
    }

    let summary: String
    let agencies: [AgencyRow]
    let units: UnitTableModel?
    let templateAddress: String
    let form: FormModel
    let fileName: String?
    let problems: [Problem]
    let hasProblems: Bool
    let moreProblems: String?
    let past: [Past]
    let hasPast: Bool
}

extension WorkPages {
    var unitListRoutes: [Route] {
        let keeper = RouteAccess.right(.keepUnits)
        return [
            .page(Addresses.unitLists, keeper) { request in try await unitListPage(request) },
            agencyUnitWorkbook.route(Addresses.agencyUnitsWorkbook, on: desk),
            .answeringForm(Addresses.sendUnitList, keeper) { request in
                try await sendUnitList(request)
            } again: { request, failure in
                try await unitListPage(request, failure: failure)
            },
            .file(Addresses.unitListTemplate, keeper) { _ in
                let sheet = UnitTable.sheet(
                    of: definition.units, agencies: definition.agencies, communes: definition.communes)
                return Download(
                    name: "don-vi-truc-thuoc.xlsx",
                    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    bytes: try XLSXWriter.bytes(of: [sheet]), of: Subject(.plan))
            },
            .page(Addresses.unitList, keeper) { request in try await unitPreviewPage(request) },
            .file(Addresses.unitListFile, keeper) { request in
                Download(
                    try await unitLists.file(of: try Self.unitList(request), for: request.viewer), of: Subject(.plan))
            },
            .decision(Addresses.keepUnitList, keeper) { request, seen in
                try await unitLists.keep(
                    try Self.unitList(request), version: seen, by: request.submission)
                return Addresses.unitLists().telling(.unitsLoaded)
            } again: { request, _ in
                try await unitPreviewPage(request)
            },
            .form(Addresses.dropUnitList, keeper) { request in
                try await unitLists.drop(try Self.unitList(request), by: request.submission)
                return Addresses.unitLists().telling(.valueDropped)
            } again: { request, _ in
                try await unitPreviewPage(request)
            },
        ]
    }

    static func unitList(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có bảng này.")
    }

    /// What a name that gathers many units says while they are not known, and where they are loaded.
    func unitsNote(_ unit: UnitCode, for viewer: Viewer) -> UnitsNote? {
        guard definition.awaitsUnits(unit) else { return nil }
        return UnitsNote(
            text: "Chưa có danh sách đơn vị của \(definition.name(of: unit)): việc đang giao chung.",
            link: viewer.may(.keepUnits) ? Frame.Link("Nạp danh sách đơn vị", Addresses.unitLists()) : nil,
            remedy: viewer.may(.keepUnits)
                ? nil : "Quản trị hệ thống nạp danh sách ở mục Đơn vị trực thuộc; sau đó mỗi đơn vị có việc riêng.")
    }

    private func sendUnitList(_ request: MemberRequest) async throws -> Response {
        guard let file = try request.form.table(WorkField.file) else {
            throw Refusal(fields: [.init(WorkField.file, "Hãy chọn tệp danh sách (.xlsx hoặc .csv).")])
        }
        switch try await unitLists.enter(file, by: request.submission) {
        case .draft(let id): return .redirect(to: Addresses.unitList(id).text, type: .normal)
        case .wrong(let notes):
            var response = try await unitListPage(request, fileName: file.name, notes: notes)
            response.status = .unprocessableContent
            return response
        }
    }

    private func unitListPage(
        _ request: MemberRequest, fileName: String? = nil, notes: [CellNote] = [],
        failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let past = try await unitLists.history(for: request.viewer)
        let units = definition.units
        let listed = definition.agencies.filter { agency in
            agency.standsForUnits || !units.all(of: agency.code).isEmpty
        }
        let awaited = listed.filter { definition.awaitsUnits(.agency($0.code)) }
        var shown: UnitListPage.UnitTableModel?
        if let agency = listed.first(where: { $0.code.text == request.query[.unit] }) {
            shown = try await agencyUnits(agency, request)
        }
        let model = UnitListPage(
            summary: awaited.isEmpty
                ? "Các cơ quan gồm nhiều đơn vị đều đã có danh sách: mỗi đơn vị có việc riêng."
                : "\(awaited.count) cơ quan gồm nhiều đơn vị chưa có danh sách đơn vị; việc của các cơ quan này đang giao chung.",
            agencies: listed.map { agency in
                let all = units.all(of: agency.code)
                let now = units.units(of: agency.code).count
                return .init(
                    name: VietnameseText.sentence(agency.name), code: agency.code.text,
                    address: Addresses.unit(.agency(agency.code)).text,
                    count: all.isEmpty
                        ? "chưa có danh sách đơn vị"
                        : "\(now) đơn vị" + (all.count > now ? ", \(all.count - now) đã thôi hoạt động" : ""),
                    listLink: all.isEmpty
                        ? nil
                        : Frame.Link(
                            "Xem danh sách", Addresses.unitLists().with(.unit, agency.code).at("danh-sach")),
                    source: all.isEmpty ? "" : units.source(of: agency.code, in: definition),
                    isAwaited: agency.standsForUnits && now == 0)
            },
            units: shown,
            templateAddress: Addresses.unitListTemplate().text,
            form: form(
                "nap-don-vi", Addresses.sendUnitList(), "Xem những gì sẽ thay đổi",
                fields: [
                    Field(
                        WorkField.file, "Bảng đơn vị trực thuộc", kind: .file(.table),
                        hint:
                            "Đủ mọi đơn vị của từng cơ quan có trong bảng: đơn vị vắng mặt được coi là thôi hoạt động. Cơ quan không có trong bảng giữ nguyên."
                    )
                ], for: request, failure: failure),
            fileName: fileName,
            problems: notes.prefix(Self.mostShown).map { note in
                .init(
                    place: "dòng \(note.row)"
                        + (note.column.isEmpty ? "" : ", cột \(note.column) (\(note.heading))"),
                    cell: note.value.isEmpty ? nil : note.value, message: note.message)
            }, hasProblems: !notes.isEmpty, moreProblems: Self.more(than: notes.count, "lỗi"),
            past: past.map {
                .init(
                    when: ($0.keptAt ?? $0.enteredAt).vietnamese, who: $0.enteredBy, summary: $0.summary,
                    address: Addresses.unitListFile($0.id).text)
            }, hasPast: !past.isEmpty)
        return try page("Đơn vị trực thuộc", model, for: request)
    }

    /// A page stays light whatever a table holds.
    static let mostShown = 100

    static func more(than count: Int, _ what: String) -> String? {
        count > mostShown ? "và \(count - mostShown) \(what) nữa" : nil
    }
}

/// Said where a name gathers many units that are not known.
struct UnitsNote: Sendable {
    let text: String
    /// For whoever may load them.
    let link: Frame.Link?
    let remedy: String?
}

extension AgencyUnits {
    /// Where an agency's list comes from, in words.
    fileprivate func source(of agency: AgencyCode, in plan: PlanDefinition) -> String {
        all(of: agency) == plan.unitsInForce.folder.all(of: agency) ? "thư mục kế hoạch" : "bảng nạp trên màn hình"
    }
}
