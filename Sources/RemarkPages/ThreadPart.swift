import Access
import Components
import Kernel
import Remarks
public import WebDesk

extension RemarkPages {
    /// So many of the newest stand on the thing's own page.
    private static let shownBeside = 20
    /// So many on the page of what was said alone.
    static let shownAlone = 500

    /// What other areas show of it.
    public var parts: ThreadPart {
        ThreadPart(
            thread: { try await part($0, for: $1) },
            split: { (try await instructPanel($0, for: $1), try await part($0, instructs: false, for: $1)) },
            counts: { try await remarks.counts(of: $0, for: $1) }, kinds: [.remark, .instruction])
    }

    /// What was said of a thing and where one says more, for the thing's page; nothing for whoever may not read it. What the
    /// person has seen is told no more.
    /// - Parameter instructs: whether the form of a leader's line stands here too, not at the top of the page.
    private func part(_ subject: Subject, instructs: Bool = true, for request: MemberRequest) async throws -> String {
        guard let thread = try await remarks.thread(of: subject, for: request.viewer, limit: Self.shownBeside) else {
            return ""
        }
        try await desk.seen(subject, by: request)
        return try renderer.render(view(thread, instructs: instructs, request, failure: nil))
    }

    /// Where a leader writes a line about a thing; nothing for anybody else.
    private func instructPanel(_ subject: Subject, for request: MemberRequest) async throws -> String {
        guard request.viewer.may(.instruct),
            let thread = try await remarks.thread(of: subject, for: request.viewer, limit: 1)
        else { return "" }
        return try renderer.render(InstructPanel(panel: instructForm(thread.topic, request, failure: nil)))
    }

    func view(
        _ thread: RemarkThread, instructs: Bool, _ request: MemberRequest, failure: FormModel.Failure?
    ) -> ThreadView {
        var forms: [FormPanel] = []
        if instructs, thread.actions.contains(.instruct) {
            forms.append(instructForm(thread.topic, request, failure: failure))
        }
        if thread.actions.contains(.write) { forms.append(remarkForm(thread.topic, request, failure: failure)) }
        let count = thread.entries.count + thread.earlier
        return ThreadView(
            heading: count == 0 ? "Ý kiến, bút phê" : "Ý kiến, bút phê (\(VietnameseText.grouped(count)))",
            earlier: thread.earlier > 0
                ? Frame.Link(
                    "Xem cả \(VietnameseText.grouped(thread.earlier)) ý kiến trước",
                    Addresses.thread(thread.topic.subject.step)) : nil,
            entries: thread.entries.map { entry($0, of: thread.topic, request, failure) },
            hasEntries: !thread.entries.isEmpty, forms: forms)
    }

