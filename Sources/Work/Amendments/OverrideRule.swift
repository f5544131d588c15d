public import Access
import Database
import Kernel
import PlanText

extension PlanAmendmentService {
    /// Puts another rule in the place of a task's phrase, for all its leads at once; an empty phrase goes back to the
    /// plan's own.
    public func overrideRule(
        task code: String, phrase: String, reason: String, version: Int? = nil, by submission: Submission
    ) async throws {
        guard submission.viewer.may(.completePlan, for: plan) else {
            throw Refusal(.forbidden, "Chỉ cơ quan thường trực kế hoạch được sửa quy tắc thời hạn.")
        }
        try await store.once(submission, about: Subject(.task, code), at: clock.now) { connection, now in
            try Revisions.require(version, of: .task, .plan, on: connection)
            guard plan.task(code) != nil else { throw Refusal(.notFound, "Kế hoạch không có nhiệm vụ \(code).") }
            var problems: [Refusal.FieldProblem] = []
            if !phrase.isEmpty, DeadlineRule(phrase: phrase) == nil {
                problems.append(
                    .init(
                        WorkField.phrase,
                        "Không hiểu thời hạn “\(phrase)”. Viết như trong kế hoạch, ví dụ “Tháng 6 hằng năm”, “Quý III/2027”, “Trước ngày 15/11 hằng năm”."
                    ))
            }
            if reason.isEmpty { problems.append(.init(WorkField.reason, "Hãy ghi lý do thay đổi.")) }
            guard problems.isEmpty else { throw Refusal(fields: problems) }
            try connection.execute(
                """
                INSERT INTO deadline_override (id, task, phrase, reason, at, account, actor_name) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                RecordID(at: now), code, phrase.isEmpty ? nil : phrase, reason, now, submission.viewer.account,
                submission.viewer.name)
            try AuditTrail.append(
                AuditEvent(
                    "plan.rule-overridden", subject: Subject(.task, code),
                    detail: "\(phrase.isEmpty ? "về lại nguyên văn" : phrase): \(reason)"),
                by: submission.actor, at: now, on: connection)
            _ = try work.syncInstances(on: connection, at: now)
        }
    }
}
