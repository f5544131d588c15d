import Access
import Components
import Exchange
import Formats
import Hummingbird
import Kernel
import PlanText
import WebDesk

/// A request as a line of the list.
struct RequestLine: Sendable {
    let request: DataRequest
    let list: String
    let asker: String
    let holder: String
}

extension DataRequest {
    var badge: Badge {
        let look =
            switch state {
            case .drafted, .sent: "submitted"
            case .granted: "open"
            case .answered: "accepted"
            case .declined, .denied: "returned"
            case .destroyed, .withdrawn: "plain"
            }
        return Badge(VietnameseText.sentence(state.words), look: look)
    }
}

extension AgreementPages {
    private static let unknownRequest = "Không có yêu cầu dữ liệu này."

    static let requestList = ListTable<RequestLine>(
        "yeu-cau-du-lieu", "Các yêu cầu dữ liệu",
        columns: [
            .init(
                "so", "Số", width: 14,
                cell: { TableCell($0.request.name, link: Addresses.dataRequest($0.request.number)) },
                value: { .ranked($0.request.number, $0.request.name) }),
            .init("danh-sach", "Danh sách", choice: true, width: 44, value: { .text($0.list) }),
            .init("ben-hoi", "Bên hỏi", choice: true, width: 30, value: { .text($0.asker) }),
            .init("ben-giu", "Bên giữ dữ liệu", choice: true, width: 30, value: { .text($0.holder) }),
            .init("luu-den", "Lưu đến", width: 14, value: { .day($0.request.terms.keepUntil) }),
            .init(
                "tinh-trang", "Tình trạng", choice: true, width: 30, cell: { TableCell(badge: $0.request.badge) },
                value: { .text($0.request.badge.label) }),
        ])

    func line(_ request: DataRequest) -> RequestLine {
        RequestLine(
            request: request, list: exchange.title(ofFormat: request.format),
            asker: definition.name(of: request.asker), holder: definition.name(of: request.holder))
    }

    var requestWorkbook: ListWorkbook {
        ListWorkbook(Self.requestList.outline, of: Subject(.dataRequest), Self.looking) { reader in
            reader.sheet(
                Self.requestList, of: try await exchange.requests(for: reader.viewer).map(line), narrowed: [])
        }
    }

    var requestRoutes: [Route] {
        let keeping: RouteAccess = .right(.keepAgreements)
        func step(
            _ place: FormPlace<Int>, _ deed: @escaping @Sendable (Int, MemberRequest) async throws -> Void
        ) -> Route {
            .form(place, keeping) { request in
                let number = try Self.number(request, Self.unknownRequest)
                try await deed(number, request)
                return Addresses.dataRequest(number).telling(.requestChanged)
            } again: { request, failure in
                try await requestPage(request, failure: failure)
            }
        }
        return [
            .page(Addresses.dataRequests, Self.looking) { request in try await requestListPage(request) },
            requestWorkbook.route(Addresses.dataRequests.workbook, on: desk),
            .page(Addresses.newDataRequest, keeping) { request in try await newRequestPage(request) },
            .form(Addresses.askForData, keeping) { request in
                let subject = try await exchange.ask(Self.requestDraft(request), by: request.submission)
                return (Self.page(of: subject) ?? Addresses.dataRequests()).telling(.requestDrafted)
            } again: { request, failure in
                try await newRequestPage(request, failure: failure)
            },
            .page(Addresses.dataRequest, Self.looking) { request in try await requestPage(request) },
            step(Addresses.sendDataRequest) { try await exchange.send($0, by: $1.submission) },
            step(Addresses.declineDataRequest) {
                try await exchange.decline($0, reason: $1.form[AgreementField.reason], by: $1.submission)
            },
            step(Addresses.grantDataRequest) { try await exchange.grant($0, by: $1.submission) },
            step(Addresses.denyDataRequest) {
                try await exchange.deny($0, reason: $1.form[AgreementField.reason], by: $1.submission)
            },
            step(Addresses.withdrawDataRequest) { try await exchange.withdrawRequest($0, by: $1.submission) },
            step(Addresses.answerDataRequest) {
                try await exchange.answer($0, with: $1.form[AgreementField.delivery], by: $1.submission)
            },
            step(Addresses.destroyRequestedData) {
                try await exchange.destroy($0, reason: $1.form[AgreementField.reason], by: $1.submission)
            },
            .page(Addresses.destruction, Self.looking) { request in try await minutesPage(request) },
        ]
    }

