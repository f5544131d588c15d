import Access
import Documents
import Kernel
import PlanText
import Province
import Work

/// The reminder to those who are late (I.5 and the follow-up of the whole plan).
extension PaperKind {
    static let lateWorkLetter = PaperKind(
        "cong-van-don-doc", about: .today, right: .draftPlanPapers, issuers: PaperIssuers.coordinator,
        lacks: { service, _, viewer in
            try await service.work.items(WorkFilter(status: .late), for: viewer, limit: 1).isEmpty
                ? "Không có việc nào quá hạn: không cần đôn đốc." : nil
        }
    ) { service, request, viewer in try await service.reminderLetter(request, for: viewer) }
}

extension DocumentService {
    func reminderLetter(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let today = clock.today
        // All of them: the letter counts them.
        let all = try await work.items(WorkFilter(status: .late), for: viewer, limit: 100_000)
        let order = Dictionary(
            (definition.bodies + definition.communes.codes.map { .commune($0) }).enumerated().map { ($1, $0) },
            uniquingKeysWith: { first, _ in first })
        // By unit, so that each finds its own together; within one, the longest overdue first.
        let late = all.enumerated().sorted {
            (order[$0.element.lead] ?? .max, $0.offset) < (order[$1.element.lead] ?? .max, $1.offset)
        }.map(\.element)
        let origin = FigureOrigin(today, "theo dõi nhiệm vụ của Kế hoạch")
        let units = Set(late.map(\.lead))
        var data = DocumentData(fields: commonFields(year: today.year, of: request.unit))
        data.put("lateCount", VietnameseText.grouped(late.count), from: origin)
        data.put("unitCount", "\(units.count)", from: origin)
        data.fields["cutoff"] = today.vietnamese
        // Whom it goes to, unless somebody types it.
        data.fields["addressee"] =
            units.count == 1
            ? units.first.map { definition.name(of: $0) } ?? "" : "Các cơ quan, đơn vị có tên trong danh mục kèm theo"
        data.tables["late"] = .init(
            columns: ["unit", "code", "name", "period", "due", "daysLate"],
            rows: late.map { item in
                [
                    .text(definition.name(of: item.lead)), .text(item.task),
                    .text(HeadWords.bare(definition.task(item.task)?.text ?? "")), .text(item.periodTitle),
                    item.due.map { .day($0) } ?? .empty, item.due.map { .number($0.days(to: today)) } ?? .empty,
                ]
            })
        data.state(origin, of: "late")
        return Draft(request, data, about: Subject(.lateWork), cutoff: today)
    }
}
