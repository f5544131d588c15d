public import Access
public import Components
public import Exchange
public import Foundation
import Hummingbird
public import Kernel
import PlanText
public import WebDesk

/// Who of other agencies' programs may call, for whoever lets them.
public struct ProgramPages: PageArea {
    public static var templates: [URL] { [] }
    public static var pages: [any Page.Type] { [ProgramListPage.self, ProgramPage.self, ProgramKeyPage.self] }

    public static func page(of subject: Subject) -> Address? {
        guard subject.kind == .program else { return nil }
        return RecordID(subject.key).map { Addresses.program($0) }
    }

    public static func navigation(for viewer: Viewer) -> [(label: String, address: Address)] {
        viewer.may(.keepPrograms) ? [("Chương trình kết nối", Addresses.programKeys())] : []
    }

    public let desk: Desk
    let programs: ProgramService

    public init(desk: Desk, programs: ProgramService) { (self.desk, self.programs) = (desk, programs) }

    public var routes: [Route] {
        let keeping: RouteAccess = .right(.keepPrograms)
        return [
            .page(Addresses.programKeys, keeping) { request in try await listPage(request) },
            .answeringForm(Addresses.issueProgramKey, keeping) { request in
                try await answer(
                    try await programs.admit(try draft(request), by: request.submission), request)
            } again: { request, failure in
                try await listPage(request, failure: failure)
            },
            .page(Addresses.program, keeping) { request in try await programPage(request) },
            .answeringDecision(Addresses.turnProgramKey, keeping) { request, seen in
                try await answer(
                    try await programs.turnKey(
                        of: try Self.id(request), seen: seen, until: try Self.expires(request),
                        by: request.submission), request)
            } again: { request, failure in
                try await programPage(request, failure: failure)
            },
            .form(Addresses.endProgram, keeping) { request in
                let id = try Self.id(request)
                try await programs.end(id, by: request.submission)
                return Addresses.program(id).telling(.programEnded)
            } again: { request, failure in
                try await programPage(request, failure: failure)
            },
            .answeringDecision(Addresses.confirmProgramKey, keeping) { request, _ in
                try await answer(
                    try await programs.confirmKey(
                        of: try Self.id(request), try request.proposal(), by: request.submission), request)
            } again: { request, failure in
                try await listPage(request, failure: failure)
            },
            .form(Addresses.withdrawProgramKey, keeping) { request in
                try await programs.withdrawKey(
                    of: try Self.id(request), try request.proposal(), by: request.submission)
                return Addresses.programKeys().telling(.withdrawn)
            } again: { request, failure in
                try await listPage(request, failure: failure)
            },
        ]
    }

    private static func id(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có chương trình này.")
    }

    // MARK: What is typed

    private func draft(_ request: MemberRequest) throws(Refusal) -> ProgramDraft {
        let form = request.form
        let scopes = ProgramScope.allCases.filter { !form[Self.field($0)].isEmpty }
        return ProgramDraft(
            name: form[ProgramField.name], unit: form[ProgramField.unit],
            agreements: form.all(ProgramField.agreements).compactMap { Int($0) }, scopes: Set(scopes),
            expires: try Self.expires(request), perMinute: Int(form[ProgramField.perMinute]) ?? 0)
    }

    private static func expires(_ request: MemberRequest) throws(Refusal) -> Day {
        guard let day = Day(typed: request.form[ProgramField.expires]) else {
            throw Refusal(fields: [.init(ProgramField.expires, "Hãy ghi ngày cuối của khóa, ví dụ 30/06/2027.")])
        }
        return day
    }

    private static func field(_ scope: ProgramScope) -> ProgramField {
        switch scope {
        case .deliver: .deliver
        case .status: .status
        case .aggregates: .aggregates
        }
    }

