import Access
import LawInForce
import Components
import Hummingbird
import Kernel
import Legislation
import Portal
import WebDesk

/// One parameter over time, with what was entered on screen.
struct ParameterPage: Page {
    static let template: PageTemplate = "parameter"

    struct Value: Sendable {
        let period: String
        let value: String
        let source: String
        let doubt: String?
        let note: String?
        let isNow: Bool
    }

    struct Entry: Sendable {
        let words: String
        let told: String
        let reason: String
        let end: String?
        let documentAddress: String?
        let withdrawForm: FormModel?
    }

    let back: Frame.Link
    let heading: String
    /// For those who keep the law's values; nil for everybody else.
    let key: String?
    let of: String?
    let waits: String?
    /// What a draft of that document says.
    let draft: String?
    let values: [Value]
    let nothing: Bool
    let entries: [Entry]
    let hasEntries: Bool
    let users: [String]
    let hasUsers: Bool
    let form: FormModel?
    let editLink: Frame.Link?
}

/// What keeping a value would change.
struct AmendmentPage: Page {
    static let template: PageTemplate = "amendment"

    struct Change: Sendable {
        let summary: String
        let counted: String
        let example: String
        let output: String
        let before: String
        let after: String
    }

    let back: Frame.Link
    let heading: String
    let facts: [Fact]
    let before: [ParameterPage.Value]
    let after: [ParameterPage.Value]
    let headline: String
    let hasChanges: Bool
    let changes: [Change]
    /// Parameters that the files hold ready worked out, and that do not follow by themselves.
    let derived: String?
    let resting: String?
    let keep: FormModel
    let drop: FormModel
}

/// Values of the law entered on screen: the history for everybody, entering for the administrator.
extension LawPages {
    var amendmentRoutes: [Route] {
        guard let law else { return [] }
        let keeper = RouteAccess.right(.keepLegislation)
        return [
            .open(Addresses.parameter) { request in
                let member = try await self.member(request)
                let model = try await parameterPage(
                    request.parameter("key"), law, editsFor: nil,
                    canEdit: member?.viewer.may(.keepLegislation) ?? false)
                guard let member else { return try page(model.heading, model) }
                return try page(model.heading, model, for: member)
            },
            .file(Addresses.parameterDocument, .member) { request in
                let id = try Self.amendment(request)
                return Download(try await law.document(of: id), of: Subject(.parameter, id))
            },
            .page(Addresses.enterParameter, keeper) { request in
                let model = try await parameterPage(request.parameter("key"), law, editsFor: request)
                return try page(model.heading, model, for: request)
            },
            .form(Addresses.enterParameter.asForm, keeper) { request in
                let form = request.form
                let id = try await law.enter(
                    AmendmentDraft(
                        key: request.parameter("key"), value: form[AmendmentField.value],
                        from: form[AmendmentField.from],
                        to: form[AmendmentField.to],
                        source: form[AmendmentField.source], confidence: form[AmendmentField.confidence],
                        note: form[AmendmentField.note],
                        reason: form[AmendmentField.reason]),
                    document: try form.file(AmendmentField.file, of: .lawText),
                    by: request.submission)
                return Addresses.amendment(id)
            } again: { request, failure in
                let model = try await parameterPage(
                    request.parameter("key"), law, editsFor: request, failure: failure)
                return try page(model.heading, model, for: request)
            },
            .page(Addresses.amendment, keeper) { request in try await amendmentPage(request, law) },
            .decision(Addresses.keepAmendment, keeper) { request, seen in
                let id = try Self.amendment(request)
                try await law.keep(id, version: seen, by: request.submission)
                let key = try await law.draft(id, for: request.viewer).amendment.key
                return Addresses.enterParameter(key).telling(.valueKept)
            } again: { request, _ in
                try await amendmentPage(request, law)
            },
            .form(Addresses.dropAmendment, keeper) { request in
                let id = try Self.amendment(request)
                try await law.drop(id, by: request.submission)
                let key = try await law.draft(id, for: request.viewer).amendment.key
                return Addresses.enterParameter(key).telling(.valueDropped)
            } again: { request, _ in
                try await amendmentPage(request, law)
            },
            .decision(Addresses.withdrawAmendment, keeper) { request, seen in
                let id = try Self.amendment(request)
                try await law.withdraw(
                    id, reason: request.form[AmendmentField.reason], version: seen, by: request.submission)
                let key = try await law.draft(id, for: request.viewer).amendment.key
                return Addresses.enterParameter(key).telling(.valueWithdrawn)
            } again: { request, failure in
                let key = try await law.draft(try Self.amendment(request), for: request.viewer).amendment.key
                let model = try await parameterPage(key, law, editsFor: request, failure: failure)
                return try page(model.heading, model, for: request)
            },
        ]
    }