    static func requestDraft(_ request: MemberRequest) -> RequestDraft {
        let form = request.form
        return RequestDraft(
            asker: form[AgreementField.asker], holder: form[AgreementField.holder],
            format: form[AgreementField.format], purpose: form[AgreementField.purpose],
            legalBasis: form[AgreementField.legalBasis], fields: lines(form[AgreementField.fields]),
            communes: lines(form[AgreementField.communes]), persons: form[AgreementField.persons],
            period: form[AgreementField.period], keepUntil: form[AgreementField.keepUntil],
            keeps: lines(form[AgreementField.keeps]))
    }

    private func newRequestPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let chosen = request.query[.format]
        let viewer = request.viewer
        let own = viewer.ownUnits.map { Field.Option($0.text, definition.name(of: $0)) }
        let model = ExchangeFormPage(
            back: Frame.Link("Yêu cầu dữ liệu", Addresses.dataRequests()), heading: "Lập yêu cầu dữ liệu",
            lead:
                "Một người khác của đơn vị duyệt thì yêu cầu mới được gửi; bên giữ dữ liệu đồng ý thì giao tệp vào sổ đăng ký của hệ thống, đơn vị hỏi dùng qua danh sách việc và số tổng hợp theo quyền của mình. Đến ngày lưu, dòng gốc bị huỷ và có biên bản.",
            years: exchange.formats.values.sorted { $0.title < $1.title }.map {
                Frame.Link($0.title, Addresses.newDataRequest().with(.format, $0.key), current: $0.key == chosen)
            }, choosing: true,
            form: form(
                "lap", Addresses.askForData(), "Lập, chờ duyệt",
                fields: [
                    Field(AgreementField.asker, "Bên hỏi", kind: .select(own)),
                    Field(AgreementField.holder, "Bên giữ dữ liệu", kind: .select(unitOptions(viewer))),
                    Field(AgreementField.format, "Danh sách", kind: .select(formatOptions(chosen: chosen))),
                    Field(AgreementField.purpose, "Mục đích sử dụng", kind: .area),
                    Field(AgreementField.legalBasis, "Căn cứ pháp lý", kind: .area, hint: "Văn bản, điều khoản."),
                    Field(
                        AgreementField.fields, "Các trường cần", kind: .area,
                        hint: "Mỗi trường một dòng, tên như cột của danh sách; chỉ trường cần cho mục đích.",
                        value: columns(ofFormat: chosen)),
                    Field(
                        AgreementField.persons, "Dữ liệu của ai", kind: .area,
                        hint: "Nhóm người, số người, theo danh sách nào. Không chép số định danh vào đây."),
                    Field(
                        AgreementField.communes, "Xã, phường, đặc khu", kind: .area,
                        hint: "Mỗi tên hoặc mã một dòng. Để trống: toàn địa bàn.", required: false),
                    Field(AgreementField.period, "Tháng dữ liệu", hint: "Ví dụ 09/2026."),
                    Field(
                        AgreementField.keepUntil, "Lưu dòng gốc đến hết ngày",
                        hint: "Ngày/tháng/năm. Hôm sau hệ thống tự huỷ và lập biên bản."),
                    Field(
                        AgreementField.keeps, "Trường được giữ lại sau khi huỷ", kind: .area,
                        hint: "Mỗi trường một dòng. Để trống: huỷ toàn bộ.", required: false),
                ].filter { viewer.communes.isEmpty || $0.name != AgreementField.communes.rawValue }, for: request,
                failure: failure))
        return try page("Lập yêu cầu dữ liệu", model, for: request)
    }

    func requestListPage(_ request: MemberRequest) async throws -> Response {
        let viewer = request.viewer
        let query = try await query(Self.requestList.outline, of: request)
        let found = try await exchange.requests(for: viewer)
        let due = try await exchange.dueDestructions(for: viewer)
        let minutes = try await exchange.minutes(for: viewer)
        let model = RequestListPage(
            lead:
                "Hỏi dữ liệu của cơ quan khác cho một mục đích: hai bên duyệt, câu trả lời là một lần giao, hết hạn lưu thì dòng gốc bị huỷ.",
            links: (viewer.may(.keepAgreements) ? [Frame.Link("Lập yêu cầu", Addresses.newDataRequest())] : [])
                + [Frame.Link("Thỏa thuận giao dữ liệu", Addresses.agreements())],
            table: try list(
                Self.requestList, of: found.map(line), query, at: TablePlace(Addresses.dataRequests()),
                workbook: Addresses.dataRequests.workbook(), nothing: "Chưa có yêu cầu nào."),
            destroying: .init(
                title: "Dữ liệu gốc có hạn lưu",
                lines: due.prefix(100).map { due in
                    .init(
                        text:
                            "\(due.delivery.receipt), \(exchange.title(ofFormat: due.delivery.format)) kỳ \(due.delivery.period.vietnamese), theo \(due.ground): lưu đến hết \(due.lastDay.vietnamese)",
                        address: address(ofDelivery: due.delivery.number, for: viewer),
                        badge: due.isOver(on: today) ? Badge("Quá hạn lưu, sẽ huỷ", look: "late") : nil)
                }, nothing: due.isEmpty ? "Không có." : nil),
            minutes: .init(
                title: "Biên bản huỷ dữ liệu",
                lines: minutes.prefix(100).map { minutes in
                    .init(
                        text:
                            "Biên bản số \(minutes.name), \(minutes.at.day.vietnamese): \(VietnameseText.grouped(minutes.records)) dòng",
                        address: Addresses.destruction(minutes.number).text, badge: nil)
                }, nothing: minutes.isEmpty ? "Chưa có." : nil))
        return try page("Yêu cầu dữ liệu", model, for: request)
    }

    func requestPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let number = try Self.number(request, Self.unknownRequest)
        let viewer = request.viewer
        let (asked, events) = try await exchange.request(number, for: viewer)
        let terms = asked.terms
        func fields(_ fields: [RecordField]) -> String {
            exchange.titles(of: fields, in: asked.format).joined(separator: "; ")
        }
        let area =
            terms.communes.isEmpty
            ? "toàn địa bàn"
            : terms.communes.map { code in CommuneCode(code).map(communeName) ?? code }.joined(separator: "; ")
        var facts = [
            Fact(label: "Danh sách", value: exchange.title(ofFormat: asked.format)),
            Fact(label: "Bên hỏi", value: definition.name(of: asked.asker)),
            Fact(label: "Bên giữ dữ liệu", value: definition.name(of: asked.holder)),
            Fact(label: "Mục đích", value: terms.purpose), Fact(label: "Căn cứ", value: terms.legalBasis),
            Fact(label: "Các trường", value: fields(terms.fields)), Fact(label: "Của ai", value: terms.persons),
            Fact(label: "Địa bàn", value: area), Fact(label: "Tháng dữ liệu", value: terms.period.vietnamese),
            Fact(label: "Lưu dòng gốc đến hết", value: terms.keepUntil.vietnamese),
            Fact(label: "Giữ lại sau khi huỷ", value: terms.keeps.isEmpty ? "không giữ gì" : fields(terms.keeps)),
        ]
        if let delivery = asked.delivery {
            facts.append(
                Fact(
                    label: "Lần giao trả lời", value: "số \(delivery)",
                    address: address(ofDelivery: delivery, for: viewer)))
        }
        let minutes = try await exchange.minutes(for: viewer).filter { $0.request == number }
        let delivers = asked.state == .granted && asked.stands(viewer).holds && viewer.may(.deliverLists)
        let links = delivers ? [Frame.Link("Giao tệp trả lời", Addresses.sendList())] : []
        let model = ExchangeThingPage(
            back: Frame.Link("Yêu cầu dữ liệu", Addresses.dataRequests()), heading: "Yêu cầu \(asked.name)",
            state: asked.badge, lead: lead(asked, viewer), links: links, hasLinks: !links.isEmpty,
            forms: forms(asked, request, failure),
            groups: [.init(title: "Nội dung", facts: facts)],
            lists: [
                .init(
                    title: "Lịch sử",
                    lines: events.map { event in
                        let unit = event.unit.map { " (\(definition.name(of: $0)))" } ?? ""
                        let more = event.words.isEmpty ? "" : ": \(event.words)"
                        return .init(
                            text: "\(event.at.vietnamese), \(event.byName)\(unit) \(event.kind.words)\(more)",
                            address: nil, badge: nil)
                    }, nothing: nil)
            ]
                + (minutes.isEmpty
                    ? []
                    : [
                        .init(
                            title: "Biên bản huỷ dữ liệu",
                            lines: minutes.map {
                                .init(
                                    text: "Biên bản số \($0.name)", address: Addresses.destruction($0.number).text,
                                    badge: nil)
                            }, nothing: nil)
                    ]),
            signatures: [], hasSignatures: false)
        return try page(model.heading, model, for: request)
    }

    /// What comes next, for whoever it waits for.
    private func lead(_ asked: DataRequest, _ viewer: Viewer) -> String {
        let (asks, holds) = asked.stands(viewer)
        let actions = asked.actions(for: viewer)
        if actions.contains(.send) { return "Hãy đọc rồi duyệt hoặc không." }
        if asked.state == .drafted, asks {
            return "Bạn đã lập yêu cầu này; một người khác của đơn vị duyệt thì mới gửi được."
        }
        if actions.contains(.grant) { return "\(definition.name(of: asked.asker)) hỏi; hãy đọc rồi đồng ý hoặc không." }
        if asked.state == .sent, asks { return "Chờ \(definition.name(of: asked.holder))." }
        if asked.state == .granted, holds {
            return
                "Hãy giao tệp (danh sách “\(exchange.title(ofFormat: asked.format))”), rồi ghi số phiếu nhận vào đây."
        }
        if asked.state == .granted, asks { return "Chờ \(definition.name(of: asked.holder)) giao tệp." }
        return ""
    }

    private func forms(
        _ asked: DataRequest, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> [FormPanel] {
        let (number, actions) = (asked.number, asked.actions(for: request.viewer))
        let reason = Field(AgreementField.reason, "Vì sao", kind: .area)
        var panels: [FormPanel] = []
        func add(
            _ action: DataRequest.Action, _ id: String, _ place: FormPlace<Int>, _ title: String, open: Bool = false,
            fields: [Field] = [], look: String = "primary", asks: String? = nil
        ) {
            guard actions.contains(action) else { return }
            panels.append(
                FormPanel(
                    title: title,
                    form: form(
                        id, place(number), title, fields: fields, look: look, asks: asks, for: request,
                        failure: failure), open: open || failure?.form == id))
        }
        add(.send, "duyet", Addresses.sendDataRequest, "Duyệt, gửi bên giữ dữ liệu", open: true)
        add(.decline, "khong-duyet", Addresses.declineDataRequest, "Không duyệt", fields: [reason], look: "warning")
        add(.grant, "dong-y", Addresses.grantDataRequest, "Đồng ý cung cấp", open: true)
        add(.deny, "tu-choi", Addresses.denyDataRequest, "Không đồng ý", fields: [reason], look: "warning")
        add(
            .answer, "tra-loi", Addresses.answerDataRequest, "Ghi lần giao trả lời", open: true,
            fields: [
                Field(
                    AgreementField.delivery, "Số phiếu nhận",
                    hint: "Giao tệp ở trang “Giao danh sách”, rồi ghi số phiếu nhận vào đây, ví dụ 12/2026.")
            ])
        add(
            .withdraw, "rut", Addresses.withdrawDataRequest, "Rút yêu cầu", look: "secondary",
            asks: "Yêu cầu bị rút; muốn hỏi tiếp thì lập yêu cầu khác.")
        add(
            .destroy, "huy", Addresses.destroyRequestedData, "Huỷ dữ liệu gốc ngay", fields: [reason],
            look: "warning", asks: "Dòng gốc bị huỷ, không lấy lại được; biên bản và số đếm ở lại.")
        return panels
    }
}
