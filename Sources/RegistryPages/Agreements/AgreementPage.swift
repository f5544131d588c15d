import Access
import Components
import Exchange
import Formats
import Hummingbird
import Kernel
import PlanText
import WebDesk

extension AgreementPages {
    static let unknown = "Không có thỏa thuận này."

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
        // What was agreed before stays to be read.
        let shown = [agreement.inForce(on: today)?.version, agreement.open?.version, agreement.versions.last?.version]
        for version in agreement.versions.reversed() where !shown.contains(version.version) {
            groups.append(group("Bản \(version.version): \(words(version, of: agreement))", version, agreement.format))
        }
        let links = links(agreement, actions, viewer)
        let model = ExchangeThingPage(
            back: Frame.Link("Thỏa thuận giao dữ liệu", Addresses.agreements()),
            heading: "Thỏa thuận \(agreement.name)",
            state: badge(agreement), lead: lead(agreement, actions),
            links: links, hasLinks: !links.isEmpty, forms: forms(agreement, actions, request, failure), groups: groups,
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

    private func links(
        _ agreement: Agreement, _ actions: Set<Agreement.Action>, _ viewer: Viewer
    ) -> [Frame.Link] {
        var links: [Frame.Link] = []
        if actions.contains(.propose) {
            links.append(Frame.Link("Lập bản mới", Addresses.newAgreementVersion(agreement.number)))
        }
        guard let side = agreement.side(of: viewer) else { return links }
        if agreement.open != nil, viewer.agency != nil {
            links.append(
                Frame.Link("Soạn văn bản phối hợp, chia sẻ dữ liệu", Addresses.newDocument(Self.sharingPaper)))
        }
        if side == .giver, agreement.inForce(on: today) != nil, viewer.may(.deliverLists) {
            links.append(Frame.Link("Giao danh sách", Addresses.sendList()))
        }
        return links
    }

    private static let sharingPaper = "van-ban-phoi-hop-chia-se-du-lieu"

    /// When an earlier version held, or what became of it.
    private func words(_ version: AgreementVersion, of agreement: Agreement) -> String {
        guard let span = agreement.spans.first(where: { $0.version.version == version.version }) else {
            return version.state.words
        }
        return "có hiệu lực từ \(span.first.vietnamese)" + (span.last.map { " đến \($0.vietnamese)" } ?? "")
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
        if let open = agreement.open, actions.contains(.agree) {
            return "\(definition.name(of: open.proposedBy)) đề nghị; hãy đọc rồi đồng ý hoặc không."
        }
        if actions.contains(.sign) { return "Hai bên đã đồng ý; khi văn bản đã ký, ghi số và ngày để có hiệu lực." }
        if let open = agreement.open, actions.contains(.withdraw) {
            let other = open.proposedBy == agreement.giver ? agreement.receiver : agreement.giver
            return "Đơn vị bạn đã đề nghị; chờ \(definition.name(of: other))."
        }
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