    private static func amendment(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có giá trị này.")
    }

    /// - Parameter request: of the administrator who may enter a value; nil for the page that everybody reads.
    private func parameterPage(
        _ key: String, _ law: LawService, editsFor request: MemberRequest?, canEdit: Bool = false,
        failure: FormModel.Failure? = nil
    ) async throws -> ParameterPage {
        let table = try await law.table()
        guard let parameter = try? table.parameter(key) else {
            throw Refusal(.notFound, "Không có tham số “\(key.prefix(80))”.")
        }
        let history = try await law.history(of: key)
        let day = today
        let users = try await law.calculations(
            restingOn: key, on: parameter.value(on: day) == nil ? (parameter.values.last?.from ?? day) : day)
        return ParameterPage(
            back: Frame.Link(
                "Văn bản và tham số", Addresses.parameters().with(.lawSubject, parameter.subject).at("chu-de")),
            heading: parameter.name, key: canEdit || request != nil ? key : nil, of: parameter.of,
            waits: Self.waits(parameter, on: day), draft: parameter.draftWords,
            values: Self.values(of: parameter, on: day), nothing: parameter.values.isEmpty,
            entries: history.map { entry in
                let value = entry.amendment.value
                let form = request.flatMap {
                    entry.actions(for: $0.viewer).contains(.withdraw)
                        ? self.form(
                            "thu-hoi-\(entry.id)", Addresses.withdrawAmendment(entry.id), "Thu hồi giá trị này",
                            fields: [Field(AmendmentField.reason, "Lý do thu hồi")], look: "warning",
                            version: $0.revisions.version(of: .parameter), for: $0, failure: failure) : nil
                }
                return .init(
                    words: "\(value.value.vietnamese(parameter.unit)), \(Self.period(value))",
                    told: "\(value.source); nhập \(entry.enteredAt.vietnamese)"
                        + (request == nil ? "" : ", \(entry.enteredBy)"),
                    reason: entry.reason,
                    end: entry.withdrawnAt.map {
                        "đã thu hồi \($0.vietnamese)" + (entry.withdrawnReason.map { ": \($0)" } ?? "")
                    }, documentAddress: entry.file.map { _ in Addresses.parameterDocument(key, entry.id).text },
                    withdrawForm: form)
            }, hasEntries: !history.isEmpty,
            users: Calculation.all.filter { users.contains($0.name) }.map(\.summaryWords), hasUsers: !users.isEmpty,
            form: request.map { enterForm(parameter, for: $0, failure: failure) },
            editLink: canEdit ? Frame.Link("Bổ sung hoặc sửa giá trị", Addresses.enterParameter(key)) : nil)
    }

    /// What has to come before the parameter has a value, or the next one.
    private static func waits(_ parameter: Parameter, on day: Day) -> String? {
        guard let document = parameter.awaits else { return nil }
        guard let end = parameter.values.last?.to else {
            return parameter.values.isEmpty ? "Chưa có giá trị; chờ: \(document)." : nil
        }
        return
            "\(end < day ? "Hết hiệu lực" : "Chỉ có giá trị đến hết") ngày \(end.vietnamese); chờ: \(document)."
    }

    private func enterForm(_ parameter: Parameter, for request: MemberRequest, failure: FormModel.Failure?) -> FormModel
    {
        let unit = parameter.unit
        return form(
            "nhap-gia-tri", Addresses.enterParameter.asForm(parameter.key), "Xem tác động trước khi lưu",
            fields: [
                Field(
                    AmendmentField.value, "Giá trị" + (unit.words.isEmpty ? "" : " (\(unit.words))"),
                    hint: "Ví dụ \(ParameterValue.example(unit))"),
                Field(
                    AmendmentField.from, "Có hiệu lực từ ngày",
                    hint: "Trùng ngày bắt đầu của một giá trị cũ là sửa giá trị đó"),
                Field(
                    AmendmentField.to, "Đến hết ngày",
                    hint: "Để trống: đến giá trị kế tiếp, hoặc chưa biết ngày hết hiệu lực",
                    required: false),
                Field(AmendmentField.source, "Văn bản, điều, khoản"),
                Field(
                    AmendmentField.file, "Tệp văn bản",
                    kind: .file(.lawText),
                    hint: "Bản có ký hoặc bản từ Công báo; sau khi lưu, người đăng nhập tải được", required: false),
                Field(
                    AmendmentField.confidence, "Mức độ đối chiếu",
                    kind: .select(
                        [Confidence.verified, .secondary, .knowledge].map { .init($0.rawValue, $0.words) })),
                Field(AmendmentField.note, "Ghi chú", required: false),
                Field(AmendmentField.reason, "Lý do bổ sung hoặc sửa"),
            ], for: request, failure: failure)
    }