    /// The key, told once; or the page where it waits.
    private func answer(_ outcome: KeyOutcome, _ request: MemberRequest) async throws -> Response {
        guard case .issued(let issued) = outcome else {
            return .redirect(to: Addresses.programKeys().telling(.keyProposed).text, type: .normal)
        }
        let program = try await programs.program(issued.program, for: request.viewer)
        let model = ProgramKeyPage(
            name: program.name, at: clock.now.vietnamese,
            facts: [
                Fact(label: "Mã chương trình (client_id)", value: program.id.text),
                Fact(label: "Khóa (client_secret)", value: issued.key),
                Fact(label: "Hạn dùng", value: program.expires.vietnamese),
                Fact(label: "Địa chỉ", value: "\(settings.publicURL)\(Addresses.exchangeOpenAPI())"),
            ], next: Frame.Link("Đã ghi lại khóa, về trang chương trình", Addresses.program(program.id)))
        return try page("Khóa của chương trình", model, for: request)
    }

    // MARK: Pages

    private func listPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let viewer = request.viewer
        let all = try await programs.programs(for: viewer)
        let agreements = try await programs.openAgreements(for: viewer)
        let waiting = try await programs.waitingKeys(for: viewer)
        let seconds = try await programs.seconds(besides: viewer.account)
        let model = ProgramListPage(
            lead:
                "Chương trình của cơ quan khác tự giao danh sách, tự hỏi phiếu nhận theo thỏa thuận đã ký. Mỗi lần gọi nêu thỏa thuận và mục đích; gọi ngoài thỏa thuận bị từ chối và ghi nhật ký.",
            links: [
                Frame.Link("Thỏa thuận giao dữ liệu", Addresses.agreements()),
                Frame.Link("Nhật ký trao đổi", Addresses.exchangeJournal()),
            ],
            waiting: try waiting.map { deed in
                let id = try Self.program(of: deed)
                return self.waiting(
                    deed, version: all.first { $0.id == id }?.version ?? 0, paper: nil,
                    confirm: Addresses.confirmProgramKey(id), withdraw: Addresses.withdrawProgramKey(id), for: request)
            },
            programs: all.map { program in
                ProgramListPage.Line(
                    name: program.name, address: Addresses.program(program.id).text,
                    unit: definition.name(of: program.unit),
                    words:
                        "Thỏa thuận số \(program.agreements.map(String.init).joined(separator: ", ")); \(Self.words(program.scopes)); hạn \(program.expires.vietnamese)",
                    badge: badge(program))
            }, nothing: all.isEmpty ? "Chưa cấp khóa cho chương trình nào." : nil,
            closed: agreements.isEmpty
                ? "Chưa có thỏa thuận nào đang hoặc sắp có hiệu lực; cấp khóa cần ít nhất một thỏa thuận." : nil,
            panel: agreements.isEmpty ? [] : [newPanel(agreements, seconds, request, failure)])
        return try page("Chương trình của các cơ quan", model, for: request)
    }

    private static func program(of deed: PairedDeed) throws -> RecordID {
        guard let id = RecordID(deed.subject.key) else { throw Refusal(.notFound, "Không có đề nghị này.") }
        return id
    }

    private func newPanel(
        _ agreements: [Agreement], _ seconds: [SecondPerson]?, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> FormPanel {
        var units: [UnitCode] = []
        for unit in agreements.flatMap({ [$0.giver, $0.receiver] }) where !units.contains(unit) { units.append(unit) }
        let fields: [Field] =
            [
                Field(ProgramField.name, "Tên chương trình", hint: "Ví dụ: Kết nối kê khai thuế."),
                Field(
                    ProgramField.unit, "Cơ quan, đơn vị của chương trình",
                    kind: .select(
                        [Field.Option("", "Hãy chọn")]
                            + units.map { Field.Option($0.text, definition.name(of: $0)) })),
                Field(
                    ProgramField.agreements, "Thỏa thuận được dùng",
                    kind: .selectSeveral(
                        agreements.map {
                            Field.Option(
                                String($0.number),
                                "\($0.name): \(definition.name(of: $0.giver)) giao \(definition.name(of: $0.receiver)), \(programs.exchange.title(ofFormat: $0.format))"
                            )
                        }), hint: "Đơn vị trên phải là một bên. Giữ Ctrl để chọn nhiều."),
            ]
            + ProgramScope.allCases.map { scope in
                Field(
                    Self.field(scope), "Được \(scope.words)", kind: scope == .aggregates ? .check : .ticked,
                    value: "1", required: false)
            } + [
                Field(
                    ProgramField.expires, "Khóa dùng đến hết ngày",
                    hint: "Không quá \(ProgramService.longestLife) ngày kể từ hôm nay.",
                    value: today.adding(days: 180).vietnamese),
                Field(ProgramField.perMinute, "Số lần gọi trong một phút", kind: .code, value: "600"),
            ]
        let submit = seconds == nil ? "Cấp khóa" : "Đề nghị cấp khóa"
        let title = seconds.map { "Cấp khóa cho một chương trình. \(Self.needsTwo($0))" }
        return FormPanel(
            title: title ?? "Cấp khóa cho một chương trình",
            form: form("cap", Addresses.issueProgramKey(), submit, fields: fields, for: request, failure: failure),
            open: failure != nil)
    }

    private func programPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let id = try Self.id(request)
        let viewer = request.viewer
        let program = try await programs.program(id, for: viewer)
        let waiting = try await programs.waitingKeys(for: viewer).filter { $0.subject.key == id.text }
        let uses = try await programs.uses(of: id, for: viewer)
        let isLive = program.endedAt == nil
        let seconds = try await programs.seconds(besides: viewer.account)
        let model = ProgramPage(
            back: Frame.Link("Chương trình của các cơ quan", Addresses.programKeys()), heading: program.name,
            state: badge(program),
            facts: [
                Fact(label: "Của", value: definition.name(of: program.unit)),
                Fact(label: "Mã chương trình (client_id)", value: program.id.text),
                Fact(label: "Thỏa thuận số", value: program.agreements.map(String.init).joined(separator: ", ")),
                Fact(label: "Được", value: Self.words(program.scopes)),
                Fact(label: "Khóa", value: "lần thứ \(program.version), đến hết \(program.expires.vietnamese)"),
                Fact(label: "Số lần gọi trong một phút", value: VietnameseText.grouped(program.perMinute)),
                Fact(label: "Cấp", value: "\(program.createdAt.vietnamese), \(program.createdBy)"),
            ] + (program.endedAt.map { [Fact(label: "Thu khóa", value: $0.vietnamese)] } ?? []),
            waiting: waiting.map { deed in
                self.waiting(
                    deed, version: program.version, paper: nil, confirm: Addresses.confirmProgramKey(id),
                    withdraw: Addresses.withdrawProgramKey(id), for: request)
            },
            forms: isLive
                ? [
                    FormPanel(
                        title: seconds.map { "Đổi khóa. \(Self.needsTwo($0))" } ?? "Đổi khóa",
                        form: form(
                            "doi-khoa", Addresses.turnProgramKey(id),
                            seconds == nil ? "Đổi khóa, khóa cũ hết hiệu lực ngay" : "Đề nghị đổi khóa",
                            fields: [
                                Field(
                                    ProgramField.expires, "Khóa mới dùng đến hết ngày",
                                    value: today.adding(days: 180).vietnamese)
                            ], look: "warning", version: program.version, for: request, failure: failure),
                        open: failure != nil),
                    FormPanel(
                        title: "Thu khóa",
                        form: form(
                            "thu-khoa", Addresses.endProgram(id), "Thu khóa, chương trình không gọi được nữa",
                            look: "warning",
                            asks:
                                "Chương trình ngừng gọi được ngay và không mở lại được; muốn gọi phải cấp chương trình mới.",
                            for: request), open: false),
                ] : [],
            uses: uses.map { use in
                "\(use.day.vietnamese): \(use.operation), thỏa thuận \(use.agreement), “\(use.purpose)”: \(VietnameseText.grouped(use.calls)) lần\(use.refused == 0 ? "" : ", bị từ chối \(VietnameseText.grouped(use.refused))")"
            }, nothing: uses.isEmpty ? "Chưa gọi lần nào." : nil)
        return try page(program.name, model, for: request)
    }

    private func badge(_ program: Program) -> Badge {
        guard let obstruction = program.obstruction(on: today) else { return Badge("Đang dùng", look: "accepted") }
        return Badge(VietnameseText.sentence(obstruction), look: "returned")
    }

    private static func words(_ scopes: Set<ProgramScope>) -> String {
        scopes.sorted().map(\.words).joined(separator: ", ")
    }
}
