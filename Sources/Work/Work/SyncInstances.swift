import PlanText
import Access
import Crypto
import Database
import Kernel

/// What bringing the stored work in line with the plan changed.
public struct SyncResult: Sendable, Equatable {
    public var added = 0
    public var moved = 0
    public var withdrawn = 0
}

extension WorkService {
    /// Brings the stored instances in line with the plan's files and the amendments. Does nothing when neither changed.
    ///
    /// Work that somebody has begun is never removed: it keeps its history and, where its rule is gone, its old day. So it
    /// is too when the units of an agency become known: what was begun in common stays beside what each unit now leads.
    public func syncInstances() async throws -> SyncResult {
        let now = clock.now
        return try await store.write { connection in try syncInstances(on: connection, at: now) }
    }

    func syncInstances(on connection: any SQLConnection, at now: Timestamp) throws -> SyncResult {
        let scheduled = Schedule.instances(of: plan, amendments: try PlanAmendments.read(on: connection).deadlines)
        let digest = digest(of: scheduled)
        let known = try connection.row("SELECT plan, digest FROM plan_load WHERE one = 1")
        if let known, try known.text("plan") != plan.id {
            throw Refusal(
                .invalid,
                "Cơ sở dữ liệu này đang chạy kế hoạch “\(try known.text("plan"))”, không phải “\(plan.id)”. "
                    + "Mỗi kế hoạch cần một cơ sở dữ liệu riêng.")
        }
        if let known, try known.text("digest") == digest { return SyncResult() }
        let result = try apply(scheduled, on: connection, at: now)
        if known == nil {
            try connection.execute(
                "INSERT INTO plan_load (one, plan, digest, at) VALUES (1, ?, ?, ?)", plan.id, digest, now)
        } else {
            try connection.execute("UPDATE plan_load SET digest = ?, at = ? WHERE one = 1", digest, now)
        }
        try AuditTrail.append(
            AuditEvent(
                "plan.loaded", subject: Subject(.plan, plan.id),
                detail: "\(result.added) việc thêm, \(result.moved) việc đổi hạn, \(result.withdrawn) việc rút"),
            by: .system, at: now, on: connection)
        return result
    }

    private func digest(of scheduled: [ScheduledInstance]) -> String {
        var hasher = SHA256()
        for instance in scheduled {
            let superior = plan.superior(of: instance.lead)?.text ?? ""
            let order = plan.tasks.firstIndex { $0.code == instance.task } ?? 0
            hasher.update(
                data: Array(
                    "\(instance.key)|\(instance.opensOn)|\(instance.due?.description ?? "")|\(superior)|\(order)\n".utf8
                ))
        }
        return hexadecimal(hasher.finalize())
    }

    private func apply(
        _ scheduled: [ScheduledInstance], on connection: any SQLConnection, at now: Timestamp
    ) throws -> SyncResult {
        var result = SyncResult()
        var stored:
            [String: (
                scheduledDue: String?, opensOn: String, origin: String, superior: String?, withdrawn: Bool,
                handedIn: Bool, order: Int
            )] = [:]
        try connection.forEachRow(
            "SELECT id, scheduled_due, opens_on, due_origin, superior, withdrawn_at, state, task_order FROM task_instance WHERE period NOT LIKE '%-DX%'",
            []
        ) { row in
            stored[try row.text("id")] = (
                try row.optionalText("scheduled_due"), try row.text("opens_on"), try row.text("due_origin"),
                try row.optionalText("superior"), try row.optionalInteger("withdrawn_at") != nil,
                ["submitted", "accepted"].contains(try row.text("state")), try row.integer("task_order")
            )
        }
        var fresh: [[SQLValue]] = []
        for instance in scheduled {
            let due = instance.due?.description
            let superior = plan.superior(of: instance.lead)?.text
            guard let old = stored.removeValue(forKey: instance.key) else {
                fresh.append(row(for: instance))
                continue
            }
            let order = plan.tasks.firstIndex { $0.code == instance.task } ?? plan.tasks.count
            if old.scheduledDue == due, old.opensOn == instance.opensOn.description, old.superior == superior,
                old.order == order, !old.withdrawn
            {
                continue
            }
            try connection.execute(
                """
                UPDATE task_instance SET scheduled_due = ?, opens_on = ?, superior = ?, task_order = ?, withdrawn_at = NULL,
                    version = version + 1 WHERE id = ?
                """, due, instance.opensOn, superior, order, instance.key)
            // A day that a person fixed stays, and so does the day by which something was handed in; only open days of
            // the plan's own rule move with it.
            if old.origin == DueOrigin.plan.rawValue, !old.handedIn {
                try connection.execute(
                    "UPDATE task_instance SET due = ?, due_key = ?, year = ? WHERE id = ?", due,
                    due ?? WorkItem.noDueKey,
                    instance.year, instance.key)
            }
            result.moved += 1
        }
        result.added = try connection.load("task_instance", columns: Self.instanceColumns, rows: fresh)
        for (id, old) in stored where !old.withdrawn {
            let begun = try connection.integer("SELECT COUNT(*) FROM instance_event WHERE instance = ?", id) ?? 0
            if begun == 0 {
                try connection.execute(
                    "UPDATE task_instance SET withdrawn_at = ?, version = version + 1 WHERE id = ?", now, id)
                result.withdrawn += 1
            }
        }
        return result
    }

    static let instanceColumns = [
        "id", "task", "task_order", "lead", "lead_kind", "superior", "period", "year", "opens_on", "scheduled_due",
        "due",
        "due_key", "due_origin", "state", "note", "version",
    ]

    func row(for instance: ScheduledInstance, origin: DueOrigin = .plan) -> [SQLValue] {
        let order = plan.tasks.firstIndex { $0.code == instance.task } ?? plan.tasks.count
        let kind =
            switch instance.lead {
            case .agency: "agency"
            case .agencyUnit: "unit"
            case .commune: "commune"
            }
        let due = instance.due?.description
        return [
            instance.key.sqlValue, instance.task.sqlValue, order.sqlValue, instance.lead.text.sqlValue,
            kind.sqlValue, plan.superior(of: instance.lead)?.text.sqlValue ?? .null,
            instance.period.text.sqlValue, instance.year.sqlValue, instance.opensOn.sqlValue, due.sqlValue,
            due.sqlValue,
            (due ?? WorkItem.noDueKey).sqlValue, origin.rawValue.sqlValue, WorkState.none.rawValue.sqlValue,
            "".sqlValue,
            1.sqlValue,
        ]
    }
}

extension WorkItem {
    /// Sorts work without a due day behind all that has one.
    static let noDueKey = "9999-12-31"
}
