public import Access
public import Database
public import Kernel
import PlanText

// Products that the system makes of what it holds.
extension WorkService {
    /// Fills a slot of figures with one that the caller worked out; part of the caller's transaction. What stood there
    /// before is kept as replaced.
    public func fill(
        _ index: Int, of item: WorkItem, with draft: ProductDraft, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        guard let slots = plan.task(item.task)?.slots, slots.indices.contains(index) else { throw Self.unknown }
        try add(draft, file: nil, to: index, slots[index], of: item, by: submission, at: now, on: connection)
    }

    /// The same by the system itself, where nothing was put yet and the work is still open.
    public func fillBySystem(
        _ index: Int, of id: String, with draft: ProductDraft, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        guard
            let item = try connection.row("SELECT \(WorkItem.columns) FROM task_instance i WHERE i.id = ?", id).map(
                WorkItem.init),
            item.state == .none || item.state == .returned, let slots = plan.task(item.task)?.slots,
            slots.indices.contains(index), try Product.all(of: [id], on: connection).allSatisfy({ $0.slot != index })
        else { return }
        let name = Actor.system.name
        try connection.execute(
            """
            INSERT INTO product (id, instance, slot, kind, personal, issued_on, summary, figure, source, added_at,
                added_by_name)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, RecordID(at: now), id, index, slots[index].kind.rawValue, slots[index].personal,
            Day(typed: draft.issuedOn), draft.summary, draft.figure, draft.source, now, name)
        try touch(item, on: connection)
        try connection.execute(
            """
            INSERT INTO instance_event (id, instance, at, account, actor_name, kind, day, note)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, RecordID(at: now), id, now, nil as RecordID?, name, InstanceEventKind.productAdded.rawValue,
            nil as Day?, "\(slots[index].text): \(draft.figure)")
        try AuditTrail.append(
            AuditEvent("instance.product-added", subject: Subject(.instance, id), detail: draft.figure), by: .system,
            at: now, on: connection)
    }
}

extension WorkQueries {
    /// Open work of a task that has begun, with nothing in a slot.
    public static func unfilled(
        task: String, slot: Int, opened today: Day, on connection: any SQLConnection
    ) throws -> [WorkItem] {
        try connection.rows(
            """
            SELECT \(WorkItem.columns) FROM task_instance i
            WHERE i.task = ? AND i.withdrawn_at IS NULL AND i.state IN ('none', 'returned') AND i.opens_on <= ?
                AND \(CountingDay.counts) AND NOT EXISTS
                (SELECT 1 FROM product p WHERE p.instance = i.id AND p.slot = ? AND p.replaced_at IS NULL)
            ORDER BY i.due_key, i.lead, i.id
            """, task, today, slot
        ).map(WorkItem.init)
    }
}
