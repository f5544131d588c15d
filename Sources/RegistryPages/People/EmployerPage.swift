import Access
import Components
import Formats
import Hummingbird
import Kernel
import Registry
import WebDesk

struct EmployerPage: Page {
    static let template: PageTemplate = "register-employer"

    let back: Frame.Link
    let name: String
    let about: String
    let numbers: [Fact]
    let closed: String?
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
            view.fields[field].map { line(label, $0.value, $0) }
        }
        if let commune = view.fields[.commune] {
            fields.insert(
                line("Xã, phường", CommuneCode(commune.value).map(communeName) ?? commune.value, commune), at: 0)
        }
        let name = view.summary.name.isEmpty ? "Chưa có tên" : view.summary.name
        let model = EmployerPage(
            back: Frame.Link("Sổ đăng ký", Addresses.register().with(.registerKind, "don-vi")), name: name,
            about: view.summary.commune.map(communeName) ?? "",
            numbers: view.numbers.map { Fact(label: $0.kind.words, value: $0.text) },
            closed: register.keys == nil ? Self.closed : nil,
            names: view.names.map { line("Tên", $0.value, $0) }, hasNames: view.names.count > 1, fields: fields,
            hasFields: !fields.isEmpty, records: view.records.map(line),
            recordsTold: Self.told(view.records.count, elsewhere: view.elsewhere),
            changes: view.changes.map { words($0, of: entity) }, hasChanges: !view.changes.isEmpty,
            looks: looks.map(LookLine.init))
        return try page(name, model, for: request)
    }
}
