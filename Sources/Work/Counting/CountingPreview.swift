public import Access
import Database
public import Kernel
import PlanText

/// What another day from which the system counts would change.
public struct CountingPreview: Sendable, Equatable {
    /// Open work of one task whose state changes.
    public struct Line: Sendable, Equatable {
        public let task: String
        public let pieces: Int
        public let leads: Int
        public let firstDue: Day
        public let lastDue: Day
    }

    /// Nil: from the plan's beginning.
    public let before: Day?
    public let after: Day
    /// Would be overdue and is not now.
    public let becomingLate: [Line]
    /// Overdue now, and would be "trước khi đưa vào sử dụng".
    public let lateNoMore: [Line]

    public static func pieces(_ lines: [Line]) -> Int { lines.map(\.pieces).reduce(0, +) }
}

extension WorkService {
    /// What another day would change now. Keeps nothing.
    public func previewCountingDay(
        _ typed: String, reason: String, for viewer: Viewer
    ) async throws -> CountingPreview {
        try viewer.require(.setCountingDay)
        let today = clock.today
        let (day, _) = try checkedCountingDay(typed, reason: reason, today: today)
        return try await store.read { connection in
            let before = try self.countingDay(on: connection)?.day
            let old = before ?? self.plan.effectiveFrom
            return CountingPreview(
                before: before, after: day,
                becomingLate: try self.lines(from: day, to: old, today: today, on: connection),
                lateNoMore: try self.lines(from: old, to: day, today: today, on: connection))
        }
    }

    /// Open work that fell due in a span of days, by task; nothing where the span is empty.
    private func lines(
        from first: Day, to end: Day, today: Day, on connection: any SQLConnection
    ) throws -> [CountingPreview.Line] {
        guard first < end else { return [] }
        return try connection.rows(
            """
            SELECT i.task, MIN(i.task_order) AS place, COUNT(*) AS pieces, COUNT(DISTINCT i.lead) AS leads,
                MIN(i.due) AS first_due, MAX(i.due) AS last_due
            FROM task_instance i
            WHERE i.withdrawn_at IS NULL AND i.state IN ('none', 'returned') AND i.due_key >= ? AND i.due_key < ?
                AND i.due_key < ?
            GROUP BY i.task ORDER BY place
            """, first, end, today
        ).map { row in
            CountingPreview.Line(
                task: try row.text("task"), pieces: try row.integer("pieces"), leads: try row.integer("leads"),
                firstDue: try row.day("first_due"), lastDue: try row.day("last_due"))
        }
    }

    /// - Throws: a refusal with all that is wrong.
    func checkedCountingDay(
        _ typed: String, reason typedReason: String, today: Day
    ) throws(Refusal) -> (day: Day, reason: String) {
        var problems: [Refusal.FieldProblem] = []
        let reason = VietnameseText.tidy(typedReason)
        let day = Day(typed: typed)
        if day == nil {
            problems.append(.init(WorkField.day, "“\(typed)” không phải ngày có thật, hãy nhập dạng 30/04/2027."))
        }
        if let day, day > today {
            problems.append(
                .init(
                    WorkField.day,
                    "Ngày bắt đầu tính không thể ở sau hôm nay (\(today.vietnamese)): việc đang đến hạn vẫn phải được nhắc."
                ))
        }
        if let day, day < plan.effectiveFrom {
            problems.append(
                .init(
                    WorkField.day,
                    "Kế hoạch có hiệu lực từ \(plan.effectiveFrom.vietnamese): không có việc nào đến hạn trước ngày đó; hãy chọn từ ngày đó trở đi."
                ))
        }
        if reason.isEmpty { problems.append(.init(WorkField.reason, "Hãy ghi lý do.")) }
        guard problems.isEmpty, let day else { throw Refusal(fields: problems) }
        return (day, reason)
    }
}
