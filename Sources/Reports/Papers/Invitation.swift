import Access
import Documents
import Kernel
import PlanText
import Province

extension PaperKind {
    static let invitation = PaperKind(
        "giay-moi", about: .today, issuers: PaperIssuers.anyUnit,
        asks: [
            PaperField(
                PaperField.Key.guests, "Người được mời", .lines, hint: "Mỗi người một dòng: Họ tên; chức vụ; đơn vị",
                isRequired: true)
        ]
    ) { service, request, viewer in try await service.invitation(request, for: viewer) }
}

extension DocumentService {
    /// An invitation with the list of those invited: a line each, “Họ tên; chức vụ; đơn vị”.
    func invitation(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        var data = DocumentData(fields: commonFields(year: clock.today.year, of: request.unit))
        // Copies of the template that were adapted before ask for these names.
        if case .commune(let commune) = request.unit {
            data.fields["communeName"] = definition.communes[commune]?.fullName
        }
        data.fields["head"] = data.fields["headTitle"]
        let guests = try TypedRows.table(
            request, PaperField.Key.guests, ["name", "position", "unit"], line: "Họ tên; chức vụ; đơn vị")
        data.tables["guests"] = guests
        data.fields["guestCount"] = "\(guests.rows.count)"
        // One alone is named in the text and needs no list.
        let only = guests.rows.count == 1 ? guests.rows.first?.map(\.words).filter { !$0.isEmpty } : nil
        data.fields["guest"] = only.map { "đồng chí \($0.joined(separator: ", "))" }
        data.fields["invited"] = only == nil ? "các đồng chí" : "đồng chí"
        return Draft(request, data, about: Subject(.invitation), cutoff: clock.today)
    }
}
