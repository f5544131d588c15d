import Access
import Components
import Formats
import Hummingbird
import Kernel
import PlanText
import Province
import Registry
import WebDesk

struct FindPage: Page {
    static let template: PageTemplate = "register-find"

    /// Somebody who was found.
    struct Row: Sendable {
        let name: String
        let address: String
        let birth: String
        let place: String?
        let numbers: [Fact]
        let records: String
    }

    let action: String
    let typed: String
    let kinds: [Field.Option]
    let birthYear: String
    let communes: [Field.Option]
    /// That the year is not one.
    let problem: String?
    let numberForm: FormModel
    /// Told to whoever listens: how many were found.
    let told: String?
    let hasRows: Bool
    let rows: [Row]
    let previous: String?
    let next: String?
    let isPaged: Bool
    let advice: String?
    /// To names with further words.
    let wider: Frame.Link?
    /// Why no number is shown.
    let closed: String?
}

extension RegisterPages {
    private static let hint =
        "Gõ họ tên có dấu hoặc không dấu, thứ tự nào cũng được, chữ cuối chưa cần đủ. Thêm năm sinh, xã nếu trùng tên nhiều."

    func findPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let typed = String(VietnameseText.tidy(request.query[.search]).prefix(200))
        let subject = Self.subject(request.query[.registerKind])
        let written = request.query[.birthYear]
        let year = Int(written).flatMap { (1850...today.year).contains($0) ? $0 : nil }
        let problem =
            written.isEmpty || year != nil ? nil : "Năm sinh “\(written)” không đúng: gõ bốn chữ số, ví dụ 1985."
        let number = max(1, Int(request.query[.page]) ?? 1)
        let question = SearchQuestion(
            typed, of: subject, birthYear: subject == .person ? year : nil,
            commune: CommuneCode(request.query[.commune]), isWide: !request.query[.wider].isEmpty)
        let found =
            question.isEmpty || problem != nil
            ? nil : try await register.find(question, page: number, for: request.viewer)
        return try shown(
            found, typed: typed, subject, written: written, commune: question.commune, problem: problem, number: number,
            request, failure)
    }

    /// Whoever alone has the number is shown at once.
    func findByNumber(_ request: MemberRequest) async throws -> Response {
        let typed = request.form[RegisterField.number]
        guard !FindByNumber.readings(of: typed).isEmpty else {
            throw Refusal(
                .invalid, "Chưa thấy số nào để tìm.",
                fields: [
                    .init(
                        RegisterField.number,
                        "Gõ trọn một số: số định danh, CMND cũ, mã số BHXH, mã số thuế, hộ chiếu, điện thoại hoặc mã đơn vị."
                    )
                ])
        }
        let found = try await register.find(number: typed, for: request.viewer)
        if found.all.count == 1, let only = found.all.first {
            return .redirect(to: Self.address(of: only).text, type: .normal)
        }
        return try shown(
            found, typed: "", .person, written: "", commune: nil, problem: nil, number: 1, request, nil,
            byNumber: true)
    }

    private static func subject(_ word: String) -> RecordKind.Subject { word == "don-vi" ? .employer : .person }

    static func address(of summary: EntitySummary) -> Address {
        summary.subject == .person
            ? Addresses.person(summary.entity.word) : Addresses.employer(summary.entity.word)
    }

    private func shown(
        _ found: FoundEntities?, typed: String, _ subject: RecordKind.Subject, written: String, commune: CommuneCode?,
        problem: String?, number: Int, _ request: MemberRequest, _ failure: FormModel.Failure?, byNumber: Bool = false
    ) throws -> Response {
        let here = Addresses.register().with(.search, typed).with(
            .registerKind, subject == .employer ? "don-vi" : nil
        ).with(.birthYear, written).with(.commune, commune)
        func address(_ page: Int) -> String { here.with(.wider, request.query[.wider]).with(.page, page).text }
        let last = FindByName.mostSkipped / RegisterService.pageLength + 1
        let hasNext = !byNumber && found?.hasMore == true && number < last
        let model = FindPage(
            action: Addresses.register().text, typed: typed,
            kinds: [
                Field.Option("", "Người", selected: subject == .person),
                Field.Option("don-vi", "Đơn vị", selected: subject == .employer),
            ], birthYear: written, communes: communeChoices(request.viewer, chosen: commune), problem: problem,
            numberForm: form(
                "tim-so", Addresses.findByNumber(), "Tìm theo số",
                fields: [
                    Field(
                        RegisterField.number, "Số định danh, CMND cũ, mã số BHXH, mã số thuế, điện thoại, mã đơn vị",
                        hint: "Gõ trọn số. Số không nằm trên thanh địa chỉ và không được lưu.", autocomplete: "off")
                ], look: "secondary", for: request, failure: failure),
            told: found.map { Self.told($0, page: number, subject, isAll: request.viewer.recordScope.communes == nil) },
            hasRows: !(found?.all.isEmpty ?? true),
            rows: found?.all.map(row) ?? [],
            previous: number > 1 && !byNumber ? address(number - 1) : nil, next: hasNext ? address(number + 1) : nil,
            isPaged: !byNumber && (number > 1 || hasNext),
            advice: found?.all.isEmpty ?? true ? Self.hint : nil,
            wider: found?.canWiden == true
                ? Frame.Link("Tìm rộng hơn: cả tên có thêm chữ", here.with(.wider, "co")) : nil,
            closed: register.keys == nil
                ? "Máy chủ không có khóa của số định danh: tìm theo tên vẫn được, số không hiện và không tìm được."
                : nil)
        return try page("Sổ đăng ký", model, for: request)
    }

    private static func told(
        _ found: FoundEntities, page: Int, _ subject: RecordKind.Subject, isAll: Bool
    ) -> String {
        let whom = subject == .employer ? "đơn vị nào" : "ai"
        if found.all.isEmpty {
            return page > 1
                ? "Không còn \(whom) ở trang này."
                : "Không tìm thấy \(whom) trong \(isAll ? "sổ đăng ký" : "địa bàn của bạn")."
        }
        if found.isCut { return "Quá nhiều tên có các chữ này, chỉ xem một phần; hãy gõ thêm chữ, năm sinh hoặc xã." }
        return found.hasMore || page > 1
            ? "Trang \(page), mỗi trang \(RegisterService.pageLength)."
            : "Tìm thấy \(found.all.count) \(subject == .employer ? "đơn vị" : "người")."
    }

    private func row(_ summary: EntitySummary) -> FindPage.Row {
        FindPage.Row(
            name: summary.name.isEmpty ? "Chưa có tên" : summary.name, address: Self.address(of: summary).text,
            birth: [summary.birthYear.map { "sinh \($0)" }, Self.sex(summary.sex)].compactMap(\.self).joined(
                separator: ", "),
            place: summary.group == nil && summary.commune == nil
                ? nil : [summary.group, summary.commune.map(communeName)].compactMap(\.self).joined(separator: ", "),
            numbers: summary.numbers.map { Fact(label: $0.kind.title, value: $0.text) },
            records: "\(VietnameseText.grouped(summary.records)) bản ghi")
    }

    static func sex(_ word: String?) -> String? {
        switch word {
        case "female": "nữ"
        case "male": "nam"
        default: nil
        }
    }

    /// All communes, or the own ones.
    private func communeChoices(_ viewer: Viewer, chosen: CommuneCode?) -> [Field.Option] {
        let own = viewer.recordScope.communes
        let all = definition.communes.communes.filter { own?.contains($0.code) ?? true }
        return [Field.Option("", own == nil ? "Mọi xã, phường" : "Mọi xã, phường của đơn vị")]
            + all.map { Field.Option($0.code.text, communeName($0.code), selected: $0.code == chosen) }.sorted {
                VietnameseText.fold($0.label) < VietnameseText.fold($1.label)
            }
    }
}
