import Access
import Documents
import Kernel
import Overview
import PlanText
import Province
import Targets
import Work

extension PaperKind {
    static let agencyPlan = PaperKind(
        "ke-hoach-co-quan", about: .task(quarters: false), issuers: PaperIssuers.agency,
        asks: [
            PaperField(
                "steps", "Nội dung, tiến độ", .lines,
                hint:
                    "Mỗi hoạt động một dòng: Thời gian; nội dung; hình thức hoặc kênh; đối tượng; chủ trì; phối hợp. Để trống thì điền sau trong Word."
            )
        ]
    ) { service, request, viewer in try await service.agencyPlan(request, for: viewer) }
}

extension DocumentService {
    /// An agency's plan for a year, for one of its tasks or for all (part IV of the plan asks each agency for one).
    func agencyPlan(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let year = try request.period().year
        var data = DocumentData(fields: try taskFields(request))
        let steps = try TypedRows.table(
            request, "steps", ["time", "content", "form", "audience", "lead", "with"], atLeast: 0, atMost: 100,
            line: "Thời gian; nội dung; hình thức; đối tượng; chủ trì; phối hợp")
        data.tables["steps"] = steps
        data.fields["title"] =
            request.task.flatMap { definition.task($0) }.flatMap { Self.title(of: $0, year: year) }
            ?? "Thực hiện nhiệm vụ phát triển đối tượng tham gia bảo hiểm xã hội năm \(year)"
        data.fields["hasSteps"] = steps.rows.isEmpty ? "" : "1"
        let target = definition.targets.first { $0.year == year }
        data.fields["targetTotal"] = Self.words(target?.total)
        data.fields["targetTotalWords"] = target?.totalOperator.words ?? ""
        data.fields["targetVoluntary"] = Self.words(target?.voluntary)
        data.fields["targetVoluntaryWords"] = target?.voluntaryOperator.words ?? ""
        let board = try await overview.dashboard(for: viewer)
        if let month = board.month, let total = board.total.progress.now, let voluntary = board.voluntary.progress.now {
            data.fields["nowTotal"] = Self.words(total)
            data.fields["nowVoluntary"] = Self.words(voluntary)
            data.fields["asOf"] = min(month.lastDay, clock.today).vietnamese
            let carried = try await carriedWords(month, for: viewer)
            data.put(
                "carried", carried,
                from: FigureOrigin(min(month.lastDay, clock.today), "số liệu người tham gia đã nhận"))
        }
        let items = try await ownWork(
            of: request.unit, task: request.task, year: year, until: Day.lastDay(ofYear: year), for: viewer)
        let coordinates = request.unit == .agency(definition.coordinatingAgency)
        data.fields["reportsTo"] =
            coordinates ? "Ủy ban nhân dân \(definition.province)" : ownName(.agency(definition.coordinatingAgency))
        data.fields["requirementNumber"] = target == nil ? "2" : "3"
        data.tables["tasks"] = .init(
            columns: ["code", "name", "product", "phrase", "due", "with"],
            rows: definition.tasks.compactMap { task -> [DocumentData.Value]? in
                let own = items.filter { $0.task == task.code }
                guard !own.isEmpty else { return nil }
                let days = own.compactMap(\.due).sorted().map(\.vietnamese)
                // What is due before the work as a whole, as the plan of a campaign is, has its own day.
                let early = task.slots.compactMap { slot in
                    slot.due(in: year).map { "\(VietnameseText.sentence(slot.text)): \($0.vietnamese)" }
                }
                let others = task.slots.filter { $0.due(in: year) == nil }.map(\.text).joined(separator: ", ")
                let rest =
                    early.isEmpty || days.isEmpty
                    ? days : ["\(VietnameseText.sentence(others)): \(days.joined(separator: ", "))"]
                return [
                    .text(task.code), .text(HeadWords.bare(task.text)), .text(task.productsPhrase),
                    .text(task.deadlinePhrase),
                    .text((early + rest).isEmpty ? "chưa ấn định" : (early + rest).joined(separator: "; ")),
                    .text(task.coordinatorsPhrase),
                ]
            })
        data.fields["hasTasks"] = items.isEmpty ? "" : "1"
        return Draft(request, data, about: taskSubject(request), period: .year(year), cutoff: clock.today)
    }

    /// What a plan for one task is about, in the task's own words: `Tuyên truyền về chính sách BHXH năm 2027`; nil where they are
    /// too long for a title.
    static func title(of task: PlanTask, year: Int) -> String? {
        var words = HeadWords.bare(String(task.text.prefix { $0 != ";" }))
        // Under “KẾ HOẠCH” the word is not said again.
        for start in ["Xây dựng kế hoạch ", "Xây dựng Kế hoạch "] where words.hasPrefix(start) {
            words.removeFirst(start.count)
        }
        words = words.replacing(" hằng năm", with: "")
        guard !words.isEmpty, words.count <= 120 else { return nil }
        return "\(VietnameseText.sentence(words)) năm \(year)"
    }
}
