public import PlanText
public import Access
import Database
public import Kernel
import Notices
import Province

extension Right {
    public static let overrideDeadlines = Right("deadlines.override", "Sửa thời hạn của một việc")
}

extension WorkService {
    /// Asks the superior for more time.
    public func askExtension(
        _ id: String, until typed: String, reason: String, version: Int? = nil, by submission: Submission
    ) async throws {
        try await store.once(submission, about: Subject(.instance, id), at: clock.now) { connection, now in
            let item = try self.item(id, open: .askExtension, to: submission.viewer, on: connection)
            try Self.check(version: version, of: item)
            var problems: [Refusal.FieldProblem] = []
            let day = Day(typed: typed)
            if day == nil {
                problems.append(.init(WorkField.until, "“\(typed)” không phải ngày có thật, hãy nhập dạng 30/04/2027."))
            }
            if let day, let due = item.due, day <= due {
                problems.append(
                    .init(WorkField.until, "Ngày xin gia hạn phải sau thời hạn hiện nay (\(due.vietnamese))."))
            }
            if let day, day <= now.day { problems.append(.init(WorkField.until, "Ngày xin gia hạn phải sau hôm nay.")) }
            if reason.isEmpty { problems.append(.init(WorkField.reason, "Hãy ghi lý do xin gia hạn.")) }
            guard problems.isEmpty, let day else { throw Refusal(fields: problems) }
            try connection.execute(
                "UPDATE task_instance SET extension_day = ?, extension_reason = ?, version = version + 1 WHERE id = ?",
                day,
                reason, id)
            try self.record(.extensionAsked, of: item, day: day, note: reason, by: submission, at: now, on: connection)
        }
    }

    /// Grants or refuses the time asked for.
    public func decideExtension(
        _ id: String, grant: Bool, note: String, version: Int? = nil, by submission: Submission
    ) async throws {
        try await store.once(submission, about: Subject(.instance, id), at: clock.now) { connection, now in
            let item = try self.item(id, open: .decideExtension, to: submission.viewer, on: connection)
            try Self.check(version: version, of: item)
            guard let day = item.extensionDay else {
                throw Refusal(
                    .stale,
                    "Không còn đề nghị gia hạn nào chờ quyết định ở việc này: đề nghị đã được quyết định hoặc rút lại. Hãy mở lại trang của việc."
                )
            }
            guard grant || !note.isEmpty else {
                throw Refusal(fields: [.init(WorkField.note, "Hãy ghi lý do không đồng ý gia hạn.")])
            }
            if grant { try self.setDue(day, origin: .extension_, of: item, on: connection) }
            try connection.execute(
                "UPDATE task_instance SET extension_day = NULL, extension_reason = NULL, version = version + 1 WHERE id = ?",
                id)
            try self.record(
                grant ? .extensionGranted : .extensionRefused, of: item, day: day, note: note, by: submission, at: now,
                on: connection)
            try self.tellLead(
                .extensionDecided, of: item,
                grant ? "được gia hạn đến \(day.vietnamese)" : "không được gia hạn", detail: note,
                ending: grant ? [.extensionDecided, .workLate] : [.extensionDecided], by: submission, at: now,
                on: connection)
        }
    }

