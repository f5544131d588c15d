import Access
import Components
import Hummingbird
import Kernel
import PlanText
import Province
import WebDesk
import Work

/// Who the agencies of the plan are in documents.
struct IdentitiesPage: Page {
    static let template: PageTemplate = "identities"

    let lead: String
    let table: TableModel
}

/// One agency: the head of its papers today, what was stated, and another statement.
struct IdentityPage: Page {
    static let template: PageTemplate = "identity"

    struct Statement: Sendable {
        let since: String
        let words: String
        let who: String
    }

    /// Head and foot of a paper, as lines.
    struct Head: Sendable {
        let title: String
        let above: String?
        let name: [String]
        let number: String
        let date: String
        let signature: [String]
    }

    let back: Frame.Link
    let heading: String
    let heads: [Head]
    let keepForm: FormModel?
    let form: FormModel
    let statements: [Statement]
    let hasStatements: Bool
}

extension WorkPages {
    var identities: IdentityService { IdentityService(work: work) }

    var identityRoutes: [Route] {
        let keeper = RouteAccess.right(.keepIdentities)
        return [
            .page(Addresses.identities, keeper) { request in try await identitiesPage(request) },
            identityWorkbook.route(Addresses.identities.workbook, on: desk),
            .page(Addresses.identity, keeper) { request in try await identityPage(request) },
            .answeringForm(Addresses.previewIdentity, keeper) { request in
                try await identityPage(request, previewing: draft(request.form))
            } again: { request, failure in
                try await identityPage(request, failure: failure)
            },
            .decision(Addresses.keepIdentity, keeper) { request, seen in
                let agency = try identities.agency(request.parameter("agency"))
                try await identities.keep(draft(request.form), of: agency, version: seen, by: request.submission)
                return Addresses.identity(agency.code).telling(.identityKept)
            } again: { request, failure in
                try await identityPage(request, failure: failure)
            },
        ]
    }

    private func draft(_ form: FormContent) -> IdentityService.Draft {
        IdentityService.Draft(
            name: form[WorkField.name], bodyAbove: form[WorkField.bodyAbove], symbol: form[WorkField.symbol],
            head: form[WorkField.head], deputy: form[WorkField.deputy], collective: form[WorkField.collective],
            place: form[WorkField.place], since: form[WorkField.since], reason: form[WorkField.reason])
    }

    private func identitiesPage(_ request: MemberRequest) async throws -> Response {
        let lines = identityLines
        let short = lines.count { !$0.missing.isEmpty }
        let model = IdentitiesPage(
            lead: short == 0
                ? "Mọi cơ quan đã đủ thông tin để in phần đầu và phần ký của văn bản."
                : "\(short)/\(lines.count) cơ quan còn thiếu thông tin; chỗ thiếu in dấu chấm để điền tay.",
            table: try list(
                Self.identityList, of: lines, try await query(Self.identityList.outline, of: request),
                at: TablePlace(Addresses.identities()), workbook: Addresses.identities.workbook(),
                caption: "Văn bản của cơ quan lấy từ đây"))
        return try page("Tên, ký hiệu, chức danh của cơ quan", model, for: request)
    }

    private func identityPage(
        _ request: MemberRequest, previewing typed: IdentityService.Draft? = nil, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let agency = try identities.agency(request.parameter("agency"))
        let (stated, version) = try await identities.statements(of: agency.code)
        let present = definition.identity(of: .agency(agency.code), on: today)
        var heads = [head("Phần đầu và phần ký của văn bản hôm nay", present)]
        var keepForm: FormModel?
        if let typed {
            let checked = try identities.check(typed, of: agency)
            heads.append(head("Từ ngày \(checked.since.vietnamese) sẽ in", checked.identity))
            keepForm = form(
                "luu", Addresses.keepIdentity(agency.code), "Lưu, dùng từ ngày \(checked.since.vietnamese)",
                version: version, hidden: hidden(typed), for: request)
        }
        let shown = typed ?? IdentityService.Draft(present, since: today)
        let model = IdentityPage(
            back: Frame.Link("Tên, ký hiệu, chức danh của cơ quan", Addresses.identities()),
            heading: VietnameseText.sentence(agency.name), heads: heads, keepForm: keepForm,
            form: form(
                "xem", Addresses.previewIdentity(agency.code), "Xem trước", fields: fields(shown, of: agency),
                look: keepForm == nil ? "primary" : "secondary", for: request, failure: failure),
            statements: stated.reversed().map { one in
                .init(
                    since: "từ \(one.since.vietnamese)\(one.since > today ? " (chưa đến ngày)" : "")",
                    words: [one.identity.name, one.identity.nameAbove, one.identity.symbol, one.identity.head]
                        .compactMap(\.self).joined(separator: "; "),
                    who: "\(one.by), \(one.at.vietnamese): \(one.reason)")
            }, hasStatements: !stated.isEmpty)
        return try page(model.heading, model, for: request)
    }

