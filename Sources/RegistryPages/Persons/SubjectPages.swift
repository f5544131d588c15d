import Access
import Components
import Exchange
import Hummingbird
import Kernel
import LawInForce
import Legislation
import PlanText
import WebDesk

/// The register of processing, and what persons ask about their data.
struct ProcessingPage: Page {
    static let template: PageTemplate = "processing"

    let lead: String
    let table: TableModel
    /// Nil for whoever does not answer them.
    let requests: TableModel?
    let form: FormModel?
    let note: String
}

extension ProcessingPage {
    static let sample = ProcessingPage(
        lead: "Nội dung", table: .sample, requests: .sample, form: .sample, note: "Nội dung")
}

/// A line of the register of processing.
struct ProcessingLine: Sendable {
    let entry: ProcessingEntry
    let address: Address?
    let from: String
    let to: String
    let list: String
    let fields: String
}

/// A request of a data subject with the day that counts now.
struct SubjectLine: Sendable {
    let request: SubjectRequest
    let due: Day?
    let badge: Badge
}

extension AgreementPages {
    static let processingList = ListTable<ProcessingLine>(
        "so-xu-ly", "Sổ hoạt động xử lý dữ liệu cá nhân", suffix: "so",
        columns: [
            .init(
                "can-cu", "Theo", sorted: false, width: 14,
                cell: { TableCell($0.entry.ground, link: $0.address) }, value: { .text($0.entry.ground) }),
            .init("tu", "Từ", sorted: false, width: 28, value: { .text($0.from) }),
            .init("den", "Đến", sorted: false, width: 28, value: { .text($0.to) }),
            .init("danh-sach", "Danh sách", sorted: false, width: 36, value: { .text($0.list) }),
            .init(
                "muc-dich", "Mục đích, căn cứ", sorted: false, width: 44,
                cell: { TableCell($0.entry.purpose, below: $0.entry.legalBasis) },
                value: { .text("\($0.entry.purpose); \($0.entry.legalBasis)") }),
            .init("du-lieu", "Dữ liệu cá nhân", sorted: false, width: 40, value: { .text($0.fields) }),
            .init("luu", "Lưu dòng gốc", sorted: false, width: 22, value: { .text($0.entry.kept) }),
            .init("lan", "Lần giao", number: true, sorted: false, value: { .number($0.entry.deliveries) }),
            .init("dong", "Dòng", number: true, sorted: false, value: { .number($0.entry.rows) }),
        ])

    static let subjectList = ListTable<SubjectLine>(
        "yeu-cau-chu-the", "Yêu cầu của chủ thể dữ liệu", suffix: "ct",
        columns: [
            .init(
                "so", "Số", sorted: false, width: 14,
                cell: { TableCell($0.request.name, link: Addresses.subjectRequest($0.request.number)) },
                value: { .ranked($0.request.number, $0.request.name) }),
            .init(
                "loai", "Loại", sorted: false, width: 24,
                value: { .text(VietnameseText.sentence($0.request.kind.words)) }),
            .init("ngay", "Ngày nhận", sorted: false, width: 14, value: { .day($0.request.receivedOn) }),
            .init("han", "Hạn của bước này", sorted: false, width: 16, value: { TableValue($0.due) }),
            .init(
                "tinh-trang", "Tình trạng", sorted: false, width: 26, cell: { TableCell(badge: $0.badge) },
                value: { .text($0.badge.label) }),
        ])

    private static let unknownSubject = "Không có yêu cầu này của chủ thể dữ liệu."

    var subjectRoutes: [Route] {
        let keeping: RouteAccess = .right(.keepSubjectRequests)
        func step(_ place: FormPlace<Int>, _ state: SubjectRequest.State) -> Route {
            .form(place, keeping) { request in
                let number = try Self.number(request, Self.unknownSubject)
                try await exchange.settle(
                    number, as: state, words: request.form[SubjectField.words], by: request.submission)
                return Addresses.subjectRequest(number).telling(.saved)
            } again: { request, failure in
                try await subjectPage(request, failure: failure)
            }
        }
        return [
            .page(Addresses.processing, Self.looking) { request in try await processingPage(request) },
            .form(Addresses.receiveSubjectRequest, keeping) { request in
                let form = request.form
                let subject = try await exchange.receive(
                    SubjectRequestDraft(
                        kind: form[SubjectField.kind],
                        person: .init(
                            name: form[SubjectField.name], number: form[SubjectField.number],
                            contact: form[SubjectField.contact]), about: form[SubjectField.about],
                        receivedOn: form[SubjectField.receivedOn],
                        throughOthers: !form[SubjectField.throughOthers].isEmpty), by: request.submission)
                return (Int(subject.key).map { Addresses.subjectRequest($0) } ?? Addresses.processing()).telling(.saved)
            } again: { request, failure in
                try await processingPage(request, failure: failure)
            }.takingNumbers(in: SubjectField.number, SubjectField.contact),
            .page(Addresses.subjectRequest, keeping) { request in try await subjectPage(request) },
            step(Addresses.acknowledgeSubjectRequest, .acknowledged),
            step(Addresses.extendSubjectRequest, .extended), step(Addresses.answerSubjectRequest, .answered),
            step(Addresses.refuseSubjectRequest, .refused),
        ]
    }

