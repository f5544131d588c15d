import Access
import Documents
import Exchange
import Kernel
import PlanText

extension PaperKind {
    /// What processing of personal data means for those whose data they are: half-written, since risks and measures are for people to
    /// judge. No form of an act was read; its parts are this program's proposal.
    static let impactAssessment = PaperKind(
        "danh-gia-tac-dong-du-lieu", about: .today, right: .readAgreements, issuers: PaperIssuers.agency,
        note:
            "Các mục theo đề xuất của hệ thống, không phải mẫu do pháp luật quy định; phần rủi ro, biện pháp do đơn vị viết."
    ) { service, request, viewer in try await service.impactAssessment(request, for: viewer) }
}

extension DocumentService {
    func impactAssessment(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let today = clock.today
        // Each answers for what it gives and gets; the agency that coordinates, for all that goes through the system.
        let unit = request.unit
        let entries =
            try await exchange?.processing(for: viewer).filter {
                unit == .agency(definition.coordinatingAgency) || $0.concerns(unit)
            } ?? []
        var data = DocumentData(fields: commonFields(year: today.year, of: request.unit))
        data.fields["cutoff"] = today.vietnamese
        data.fields["entryCount"] = Self.words(entries.count)
        data.fields["hasEntries"] = entries.isEmpty ? "" : "1"
        data.tables["entries"] = .init(
            columns: ["ground", "sides", "purpose", "fields", "kept"],
            rows: entries.map { entry in
                [
                    .text(entry.ground), .text("\(ownName(entry.from)) giao \(ownName(entry.to))"),
                    .text("\(entry.purpose). Căn cứ: \(entry.legalBasis)"),
                    .text(exchange?.titles(of: entry.personal, in: entry.format).joined(separator: "; ") ?? ""),
                    .text(entry.kept),
                ]
            })
        return Draft(request, data, about: Subject(.city), cutoff: today)
    }
}
