import Access
import Components
import Exchange
import Formats
import Hummingbird
import Kernel
import PlanText
import WebDesk

extension AgreementPages {
    private static let unknown = "Không có thỏa thuận này."

    var agreementRoutes: [Route] {
        let keeping: RouteAccess = .right(.keepAgreements)
        @Sendable func again(_ request: MemberRequest, _ failure: FormModel.Failure) async throws -> Response {
            try await agreementPage(request, failure: failure)
        }
        @Sendable func number(_ request: MemberRequest) throws(Refusal) -> Int {
            try Self.number(request, Self.unknown)
        }
        return [
            .page(Addresses.agreements, Self.looking) { request in try await agreementListPage(request) },
            agreementWorkbook.route(Addresses.agreements.workbook, on: desk),
            .page(Addresses.newAgreement, keeping) { request in try await newAgreementPage(request) },
            .form(Addresses.proposeAgreement, keeping) { request in
                let subject = try await exchange.propose(Self.draft(request), by: request.submission)
                return (Self.page(of: subject) ?? Addresses.agreements()).telling(.agreementProposed)
            } again: { request, failure in
                try await newAgreementPage(request, failure: failure)
            },
            .page(Addresses.agreement, Self.looking) { request in try await agreementPage(request) },
            .page(Addresses.newAgreementVersion, keeping) { request in try await newVersionPage(request) },
            .form(Addresses.proposeAgreementVersion, keeping) { request in
                try await exchange.proposeVersion(
                    Self.draft(request), of: try number(request), by: request.submission)
                return Addresses.agreement(try number(request)).telling(.agreementProposed)
            } again: { request, failure in
                try await newVersionPage(request, failure: failure)
            },
            .decision(Addresses.agreeToAgreement, keeping) { request, seen in
                try await exchange.agree(to: try number(request), seen: seen, by: request.submission)
                return Addresses.agreement(try number(request)).telling(.agreementChanged)
            } again: { request, failure in
                try await again(request, failure)
            },
            .decision(Addresses.refuseAgreement, keeping) { request, seen in
                try await exchange.refuse(
                    try number(request), seen: seen, reason: request.form[AgreementField.reason],
                    by: request.submission)
                return Addresses.agreement(try number(request)).telling(.agreementChanged)
            } again: { request, failure in
                try await again(request, failure)
            },
            .decision(Addresses.withdrawAgreement, keeping) { request, seen in
                try await exchange.withdrawProposal(of: try number(request), seen: seen, by: request.submission)
                return Addresses.agreement(try number(request)).telling(.agreementChanged)
            } again: { request, failure in
                try await again(request, failure)
            },
            .decision(Addresses.signAgreement, keeping) { request, seen in
                try await exchange.sign(
                    try number(request), seen: seen, paper: request.form[AgreementField.number],
                    on: request.form[AgreementField.day], by: request.submission)
                return Addresses.agreement(try number(request)).telling(.agreementSigned)
            } again: { request, failure in
                try await again(request, failure)
            },
            .form(Addresses.endAgreement, keeping) { request in
                try await exchange.end(
                    try number(request), reason: request.form[AgreementField.reason], by: request.submission)
                return Addresses.agreement(try number(request)).telling(.agreementChanged)
            } again: { request, failure in
                try await again(request, failure)
            },
        ]
    }

    // MARK: Forms

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