    private func entry(
        _ entry: RemarkThread.Entry, of topic: RemarkTopic, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> ThreadView.Entry {
        switch entry {
        case .remark(let remark):
            return ThreadView.Entry(
                author: remark.author, unit: remark.unit.map(remarks.names.name), at: remark.at.vietnamese,
                corrected: remark.correctedAt.map { "đã sửa \($0.vietnamese)" }, text: remark.text,
                gone: remark.withdrawnAt.map { "Ý kiến đã rút lúc \($0.vietnamese)." },
                mentions: remark.mentions.isEmpty || remark.text == nil
                    ? nil : "Gửi: \(remark.mentions.map(remarks.names.name).joined(separator: "; "))",
                instruction: nil, deeds: deeds(remark, of: topic, request, failure))
        case .instruction(let instruction):
            let status = instruction.status(on: today)
            return ThreadView.Entry(
                author: instruction.author, unit: instruction.authorUnit.map(remarks.names.name),
                at: instruction.at.vietnamese, corrected: nil, text: instruction.text, gone: nil, mentions: nil,
                instruction: .init(
                    state: Self.badge(status), unit: remarks.names.name(of: instruction.unit),
                    due: instruction.due.vietnamese, said: instruction.said,
                    address: Addresses.instruction(instruction.id).text), deeds: [])
        }
    }

    static func badge(_ status: InstructionStatus) -> Badge {
        let look =
            switch status {
            case .late: "late"
            case .returned: "returned"
            case .open: "open"
            case .answered: "submitted"
            case .closed: "accepted"
            case .withdrawn: "plain"
            }
        return Badge(status.title, look: look)
    }

    // MARK: Forms

    private func remarkForm(
        _ topic: RemarkTopic, _ request: MemberRequest, failure: FormModel.Failure?
    ) -> FormPanel {
        let id = "y-kien-moi"
        // Whoever speaks to others tells them; among one's own nobody is to be told.
        let usual = topic.home.flatMap { request.viewer.ownUnits.contains($0) ? nil : $0 }
        let choices =
            [Field.Option("", "Không báo riêng đơn vị nào", selected: usual == nil)]
            + topic.units.map {
                Field.Option($0.text, VietnameseText.sentence(remarks.names.name(of: $0)), selected: $0 == usual)
            }
        return FormPanel(
            title: "Góp ý kiến",
            form: form(
                id, Addresses.writeRemark(topic.subject.step), "Gửi ý kiến",
                fields: [
                    Field(
                        RemarkField.text, "Ý kiến", kind: .area,
                        hint:
                            "Mọi người xem được mục này đều đọc được: không ghi tên, số căn cước, số điện thoại của người dân. Ghi @ và tên đơn vị để báo thêm đơn vị."
                    ),
                    Field(RemarkField.unit, "Báo cho đơn vị", kind: .select(choices), required: false),
                ], for: request, failure: failure), open: failure?.form == id)
    }

    private func instructForm(
        _ topic: RemarkTopic, _ request: MemberRequest, failure: FormModel.Failure?
    ) -> FormPanel {
        let id = "but-phe-moi"
        let units = remarks.addressees(of: topic, for: request.viewer)
        let choices =
            (topic.home == nil ? [Field.Option("", "Hãy chọn …")] : [])
            + units.map {
                Field.Option($0.text, VietnameseText.sentence(remarks.names.name(of: $0)), selected: $0 == topic.home)
            }
        return FormPanel(
            title: "Ghi bút phê",
            form: form(
                id, Addresses.instruct(topic.subject.step), "Gửi bút phê",
                fields: [
                    Field(
                        RemarkField.text, "Bút phê", hint: "Một câu: việc cần làm. Không ghi số căn cước, điện thoại."),
                    Field(RemarkField.unit, "Giao", kind: .select(choices)),
                    Field(
                        RemarkField.due, "Trả lời trước hết ngày",
                        hint:
                            "Để trống: \(remarks.usualDue.vietnamese) (\(RemarkService.usualWorkingDays) ngày làm việc)",
                        required: false),
                ], for: request, failure: failure), open: failure?.form == id)
    }

    private func deeds(
        _ remark: Remark, of topic: RemarkTopic, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> [FormPanel] {
        let open = remark.actions(for: request.viewer, at: clock.now)
        let step = topic.subject.step
        var deeds: [FormPanel] = []
        if open.contains(.correct), let text = remark.text {
            let id = "sua-\(remark.id)"
            deeds.append(
                FormPanel(
                    title: "Sửa (trong \(Remark.correctableSeconds / 60) phút)",
                    form: form(
                        id, Addresses.correctRemark(step, remark.id), "Lưu",
                        fields: [Field(RemarkField.text, "Ý kiến", kind: .area, value: text)], look: "secondary",
                        version: remark.version, for: request, failure: failure), open: failure?.form == id))
        }
        if open.contains(.withdraw) {
            let id = "rut-\(remark.id)"
            deeds.append(
                FormPanel(
                    title: "Rút ý kiến: người khác thôi đọc được, vẫn thấy là đã rút",
                    form: form(
                        id, Addresses.withdrawRemark(step, remark.id), "Rút ý kiến", look: "warning",
                        version: remark.version, for: request, failure: failure), open: failure?.form == id))
        }
        return deeds
    }
}
