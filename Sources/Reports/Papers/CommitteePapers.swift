import Access
import Documents
import Kernel
import Targets

extension PaperKind {
    static let committeeDecision = PaperKind(
        "quyet-dinh-kien-toan-ban-chi-dao", about: .committee, issuers: PaperIssuers.commune, guards: phones,
        lacks: noMembers
    ) { service, request, viewer in try await service.committeeDraft(request, for: viewer) }

    static let committeeRules = PaperKind(
        "quy-che-ban-chi-dao", about: .committee, issuers: PaperIssuers.commune, guards: phones, lacks: noMembers
    ) { service, request, viewer in try await service.committeeDraft(request, for: viewer) }

    private static let phones = [PaperGuard(table: "members", column: "phone", by: Guard.committeePhones)]

    @Sendable private static func noMembers(
        _ service: DocumentService, _ scenario: AllocationScenario?, _ viewer: Viewer
    ) async throws -> String? {
        guard let commune = viewer.communes.first else { return nil }
        let isSeated = try await service.steeringMembers(of: commune, for: viewer).contains { $0.until == nil }
        return isSeated ? nil : "Chưa có thành viên nào. Hãy nhập danh sách Ban Chỉ đạo trước."
    }
}

extension DocumentService {
    /// The decision on the committee, or its rules (task I.1).
    func committeeDraft(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let commune = try request.commune()
        let members = try await steeringMembers(of: commune, for: viewer)
        let present = members.filter { $0.until == nil }
        let left = members.filter { $0.until != nil }
        var data = DocumentData(fields: try communeFields(commune, year: clock.today.year))
        data.fields["memberCount"] = "\(present.count)"
        data.fields["head"] = present.first { VietnameseText.fold($0.seat) == "truong ban" }?.name ?? ""
        data.fields["leftCount"] = left.isEmpty ? "" : "\(left.count)"
        data.tables["members"] = .init(
            columns: ["seat", "name", "position", "phone", "since"],
            rows: present.map {
                [
                    .text($0.seat), .text($0.name), .text($0.position),
                    .text($0.phone.shown(to: viewer) ?? GuardedWords.masked),
                    $0.since.map { .day($0) } ?? .empty,
                ]
            })
        data.tables["left"] = .init(
            columns: ["seat", "name", "position", "until"],
            rows: left.map {
                [.text($0.seat), .text($0.name), .text($0.position), $0.until.map { .day($0) } ?? .empty]
            })
        return Draft(
            request, data, about: Subject(.steering, commune), cutoff: clock.today)
    }
}
