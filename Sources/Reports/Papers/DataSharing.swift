import Access
import Documents
import Kernel
import PlanText
import Province

extension PaperKind {
    /// Its parts are this program's proposal, after what bodies that share data are asked to agree on (purpose, fields, scope,
    /// period, method, errors, security, retention, contacts); no act prescribes a form since Decree 47/2020 was abolished by
    /// Decree 278/2025, article 23.2.
    static let dataSharing = PaperKind(
        "van-ban-phoi-hop-chia-se-du-lieu", about: .task(quarters: false), issuers: PaperIssuers.agency,
        asks: [
            PaperField(
                "dataFields", "Các trường dữ liệu", .lines,
                hint:
                    "Mỗi trường một dòng: Tên trường; kiểu (chữ, số, ngày); nguồn; cá nhân, nhạy cảm hoặc để trống. Chỉ ghi trường thật sự cần.",
                isRequired: true)
        ],
        begins: { service, unit, _ in
            [PaperField.Key.text("addressee"): service.sharesWith(unit).map(service.ownName) ?? ""]
        },
        note:
            "Các mục của văn bản theo đề xuất của hệ thống, không phải mẫu do pháp luật quy định; hãy rà căn cứ, điều khoản trước khi ký."
    ) { service, request, _ in try await service.dataSharing(request) }
}

extension DocumentService {
    /// Who usually gets what a unit shares: the insuring agency; of that agency itself the coordinating one.
    func sharesWith(_ unit: UnitCode) -> UnitCode? {
        insuranceAgency == unit ? .agency(definition.coordinatingAgency) : insuranceAgency
    }

    /// A letter by which a body shares data, or asks for them (tasks II.6 to II.9).
    func dataSharing(_ request: PaperRequest) async throws -> Draft {
        var data = DocumentData(fields: try taskFields(request))
        data.tables["fields"] = try TypedRows.table(
            request, "dataFields", ["name", "type", "source", "personal"], atMost: 100,
            line: "Tên trường; kiểu; nguồn; cá nhân hoặc nhạy cảm")
        let isPersonal = data.tables["fields"]?.values(of: "personal")?.contains { !$0.words.isEmpty } ?? false
        data.fields["hasPersonal"] = isPersonal ? "1" : ""
        let receiver = sharesWith(request.unit).map(ownName) ?? ""
        // A name that many units share is no owner's.
        let own = isGathering(request.unit) ? "" : ownName(request.unit)
        for (key, value) in ["addressee": receiver, "dataOwner": own, "provider": own, "receiver": receiver] {
            data.fields[key] = value
        }
        return Draft(
            request, data, about: taskSubject(request), period: try request.period(), cutoff: clock.today)
    }
}
