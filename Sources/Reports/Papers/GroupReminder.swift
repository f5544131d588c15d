import PlanText
import Access
import Documents
import Kernel
import Overview
import Province
import Targets

/// A commune's reminder to its groups that are behind (task I.5: “đôn đốc”).
extension PaperKind {
    static let groupReminder = PaperKind(
        "cong-van-don-doc-dia-ban", about: .today, issuers: PaperIssuers.commune,
        lacks: { service, _, viewer in
            for commune in viewer.communes {
                let groups = try await service.services.groups.groups(of: commune, for: viewer)
                let today = service.clock.today
                if GroupStanding.all(groups, year: today.year, until: today).contains(where: { $0.missing > 0 }) {
                    return nil
                }
            }
            return
                "Không có địa bàn nào chậm so với chỉ tiêu năm nay: hãy nạp chỉ tiêu, số đang tham gia và ngày chốt của từng địa bàn trước."
        }
    ) { service, request, viewer in try await service.groupReminder(request, for: viewer) }
}

extension DocumentService {
    func groupReminder(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let code = try request.commune()
        let today = clock.today
        var data = DocumentData(fields: try communeFields(code, year: today.year))
        let groups = try await services.groups.groups(of: code, for: viewer)
        let commune = definition.communes[code]
        let word = commune?.groupWord(groups) ?? ""
        let standings = GroupStanding.all(groups, year: today.year, until: today)
        data.fields["groupWord"] = word
        data.fields["headWord"] = VietnameseText.sentence(commune?.kind.groupHead(of: word) ?? "")
        data.fields["cutoff"] = today.vietnamese
        // Open where the targets were given by a paper that is not known here.
        let decision = try await allocations.decision(.commune(code), year: today.year, for: viewer)
        data.fields["decision"] =
            decision?.signing.map {
                "Quyết định số \($0.number) \(OfficialDocument.dayWords($0.day)) của \(data.fields["unitName"] ?? "")"
            } ?? ""
        GroupStanding.fill(&data, standings)
        return Draft(
            request, data, about: Subject(.commune, code), cutoff: standings.map(\.day).max() ?? today)
    }
}
