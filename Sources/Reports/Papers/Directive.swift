import Access
import Database
import Documents
import Kernel
import PlanText
import Province
import Work

/// Papers that ask others for an answer by a day: to the units under an agency (tasks I.6, I.7), and to those who have to report
/// on the plan (its part IV).
extension PaperKind {
    static let directive = PaperKind(
        "van-ban-chi-dao", about: .task(quarters: true), issuers: PaperIssuers.agency,
        asks: [
            PaperField(
                PaperField.Key.addressees, "Đơn vị nhận", .lines,
                hint: "Mỗi đơn vị một dòng: Tên đơn vị; yêu cầu riêng của đơn vị đó (nếu có)", isRequired: true),
            replyBy,
        ],
        begins: { service, unit, viewer in
            [PaperField.Key.addressees: try await service.usualAddressees(of: unit, for: viewer)]
        }
    ) { service, request, viewer in try await service.directive(request, for: viewer) }

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
            replyBy,
        ],
        begins: { service, _, _ in
            [PaperField.Key.replyBy: Quarter(of: service.clock.today).lastDay.adding(days: 10).vietnamese]
        }
    ) { service, request, viewer in try await service.reportRequest(request, for: viewer) }

    private static let replyBy = PaperField(
        PaperField.Key.replyBy, "Trả lời trước ngày", hint: "Ngày/tháng/năm", isRequired: true)

    /// Who is asked to report.
    enum Audience: String {
        case all = "tat-ca", agencies = "co-quan", communes = "xa"
    }
}

extension DocumentService {
    /// To whom an agency wrote last, else its units as far as their list is known: a line each.
    func usualAddressees(of unit: UnitCode, for viewer: Viewer) async throws -> String {
        let last = try await store.read { connection in
            try connection.row(
                "SELECT * FROM official_document WHERE template = ? AND unit = ? ORDER BY id DESC LIMIT 1",
                PaperKind.directive.id, unit.text
            ).map { try StoredDocument($0, for: viewer, guards: self.kinds) }
        }
        if let names = last?.data.tables["addressees"]?.values(of: "name") {
            return names.map(\.words).joined(separator: "\n")
        }
        guard case .agency(let code) = unit else { return "" }
        return definition.units.units(of: code).prefix(500).map(\.name).joined(separator: "\n")
    }

    /// A paper to the units under an agency.
    func directive(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        var data = DocumentData(fields: try taskFields(request))
        let addressees = try TypedRows.table(
            request, PaperField.Key.addressees, ["name", "matter"], line: "Tên đơn vị; yêu cầu riêng")
        try ask(addressees, &data, request)
        data.tables["form"] = .init(
            columns: ["number", "name", "value", "reason"],
            rows: Self.replyRows.enumerated().map { [.number($0 + 1), .text($1), .empty, .empty] })
        return Draft(request, data, about: taskSubject(request), period: try request.period(), cutoff: clock.today)
    }

    /// What the form of the answer asks; ours.
    private static let replyRows = [
        "Tổng số người đang làm việc", "Số người thuộc diện tham gia BHXH bắt buộc",
        "Số người đang tham gia BHXH bắt buộc",
        "Số người thuộc diện nhưng chưa tham gia", "Số tiền BHXH chậm đóng (đồng)",
    ]