    private func fields(_ draft: IdentityService.Draft, of agency: Agency) -> [Field] {
        [
            Field(
                WorkField.name, "Tên đầy đủ trên văn bản",
                hint: agency.standsForUnits
                    ? "Để trống: mỗi đơn vị có tên riêng trong danh sách đơn vị trực thuộc" : nil,
                value: draft.name, required: !agency.standsForUnits),
            Field(
                WorkField.bodyAbove, "Cơ quan chủ quản (dòng trên tên)",
                hint: "Ghi “\(IdentityService.Draft.nobody)” nếu không có; để trống nếu chưa rõ",
                value: draft.bodyAbove,
                required: false),
            Field(
                WorkField.symbol, "Ký hiệu trong số văn bản", hint: "Ví dụ SNV trong 12/BC-SNV", value: draft.symbol,
                required: false),
            Field(WorkField.head, "Chức danh người đứng đầu", value: draft.head, required: false),
            Field(
                WorkField.deputy, "Chức danh cấp phó", hint: "Để trống: “Phó” và chức danh người đứng đầu",
                value: draft.deputy, required: false),
            Field(
                WorkField.collective, "Ký thay mặt (TM.)", hint: "Chỉ khi ký thay mặt tập thể, ví dụ Ủy ban nhân dân",
                value: draft.collective, required: false),
            Field(WorkField.place, "Địa danh nơi ký", value: draft.place, required: false),
            Field(
                WorkField.since, "Dùng từ ngày", hint: "Ngày/tháng/năm; văn bản đã soạn giữ nguyên", value: draft.since),
            Field(WorkField.reason, "Căn cứ, lý do", hint: "Ví dụ: Quyết định số …/QĐ-UBND", value: draft.reason),
        ]
    }

    private func hidden(_ draft: IdentityService.Draft) -> [FormModel.Hidden] {
        [
            .init(WorkField.name, draft.name), .init(WorkField.bodyAbove, draft.bodyAbove),
            .init(WorkField.symbol, draft.symbol), .init(WorkField.head, draft.head),
            .init(WorkField.deputy, draft.deputy), .init(WorkField.collective, draft.collective),
            .init(WorkField.place, draft.place), .init(WorkField.since, draft.since),
            .init(WorkField.reason, draft.reason),
        ]
    }

    /// As papers print it, signed by a deputy, so that both titles are seen.
    private func head(_ title: String, _ identity: LegalIdentity) -> IdentityPage.Head {
        let gap = "…………"
        let name = identity.name ?? gap
        let lines =
            identity.collective.flatMap { body in
                name.hasPrefix(body + " ") ? [body, String(name.dropFirst(body.count + 1))] : nil
            } ?? [name]
        return .init(
            title: title,
            above: identity.bodyAbove == .nobody ? nil : (identity.nameAbove ?? gap).uppercased(),
            name: lines.map { $0.uppercased() }, number: "Số:        /BC-\(identity.symbol ?? gap)",
            date: "\(identity.place ?? gap), ngày … tháng … năm …",
            signature: Signer(form: .deputy).lines(
                collective: identity.collective ?? "", head: identity.head ?? gap, deputy: identity.deputy ?? ""
            ).map { $0.uppercased() })
    }
}

extension LegalIdentity {
    /// What a paper would leave a gap for.
    func missing(of agency: Agency) -> [String] {
        var missing: [String] = []
        if name == nil, !agency.standsForUnits { missing.append("tên") }
        if bodyAbove == nil { missing.append("cơ quan chủ quản") }
        if symbol == nil, !agency.standsForUnits { missing.append("ký hiệu") }
        if head == nil { missing.append("chức danh") }
        if place == nil, !agency.standsForUnits { missing.append("nơi ký") }
        return missing
    }
}
