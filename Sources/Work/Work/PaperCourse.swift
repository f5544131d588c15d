public import Access
public import Database
public import Kernel
public import PlanText

// What becomes of products when a paper is issued, and when it no longer holds.
extension WorkService {
    /// Where a paper of a period goes by itself: of each slot, the one piece of work of the lead that is of this period, may
    /// be prepared by the person and has nothing there yet. Where several would do, none: the person chooses.
    /// - Parameter period: nil for papers about no period, which go to the only work that waits.
    public func waitingPlaces(
        for slots: [(task: String, slot: Int)], of lead: UnitCode, period: WorkPeriod?, for viewer: Viewer,
        on connection: any SQLConnection
    ) throws -> [(instance: String, slot: Int)] {
        let today = clock.today
        return try slots.compactMap { place in
            guard plan.task(place.task)?.slots[place.slot].takesPapers == true else { return nil }
            let items = try WorkQueries.items(
                WorkFilter(lead: lead, task: place.task), scope: scope(of: viewer), plan: plan, today: today,
                limit: 200, on: connection
            ).filter { item in
                item.opensOn <= today && (period.map(item.isOf) ?? true)
                    && item.actions(for: viewer, in: plan).contains(.prepare)
            }
            let filled = Set(
                try Product.all(of: items.map(\.id), on: connection).filter { $0.slot == place.slot }.map(\.instance))
            let waiting = items.filter { !filled.contains($0.id) }
            return waiting.count == 1 ? waiting.first.map { ($0.id, place.slot) } : nil
        }
    }

    /// A paper that was a product no longer holds: its slots are empty again, and work that was handed in with it is open
    /// again. That is the unit's own deed and no reviewer's refusal: lead and reviewer are told so. Part of the caller's
    /// transaction.
    /// - Parameter words: why, in a sentence.
    public func lose(
        _ file: RecordID, words: String, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        for item in try itemsHolding(file, on: connection) {
            try connection.execute(
                "UPDATE product SET replaced_at = ? WHERE instance = ? AND file = ? AND replaced_at IS NULL", now,
                item.id, file)
            try record(.paperLost, of: item, note: words, by: submission, at: now, on: connection)
            guard item.state == .submitted || item.state == .accepted else {
                try touch(item, on: connection)
                continue
            }
            try connection.execute(
                """
                UPDATE task_instance SET state = 'none', submitted_on = NULL, decided_on = NULL, note = '',
                    version = version + 1 WHERE id = ?
                """, item.id)
            try record(
                .reopened, of: item,
                note: item.state == .accepted ? "trước đó đã được chấp nhận" : "trước đó đang chờ duyệt",
                by: submission,
                at: now, on: connection)
            try tellReopened(item, words, by: submission, at: now, on: connection)
        }
    }

    /// Work that was handed in with a product that is one no longer comes back to its lead; other work only changed.
    /// - Returns: whether it came back.
    @discardableResult
    func bringBack(
        _ item: WorkItem, words: String, by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws -> Bool {
        guard item.state == .submitted || item.state == .accepted else {
            try touch(item, on: connection)
            return false
        }
        try connection.execute(
            """
            UPDATE task_instance SET state = 'returned', decided_on = ?, note = ?, version = version + 1 WHERE id = ?
            """, now.day, words, item.id)
        try record(.returned, of: item, note: words, by: submission, at: now, on: connection)
        try tellLead(
            .workReturned, of: item, "trở lại chưa xong", detail: words,
            ending: [.workReturned, .workAccepted, .workLate], by: submission, at: now, on: connection)
        return true
    }

    /// The work in which a paper stands as a product.
    func itemsHolding(_ file: RecordID, on connection: any SQLConnection) throws -> [WorkItem] {
        try connection.rows(
            """
            SELECT \(WorkItem.columns) FROM task_instance i WHERE i.withdrawn_at IS NULL AND i.id IN
                (SELECT p.instance FROM product p WHERE p.file = ? AND p.replaced_at IS NULL) ORDER BY i.id
            """, file
        ).map(WorkItem.init)
    }
}
