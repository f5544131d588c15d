import Access
import Components
import Hummingbird
import Kernel
import PlanText
import WebDesk
import Work

/// Another rule of deadlines, with what it changes, before it is kept.
struct RulePreviewPage: Page {
    static let template: PageTemplate = "rule-preview"

    struct Move: Sendable {
        let period: String
        let before: String
        let after: String
        let pieces: String
        let note: String?
    }

    struct Group: Sendable {
        let heading: String
        let items: [String]
    }

    let back: Frame.Link
    let task: String
    let text: String
    let facts: [Fact]
    let verdict: String
    let moves: [Move]
    let hasMoves: Bool
    let groups: [Group]
    let keep: FormModel
}

extension WorkPages {
    static let ruleForm = "quy-tac"

    var ruleRoutes: [Route] {
        let again: @Sendable (MemberRequest, FormModel.Failure) async throws -> Response = { request, failure in
            try await taskPage(request, failure: failure)
        }
        return [
            .answeringForm(Addresses.previewRule, .right(.completePlan)) { request in
                try await rulePreviewPage(request)
            } again: { request, failure in
                try await again(request, failure)
            },
            .decision(Addresses.overrideRule, .right(.completePlan)) { request, seen in
                let code = request.parameter("task")
                try await amendments.overrideRule(
                    task: code, Self.rule(request), version: seen, by: request.submission)
                return Addresses.task(code).telling(.ruleApplied)
            } again: { request, failure in
                try await again(request, failure)
            },
        ]
    }

    private func words(_ conflict: RulePreview.Conflict) -> String {
        "Năm \(conflict.year): \(conflict.later) (\(conflict.laterDue.vietnamese)) đến hạn sau \(conflict.earlier) (\(conflict.earlierDue.vietnamese)), là việc cần đến nó."
    }

    private static func rule(_ request: MemberRequest) -> RuleDraft {
        RuleDraft(
            phrase: VietnameseText.tidy(request.form[WorkField.phrase]), since: request.form[WorkField.since],
            reason: request.form[WorkField.reason])
    }

    func rulePreviewForm(_ task: PlanTask, _ request: MemberRequest, _ failure: FormModel.Failure?) -> FormModel {
        form(
            Self.ruleForm, Addresses.previewRule(task.code), "Xem những gì thay đổi",
            fields: [
                Field(
                    WorkField.phrase, "Thời gian áp dụng",
                    hint:
                        "Viết như trong kế hoạch, ví dụ “Tháng 6 hằng năm”; để trống để bỏ quy tắc đã đổi, về lại mốc ban đầu.",
                    required: false),
                Field(
                    WorkField.since, "Không đặt hạn nào trước ngày",
                    hint: "Ngày/tháng/năm. Để trống là hôm nay: việc có hạn mới đã qua thì giữ hạn cũ.",
                    required: false),
                Field(WorkField.reason, "Lý do", kind: .area),
            ], look: "secondary", for: request, failure: failure)
    }

    private func rulePreviewPage(_ request: MemberRequest) async throws -> Response {
        let draft = Self.rule(request)
        guard let task = definition.task(request.parameter("task")) else {
            throw Refusal(.notFound, "Kế hoạch không có nhiệm vụ này.")
        }
        let preview = try await amendments.previewRule(task: task.code, draft, for: request.viewer)
        let rule = DeadlineRule(phrase: draft.phrase)
        let present = try await amendments.amendments().rules[task.code]
        let model = RulePreviewPage(
            back: Frame.Link("Nhiệm vụ \(task.code)", Addresses.task(task.code)), task: task.code, text: task.text,
            facts: [
                .init(label: "Thời gian theo kế hoạch", value: task.deadlinePhrase, address: nil),
                .init(
                    label: "Đang áp dụng",
                    value: present.map { Self.words(of: $0, for: task) }
                        ?? (task.course.map { "mốc mặc định “\($0.phrase)”: \($0.reason)" } ?? "nguyên văn của Kế hoạch"),
                    address: nil),
                .init(
                    label: "Quy tắc mới",
                    value: draft.phrase.isEmpty
                        ? (task.course.map { "bỏ quy tắc đã đổi, về lại mốc mặc định “\($0.phrase)”" }
                            ?? "bỏ quy tắc đã đổi, về lại nguyên văn của Kế hoạch")
                        : draft.phrase,
                    address: nil),
                .init(label: "Cách tính hạn", value: (rule ?? task.defaultRule).explanation, address: nil),
                .init(label: "Không đặt hạn nào trước", value: preview.since.vietnamese, address: nil),
                .init(label: "Lý do", value: draft.reason, address: nil),
            ] + preview.conflicts.map { Fact(label: "Nên xem lại", value: words($0), address: nil) },
            verdict: preview.words, moves: preview.moving.map(RulePreviewPage.Move.init),
            hasMoves: !preview.moving.isEmpty, groups: preview.groups,
            keep: form(
                "ap-dung-quy-tac", Addresses.overrideRule(task.code), "Áp dụng cho mọi đơn vị",
                version: request.revisions.version(of: .task, .plan),
                hidden: [
                    .init(WorkField.phrase, draft.phrase), .init(WorkField.since, preview.since.vietnamese),
                    .init(WorkField.reason, draft.reason),
                ], for: request))
        return try page("Xem trước quy tắc thời hạn \(task.code)", model, for: request)
    }
}

extension RulePreviewPage.Move {
    fileprivate init(_ move: RulePreview.Move) {
        self.init(
            period: move.period.title, before: move.before?.vietnamese ?? "chưa ấn định",
            after: move.after?.vietnamese ?? "chưa ấn định", pieces: VietnameseText.grouped(move.pieces),
            note: move.becomesLate ? "thành quá hạn" : move.isLateNoMore ? "không còn quá hạn" : nil)
    }
}

extension RulePreview {
    fileprivate var words: String {
        guard !isEmpty else { return "Chưa lưu gì. Quy tắc này không làm thay đổi việc nào." }
        func count(_ counts: [Count]) -> Int { counts.map(\.pieces).reduce(0, +) }
        let parts = [
            (moving.map(\.pieces).reduce(0, +), "việc đổi hạn"), (becomingLate, "việc thành quá hạn"),
            (lateNoMore, "việc không còn quá hạn"), (count(done), "việc đã xong giữ nguyên"),
            (count(appearing), "việc mới"), (count(leaving), "việc được rút"),
        ].filter { $0.0 > 0 }.map { "\(VietnameseText.grouped($0.0)) \($0.1)" }
        return parts.isEmpty ? "Chưa lưu gì." : "Chưa lưu gì. Khi áp dụng: \(parts.joined(separator: ", "))."
    }

    fileprivate var groups: [RulePreviewPage.Group] {
        [
            ("Đã hoàn thành, giữ nguyên, không phải làm lại", done),
            ("Đang chờ duyệt hoặc có hạn riêng, giữ hạn hiện nay", keeping), ("Việc mới", appearing),
            ("Chưa ai bắt đầu, sẽ được rút", leaving),
            ("Đã bắt đầu nhưng quy tắc mới không còn kỳ này, vẫn giữ để làm tiếp", staying),
        ].filter { !$0.1.isEmpty }.map { heading, counts in
            RulePreviewPage.Group(
                heading: heading,
                items: counts.map { count in
                    "\(count.period.title): \(VietnameseText.grouped(count.pieces)) việc, hạn \(count.due?.vietnamese ?? "chưa ấn định")"
                })
        }
    }
}
