import Access
import Components
import Hummingbird
import Jobs
import Kernel
import PlanText
import Reports
import WebDesk
import Work

/// Whom a paper asks for an answer, and who has answered by the day.
struct RepliesPage: Page {
    static let template: PageTemplate = "replies"

    let back: Frame.Link
    let heading: String
    let summary: String
    let sums: String?
    let table: TableModel
    let form: FormModel?
    let hasFailure: Bool
    /// One letter for each; nil where the paper goes to one alone.
    let lettersForm: FormModel?
    /// Why answers cannot be entered yet.
    let waits: String?
}

extension PaperPages {
    var replyRoutes: [Route] {
        guard let documents else { return [] }
        return [
            .page(Addresses.replies, .right(.viewWork)) { request in try await repliesPage(request, documents) },
            replyWorkbook(documents).route(Addresses.repliesWorkbook, on: desk),
            .form(Addresses.enterReply, .right(.draftDocuments)) { request in
                let id = try Self.documentID(request)
                let form = request.form
                try await documents.enterReply(
                    ReplyDraft(
                        position: form[DocumentField.addressee], day: form[DocumentField.day],
                        number: form[DocumentField.number], workers: form[DocumentField.workers],
                        insured: form[DocumentField.insured], note: form[DocumentField.note]), to: id,
                    by: request.submission)
                return Addresses.replies(id).telling(.replyKept)
            } again: { request, failure in
                try await repliesPage(request, documents, failure: failure)
            },
            .form(Addresses.makeLetters, .right(.draftDocuments)) { request in
                Addresses.job(
                    try await documents.startLetters(
                        of: try Self.documentID(request), with: jobs, by: request.submission))
            } again: { request, failure in
                try await repliesPage(request, documents, failure: failure)
            },
        ]
    }

    /// What a paper's own page says of the answers to it.
    func replyFact(_ replies: AskedReplies, to paper: RecordID) -> Fact {
        Fact(label: "Trả lời", value: summary(replies), address: Addresses.replies(paper))
    }

    /// The state of an issued paper whose answers are late; nil while none is.
    static func late(_ count: Int) -> Badge? {
        count > 0 ? Badge("trễ: \(count) đơn vị chưa trả lời", look: "late") : nil
    }

    private func summary(_ replies: AskedReplies) -> String {
        let late = replies.late(on: today)
        return
            "\(replies.answered)/\(replies.addressees.count) đã trả lời, \(replies.inTime) đúng hạn; hạn \(replies.until.vietnamese)"
            + (late > 0 ? "; \(late) đơn vị quá hạn chưa trả lời" : "")
    }

    private func repliesPage(
        _ request: MemberRequest, _ documents: DocumentService, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let id = try Self.documentID(request)
        let stored = try await documents.document(id, for: request.viewer)
        guard let replies = try await documents.replies(to: id, for: request.viewer) else {
            throw Refusal(.notFound, "Văn bản này không yêu cầu trả lời.")
        }
        let writes = documents.mayIssue(stored, request.viewer)
        let isOut = stored.signing != nil
        let sums = [
            replies.sum(\.workers).map { "\(VietnameseText.grouped($0)) người đang làm việc" },
            replies.sum(\.insured).map { "\(VietnameseText.grouped($0)) người đã tham gia BHXH" },
        ].compactMap(\.self)
        let model = RepliesPage(
            back: Frame.Link(stored.title, Addresses.document(id)), heading: "Trả lời văn bản",
            summary: summary(replies) + ".",
            sums: sums.isEmpty ? nil : "Cộng theo các trả lời đã nhận: \(sums.joined(separator: ", ")).",
            table: try list(
                Self.replyList, of: replyLines(replies), try await query(Self.replyList.outline, of: request),
                at: TablePlace(Addresses.replies(id)), workbook: Addresses.repliesWorkbook().with(.document, id),
                caption: "Đơn vị nhận"),
            form: writes && isOut ? replyForm(id, replies, request, failure) : nil, hasFailure: failure != nil,
            lettersForm: writes && replies.addressees.count > 1
                ? form(
                    "tung-don-vi", Addresses.makeLetters(id),
                    "Soạn \(replies.addressees.count) bản, mỗi đơn vị một bản (ZIP)", look: "secondary", for: request)
                : nil,
            waits: writes && !isOut ? "Ghi số, ngày ban hành của văn bản rồi mới ghi được trả lời." : nil)
        return try page(model.heading, model, for: request)
    }

    private func replyForm(
        _ id: RecordID, _ replies: AskedReplies, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> FormModel {
        let first = replies.addressees.first { $0.reply == nil }?.position
        return form(
            "tra-loi", Addresses.enterReply(id), "Ghi trả lời",
            fields: [
                Field(
                    DocumentField.addressee, "Đơn vị",
                    kind: .select(
                        replies.addressees.map { one in
                            Field.Option(
                                "\(one.position)", one.reply == nil ? one.name : "\(one.name) (đã trả lời, ghi lại)",
                                selected: one.position == first)
                        })),
                Field(
                    DocumentField.day, "Ngày trả lời",
                    hint: "Ngày/tháng/năm trên văn bản trả lời. Ghi nhầm thì để trống và nêu lý do ở ghi chú.",
                    required: false),
                Field(DocumentField.number, "Số, ký hiệu văn bản trả lời", required: false),
                Field(DocumentField.workers, "Tổng số người đang làm việc", kind: .code, required: false),
                Field(DocumentField.insured, "Số người đã tham gia BHXH", kind: .code, required: false),
                Field(DocumentField.note, "Ghi chú", required: false),
            ], for: request, failure: failure)
    }
}

extension RepliesPage {
    static let sample = RepliesPage(
        back: .sample, heading: "Trả lời văn bản", summary: "Nội dung", sums: "Nội dung", table: .sample,
        form: .sample, hasFailure: true, lettersForm: .sample, waits: "Nội dung")
}
