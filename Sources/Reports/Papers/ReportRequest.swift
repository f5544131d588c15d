import Access
import Documents
import Kernel
import PlanText
import Province
import ReportBoards
import Work

/// The letter that asks for reports on the plan (its part IV), some weeks before they are put together.
extension PaperKind {
    static let reportRequest = PaperKind(
        "cong-van-de-nghi-bao-cao", about: .period, right: .draftPlanPapers, issuers: PaperIssuers.coordinator,
        asks: [
            PaperField(
                PaperField.Key.addressees, "Gửi",
                .choice([
                    .init(value: Audience.all.rawValue, title: "Mọi cơ quan, đơn vị chủ trì nhiệm vụ"),
                    .init(value: Audience.agencies.rawValue, title: "Các sở, ban, ngành, cơ quan cấp thành phố"),
                    .init(value: Audience.communes.rawValue, title: "UBND các xã, phường, đặc khu"),
                ]), value: Audience.all.rawValue, isRequired: true),
            PaperField(
                PaperField.Key.replyBy, "Trả lời trước ngày",
                hint: "Ngày/tháng/năm; để trống thì lấy ngày các cơ quan gửi phần viết cho bảng tổng hợp báo cáo của kỳ"
            ),
        ]
    ) { service, request, viewer in try await service.reportRequest(request, for: viewer) }

    /// Who is asked to report.
    enum Audience: String {
        case all = "tat-ca", agencies = "co-quan", communes = "xa"
    }
}

extension DocumentService {
    /// A request for reports, with what the system knows already of each one's tasks.
    func reportRequest(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let period = try request.period()
        let span = try request.span()
        let days = span.days
        let (figuresDay, answerDay) = try await requestDays(span, for: viewer)
        var data = DocumentData(fields: commonFields(year: period.year, of: request.unit))
        data.fields["period"] = span.words
        data.fields["lastDay"] = figuresDay.vietnamese
        // A report that is due before its period ends estimates the rest.
        data.fields["estimateTo"] = figuresDay < days.upperBound ? days.upperBound.vietnamese : ""
        data.fields["cutoff"] = clock.today.vietnamese
        let audience = PaperKind.Audience(rawValue: request.text(PaperField.Key.addressees)) ?? .all
        let items = try await work.items(WorkFilter(year: period.year), for: viewer, limit: 20_000).filter { item in
            // What falls due in the stretch, and what is left of before.
            let due = item.due ?? item.opensOn
            return due <= days.upperBound && (due >= days.lowerBound || item.state != .accepted)
        }
        let (agencies, communes) = (
            audience == .communes ? [] : items.filter { !Self.isCommune($0.lead) },
            audience == .agencies ? [] : items.filter { Self.isCommune($0.lead) }
        )
        var asked = askedAgencies(agencies, by: request.unit)
        let common = askedCommunes(communes, from: days.lowerBound)
        asked.addressees += common.addressees
        asked.tasks += common.tasks
        guard !asked.addressees.isEmpty else {
            throw Refusal(
                .invalid,
                "Đến \(days.upperBound.vietnamese) chưa cơ quan, đơn vị nào có nhiệm vụ đến hạn để đề nghị báo cáo.")
        }
        data.tables["tasks"] = .init(columns: ["unit", "code", "name", "product", "due", "state"], rows: asked.tasks)
        try ask(
            .init(columns: ["name", "matter"], rows: asked.addressees), &data, request, figuresTo: figuresDay,
            usual: answerDay)
        if audience == .communes { data.fields["addressee"] = "Ủy ban nhân dân các xã, phường, đặc khu" }
        return Draft(request, data, about: Subject(.plan), period: period, cutoff: clock.today)
    }

    private static func isCommune(_ unit: UnitCode) -> Bool { if case .commune = unit { true } else { false } }

    /// To which day figures count and until when answers are wanted: as the report's board has it, else as a board begins. The
    /// report of a year is due before the year is over (task VI.1), so its figures end before.
    private func requestDays(_ span: ReportSpan, for viewer: Viewer) async throws -> (figures: Day, answers: Day) {
        let kind: BoardKind =
            switch span {
            case .quarter: .quarter
            case .firstHalf: .halfYear
            case .year: .year
            }
        guard let report = BoardSpan(kind, span.workPeriod) else {
            return (span.days.upperBound, span.days.upperBound.adding(days: 5))
        }
        let usual = report.usualDays(in: definition)
        guard let board = try await boards.board(of: report, for: viewer) else { return (usual.cutoff, usual.textDue) }
        return (board.head.cutoff, board.parts.map(\.due).max() ?? usual.textDue)
    }

    private typealias Asked = (addressees: [[DocumentData.Value]], tasks: [[DocumentData.Value]])

    /// Agencies in the plan's order, each with its tasks in that order.
    private func askedAgencies(_ items: [WorkItem], by asking: UnitCode) -> Asked {
        let byLead = Dictionary(grouping: items, by: \.lead)
        var asked: Asked = ([], [])
        for unit in definition.bodies where unit != asking {
            guard let own = byLead[unit] else { continue }
            let name = VietnameseText.sentence(ownName(unit))
            let codes = definition.tasks.map(\.code).filter { code in own.contains { $0.task == code } }
            asked.addressees.append([.text(name), .text(codes.joined(separator: ", "))])
            for code in codes {
                // In the order of the days, whatever is done of it.
                let items = own.filter { $0.task == code }.sorted { ($0.due ?? $0.opensOn) < ($1.due ?? $1.opensOn) }
                asked.tasks += items.map { taskRow($0, of: name) }
            }
        }
        return asked
    }

    /// All communes with the tasks they have in common: their work counted together.
    private func askedCommunes(_ items: [WorkItem], from first: Day) -> Asked {
        guard !items.isEmpty else { return ([], []) }
        let tasks = definition.tasks.filter { task in items.contains { $0.task == task.code } }
        let codes = tasks.map(\.code).joined(separator: ", ")
        let rows = tasks.map { task -> [DocumentData.Value] in
            let own = items.filter { $0.task == task.code }
            let done = own.count { $0.status(on: clock.today) == .accepted }
            let old = own.count { ($0.due ?? $0.opensOn) < first }
            return [
                .text("Ủy ban nhân dân các xã, phường, đặc khu"), .text(task.code), .text(HeadWords.bare(task.text)),
                .text(task.productsPhrase), .text(task.deadlinePhrase),
                .text(
                    "đã hoàn thành \(done)/\(own.count) lượt đến hạn"
                        + (old == 0 ? "" : ", kể cả \(old) lượt của kỳ trước chưa xong")),
            ]
        }
        let addressees = definition.communes.communes.map { commune -> [DocumentData.Value] in
            [.text(ownName(.commune(commune.code))), .text(codes)]
        }
        return (addressees, rows)
    }

    private func taskRow(_ item: WorkItem, of unit: String) -> [DocumentData.Value] {
        let task = definition.task(item.task)
        return [
            .text(unit), .text(item.task), .text(HeadWords.bare(task?.text ?? "")), .text(task?.productsPhrase ?? ""),
            item.due.map { .day($0) } ?? .text("chưa ấn định"), .text(HeadWords.state(item.status(on: clock.today))),
        ]
    }
}
