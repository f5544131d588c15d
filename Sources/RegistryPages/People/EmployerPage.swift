import Access
import Components
import Formats
import Hummingbird
import Kernel
import Registry
import WebDesk

struct EmployerPage: Page {
    static let template: PageTemplate = "register-employer"

    /// A month with its heads and its account.
    struct MonthLine: Sendable {
        let month: String
        let people: String
        /// The totals of form C12-TS, in its own words.
        let account: [String]
    }

    struct PersonLine: Sendable {
        let name: String
        let address: String
        let birth: String
        let place: String
    }

    let back: Frame.Link
    let name: String
    let about: String
    let numbers: [Fact]
    let closed: String?
    let contradictions: [String]
    let hasContradictions: Bool
    let parent: Frame.Link?
    let months: [MonthLine]
    let hasMonths: Bool
    let people: [PersonLine]
    let hasPeople: Bool
    let peopleTold: String
    let names: [EntityFieldLine]
    let hasNames: Bool
    let fields: [EntityFieldLine]
    let hasFields: Bool
    let records: [EntityRecordLine]
    let recordsTold: String
    let changes: [String]
    let hasChanges: Bool
    let looks: [LookLine]
}

extension RegisterPages {
    private static let labels: [(field: RecordField, label: String)] = [
        (.unitKind, "Loại hình"), (.subjectKind, "Loại đối tượng"), (.unitStatus, "Tình trạng ở BHXH"),
        (.taxStatus, "Tình trạng ở cơ quan thuế"), (.industry, "Ngành nghề"), (.industryCode, "Mã ngành"),
        (.representative, "Người đại diện"), (.registeredOn, "Ngày đăng ký"), (.headCount, "Số lao động khai"),
        (.managedBy, "Nơi quản lý thuế"), (.siOffice, "Nơi quản lý BHXH"), (.cadence, "Phương thức đóng"),
        (.address, "Địa chỉ"),
    ]

    func employerPage(_ request: MemberRequest) async throws -> Response {
        let entity = try entity(request)
        do {
            let view = try await register.employer(entity, by: request.submission)
            return try await shown(view, request)
        } catch let refusal as Refusal where refusal.kind == .notFound {
            guard let heir = try await register.heir(of: entity, for: request.viewer) else { throw refusal }
            return .redirect(to: Addresses.employer(heir.word).text, type: .normal)
        }
    }

    private func shown(_ view: EmployerView, _ request: MemberRequest) async throws -> Response {
        let entity = view.summary.entity
        let looks = try await register.looks(at: entity, limit: 50, for: request.viewer)
        var fields = Self.labels.compactMap { field, label in
            view.fields[field].map { line(label, Day($0.value)?.vietnamese ?? $0.value, $0) }
        }
        if let commune = view.fields[.commune] {
            fields.insert(
                line("Xã, phường", CommuneCode(commune.value).map(communeName) ?? commune.value, commune), at: 0)
        }
        if let block = view.employer.block { fields.insert(line("Khối", block.value.title, block), at: 0) }
        if let status = view.employer.status {
            fields.insert(line("Tình trạng", VietnameseText.sentence(status.value.words), status), at: 0)
        }
        let name = view.summary.name.isEmpty ? "Chưa có tên" : view.summary.name
        let model = EmployerPage(
            back: Frame.Link("Sổ đăng ký", Addresses.register().with(.registerKind, "don-vi")), name: name,
            about: view.summary.commune.map(communeName) ?? "",
            numbers: view.numbers.map { Fact(label: $0.kind.title, value: $0.text) },
            closed: register.keys == nil ? Self.closed : nil,
            contradictions: view.employer.contradictions.map { VietnameseText.sentence($0.words) },
            hasContradictions: !view.employer.contradictions.isEmpty,
            parent: view.parent.map { Frame.Link("Đơn vị chủ quản", Addresses.employer($0.word)) },
            months: months(view), hasMonths: !view.insured.isEmpty || !view.accounts.isEmpty,
            people: view.people.map { person in
                EmployerPage.PersonLine(
                    name: person.name.isEmpty ? "Chưa có tên" : person.name,
                    address: Addresses.person(person.entity.word).text,
                    birth: person.birthYear.map { "\($0)" } ?? "", place: person.commune.map(communeName) ?? "")
            }, hasPeople: !view.people.isEmpty,
            peopleTold: view.insured.first.map {
                "Tháng \($0.month.vietnamese): \(VietnameseText.grouped($0.people)) người"
                    + (request.viewer.recordScope.communes == nil ? "" : " sống trong địa bàn của bạn")
                    + ($0.people > view.people.count ? "; dưới đây là \(view.people.count) người đầu." : ".")
            } ?? "",
            names: view.names.map { line("Tên", $0.value, $0) }, hasNames: view.names.count > 1, fields: fields,
            hasFields: !fields.isEmpty, records: view.records.map(line),
            recordsTold: Self.told(view.records.count, elsewhere: view.elsewhere),
            changes: view.changes.map { words($0, of: entity) }, hasChanges: !view.changes.isEmpty,
            looks: looks.map(LookLine.init))
        return try page(name, model, for: request)
    }

    private func months(_ view: EmployerView) -> [EmployerPage.MonthLine] {
        let months = Set(view.insured.map(\.month) + view.accounts.map(\.month)).sorted(by: >)
        return months.map { month in
            let account = view.accounts.first { $0.month == month }
            // The form's totals, in its own words.
            let lines = (account?.lines ?? []).compactMap { line in
                line.amounts[.total].map {
                    "\([line.line, line.name].filter { !$0.isEmpty }.joined(separator: " ")): \(VietnameseText.grouped($0))"
                }
            }
            return EmployerPage.MonthLine(
                month: month.vietnamese,
                people: view.insured.first { $0.month == month }.map { VietnameseText.grouped($0.people) } ?? "",
                account: lines)
        }
    }
}
