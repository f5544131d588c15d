import Access
import Components
import Files
import Kernel
import Overview
import PlanText
import Targets
import Work
import WebDesk

/// Puts a piece of work together for its page: what it is, what was handed in, what this person may do with it now.
struct WorkPageBuilder {
    let area: WorkPages
    let request: MemberRequest
    let detail: WorkDetail
    let task: PlanTask
    /// By work and slot: `II.5/2026-Q3/10507#0`.
    let offers: [String: [Frame.Link]]
    let held: [String: HeldFigure]
    /// Proposals to erase files of the products.
    let erasing: [RecordID: PairedDeed]
    /// That stands in the place of the task's own.
    let rule: PlanAmendments.RuleOverride?
    let failure: FormModel.Failure?
    /// The viewer's own decision, while it can be taken back.
    var recent: RecentReview?

    var item: WorkItem { detail.item }
    var viewer: Viewer { request.viewer }
    var plan: PlanDefinition { area.definition }
    var today: Day { area.today }

    func mayPrepare(_ work: WorkItem) -> Bool { work.actions(for: viewer, in: plan).contains(.prepare) }

    func model() -> WorkPage {
        let status = item.status(on: today)
        let twinTask = detail.twin.flatMap { plan.task($0.task) }
        return WorkPage(
            back: Frame.Link("Danh sách việc", Addresses.workList()), task: task.code, text: task.text,
            status: Badge(status.title, look: status.rawValue),
            late: status == .late && item.state == .returned
                ? "Đã bị trả lại và quá hạn" : (item.wasLate ? "Nộp sau hạn" : nil),
            guide: detail.guide.isEmpty ? nil : detail.guide, origin: origin, facts: facts,
            twin: detail.twin.map { Frame.Link("\($0.task) – \($0.periodTitle)", Addresses.work($0.id)) },
            twinNote: twinTask.map { other in
                "Việc này làm chung với \(other.code): nhập một lần, nộp sản phẩm cho cả hai. \(other.code): \(twinState)."
            },
            reviewLabel: item.state == .returned ? "Lý do trả lại" : "Ý kiến của cơ quan duyệt",
            reviewNote: item.note.isEmpty ? nil : item.note, slots: slots(), formerFiles: formerFiles(),
            hasFormerFiles: mayErase(item) && !detail.formerProducts.isEmpty, steps: steps(),
            hasSteps: !detail.steps.isEmpty,
            actions: actions(), events: events(), hasEvents: !detail.events.isEmpty,
            history: Pager(page: detail.historyPage, pages: detail.historyPages) {
                Addresses.work(item.id).with(.history, $0).text
            })
    }

    /// Where the twin stands: `Đang làm, hạn 31/01/2027, có 1/2 sản phẩm`.
    private var twinState: String {
        guard let twin = detail.twin else { return "" }
        let slots = plan.task(twin.task)?.slots.count ?? 0
        let filled = Set(detail.products.filter { $0.instance == twin.id }.map(\.slot)).count
        return
            "\(twin.status(on: today).title), hạn \(twin.due?.vietnamese ?? "chưa ấn định"), có \(filled)/\(slots) sản phẩm"
    }

    private var origin: String? {
        if case .added(let note) = task.origin { note } else { nil }
    }

    private var facts: [Fact] {
        var due = item.due?.vietnamese ?? "chưa ấn định"
        switch item.dueOrigin {
        case .plan: break
        case .lead: due += " (đơn vị chủ trì ấn định)"
        case .override: due += " (đã sửa; theo kế hoạch: \(item.scheduledDue?.vietnamese ?? "chưa ấn định"))"
        case .extension_: due += " (được gia hạn; hạn cũ: \(item.scheduledDue?.vietnamese ?? "chưa ấn định"))"
        }
        if let note = item.due.flatMap({ area.work.workingDays.note(onDue: $0) }) { due += "; \(note)" }
        var facts: [Fact] = [
            .init(label: "Chủ trì", value: plan.name(of: item.lead), address: Addresses.unit(item.lead)),
            .init(label: "Phối hợp", value: task.coordinatorsPhrase, address: nil),
            .init(label: "Sản phẩm theo kế hoạch", value: task.productsPhrase, address: nil),
            .init(label: "Thời gian theo kế hoạch", value: task.deadlinePhrase, address: Addresses.task(task.code)),
            .init(label: "Kỳ", value: item.periodTitle, address: nil),
            .init(label: "Thời hạn", value: due, address: nil),
        ]
        if let rule {
            facts.append(
                .init(
                    label: "Vì sao mốc này", value: "Quy tắc “\(rule.phrase)”: \(rule.reason)",
                    address: Addresses.task(task.code)))
        } else if let words = task.courseWords, task.isOnCourse(item.scheduledDue, in: item.year) {
            facts.append(.init(label: "Vì sao mốc này", value: words, address: nil))
        }
        if let note = area.unitsNote(item.lead, for: viewer) {
            facts.append(
                .init(
                    label: "Giao chung", value: [note.text, note.remedy].compactMap(\.self).joined(separator: " "),
                    address: note.link?.address))
        }
        let checkpoints = item.period.checkpoints
        if !checkpoints.isEmpty {
            facts.append(
                .init(label: "Mốc kiểm tra", value: checkpoints.map(\.vietnamese).joined(separator: ", "), address: nil)
            )
        }
        if let superior = item.superior {
            facts.append(.init(label: "Cơ quan duyệt", value: plan.name(of: .agency(superior)), address: nil))
        }
        if let day = item.extensionDay {
            facts.append(
                .init(
                    label: "Đang xin gia hạn", value: "đến \(day.vietnamese): \(item.extensionReason ?? "")",
                    address: nil))
        }
        return facts
    }

