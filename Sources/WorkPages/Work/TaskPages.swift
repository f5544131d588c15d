import Access
import Components
import Hummingbird
import Kernel
import Overview
import PlanText
import Targets
import Work
import WebDesk

struct TasksPage: Page {
    static let template: PageTemplate = "tasks"

    let years: [Frame.Link]
    let table: TableModel
    let summary: String
}

struct TaskPage: Page {
    static let template: PageTemplate = "task"

    let back: Frame.Link
    let code: String
    let text: String
    let origin: String?
    let guide: String?
    let facts: [Fact]
    let override: String?
    /// Each change of the rule: who, from when to when, why.
    let changes: [String]
    let hasChanges: Bool
    let counts: CountFigures
    let table: TableModel
    let actions: [FormPanel]
}

extension WorkPages {
    var taskRoutes: [Route] {
        [
            .page(Addresses.tasks, .right(.viewWork)) { request in try await tasksPage(request) },
            tasksWorkbook.route(Addresses.tasks.workbook, on: desk),
            .page(Addresses.task, .right(.viewWork)) { request in try await taskPage(request) },
            .form(Addresses.openUnplanned, .right(.handIn, .completePlan)) { request in
                let code = request.parameter("task")
                guard let lead = UnitCode(request.form[WorkField.lead]) else {
                    throw Refusal(fields: [.init(WorkField.lead, "Hãy chọn đơn vị chủ trì.")])
                }
                try await work.openUnplanned(
                    task: code, lead: lead, due: request.form[WorkField.day], reason: request.form[WorkField.reason],
                    by: request.submission)
                return Addresses.task(code).telling(.workOpened)
            } again: { request, failure in
                try await taskPage(request, failure: failure)
            },
        ]
    }

    private func tasksPage(_ request: MemberRequest) async throws -> Response {
        let year = year(request)
        let lines = try await taskLines(year: year, for: request.viewer)
        let annex = definition.tasks.filter { $0.origin == .annex }.count
        let model = TasksPage(
            years: yearLinks(Addresses.tasks(), current: year),
            table: try list(
                Self.taskList, of: lines, try await query(Self.taskList.outline, of: request),
                at: TablePlace(Addresses.tasks(), [(.year, "\(year)")]), workbook: Addresses.tasks.workbook()),
            summary: "\(annex) nhiệm vụ của Phụ lục"
                + (definition.tasks.count > annex ? " và \(definition.tasks.count - annex) nhiệm vụ bổ sung" : "")
                + ". Số việc tính trong phạm vi bạn được xem, năm \(year).")
        return try page("Nhiệm vụ", model, for: request)
    }

    func taskPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        guard let task = definition.task(request.parameter("task")) else {
            throw Refusal(.notFound, "Kế hoạch không có nhiệm vụ này.")
        }
        let year = year(request)
        let filter = WorkFilter(year: year, task: task.code)
        let counts = try await work.counts(filter, for: request.viewer)
        let query = try await query(Self.taskWorkTable.outline, of: request)
        let (_, found) = try await workPage(filter, query, for: request.viewer)
        let override = try await amendments.amendments().rules[task.code]
        let guide = try await work.guide(of: task, year: year)
        let changes = try await amendments.ruleChanges(of: task.code)
        let model = TaskPage(
            back: Frame.Link("Nhiệm vụ", Addresses.tasks()), code: task.code, text: task.text,
            origin: { if case .added(let note) = task.origin { note } else { nil } }(),
            guide: guide.isEmpty ? nil : guide,
            facts: [
                .init(label: "Chủ trì", value: task.leadsPhrase, address: nil),
                .init(label: "Phối hợp", value: task.coordinatorsPhrase, address: nil),
                .init(label: "Sản phẩm, kết quả", value: task.productsPhrase, address: nil),
                .init(label: "Thời gian thực hiện", value: task.deadlinePhrase, address: nil),
                .init(label: "Cách tính hạn", value: (override?.rule ?? task.defaultRule).explanation, address: nil),
            ] + (task.courseWords.map { [Fact(label: "Vì sao mốc này", value: $0, address: nil)] } ?? []),
            override: override.map { Self.words(of: $0, for: task) },
            changes: changes.map { Self.words(of: $0, for: task) }, hasChanges: !changes.isEmpty,
            counts: CountFigures("Năm \(year)", counts) { status in
                Addresses.workList().with(.year, year).with(.task, task.code).with(.status, status?.slug)
            },
            table: try list(
                Self.taskWorkTable, found, query, at: TablePlace(Addresses.task(task.code), [(.year, "\(year)")]),
                workbook: Addresses.taskWorkbook().with(.task, task.code)),
            actions: taskActions(task, request, failure))
        return try page("Nhiệm vụ \(task.code)", model, for: request)
    }

    /// `Từ 28/11/2026 áp dụng “Tháng 11 hằng năm” thay cho “Hằng năm” của Kế hoạch, …`
    static func words(of rule: PlanAmendments.RuleOverride, for task: PlanTask) -> String {
        "Đang áp dụng “\(rule.phrase)” thay cho “\(task.deadlinePhrase)” của Kế hoạch, không đặt hạn nào trước \(rule.since.vietnamese); \(rule.by) đổi ngày \(rule.at.day.vietnamese). Lý do: \(stopped(rule.reason))"
    }

    private static func words(of change: RuleChange, for task: PlanTask) -> String {
        let time =
            "Từ \(change.at.day.vietnamese) "
            + (change.until.map { "đến \($0.day.vietnamese)" } ?? "đến nay")
        let rule =
            change.phrase.map { "“\($0)”, không đặt hạn nào trước \(change.since.vietnamese)" }
            ?? "về lại “\(task.course?.phrase ?? task.deadlinePhrase)”"
        return "\(time): \(rule). \(change.by) đổi, lý do: \(stopped(change.reason))"
    }

    private static func stopped(_ text: String) -> String { text.hasSuffix(".") ? text : text + "." }

    private func taskActions(
        _ task: PlanTask, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> [FormPanel] {
        var actions: [FormPanel] = []
        let open = request.viewer.unplannedLeads(of: task, in: definition)
        if !open.isEmpty {
            let choices = open.map { Field.Option($0.text, definition.name(of: $0)) }
            actions.append(
                .init(
                    title: "Mở việc đột xuất",
                    form: form(
                        "dot-xuat", Addresses.openUnplanned(task.code), "Mở việc",
                        fields: [
                            Field(WorkField.lead, "Đơn vị chủ trì", kind: .select(choices)),
                            Field(WorkField.day, "Thời hạn", hint: "Ngày/tháng/năm"),
                            Field(WorkField.reason, "Nội dung, căn cứ", kind: .area),
                        ], for: request, failure: failure), open: failure?.form == "dot-xuat"))
        }
        if request.viewer.may(.completePlan, for: definition) {
            actions.append(
                .init(
                    title: "Sửa quy tắc thời hạn cho mọi đơn vị", form: rulePreviewForm(task, request, failure),
                    open: failure?.form == Self.ruleForm))
        }
        return actions
    }
}
