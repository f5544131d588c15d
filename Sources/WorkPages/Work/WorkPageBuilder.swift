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
    /// That stands in the place of the task's own.
    let rule: PlanAmendments.RuleOverride?
    let failure: FormModel.Failure?

    private var item: WorkItem { detail.item }
    private var viewer: Viewer { request.viewer }
    private var plan: PlanDefinition { area.definition }
    private var today: Day { area.today }

    private func mayPrepare(_ work: WorkItem) -> Bool { work.actions(for: viewer, in: plan).contains(.prepare) }

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

    // MARK: Products

    private func slots() -> [WorkPage.Slot] {
        ([item] + (detail.twin.map { [$0] } ?? [])).flatMap { work -> [WorkPage.Slot] in
            (plan.task(work.task)?.slots ?? []).enumerated().map { index, slot in
                let product = detail.products.first { $0.instance == work.id && $0.slot == index }
                let formID = "sp-\(work.task.replacingDots)-\(index)"
                let offers = offers["\(work.id)#\(index)"] ?? []
                let held = held["\(work.id)#\(index)"]
                return WorkPage.Slot(
                    task: work.task, text: VietnameseText.sentence(slot.text), kind: slot.kind.title,
                    by: product == nil ? slot.due(in: work.year).map { "hạn của sản phẩm này: \($0.vietnamese)" } : nil,
                    personal: slot.personal,
                    product: product.map { view($0, of: work, slot: slot) }, offers: offers,
                    hasOffers: !offers.isEmpty, outside: product == nil ? slot.outside : nil,
                    held: held.map { words($0, beside: product, slot) },
                    takeHeld: held.flatMap { held in
                        mayPrepare(work) && product.map { !held.isValue(of: $0) } ?? true
                            ? takeForm("lay-\(formID)", work: work, index: index) : nil
                    },
                    form: mayPrepare(work) ? productForm(formID, work: work, index: index, slot: slot) : nil,
                    prompt: product == nil ? "Nộp sản phẩm này" : "Thay bằng bản khác", open: failure?.form == formID)
            }
        }
    }

    private func view(_ product: Product, of work: WorkItem, slot: ProductSlot) -> WorkPage.ProductView {
        var facts: [Fact] = []
        func add(_ label: String, _ value: String?) {
            if let value, !value.isEmpty { facts.append(.init(label: label, value: value, address: nil)) }
        }
        add("Số, ký hiệu", product.numberSymbol)
        add("Số liệu", product.figure.map { slot.unit.isEmpty ? $0 : "\($0) \(slot.unit)" })
        add(product.kind == .document ? "Ngày văn bản" : "Ngày chốt", product.issuedOn?.vietnamese)
        add(product.kind == .document ? "Trích yếu" : "Diễn giải", product.summary)
        add("Nguồn", product.source)
        add("Người nộp", "\(product.addedBy), \(product.addedAt.vietnamese)")
        let mayOpen =
            viewer.mayOpenFile(personal: product.personal, of: work.lead, in: plan)
            && product.file?.isOpen(to: viewer) != false
        let remove =
            mayPrepare(work)
            ? area.form(
                "bo-\(product.id)", Addresses.removeProduct(item.id), "Bỏ", look: "secondary",
                version: work.version,
                hidden: [.init(WorkField.product, product.id.text), .init(WorkField.instance, work.id)], for: request)
            : nil
        let file = product.file
        let isErased = file?.isErased == true
        return WorkPage.ProductView(
            facts: facts, fileName: file.map { "\($0.name) (\(Self.size($0.size)))" },
            fileAddress: mayOpen && !isErased ? file.map { Addresses.file($0.id).text } : nil, hash: file?.sha256,
            erased: isErased ? file.map { Frame.Link("xem biên bản", Addresses.erasure($0.id)) } : nil,
            erase: !isErased && mayErase(work)
                ? file.map { Frame.Link("Huỷ tệp nộp nhầm", Addresses.erasure($0.id)) } : nil, remove: remove)
    }

    /// Whose files they are, and who reviews them, may ask.
    private func mayErase(_ work: WorkItem) -> Bool { viewer.worksFor(work.lead) || viewer.reviews(work) }

    /// Replaced files stay, and a wrong one must be found to be erased.
    private func formerFiles() -> [Frame.Link] {
        guard mayErase(item) else { return [] }
        return detail.formerProducts.map { former in
            Frame.Link(
                "\(former.file.name), \(former.addedBy) nộp \(former.addedAt.vietnamese)",
                Addresses.erasure(former.file.id))
        }
    }

    /// A figure that the system holds, and how far a typed one is from it.
    private func words(_ held: HeldFigure, beside product: Product?, _ slot: ProductSlot) -> String {
        var text = "Hệ thống có: \(held.text) \(slot.unit), chốt \(held.day.vietnamese). \(held.words)"
        if let product, !held.isValue(of: product), let difference = held.difference(from: product) {
            text += " Số đã nộp khác \(difference) \(slot.unit)."
        }
        return text
    }

    private func takeForm(_ id: String, work: WorkItem, index: Int) -> FormModel {
        area.form(
            id, Addresses.takeHeldFigure(item.id), "Lấy số này", look: "secondary", version: work.version,
            hidden: [.init(WorkField.slot, String(index)), .init(WorkField.instance, work.id)], for: request)
    }

    static func size(_ bytes: Int) -> String {
        bytes >= 1 << 20 ? "\(bytes >> 20),\((bytes >> 10) % 1024 * 10 / 1024) MB" : "\(max(1, bytes >> 10)) KB"
    }

    private func productForm(_ id: String, work: WorkItem, index: Int, slot: ProductSlot) -> FormModel {
        let limit = area.settings.uploadBytes >> 20
        let fields: [Field] =
            switch slot.kind {
            case .document:
                [
                    Field(WorkField.number, "Số, ký hiệu", hint: "Ví dụ 125/QĐ-UBND"),
                    Field(WorkField.day, "Ngày văn bản", hint: "Ngày/tháng/năm, ví dụ 15/01/2027"),
                    Field(WorkField.summary, "Trích yếu"),
                    Field(
                        WorkField.file, "Tệp văn bản",
                        kind: .file(accept: ".pdf,.docx,.doc,.xlsx,.xls,.jpg,.jpeg,.png"),
                        hint: "PDF, Word, Excel hoặc ảnh, tối đa \(limit) MB"),
                ]
            case .figure:
                [
                    Field(
                        WorkField.figure, "Số liệu" + (slot.unit.isEmpty ? "" : " (\(slot.unit))"),
                        hint: slot.unit == "%" ? "Ví dụ 56,7" : "Ví dụ 1.234"
                    ),
                    Field(WorkField.day, "Ngày chốt số liệu", hint: "Ngày/tháng/năm"),
                    Field(WorkField.source, "Nguồn số liệu"),
                    Field(WorkField.summary, "Diễn giải", required: false),
                ]
            case .list:
                [
                    Field(WorkField.day, "Ngày chốt danh sách", hint: "Ngày/tháng/năm"),
                    Field(WorkField.summary, "Diễn giải", required: false),
                    Field(WorkField.number, "Số, ký hiệu", required: false),
                    Field(
                        WorkField.file, "Tệp danh sách", kind: .file(accept: ".xlsx,.xls,.csv,.pdf,.docx"),
                        hint: "Excel, CSV, PDF hoặc Word, tối đa \(limit) MB"
                            + (slot.personal ? ". Có dữ liệu cá nhân: chỉ đơn vị bạn và cơ quan BHXH mở được." : "")),
                ]
            }
        return area.form(
            id, Addresses.addProduct(item.id), "Lưu sản phẩm", fields: fields, version: work.version,
            hidden: [.init(WorkField.slot, String(index)), .init(WorkField.instance, work.id)], for: request,
            failure: failure)
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

extension String {
    /// Usable inside an element's id.
    fileprivate var replacingDots: String { String(map { $0 == "." ? "-" : $0 }) }
}
