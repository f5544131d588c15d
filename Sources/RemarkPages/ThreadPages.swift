import Access
import Components
import Hummingbird
import Kernel
import Remarks
import WebDesk

extension RemarkPages {
    var threadRoutes: [Route] {
        let again: @Sendable (MemberRequest, FormModel.Failure) async throws -> Response = { request, failure in
            try await threadPage(request, failure: failure)
        }
        return [
            .page(Addresses.thread, .member) { request in try await threadPage(request) },
            // What looks like a person's number is refused here, whatever its writer says.
            .form(Addresses.writeRemark, .right(.writeRemarks)) { request in
                let subject = try Self.subject(request)
                try await remarks.write(
                    request.form[RemarkField.text], to: try Self.unit(request), about: subject, by: request.submission)
                return place(of: subject, telling: .remarkWritten)
            } again: { request, failure in
                try await again(request, failure)
            }.takingNumbers(in: RemarkField.text),
            .form(Addresses.instruct, .right(.instruct)) { request in
                let subject = try Self.subject(request)
                try await remarks.instruct(
                    request.form[RemarkField.text], to: try Self.unit(request), due: request.form[RemarkField.due],
                    about: subject, by: request.submission)
                return place(of: subject, telling: .instructionGiven)
            } again: { request, failure in
                try await again(request, failure)
            }.takingNumbers(in: RemarkField.text),
            .decision(Addresses.correctRemark, .right(.writeRemarks)) { request, seen in
                try await remarks.correct(
                    try Self.remarkID(request), request.form[RemarkField.text], version: seen, by: request.submission)
                return place(of: try Self.subject(request), telling: .saved)
            } again: { request, failure in
                try await again(request, failure)
            }.takingNumbers(in: RemarkField.text),
            .decision(Addresses.withdrawRemark, .right(.writeRemarks)) { request, seen in
                try await remarks.withdraw(try Self.remarkID(request), version: seen, by: request.submission)
                return place(of: try Self.subject(request), telling: .remarkWithdrawn)
            } again: { request, failure in
                try await again(request, failure)
            },
        ]
    }

    private static func subject(_ request: MemberRequest) throws -> Subject {
        guard let subject = Subject(step: request.parameter("subject")) else {
            throw Refusal(.notFound, "Không có mục này để góp ý kiến.")
        }
        return subject
    }

    private static func remarkID(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có ý kiến này.")
    }

    /// Nil where none was chosen.
    private static func unit(_ request: MemberRequest) throws -> UnitCode? {
        let typed = request.form[RemarkField.unit]
        guard !typed.isEmpty else { return nil }
        guard let unit = UnitCode(typed) else {
            throw Refusal(fields: [.init(RemarkField.unit, "Hãy chọn một đơn vị trong danh sách.")])
        }
        return unit
    }

    /// Back to the thing's own page, where what was said stands.
    private func place(of subject: Subject, telling done: Acknowledgement) -> Address {
        (desk.page(of: subject) ?? Addresses.thread(subject.step)).telling(done).at("y-kien")
    }

    private func threadPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let subject = try Self.subject(request)
        guard let thread = try await remarks.thread(of: subject, for: request.viewer, limit: Self.shownAlone) else {
            throw Refusal(.notFound, "Không có mục này để góp ý kiến, hoặc mục không thuộc phạm vi của bạn.")
        }
        try await desk.seen(subject, by: request)
        let title = "Ý kiến về \(thread.topic.title)"
        let model = ThreadPage(
            back: Frame.Link(
                VietnameseText.sentence(thread.topic.title),
                desk.page(of: subject) ?? desk.firstPage(of: request.viewer)),
            title: title, thread: view(thread, instructs: true, request, failure: failure))
        return try page(title, model, for: request)
    }
}
