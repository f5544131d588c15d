import PlanText
import Province
import Access
import Crypto
import Database
import Kernel
import Notices

/// What bringing the stored work in line with the plan changed.
public struct SyncResult: Sendable, Equatable {
    public var added = 0
    public var moved = 0
    public var withdrawn = 0
}

/// What brings the stored work in line with a schedule.
struct SyncSteps {
    struct Stored {
        let id: String
        let task: String
        let period: String
        let due: String?
        let scheduledDue: String?
        let opensOn: String
        let origin: String
        let superior: String?
        let isWithdrawn: Bool
        let state: WorkState
        let order: Int

        /// Whether its day moves with the rule: nobody fixed it, and nothing was handed in by it.
        var follows: Bool { origin == DueOrigin.plan.rawValue && ![.submitted, .accepted].contains(state) }
    }

    var fresh: [ScheduledInstance] = []
    var changed: [(instance: ScheduledInstance, old: Stored)] = []
    /// No longer in the schedule and not begun.
    var leaving: [Stored] = []
    /// No longer in the schedule, but begun: it stays with its history.
    var staying: [Stored] = []
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

    /// - Parameter cause: whose deed it is that moves days; tells those whose work moves.
    func syncInstances(
        on connection: any SQLConnection, at now: Timestamp, because cause: DeadlineCause = .files
    ) throws -> SyncResult {
        // Another server may have taken a list of units that this one does not know yet.
        let units = try plan.unitsInForce.read(on: connection)
        return try with(units).sync(on: connection, at: now, because: cause)
    }

    /// The same service over the plan with these units.
    func with(_ units: AgencyUnits) -> WorkService {
        WorkService(store: store, clock: clock, plan: plan.with(units: units))
    }

    private func sync(
        on connection: any SQLConnection, at now: Timestamp, because cause: DeadlineCause
    ) throws -> SyncResult {
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
        let result = try apply(steps(to: scheduled, on: connection), on: connection, at: now, because: cause)
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
        let orders = Dictionary(plan.tasks.enumerated().map { ($1.code, $0) }) { first, _ in first }
        var superiors: [UnitCode: String] = [:]
        var text = ""
        for instance in scheduled {
            let superior = superiors[instance.lead] ?? plan.superior(of: instance.lead)?.text ?? ""
            superiors[instance.lead] = superior
            text += "\(instance.key)|\(instance.period.text)|\(instance.opensOn)|\(instance.due?.description ?? "")"
            text += "|\(superior)|\(orders[instance.task] ?? 0)\n"
        }
        return hexadecimal(SHA256.hash(data: Array(text.utf8)))
    }

    /// What brings the stored work in line with a schedule. Changes nothing.
    func steps(to scheduled: [ScheduledInstance], on connection: any SQLConnection) throws -> SyncSteps {
        var stored: [String: SyncSteps.Stored] = [:]
        try connection.forEachRow(
            """
            SELECT id, task, period, due, scheduled_due, opens_on, due_origin, superior, withdrawn_at, state, task_order
            FROM task_instance WHERE period NOT LIKE '%-DX%'
            """, []
        ) { row in
            let id = try row.text("id")
            stored[id] = SyncSteps.Stored(
                id: id, task: try row.text("task"), period: try row.text("period"), due: try row.optionalText("due"),
                scheduledDue: try row.optionalText("scheduled_due"),
                opensOn: try row.text("opens_on"), origin: try row.text("due_origin"),
                superior: try row.optionalText("superior"),
                isWithdrawn: try row.optionalInteger("withdrawn_at") != nil, state: try row.choice("state"),
                order: try row.integer("task_order"))
        }
        var steps = SyncSteps()
        for instance in scheduled {
            guard let old = stored.removeValue(forKey: instance.key) else {
                steps.fresh.append(instance)
                continue
            }
            let order = plan.tasks.firstIndex { $0.code == instance.task } ?? plan.tasks.count
            if old.scheduledDue == instance.due?.description, old.opensOn == instance.opensOn.description,
                old.superior == plan.superior(of: instance.lead)?.text, old.order == order,
                old.period == instance.period.text, !old.isWithdrawn
            {
                continue
            }
            steps.changed.append((instance, old))
        }
        for old in stored.values.sorted(by: { $0.id < $1.id }) where !old.isWithdrawn {
            let begun = try connection.integer("SELECT COUNT(*) FROM instance_event WHERE instance = ?", old.id) ?? 0
            if begun == 0 { steps.leaving.append(old) } else { steps.staying.append(old) }
        }
        return steps
    }

    private func apply(
        _ steps: SyncSteps, on connection: any SQLConnection, at now: Timestamp, because cause: DeadlineCause
    ) throws -> SyncResult {
        var moved: [MovedDeadline] = []
        for (instance, old) in steps.changed {
            let due = instance.due?.description
            try connection.execute(
                """
                UPDATE task_instance SET period = ?, scheduled_due = ?, opens_on = ?, superior = ?, task_order = ?,
                    withdrawn_at = NULL, version = version + 1 WHERE id = ?
                """, instance.period.text, due, instance.opensOn, plan.superior(of: instance.lead)?.text,
                plan.tasks.firstIndex { $0.code == instance.task } ?? plan.tasks.count, instance.key)
            // A day that a person fixed stays, and so does the day by which something was handed in; only open days of
            // the plan's own rule move with it.
            if old.follows {
                try connection.execute(
                    "UPDATE task_instance SET due = ?, due_key = ?, year = ? WHERE id = ?", due,
                    due ?? WorkItem.noDueKey,
                    instance.year, instance.key)
                // By the plan's rule the day that held is the scheduled one.
                if old.scheduledDue != due, !old.isWithdrawn {
                    moved.append(MovedDeadline(instance: instance, before: old.scheduledDue.flatMap { Day($0) }))
                }
            }
        }
        for old in steps.leaving {
            try connection.execute(
                "UPDATE task_instance SET withdrawn_at = ?, version = version + 1 WHERE id = ?", now, old.id)
        }
        try NoticeBoard.post(Self.notices(of: moved, because: cause, at: now), at: now, on: connection)
        return SyncResult(
            added: try connection.load(
                "task_instance", columns: Self.instanceColumns, rows: steps.fresh.map { row(for: $0) }),
            moved: steps.changed.count, withdrawn: steps.leaving.count)
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
