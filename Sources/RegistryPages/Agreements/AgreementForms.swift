import Access
import Components
import Exchange
import Formats
import Hummingbird
import Kernel
import PlanText
import WebDesk

// Putting an agreement, or another wording of one, forward.
extension AgreementPages {
    static func draft(_ request: MemberRequest) -> AgreementDraft {
        let form = request.form
        return AgreementDraft(
            giver: form[AgreementField.giver], receiver: form[AgreementField.receiver],
            format: form[AgreementField.format], purpose: form[AgreementField.purpose],
            legalBasis: form[AgreementField.legalBasis], fields: lines(form[AgreementField.fields]),
            rhythm: form[AgreementField.rhythm], dueDay: form[AgreementField.dueDay],
            dueMonth: form[AgreementField.dueMonth], dueOn: form[AgreementField.dueOn],
            from: form[AgreementField.from], until: form[AgreementField.until],
            retentionMonths: form[AgreementField.retention], keeps: lines(form[AgreementField.keeps]),
            giverPeople: form[AgreementField.giverPeople], receiverPeople: form[AgreementField.receiverPeople])
    }

    private func fields(of draft: AgreementDraft, _ viewer: Viewer, fixed: Bool) -> [Field] {
        let sides: [Field] =
            fixed
            ? []
            : [
                Field(
                    AgreementField.giver, "Bên giao", kind: .select(unitOptions(viewer, chosen: draft.giver)),
                    hint: "Đơn vị bạn là bên giao hoặc bên nhận."),
                Field(AgreementField.receiver, "Bên nhận", kind: .select(unitOptions(viewer, chosen: draft.receiver))),
                Field(AgreementField.format, "Danh sách", kind: .select(formatOptions(chosen: draft.format))),
            ]
        let rhythms = [
            ("monthly", "Hằng tháng"), ("quarterly", "Hằng quý"), ("yearly", "Hằng năm"), ("once", "Một lần"),
        ].map { Field.Option($0.0, $0.1, selected: $0.0 == draft.rhythm) }
        return sides + [
            Field(AgreementField.purpose, "Mục đích sử dụng", kind: .area, value: draft.purpose),
            Field(
                AgreementField.legalBasis, "Căn cứ pháp lý", kind: .area,
                hint: "Văn bản, điều khoản. Nghị định 47/2020 đã hết hiệu lực, thay bằng Nghị định 278/2025.",
                value: draft.legalBasis),
            Field(
                AgreementField.fields, "Các trường được giao", kind: .area,
                hint:
                    "Mỗi trường một dòng, tên như cột của danh sách; chỉ trường cần cho mục đích. Để trống: mọi trường.",
                value: draft.fields.joined(separator: "\n"), required: false),
            Field(AgreementField.rhythm, "Tần suất", kind: .select(rhythms)),
            Field(
                AgreementField.dueDay, "Hạn giao: ngày", kind: .code,
                hint: "Ngày mấy của tháng sau (hằng tháng, hằng quý) hoặc của tháng ghi ở dưới (hằng năm).",
                value: draft.dueDay, required: false),
            Field(
                AgreementField.dueMonth, "Hạn giao: tháng (hằng năm)", kind: .code,
                hint: "Ví dụ 4: giao dữ liệu của năm trước trong tháng 4.", value: draft.dueMonth, required: false),
            Field(
                AgreementField.dueOn, "Hạn giao (một lần)", hint: "Ngày/tháng/năm.", value: draft.dueOn, required: false
            ),
            Field(AgreementField.from, "Có hiệu lực từ ngày", value: draft.from),
            Field(
                AgreementField.until, "Đến ngày", hint: "Để trống: đến khi chấm dứt hoặc có bản mới.",
                value: draft.until, required: false),
            Field(
                AgreementField.retention, "Lưu dòng gốc bao nhiêu tháng kể từ khi nhận", kind: .code,
                hint: "Hết hạn, hệ thống tự huỷ dòng gốc và lập biên bản. Để trống: không tự huỷ.",
                value: draft.retentionMonths, required: false),
            Field(
                AgreementField.keeps, "Trường được giữ lại sau khi huỷ", kind: .area,
                hint:
                    "Mỗi trường một dòng. Để trống: huỷ toàn bộ. Có trường giữ lại thì tên, số định danh cũng còn để biết của ai.",
                value: draft.keeps.joined(separator: "\n"), required: false),
            Field(
                AgreementField.giverPeople, "Người phụ trách bên giao", hint: "Họ tên, chức vụ, phòng.",
                value: draft.giverPeople, required: false),
            Field(
                AgreementField.receiverPeople, "Người phụ trách bên nhận", hint: "Họ tên, chức vụ, phòng.",
                value: draft.receiverPeople, required: false),
        ]
    }

    func newAgreementPage(
        _ request: MemberRequest, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let chosen = request.query[.format]
        let own = request.viewer.ownUnits.first?.text ?? ""
        let draft = AgreementDraft(
            giver: own, receiver: "", format: exchange.formats[chosen] == nil ? "" : chosen,
            fields: Self.lines(columns(ofFormat: chosen)), rhythm: "yearly")
        let model = ExchangeFormPage(
            back: Frame.Link("Thỏa thuận giao dữ liệu", Addresses.agreements()), heading: "Lập thỏa thuận",
            lead: "Bên kia đọc rồi đồng ý hoặc không; thỏa thuận có hiệu lực khi ghi số, ngày văn bản hai bên đã ký.",
            years: exchange.formats.values.sorted { $0.title < $1.title }.map {
                Frame.Link($0.title, Addresses.newAgreement().with(.format, $0.key), current: $0.key == chosen)
            }, choosing: true,
            form: form(
                "lap", Addresses.proposeAgreement(), "Gửi cho bên kia",
                fields: fields(of: draft, request.viewer, fixed: false), for: request, failure: failure))
        return try page("Lập thỏa thuận", model, for: request)
    }

    func newVersionPage(
        _ request: MemberRequest, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let number = try Self.number(request, Self.unknown)
        let (agreement, _) = try await exchange.agreement(number, for: request.viewer)
        guard agreement.actions(for: request.viewer, on: today).contains(.propose),
            let terms = (agreement.inForce(on: today) ?? agreement.versions.last)?.terms
        else {
            throw Refusal(.forbidden, "Bạn không lập được bản mới của thỏa thuận này, hoặc đang có một bản chờ.")
        }
        let draft = AgreementDraft(agreement, terms) { exchange.title(of: $0, in: agreement.format) }
        let model = ExchangeFormPage(
            back: Frame.Link(agreement.name, Addresses.agreement(number)), heading: "Bản mới của \(agreement.name)",
            lead:
                "\(exchange.title(ofFormat: agreement.format)), \(definition.name(of: agreement.giver)) giao \(definition.name(of: agreement.receiver)). Bản đang có hiệu lực giữ đến khi bản này được ký và đến ngày bắt đầu của nó.",
            years: [], choosing: false,
            form: form(
                "ban-moi", Addresses.proposeAgreementVersion(number), "Gửi cho bên kia",
                fields: fields(of: draft, request.viewer, fixed: true),
                hidden: [
                    .init(AgreementField.giver, agreement.giver.text),
                    .init(AgreementField.receiver, agreement.receiver.text),
                    .init(AgreementField.format, agreement.format),
                ], for: request, failure: failure))
        return try page(model.heading, model, for: request)
    }
}