    /// The lead sets the day that the plan leaves to it ("Theo kế hoạch", "Theo lộ trình"); the coordinating agency may
    /// put another day on any work, with a reason.
    public func setDueDay(
        _ id: String, to typed: String, reason: String, version: Int? = nil, by submission: Submission
    ) async throws {
        try await store.once(submission, about: Subject(.instance, id), at: clock.now) { connection, now in
            let item = try self.item(id, for: submission.viewer, on: connection)
            let steers = submission.viewer.may(.overrideDeadlines, for: plan)
            let ownDay = WorkAction.setOwnDay.belongs(to: submission.viewer, of: item, in: plan)
            try (ownDay ? WorkAction.setOwnDay : .overrideDay).require(of: item, by: submission.viewer, in: plan)
            try Self.check(version: version, of: item)
            var problems: [Refusal.FieldProblem] = []
            let day = Day(typed: typed)
            if day == nil {
                problems.append(.init(WorkField.day, "“\(typed)” không phải ngày có thật, hãy nhập dạng 30/04/2027."))
            }
            if let day, day < item.opensOn {
                problems.append(
                    .init(WorkField.day, "Thời hạn không thể trước ngày bắt đầu (\(item.opensOn.vietnamese))."))
            }
            if let day, !steers, day.year != item.year {
                problems.append(.init(WorkField.day, "Thời hạn của việc này phải nằm trong năm \(item.year)."))
            }
            if reason.isEmpty, !ownDay { problems.append(.init(WorkField.reason, "Hãy ghi lý do sửa thời hạn.")) }
            guard problems.isEmpty, let day else { throw Refusal(fields: problems) }
            try self.setDue(day, origin: ownDay ? .lead : .override, of: item, on: connection)
            try self.record(
                ownDay ? .dueSet : .dueOverridden, of: item, day: day, note: reason, by: submission, at: now,
                on: connection)
            if !ownDay {
                let before = item.due.map { "từ \($0.vietnamese) " } ?? ""
                try self.tellLead(
                    .deadlineMoved, of: item, "đổi thời hạn \(before)sang \(day.vietnamese)", detail: reason,
                    ending: day < now.day ? [.deadlineMoved] : [.deadlineMoved, .workLate], by: submission, at: now,
                    on: connection)
            }
        }
    }

    /// Work counts in the year of its day; more time does not move it into another year, it stays that year's work.
    func setDue(_ day: Day, origin: DueOrigin, of item: WorkItem, on connection: any SQLConnection) throws {
        try connection.execute(
            "UPDATE task_instance SET due = ?, due_key = ?, due_origin = ?, year = ?, version = version + 1 WHERE id = ?",
            day, day, origin.rawValue, origin == .extension_ ? item.year : day.year, item.id)
    }

    /// Opens work that no calendar foresees ("đột xuất") for one of the task's leads.
    public func openUnplanned(
        task code: String, lead: UnitCode, due typed: String, reason: String, by submission: Submission
    ) async throws {
        guard let task = plan.task(code), case .setByLead(withUnplanned: true) = task.deadline else {
            throw Refusal(.invalid, "Nhiệm vụ \(code) không có phần đột xuất.")
        }
        guard submission.viewer.unplannedLeads(of: task, in: plan).contains(lead) else {
            throw Refusal(.forbidden, "Chỉ đơn vị chủ trì hoặc cơ quan thường trực kế hoạch mở được việc đột xuất.")
        }
        try await store.once(submission, about: Subject(.task, code), at: clock.now) { connection, now in
            let today = now.day
            var problems: [Refusal.FieldProblem] = []
            let day = Day(typed: typed)
            if let day, day < today { problems.append(.init(WorkField.day, "Thời hạn không thể ở trước hôm nay.")) }
            if day == nil {
                problems.append(.init(WorkField.day, "“\(typed)” không phải ngày có thật, hãy nhập dạng 30/04/2027."))
            }
            if reason.isEmpty {
                problems.append(.init(WorkField.reason, "Hãy ghi nội dung, căn cứ của việc đột xuất."))
            }
            guard problems.isEmpty, let day else { throw Refusal(fields: problems) }
            let year = today.year
            let before =
                try connection.integer(
                    "SELECT COUNT(*) FROM task_instance WHERE task = ? AND lead = ? AND period LIKE ?", code, lead.text,
                    "\(year)-DX%") ?? 0
            let instance = ScheduledInstance(
                task: code, lead: lead, period: .unplanned(year: year, number: before + 1), opensOn: today, due: day,
                checkpoints: [])
            _ = try connection.load(
                "task_instance", columns: Self.instanceColumns, rows: [self.row(for: instance, origin: .lead)])
            guard
                let row = try connection.row(
                    "SELECT \(WorkItem.columns) FROM task_instance i WHERE i.id = ?", instance.key)
            else { throw Self.unknown }
            try self.record(
                .opened, of: try WorkItem(row), day: day, note: reason, by: submission, at: now, on: connection)
        }
    }
}

extension Viewer {
    /// For which of a task's leads the person may open work that no calendar foresees; none where the plan knows no such
    /// work.
    public func unplannedLeads(of task: PlanTask, in plan: PlanDefinition) -> [UnitCode] {
        guard case .setByLead(withUnplanned: true) = task.deadline else { return [] }
        return Schedule.leads(of: task, in: plan).filter { worksFor($0) || may(.completePlan, for: plan) }
    }
}
