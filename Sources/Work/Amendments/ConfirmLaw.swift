public import Access
import Database
import Kernel
public import PlanText

// Days of the laws that papers cite: where the plan's data say of one that it is still to be confirmed, whoever keeps the plan
// confirms it, with what it was held against.
extension PlanAmendments {
    static let lawPrefix = "law/"

    /// Whether the days of a law can be relied on: the plan's data say where they were read, or somebody has confirmed just
    /// these days.
    public func isConfirmed(_ law: PlanDefinition.Law) -> Bool {
        !law.needsConfirming || lawDays[law.key]?.text == law.days
    }
}

extension PlanAmendmentService {
    /// Confirms the days of a law as the plan's data have them; where they are wrong the data are mended.
    /// - Parameter source: what they were held against.
    public func confirmLaw(
        _ key: String, source typed: String, version: Int? = nil, by submission: Submission
    ) async throws {
        guard submission.viewer.may(.completePlan, for: plan) else {
            throw Refusal(.forbidden, "Chỉ cơ quan thường trực kế hoạch được xác nhận ngày của luật.")
        }
        guard let law = plan.laws.first(where: { $0.key == key }) else {
            throw Refusal(.notFound, "Kế hoạch không có luật này.")
        }
        let source = VietnameseText.tidy(typed)
        guard !source.isEmpty, source.count <= 300 else {
            throw Refusal(fields: [
                .init(WorkField.source, "Hãy ghi văn bản, trang đã đối chiếu (không quá 300 chữ).")
            ])
        }
        let setting = PlanAmendments.lawPrefix + key
        try await store.once(submission, about: Subject(.plan, setting), at: clock.now) { connection, now in
            try Revisions.require(version, of: .plan, on: connection)
            try connection.execute(
                """
                INSERT INTO plan_setting (id, key, value, source, as_of, at, account, actor_name)
                VALUES (?, ?, ?, ?, NULL, ?, ?, ?)
                """, RecordID(at: now), setting, law.days, source, now, submission.viewer.account,
                submission.viewer.name)
            try AuditTrail.append(
                AuditEvent(
                    "plan.completed", subject: Subject(.plan, setting), detail: "\(law.name), \(law.days) (\(source))"),
                by: submission.actor, at: now, on: connection)
        }
    }
}
