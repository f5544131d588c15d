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

    struct Row: Sendable {
        let number: String
        let name: String
        let matter: String
        let state: Badge
        let answer: String
        let figures: String
    }

    let back: Frame.Link
    let heading: String
    let summary: String
    let sums: String?
    let rows: [Row]
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
            rows: replies.addressees.map { row($0, until: replies.until) },
            form: writes && isOut ? replyForm(id, replies, request, failure) : nil, hasFailure: failure != nil,
            lettersForm: writes && replies.addressees.count > 1
                ? form(
                    "tung-don-vi", Addresses.makeLetters(id),
                    "Soạn \(replies.addressees.count) bản, mỗi đơn vị một bản (ZIP)", look: "secondary", for: request)
                : nil,
            waits: writes && !isOut ? "Ghi số, ngày ban hành của văn bản rồi mới ghi được trả lời." : nil)
        return try page(model.heading, model, for: request)
    }

    private func row(_ addressee: AskedReplies.Addressee, until: Day) -> RepliesPage.Row {
        let reply = addressee.reply
        let state =
            switch reply {
            case let reply? where reply.day <= until: Badge("đã trả lời", look: "accepted")
            case .some: Badge("trả lời trễ", look: "returned")
            case nil: today > until ? Badge("trễ", look: "late") : Badge("chưa trả lời", look: "open")
            }
        let answer = reply.map { reply in
            ["ngày \(reply.day.vietnamese)", reply.number.isEmpty ? "" : "số \(reply.number)", reply.note].filter {
                !$0.isEmpty
            }.joined(separator: "; ")
        }
        let figures = [
            reply?.insured.map { "\(VietnameseText.grouped($0)) đã tham gia" },
            reply?.workers.map { "\(VietnameseText.grouped($0)) người" },
        ].compactMap(\.self).joined(separator: " / ")
        return .init(
            number: "\(addressee.position)", name: addressee.name, matter: addressee.matter, state: state,
            answer: answer ?? "", figures: figures)
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
        back: .sample, heading: "Trả lời văn bản", summary: "Nội dung", sums: "Nội dung", rows: [.sample],
        form: .sample, hasFailure: true, lettersForm: .sample, waits: "Nội dung")
}

extension RepliesPage.Row {
    static let sample = RepliesPage.Row(
        number: "1", name: "Phường An Biên", matter: "Nội dung", state: .sample, answer: "Nội dung",
        figures: "1.500 người")
}
