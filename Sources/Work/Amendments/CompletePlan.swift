import PlanText
public import Access
import Database
import Kernel

extension Right {
    /// Counts in the coordinating agency alone.
    public static let completePlan = Right(
        "plan.complete", "Bổ sung kế hoạch, sửa quy tắc thời hạn, mở việc đột xuất")
}

extension PlanAmendmentService {
    /// What people completed so far.
    public func amendments() async throws -> PlanAmendments {
        try await store.read { connection in try PlanAmendments.read(on: connection) }
    }

    /// Completes or corrects a value that the plan's files leave open; the old value stays in the history.
    public func complete(
        _ key: PlanAmendments.Key, with typed: String, source: String, asOf typedDay: String, version: Int? = nil,
        by submission: Submission
    ) async throws {
        guard submission.viewer.may(.completePlan, for: plan) else {
            throw Refusal(.forbidden, "Chỉ cơ quan thường trực kế hoạch được bổ sung thông tin của kế hoạch.")
        }
        var problems: [Refusal.FieldProblem] = []
        var value = VietnameseText.tidy(typed)
        let asOf = Day(typed: typedDay)
        switch key {
        case .number:
            if value.isEmpty || value.count > 40 {
                problems.append(.init(WorkField.value, "Hãy nhập số văn bản, ví dụ 120/KH-UBND."))
            }
        case .signedOn, .effectiveFrom:
            if let day = Day(typed: value) {
                value = day.description
                if !(plan.years.lowerBound - 2...plan.years.upperBound).contains(day.year) {
                    problems.append(.init(WorkField.value, "Ngày \(day.vietnamese) nằm ngoài thời gian của kế hoạch."))
                }
            } else {
                problems.append(.init(WorkField.value, "“\(typed)” không phải ngày có thật, hãy nhập dạng 30/04/2027."))
            }
        case .baselineTotal, .baselineVoluntary:
            if let people = WrittenNumber.count(value, most: 199_999_999) {
                value = String(people)
            } else {
                problems.append(.init(WorkField.value, "“\(typed)” không phải số người, hãy nhập dạng 1.100.000."))
            }
            if asOf == nil { problems.append(.init(WorkField.asOf, "Hãy nhập ngày chốt số liệu, dạng 31/12/2025.")) }
        }
        if source.isEmpty { problems.append(.init(WorkField.source, "Hãy ghi văn bản hoặc nguồn làm căn cứ.")) }
        guard problems.isEmpty else { throw Refusal(fields: problems) }
        let text = value
        try await store.once(submission, about: Subject(.plan, key.rawValue), at: clock.now) { connection, now in
            try Revisions.require(version, of: .plan, on: connection)
            if key == .baselineVoluntary || key == .baselineTotal {
                try self.checkBaseline(key, Int(text) ?? 0, on: connection)
            }
            try connection.execute(
                """
                INSERT INTO plan_setting (id, key, value, source, as_of, at, account, actor_name)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                RecordID(at: now), key.rawValue, text, source, asOf, now, submission.viewer.account,
                submission.viewer.name)
            try AuditTrail.append(
                AuditEvent("plan.completed", subject: Subject(.plan, key.rawValue), detail: "\(text) (\(source))"),
                by: submission.actor, at: now, on: connection)
            if key == .effectiveFrom {
                let day = Day(text)?.vietnamese ?? text
                let cause = DeadlineCause(
                    words:
                        "\(submission.viewer.name) đổi ngày bắt đầu áp dụng Kế hoạch thành \(day). Căn cứ: \(source).",
                    author: submission.viewer.account)
                _ = try work.syncInstances(on: connection, at: now, because: cause)
            }
        }
    }

    private func checkBaseline(_ key: PlanAmendments.Key, _ people: Int, on connection: any SQLConnection) throws {
        let values = try PlanAmendments.read(on: connection).values
        let total = key == .baselineTotal ? people : values[.baselineTotal].flatMap { Int($0.text) }
        let voluntary = key == .baselineVoluntary ? people : values[.baselineVoluntary].flatMap { Int($0.text) }
        if let total, let voluntary, voluntary > total {
            throw Refusal(fields: [
                .init(
                    WorkField.value,
                    "Số tự nguyện (\(VietnameseText.grouped(voluntary))) không thể lớn hơn tổng số "
                        + "(\(VietnameseText.grouped(total))): tự nguyện là một phần của tổng số.")
            ])
        }
    }
}