    /// A request for reports, with what the system knows already of each one's tasks.
    func reportRequest(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let period = try request.period()
        let days = try request.span().days
        let last = days.upperBound
        let today = clock.today
        var data = DocumentData(fields: commonFields(year: period.year, of: request.unit))
        data.fields["period"] = try request.span().words
        data.fields["lastDay"] = last.vietnamese
        data.fields["cutoff"] = today.vietnamese
        let audience = PaperKind.Audience(rawValue: request.text(PaperField.Key.addressees)) ?? .all
        let items = try await work.items(WorkFilter(year: period.year), for: viewer, limit: 20_000).filter { item in
            // What falls due in the stretch, and what is left of before.
            (item.due ?? item.opensOn) <= last
                && ((item.due ?? item.opensOn) >= days.lowerBound || item.state != .accepted)
        }
        let communes = items.filter { if case .commune = $0.lead { true } else { false } }
        let agencies = items.filter { if case .commune = $0.lead { false } else { true } }
        var addressees: [[DocumentData.Value]] = []
        var rows: [[DocumentData.Value]] = []
        if audience != .communes {
            let byLead = Dictionary(grouping: agencies, by: \.lead)
            for unit in definition.bodies where byLead[unit] != nil && unit != request.unit {
                let own = byLead[unit] ?? []
                var seen: Set<String> = []
                let codes = own.map(\.task).filter { seen.insert($0).inserted }
                addressees.append([.text(ownName(unit)), .text(codes.joined(separator: ", "))])
                rows += own.map { taskRow($0, of: ownName(unit)) }
            }
        }
        if audience != .agencies, !definition.communes.communes.isEmpty {
            let tasks = definition.tasks.filter { task in communes.contains { $0.task == task.code } }
            let codes = tasks.map(\.code).joined(separator: ", ")
            addressees += definition.communes.communes.map { [.text(ownName(.commune($0.code))), .text(codes)] }
            rows += tasks.map { task in
                let own = communes.filter { $0.task == task.code }
                let done = own.count { $0.status(on: today) == .accepted }
                return [
                    .text("UBND các xã, phường, đặc khu"), .text(task.code), .text(HeadWords.bare(task.text)),
                    .text(task.productsPhrase), .text(task.deadlinePhrase),
                    .text("đã hoàn thành \(done)/\(own.count) việc"),
                ]
            }
        }
        guard !addressees.isEmpty else {
            throw Refusal(
                .invalid, "Đến \(last.vietnamese) chưa cơ quan, đơn vị nào có nhiệm vụ đến hạn để đề nghị báo cáo.")
        }
        data.tables["tasks"] = .init(columns: ["unit", "code", "name", "product", "due", "state"], rows: rows)
        try ask(.init(columns: ["name", "matter"], rows: addressees), &data, request, figuresTo: last)
        return Draft(request, data, about: Subject(.plan), period: period, cutoff: clock.today)
    }

    private func taskRow(_ item: WorkItem, of unit: String) -> [DocumentData.Value] {
        let task = definition.task(item.task)
        return [
            .text(unit), .text(item.task), .text(HeadWords.bare(task?.text ?? "")), .text(task?.productsPhrase ?? ""),
            item.due.map { .day($0) } ?? .text("chưa ấn định"), .text(item.status(on: clock.today).title),
        ]
    }

    /// Writes into a paper who is asked, and until when.
    /// - Parameter last: the day to which the answers count, which comes before they are sent; nil where they count to none.
    func ask(
        _ addressees: DocumentData.Table, _ data: inout DocumentData, _ request: PaperRequest,
        figuresTo last: Day? = nil
    ) throws(Refusal) {
        guard let day = Day(typed: request.text(PaperField.Key.replyBy)), day >= clock.today else {
            throw Refusal(fields: [
                .init(
                    PaperField.Key.replyBy,
                    "Hãy ghi ngày/tháng/năm, từ hôm nay trở đi, ví dụ \(clock.today.adding(days: 14).vietnamese).")
            ])
        }
        if let last, day <= last {
            throw Refusal(fields: [
                .init(
                    PaperField.Key.replyBy,
                    "Báo cáo có số liệu đến ngày \(last.vietnamese), chưa thể gửi trước ngày \(day.vietnamese): hãy ghi ngày sau \(last.vietnamese), ví dụ \(last.adding(days: 10).vietnamese), hoặc chọn kỳ khác."
                )
            ])
        }
        AskedReplies.write(addressees, until: day, into: &data)
    }
}