    // MARK: Steps and history

    private func steps() -> [WorkPage.Step] {
        detail.steps.map { step in
            WorkPage.Step(
                text: step.text, planned: step.plannedFor.map { "dự kiến \($0.vietnamese)" },
                done: step.doneAt.map { "xong \($0.day.vietnamese), \(step.doneBy ?? "")" },
                complete: step.doneAt == nil && mayPrepare(item)
                    ? area.form(
                        "xong-\(step.id)", Addresses.completeStep(item.id), "Đánh dấu xong", look: "secondary",
                        hidden: [.init(WorkField.stepID, step.id.text), .init(WorkField.instance, step.instance)],
                        for: request) : nil)
        }
    }

    private func events() -> [WorkPage.Event] {
        detail.events.map { event in
            let day = event.day.map { "(\($0.vietnamese)) " } ?? ""
            return WorkPage.Event(
                at: event.at.vietnamese, actor: event.actor, kind: event.kind.title,
                note: (day + event.note).isEmpty ? nil : day + event.note)
        }
    }

    // MARK: What this person may do now

    private func actions() -> [FormPanel] {
        var actions: [FormPanel] = []
        func add(
            _ id: String, _ title: String, _ place: FormPlace<String>, _ submit: String, _ fields: [Field] = [],
            look: String = "primary", hidden: [FormModel.Hidden] = [], open: Bool = false
        ) {
            let form = area.form(
                id, place(item.id), submit, fields: fields, look: look, version: item.version, hidden: hidden,
                for: request, failure: failure)
            actions.append(.init(title: title, form: form, open: open || failure?.form == id))
        }
        let note = Field(WorkField.note, "Ghi chú", kind: .area, required: false)
        let open = detail.actions(for: viewer, in: plan)
        if open.contains(.submit) { add("nop", "Nộp để duyệt", Addresses.submitWork, "Nộp", [note], open: true) }
        if let recent {
            actions.append(
                .init(
                    title: "Vừa \(recent.accepted ? "chấp nhận" : "trả lại"): hoàn tác được trong một phút",
                    form: area.undoForm([recent], request, onPage: true), open: true))
        }
        if open.contains(.decide) {
            add("chap-nhan", "Chấp nhận", Addresses.acceptWork, "Chấp nhận", [note], open: true)
            add(
                "tra-lai", "Trả lại", Addresses.returnWork, "Trả lại",
                [Field(WorkField.note, "Lý do trả lại", kind: .area, hint: "Đơn vị sẽ đọc lý do này để sửa.")],
                look: "warning")
        }
        if open.contains(.decideExtension) {
            let choices = [Field.Option("dong-y", "Đồng ý gia hạn"), Field.Option("khong", "Không đồng ý")]
            add(
                "quyet-dinh-gia-han", "Quyết định gia hạn", Addresses.decideExtension, "Ghi quyết định",
                [
                    Field(WorkField.decision, "Quyết định", kind: .select(choices)),
                    Field(WorkField.note, "Lý do", kind: .area, required: false),
                ],
                open: true)
        }
        if open.contains(.withdraw) {
            add("rut", "Rút lại để sửa", Addresses.withdrawWork, "Rút lại", look: "secondary")
        }
        if open.contains(.setOwnDay) {
            add(
                "thoi-han", "Ấn định thời hạn", Addresses.setDueDay, "Lưu thời hạn",
                [
                    Field(WorkField.day, "Thời hạn", hint: "Ngày/tháng/năm \(item.year)"),
                    Field(WorkField.reason, "Căn cứ", required: false),
                ],
                open: item.due == nil)
        } else if open.contains(.overrideDay) {
            add(
                "thoi-han", "Sửa thời hạn của riêng việc này", Addresses.setDueDay, "Lưu thời hạn",
                [
                    Field(WorkField.day, "Thời hạn mới", hint: "Ngày/tháng/năm"),
                    Field(WorkField.reason, "Lý do", kind: .area),
                ],
                look: "secondary")
        }
        if open.contains(.askExtension) {
            add(
                "gia-han", "Xin gia hạn", Addresses.askExtension, "Gửi đề nghị",
                [
                    Field(WorkField.until, "Xin gia hạn đến ngày", hint: "Ngày/tháng/năm"),
                    Field(WorkField.reason, "Lý do", kind: .area),
                ],
                look: "secondary")
        }
        if open.contains(.prepare) {
            add(
                "buoc", "Chia thành bước", Addresses.addStep, "Thêm bước",
                [Field(WorkField.step, "Bước"), Field(WorkField.planned, "Dự kiến xong ngày", required: false)],
                look: "secondary")
        }
        if open.contains(.note) {
            add(
                "ghi-chu", "Ghi chú", Addresses.addNote, "Lưu ghi chú", [Field(WorkField.note, "Ghi chú", kind: .area)],
                look: "secondary")
        }
        return actions
    }
}