    private func amendmentPage(_ request: MemberRequest, _ law: LawService) async throws -> Response {
        let id = try Self.amendment(request)
        let found = try await law.draft(id, for: request.viewer)
        guard found.actions(for: request.viewer).isSuperset(of: [.keep, .drop]) else {
            return .redirect(to: Addresses.enterParameter(found.amendment.key).text, type: .normal)
        }
        let table = try await law.table()
        let old = try table.parameter(found.amendment.key)
        let effect = try await law.effect(of: found.amendment)
        let value = found.amendment.value
        let names = effect.changed.map(\.name)
        let resting = Calculation.all.filter { effect.resting.contains($0.name) && !names.contains($0.name) }
        let model = AmendmentPage(
            back: Frame.Link(old.name, Addresses.enterParameter(old.key)), heading: "Xem trước khi lưu: \(old.name)",
            facts: [
                .init(label: "Giá trị", value: value.value.vietnamese(old.unit), address: nil),
                .init(label: "Văn bản", value: value.source, address: nil),
                .init(label: "Mức độ đối chiếu", value: value.confidence.words, address: nil),
                .init(label: "Lý do", value: found.reason, address: nil),
            ], before: Self.values(of: old, on: today),
            after: Self.values(of: old.amended(by: value), on: today),
            headline: effect.changed.isEmpty
                ? "Không trường hợp mẫu nào đổi kết quả vào ngày \(value.from.vietnamese)."
                : "\(effect.changed.count) phép tính đổi kết quả từ ngày \(value.from.vietnamese):",
            hasChanges: !effect.changed.isEmpty,
            changes: effect.changed.map { one in
                .init(
                    summary: Calculation.all.first { $0.name == one.name }?.summaryWords ?? one.name,
                    counted: "\(one.changed)/\(one.asked) trường hợp mẫu", example: one.first?.example ?? "",
                    output: one.first.map { Calculation.words(ofOutput: $0.output) } ?? "",
                    before: one.first?.before ?? "", after: one.first?.after ?? "")
            },
            derived: Self.derived(from: old.key, in: table),
            resting: resting.isEmpty
                ? nil
                : "Cũng dùng tham số này, nhưng các trường hợp mẫu không đổi: "
                    + resting.map(\.summaryWords).joined(separator: "; ") + ".",
            keep: form(
                "luu-gia-tri", Addresses.keepAmendment(id), "Lưu, áp dụng ngay",
                version: request.revisions.version(of: .parameter), for: request),
            drop: form(
                "bo-gia-tri", Addresses.dropAmendment(id), "Bỏ, không lưu", look: "secondary",
                asks: "Giá trị vừa nhập và tệp kèm theo bị bỏ; giá trị đang dùng không đổi.", for: request))
        return try page(model.heading, model, for: request)
    }

    private static func derived(from key: String, in table: ParameterTable) -> String? {
        let found = table.parameters.filter { $0.derivedFrom.contains(key) }.map(\.name)
        return found.isEmpty
            ? nil
            : "Các tham số đã tính sẵn từ tham số này không tự đổi, hãy sửa riêng: \(found.joined(separator: "; "))."
    }

    private static func values(of parameter: Parameter, on day: Day) -> [ParameterPage.Value] {
        parameter.values.map { value in
            .init(
                period: period(value), value: value.value.vietnamese(parameter.unit), source: value.source,
                doubt: value.confidence == .verified ? nil : value.confidence.words, note: value.note,
                isNow: value.holds(on: day))
        }
    }

    private static func period(_ value: DatedValue) -> String {
        "từ \(value.from.vietnamese)" + (value.to.map { " đến \($0.vietnamese)" } ?? "")
    }
}
