import Access
import Components
import Hummingbird
import Kernel
import Remarks
import WebDesk

extension RemarkPages {
    var instructionRoutes: [Route] {
        func deed(
            _ place: FormPlace<RecordID>, _ right: Right, done: Acknowledgement,
            perform: @escaping @Sendable (MemberRequest, RecordID, Int) async throws -> Void
        ) -> Route {
            .decision(place, .right(right)) { request, seen in
                let id = try Self.instructionID(request)
                try await perform(request, id, seen)
                return Addresses.instruction(id).telling(done)
            } again: { request, failure in
                try await instructionPage(request, failure: failure)
            }.takingNumbers(in: RemarkField.text)
        }
        return [
            .page(Addresses.instructions, Self.readers) { request in try await instructionsPage(request) },
            instructionWorkbook.route(Addresses.instructions.workbook, on: desk),
            .page(Addresses.instruction, .member) { request in try await instructionPage(request) },
            deed(Addresses.answerInstruction, .writeRemarks, done: .instructionAnswered) { request, id, seen in
                try await remarks.answer(
                    id, request.form[RemarkField.text], version: seen, by: request.submission)
            },
            deed(Addresses.closeInstruction, .instruct, done: .instructionClosed) { request, id, seen in
                try await remarks.close(
                    id, request.form[RemarkField.text], version: seen, by: request.submission)
            },
            deed(Addresses.sendBackInstruction, .instruct, done: .instructionReturned) { request, id, seen in
                try await remarks.sendBack(
                    id, request.form[RemarkField.text], due: request.form[RemarkField.due], version: seen,
                    by: request.submission)
            },
            deed(Addresses.withdrawInstruction, .instruct, done: .instructionWithdrawn) { request, id, seen in
                try await remarks.withdrawInstruction(
                    id, request.form[RemarkField.text], version: seen, by: request.submission)
            },
        ]
    }

    private static func instructionID(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có bút phê này.")
    }

    private func instructionPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let found = try await remarks.instruction(try Self.instructionID(request), for: request.viewer)
        let instruction = found.instruction
        try await desk.seen(Subject(.instruction, instruction.id), by: request)
        let status = instruction.status(on: today)
        let name = remarks.names.name(of: instruction.unit)
        let model = InstructionPage(
            back: back(of: instruction, found.seesSubject, request.viewer), heading: instruction.text,
            state: Self.badge(status),
            facts: [
                Fact(label: "Giao", value: VietnameseText.sentence(name), address: Addresses.unit(instruction.unit)),
                Fact(
                    label: "Về", value: VietnameseText.sentence(instruction.about),
                    address: found.seesSubject ? desk.page(of: instruction.subject)?.text : nil),
                Fact(
                    label: "Người ghi",
                    value: [instruction.author, instruction.authorUnit.map(remarks.names.name)].compactMap(\.self)
                        .joined(separator: ", "), address: nil),
                Fact(label: "Ghi lúc", value: instruction.at.vietnamese, address: nil),
                Fact(label: "Trả lời trước hết", value: instruction.due.vietnamese, address: nil),
            ],
            actions: actions(instruction, request, failure),
            events: found.events.map {
                .init(
                    kind: $0.kind.title, actor: $0.actor,
                    at: [.given, .returned].contains($0.kind)
                        ? "\($0.at.vietnamese), trả lời trước hết \($0.due.vietnamese)" : $0.at.vietnamese,
                    text: $0.text.isEmpty ? nil : $0.text)
            })
        return try page("Bút phê: \(instruction.text)", model, for: request)
    }

    /// To the list; for whoever has none to the thing, or to the day's work.
    private func back(of instruction: Instruction, _ seesSubject: Bool, _ viewer: Viewer) -> Frame.Link {
        if Self.readers.allows(viewer) { return Frame.Link("Bút phê", Addresses.instructions()) }
        if seesSubject, let page = desk.page(of: instruction.subject) {
            return Frame.Link(VietnameseText.sentence(instruction.about), page)
        }
        return Frame.Link("Việc của tôi", desk.firstPage(of: viewer))
    }

    private func actions(
        _ instruction: Instruction, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> [FormPanel] {
        let open = instruction.actions(for: request.viewer)
        let isClosed = instruction.state == .closed
        var panels: [FormPanel] = []
        func add(
            _ id: String, _ title: String, _ place: FormPlace<RecordID>, _ submit: String, _ fields: [Field],
            look: String = "primary", open: Bool = false
        ) {
            panels.append(
                FormPanel(
                    title: title,
                    form: form(
                        id, place(instruction.id), submit, fields: fields, look: look, version: instruction.version,
                        for: request, failure: failure), open: open || failure?.form == id))
        }
        if open.contains(.answer) {
            add(
                "tra-loi", "Trả lời", Addresses.answerInstruction, "Gửi trả lời",
                [
                    Field(
                        RemarkField.text, "Đã làm gì, kết quả", kind: .area,
                        hint:
                            "Chưa làm được thì ghi vì sao, đến bao giờ. Không ghi tên, số căn cước, điện thoại của người dân."
                    )
                ], open: true)
        }
        if open.contains(.close) {
            let isAnswered = instruction.state == .answered
            add(
                "dong", isAnswered ? "Đóng: đã xong" : "Đóng, không cần trả lời nữa", Addresses.closeInstruction,
                "Đóng",
                [Field(RemarkField.text, "Ý kiến", required: false)], look: isAnswered ? "primary" : "secondary",
                open: isAnswered)
        }
        if open.contains(.sendBack) {
            add(
                "tra-lai", isClosed ? "Mở lại, làm tiếp" : "Trả lại, làm tiếp", Addresses.sendBackInstruction,
                isClosed ? "Mở lại" : "Trả lại",
                [
                    Field(RemarkField.text, "Còn phải làm gì", hint: "Đơn vị đọc câu này để làm tiếp."),
                    Field(
                        RemarkField.due, "Trả lời trước hết ngày",
                        hint: "Để trống: \(max(remarks.usualDue, instruction.due).vietnamese)", required: false),
                ], look: "warning")
        }
        if open.contains(.withdraw) {
            add(
                "thoi", "Thôi, không cần làm", Addresses.withdrawInstruction, "Thôi bút phê",
                [Field(RemarkField.text, "Vì sao", hint: "Đơn vị được báo; việc rời danh sách của đơn vị.")],
                look: "warning")
        }
        return panels
    }
}