    private func newAgreementPage(
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

    private func newVersionPage(
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

    // MARK: The page

    func agreementPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let number = try Self.number(request, Self.unknown)
        let viewer = request.viewer
        let (agreement, events) = try await exchange.agreement(number, for: viewer)
        let due = try await exchange.dueDeliveries(for: viewer).filter { $0.agreement == number }
        let deliveries = try await exchange.deliveries(of: agreement)
        let actions = agreement.actions(for: viewer, on: today)
        var groups = [
            ExchangeThingPage.Group(
                title: "Các bên",
                facts: [
                    Fact(label: "Danh sách", value: exchange.title(ofFormat: agreement.format)),
                    Fact(label: "Bên giao", value: definition.name(of: agreement.giver)),
                    Fact(label: "Bên nhận", value: definition.name(of: agreement.receiver)),
                ])
        ]
        if let version = agreement.inForce(on: today) {
            groups.append(group("Đang có hiệu lực (bản \(version.version))", version, agreement.format))
        }
        if let open = agreement.open {
            groups.append(group("Bản \(open.version): \(open.state.words)", open, agreement.format))
        } else if agreement.inForce(on: today) == nil, let last = agreement.versions.last {
            groups.append(group("Bản \(last.version): \(last.state.words)", last, agreement.format))
        }
        let model = ExchangeThingPage(
            back: Frame.Link("Thỏa thuận giao dữ liệu", Addresses.agreements()),
            heading: "Thỏa thuận \(agreement.name)",
            state: badge(agreement), lead: lead(agreement, actions),
            links: actions.contains(.propose)
                ? [Frame.Link("Lập bản mới", Addresses.newAgreementVersion(number))] : [],
            hasLinks: actions.contains(.propose), forms: forms(agreement, actions, request, failure), groups: groups,
            lists: [
                .init(
                    title: "Đến hạn và còn thiếu",
                    lines: due.reversed().map { line in
                        .init(
                            text: "\(VietnameseText.sentence(line.turn.words)), hạn \(line.due.vietnamese)",
                            address: delivery(of: line, for: viewer), badge: line.badge)
                    }, nothing: due.isEmpty ? "Chưa có kỳ nào đến hạn." : nil),
                .init(
                    title: "Các lần giao theo thỏa thuận này",
                    lines: deliveries.prefix(50).map { delivery in
                        .init(
                            text:
                                "\(delivery.receipt), kỳ \(delivery.period.vietnamese): \(VietnameseText.grouped(delivery.counts.accepted)) dòng nhận, \(VietnameseText.grouped(delivery.counts.returned)) dòng trả lại",
                            address: address(ofDelivery: delivery.number, for: viewer), badge: delivery.badge)
                    }, nothing: deliveries.isEmpty ? "Chưa có lần giao nào." : nil),
                .init(
                    title: "Lịch sử",
                    lines: events.map { event in
                        .init(text: words(event), address: nil, badge: nil)
                    }, nothing: nil),
            ], signatures: [], hasSignatures: false)
        return try page(model.heading, model, for: request)
    }

    private func delivery(of due: DueDelivery, for viewer: Viewer) -> String? {
        guard case .received(_, let number, _) = due.state else { return nil }
        return address(ofDelivery: number, for: viewer)
    }

    private func words(_ event: AgreementEvent) -> String {
        let unit = event.unit.map { " (\(definition.name(of: $0)))" } ?? ""
        let more = event.words.isEmpty ? "" : ": \(event.words)"
        return "\(event.at.vietnamese), \(event.byName)\(unit) \(event.kind.words), bản \(event.version)\(more)"
    }

    private func lead(_ agreement: Agreement, _ actions: Set<Agreement.Action>) -> String {
        if actions.contains(.agree) { return "Bên kia đề nghị; hãy đọc rồi đồng ý hoặc không." }
        if actions.contains(.sign) { return "Hai bên đã đồng ý; khi văn bản đã ký, ghi số và ngày để có hiệu lực." }
        if actions.contains(.withdraw) { return "Đơn vị bạn đã đề nghị; chờ bên kia." }
        return ""
    }

    private func group(
        _ title: String, _ version: AgreementVersion, _ format: String
    ) -> ExchangeThingPage.Group {
        let terms = version.terms
        func fields(_ fields: [RecordField]) -> String {
            exchange.titles(of: fields, in: format).joined(separator: "; ")
        }
        var facts = [
            Fact(label: "Mục đích", value: terms.purpose), Fact(label: "Căn cứ", value: terms.legalBasis),
            Fact(label: "Các trường", value: fields(terms.fields)),
            Fact(label: "Tần suất, hạn giao", value: VietnameseText.sentence(terms.rhythm.words)),
            Fact(
                label: "Hiệu lực",
                value: "từ \(terms.from.vietnamese)" + (terms.until.map { " đến \($0.vietnamese)" } ?? "")),
            Fact(
                label: "Lưu dòng gốc",
                value: terms.retentionMonths.map { "\($0) tháng kể từ khi nhận, rồi tự huỷ có biên bản" }
                    ?? "không đặt hạn, không tự huỷ"),
        ]
        if terms.retentionMonths != nil {
            facts.append(
                Fact(
                    label: "Giữ lại sau khi huỷ",
                    value: terms.keeps.isEmpty ? "không giữ gì" : fields(terms.keeps)))
        }
        if !terms.giverPeople.isEmpty { facts.append(Fact(label: "Phụ trách bên giao", value: terms.giverPeople)) }
        if !terms.receiverPeople.isEmpty {
            facts.append(Fact(label: "Phụ trách bên nhận", value: terms.receiverPeople))
        }
        if let paper = version.paper {
            facts.append(Fact(label: "Văn bản đã ký", value: VietnameseText.sentence(paper.words)))
        }
        return .init(title: title, facts: facts)
    }

    private func forms(
        _ agreement: Agreement, _ actions: Set<Agreement.Action>, _ request: MemberRequest,
        _ failure: FormModel.Failure?
    ) -> [FormPanel] {
        let (number, version) = (agreement.number, agreement.open?.version)
        var panels: [FormPanel] = []
        func add(_ title: String, open: Bool = false, _ form: FormModel) {
            panels.append(FormPanel(title: title, form: form, open: open || failure?.form == form.id))
        }
        if actions.contains(.agree) {
            add(
                "Đồng ý", open: true,
                form(
                    "dong-y", Addresses.agreeToAgreement(number), "Đồng ý với bản \(version ?? 1)", version: version,
                    for: request, failure: failure))
        }
        if actions.contains(.refuse) {
            add(
                "Không đồng ý",
                form(
                    "khong-dong-y", Addresses.refuseAgreement(number), "Không đồng ý",
                    fields: [Field(AgreementField.reason, "Vì sao, cần sửa gì", kind: .area)], look: "warning",
                    version: version, for: request, failure: failure))
        }
        if actions.contains(.sign) {
            add(
                "Ghi văn bản đã ký", open: true,
                form(
                    "ky", Addresses.signAgreement(number), "Ghi văn bản đã ký",
                    fields: [
                        Field(AgreementField.number, "Số, ký hiệu", hint: "Ví dụ 123/BHXH-QLT."),
                        Field(AgreementField.day, "Ngày ký", hint: "Ngày/tháng/năm, không sau hôm nay."),
                    ], version: version, for: request, failure: failure))
        }
        if actions.contains(.withdraw) {
            add(
                "Rút đề nghị",
                form(
                    "rut", Addresses.withdrawAgreement(number), "Rút đề nghị", look: "secondary",
                    asks: "Bản đang chờ bị rút; muốn tiếp tục thì lập bản khác.", version: version, for: request,
                    failure: failure))
        }
        if actions.contains(.end) {
            add(
                "Chấm dứt thỏa thuận",
                form(
                    "cham-dut", Addresses.endAgreement(number), "Chấm dứt từ ngày mai",
                    fields: [Field(AgreementField.reason, "Vì sao chấm dứt", kind: .area)], look: "warning",
                    for: request, failure: failure))
        }
        return panels
    }
}