    /// The law's clocks of a request; without the law's files, and on days without a value, no day is told.
    private func clocks(_ request: SubjectRequest, _ table: ParameterTable?) -> SubjectRequestClocks {
        SubjectRequestClocks(request) { name, from in
            guard let table else { return nil }
            var trace = Trace()
            return try? ClockReading(.init(clock: name, from: from), table, trace: &trace)
        }
    }

    private func badge(_ request: SubjectRequest, due: Day?) -> Badge {
        if let due, due < today { return Badge("Quá hạn \(due.days(to: today)) ngày", look: "late") }
        return Badge(
            VietnameseText.sentence(request.state.words), look: request.state.isOpen ? "submitted" : "accepted")
    }

    func processingPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let viewer = request.viewer
        let entries = try await exchange.processing(for: viewer).map { entry in
            ProcessingLine(
                entry: entry, address: Self.page(of: entry.subject), from: definition.name(of: entry.from),
                to: definition.name(of: entry.to), list: exchange.title(ofFormat: entry.format),
                fields: exchange.titles(of: entry.personal, in: entry.format).joined(separator: "; "))
        }
        func model<Row: Sendable>(
            _ table: ListTable<Row>, _ rows: [Row], _ nothing: String
        ) async throws -> TableModel {
            try await shown(table, rows, at: TablePlace(Addresses.processing()), nothing: nothing, of: request)
        }
        let keeps = viewer.may(.keepSubjectRequests)
        let table = keeps ? try await law?.table() : nil
        let asked = try await keeps ? exchange.subjectRequests(for: viewer) : []
        let lines = asked.map { asked in
            let due = clocks(asked, table).due(asked.state)
            return SubjectLine(request: asked, due: due, badge: badge(asked, due: due))
        }
        let kinds = SubjectRequest.Kind.allCases.map { Field.Option($0.rawValue, VietnameseText.sentence($0.words)) }
        let page = ProcessingPage(
            lead:
                "Dữ liệu cá nhân nào từ đâu đến đâu, để làm gì, theo căn cứ nào, lưu bao lâu: lập từ các thỏa thuận đang có hiệu lực và yêu cầu đã được đồng ý, không ai phải ghi tay.",
            table: try await model(Self.processingList, entries, "Chưa có thỏa thuận, yêu cầu nào có dữ liệu cá nhân."),
            requests: keeps ? try await model(Self.subjectList, lines, "Chưa có yêu cầu nào.") : nil,
            form: keeps
                ? form(
                    "ghi", Addresses.receiveSubjectRequest(), "Ghi yêu cầu",
                    fields: [
                        Field(SubjectField.kind, "Loại yêu cầu", kind: .select(kinds)),
                        Field(SubjectField.receivedOn, "Ngày nhận", value: today.vietnamese),
                        Field(SubjectField.name, "Họ tên người yêu cầu", hint: "Được niêm phong cùng số và liên lạc."),
                        Field(SubjectField.number, "Số định danh, mã số BHXH", required: false),
                        Field(SubjectField.contact, "Điện thoại, địa chỉ nhận trả lời", required: false),
                        Field(
                            SubjectField.about, "Nội dung", kind: .area,
                            hint: "Xem, sửa, xóa gì. Không chép số định danh vào đây."),
                        Field(
                            SubjectField.throughOthers, "Phải qua bên xử lý dữ liệu hoặc bên thứ ba", kind: .check,
                            required: false),
                    ], for: request, failure: failure) : nil,
            note:
                "Thời hạn lấy từ tham số pháp luật (Nghị định 356/2025 Điều 5): báo đã nhận, thực hiện, gia hạn một lần. Tham số do quản trị hệ thống giữ; ngày nào chưa có tham số thì không ghi hạn."
        )
        return try self.page("Dữ liệu cá nhân", page, for: request)
    }

    func subjectPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let number = try Self.number(request, Self.unknownSubject)
        let (asked, person, events) = try await exchange.subjectRequest(number, by: request.submission)
        let clocks = clocks(asked, try await law?.table())
        let due = clocks.due(asked.state)
        /// The day by which something has to be done, and when it was.
        func day(_ day: Day?, _ states: Set<SubjectRequest.State>) -> String {
            let done = events.first { states.contains($0.state) }?.at.day
            guard let day else { return "chưa có tham số" + (done.map { " (đã làm \($0.vietnamese))" } ?? "") }
            guard let done else { return day.vietnamese }
            let late = day.days(to: done)
            return "\(day.vietnamese) (đã làm \(done.vietnamese)\(late > 0 ? ", chậm \(late) ngày" : ""))"
        }
        let settled: Set<SubjectRequest.State> = [.answered, .refused]
        let wasExtended = events.contains { $0.state == .extended }
        var facts = [
            Fact(label: "Người yêu cầu", value: person.name), Fact(label: "Số", value: person.number),
            Fact(label: "Liên lạc", value: person.contact),
            Fact(label: "Loại", value: VietnameseText.sentence(asked.kind.words)),
            Fact(label: "Nội dung", value: asked.about), Fact(label: "Ngày nhận", value: asked.receivedOn.vietnamese),
            Fact(
                label: "Báo đã nhận, hạn hết ngày",
                value: day(clocks.acknowledgeBy, settled.union([.acknowledged, .extended]))),
            Fact(
                label: "Thực hiện, hạn hết ngày", value: day(clocks.answerBy, wasExtended ? [] : settled)),
        ].filter { !$0.value.isEmpty }
        if asked.kind.mayBeExtended, asked.throughOthers {
            facts.append(
                Fact(
                    label: "Gia hạn một lần",
                    value: "chưa rõ tính từ ngày nào khi phải qua bên khác; giữ hạn thực hiện ở trên"))
        } else if asked.kind.mayBeExtended, wasExtended || asked.state.isOpen {
            facts.append(
                Fact(
                    label: wasExtended ? "Đã gia hạn, hạn hết ngày" : "Nếu gia hạn (một lần), hạn hết ngày",
                    value: day(clocks.answerByExtended, wasExtended ? settled : [])))
        }
        let words = Field(SubjectField.words, "Đã làm gì, hoặc vì sao", kind: .area)
        var panels: [FormPanel] = []
        func add(
            _ state: SubjectRequest.State, _ id: String, _ place: FormPlace<Int>, _ title: String,
            _ fields: [Field], look: String = "primary"
        ) {
            guard asked.steps.contains(state) else { return }
            panels.append(
                FormPanel(
                    title: title,
                    form: form(
                        id, place(number), title, fields: fields, look: look, for: request, failure: failure),
                    open: failure?.form == id))
        }
        add(.acknowledged, "bao-nhan", Addresses.acknowledgeSubjectRequest, "Đã báo cho người yêu cầu là đã nhận", [])
        add(.answered, "tra-loi", Addresses.answerSubjectRequest, "Ghi đã giải quyết", [words])
        add(.extended, "gia-han", Addresses.extendSubjectRequest, "Gia hạn một lần", [words], look: "secondary")
        add(.refused, "khong-thuc-hien", Addresses.refuseSubjectRequest, "Không thực hiện", [words], look: "warning")
        let model = ExchangeThingPage(
            back: Frame.Link("Dữ liệu cá nhân", Addresses.processing()), heading: "Yêu cầu \(asked.name)",
            state: badge(asked, due: due), lead: due.map { "Hạn của bước này: \($0.vietnamese)." } ?? "", links: [],
            hasLinks: false, forms: panels, groups: [.init(title: "Nội dung", facts: facts)],
            lists: [
                .init(
                    title: "Lịch sử",
                    lines: events.map { event in
                        .init(
                            text:
                                "\(event.at.vietnamese), \(event.byName): \(event.state.words)\(event.words.isEmpty ? "" : ": \(event.words)")",
                            address: nil, badge: nil)
                    }, nothing: nil)
            ], signatures: [], hasSignatures: false)
        return try page(model.heading, model, for: request)
    }
}
