import Access
import Database
import Documents
import Kernel
import PlanText
import Work

extension PaperKind {
    static let obstacleReport = PaperKind(
        "bao-cao-vuong-mac", about: .today, right: .manageObstacles, issuers: PaperIssuers.coordinator
    ) { service, request, viewer in try await service.obstacleReport(request, for: viewer) }
}

extension DocumentService {
    /// The report on difficulties and answers (task V.2).
    func obstacleReport(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        try viewer.require(.manageObstacles)
        let today = clock.today
        let obstacles = try await store.read { try Obstacles.reported(for: viewer, on: $0) }
        let rows = obstacles.enumerated().map { index, obstacle -> [DocumentData.Value] in
            [
                .number(index + 1), .text(obstacle.title), .text(obstacle.task ?? ""),
                .text(obstacle.unit.map { definition.name(of: $0) } ?? ""), .day(obstacle.at.day),
                .text(obstacle.answer == nil ? "đang xử lý" : "đã trả lời"), .text(obstacle.answer ?? ""),
            ]
        }
        var data = DocumentData(fields: commonFields(year: today.year, of: request.unit))
        data.fields["answeredCount"] = "\(rows.count { $0[5] == .text("đã trả lời") })"
        data.fields["openCount"] = "\(rows.count { $0[5] != .text("đã trả lời") })"
        data.fields["cutoff"] = today.vietnamese
        data.tables["obstacles"] = .init(
            columns: ["number", "title", "task", "unit", "since", "state", "answer"], rows: rows)
        return Draft(request, data, about: Subject(.obstacles), cutoff: today)
    }
}
