public import Access
import Database
import Kernel
import PlanText

/// Another rule for a task's deadlines, as typed.
public struct RuleDraft: Sendable, Equatable {
    /// As the plan words deadlines; empty to go back to the plan's own.
    public var phrase: String
    /// The first day that the rule gives to any work; empty for today.
    public var since: String
    public var reason: String

    public init(phrase: String, since: String = "", reason: String) {
        self.phrase = phrase
        self.since = since
        self.reason = reason
    }
}

extension PlanAmendmentService {
    /// What a rule would change now. Keeps nothing.
    public func previewRule(
        task code: String, _ draft: RuleDraft, for viewer: Viewer
    ) async throws -> RulePreview {
        try requireSteering(viewer)
        let today = clock.today
        return try await store.read { connection in
            let (rule, since) = try self.checked(draft, of: code, today: today)
            return try self.work.preview(task: code, rule: rule, since: since, today: today, on: connection)
        }
    }

    /// Puts another rule in the place of a task's phrase, for all its leads at once; an empty phrase goes back to the
    /// plan's own.
    /// - Parameter version: the revision of tasks and the plan that the rule's effect was looked at with.
    public func overrideRule(
        task code: String, _ draft: RuleDraft, version: Int? = nil, by submission: Submission
    ) async throws {
        try requireSteering(submission.viewer)
        try await store.once(submission, about: Subject(.task, code), at: clock.now) { connection, now in
            try Revisions.require(version, of: .task, .plan, on: connection)
            let (rule, since) = try self.checked(draft, of: code, today: now.day)
            let cause = DeadlineCause(
                words: try self.words(draft, of: code, since: since, by: submission.viewer, on: connection),
                author: submission.viewer.account)
            try connection.execute(
                """
                INSERT INTO deadline_override (id, task, phrase, reason, since, at, account, actor_name)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                RecordID(at: now), code, rule == nil ? nil : draft.phrase, draft.reason, since, now,
                submission.viewer.account, submission.viewer.name)
            try AuditTrail.append(
                AuditEvent(
                    "plan.rule-overridden", subject: Subject(.task, code),
                    detail: rule == nil
                        ? "về lại nguyên văn: \(draft.reason)"
                        : "\(draft.phrase), từ \(since.vietnamese): \(draft.reason)"),
                by: submission.actor, at: now, on: connection)
            _ = try work.syncInstances(on: connection, at: now, because: cause)
        }
    }

    /// Who puts which rule in the place of which, from when, and why.
    private func words(
        _ draft: RuleDraft, of code: String, since: Day, by viewer: Viewer, on connection: any SQLConnection
    ) throws -> String {
        let task = plan.task(code)
        let own = task?.course?.phrase ?? task?.deadlinePhrase ?? ""
        let before = try PlanAmendments.read(on: connection).rules[code]?.phrase ?? own
        let change =
            draft.phrase.isEmpty
            ? "bỏ quy tắc “\(before)” của nhiệm vụ \(code), về lại “\(own)”"
            : "đổi thời hạn của nhiệm vụ \(code) từ “\(before)” sang “\(draft.phrase)”, cho các hạn từ \(since.vietnamese)"
        return "\(viewer.name) \(change). Lý do: \(draft.reason.hasSuffix(".") ? draft.reason : draft.reason + ".")"
    }

    private func requireSteering(_ viewer: Viewer) throws(Refusal) {
        guard viewer.may(.completePlan, for: plan) else {
            throw Refusal(.forbidden, "Chỉ cơ quan thường trực kế hoạch được sửa quy tắc thời hạn.")
        }
    }

    /// - Returns: no rule for the plan's own.
    private func checked(
        _ draft: RuleDraft, of code: String, today: Day
    ) throws(Refusal) -> (rule: DeadlineRule?, since: Day) {
        guard plan.task(code) != nil else { throw Refusal(.notFound, "Kế hoạch không có nhiệm vụ \(code).") }
        var problems: [Refusal.FieldProblem] = []
        let rule = draft.phrase.isEmpty ? nil : DeadlineRule(phrase: draft.phrase)
        if rule == nil, !draft.phrase.isEmpty {
            problems.append(
                .init(
                    WorkField.phrase,
                    "Không hiểu thời hạn “\(draft.phrase)”. Viết như trong kế hoạch, ví dụ “Tháng 6 hằng năm”, “Quý III/2027”, “Trước ngày 15/11 hằng năm”."
                ))
        }
        let since = draft.since.isEmpty ? today : Day(typed: draft.since)
        if since == nil {
            problems.append(
                .init(WorkField.since, "“\(draft.since)” không phải ngày có thật, hãy nhập dạng 30/04/2027."))
        }
        if draft.reason.isEmpty { problems.append(.init(WorkField.reason, "Hãy ghi lý do thay đổi.")) }
        guard problems.isEmpty, let since else { throw Refusal(fields: problems) }
        return (rule, since)
    }
}
