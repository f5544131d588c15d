import PlanText
public import Access
import Database
import Files
public import Kernel
import Notices

extension Right {
    public static let handIn = Right("work.hand-in", "Nộp sản phẩm, chia bước, xin gia hạn việc của đơn vị mình")
    public static let review = Right("work.review", "Duyệt hoặc trả lại việc của đơn vị cấp dưới")
}

extension WorkService {
    /// Fills a slot. What stood there before is kept as replaced, with its file.
    public func addProduct(
        _ draft: ProductDraft, slot index: Int, instance id: String, version: Int? = nil, by submission: Submission
    ) async throws {
        try await store.once(
            submission, about: Subject(.instance, id), with: draft.file, at: clock.now
        ) { connection, now, sent in
            let item = try self.item(id, open: .prepare, to: submission.viewer, on: connection)
            try Self.check(version: version, of: item)
            guard let task = plan.task(item.task), task.slots.indices.contains(index) else {
                throw Refusal(.invalid, "Việc này không có sản phẩm thứ \(index + 1). Hãy tải lại trang.")
            }
            let slot = task.slots[index]
            let problems = draft.problems(for: slot, today: now.day)
            guard problems.isEmpty else { throw Refusal(fields: problems) }
            let file = try sent?.keep(at: now, on: connection)
            try self.add(draft, file: file, to: index, slot, of: item, by: submission, at: now, on: connection)
        }
    }

    /// Puts a product into a slot; part of the caller's transaction.
    func add(
        _ draft: ProductDraft, file: StoredFile?, to index: Int, _ slot: ProductSlot, of item: WorkItem,
        by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "UPDATE product SET replaced_at = ? WHERE instance = ? AND slot = ? AND replaced_at IS NULL", now, item.id,
            index)
        try connection.execute(
            """
            INSERT INTO product (id, instance, slot, kind, personal, number_symbol, issued_on, summary, figure, source,
                file, added_at, added_by, added_by_name)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            RecordID(at: now), item.id, index, slot.kind.rawValue, slot.personal,
            draft.numberSymbol.isEmpty ? nil : draft.numberSymbol, Day(typed: draft.issuedOn), draft.summary,
            slot.kind == .figure ? draft.figure : nil, draft.source.isEmpty ? nil : draft.source, file?.id, now,
            submission.viewer.account, submission.viewer.name)
        try touch(item, on: connection)
        let detail = [slot.text, draft.numberSymbol, file.map { "SHA-256 \($0.sha256)" } ?? ""]
        try record(
            .productAdded, of: item, note: detail.filter { !$0.isEmpty }.joined(separator: "; "), by: submission,
            at: now, on: connection)
    }

    public func removeProduct(
        _ product: RecordID, instance id: String, version: Int? = nil, by submission: Submission
    ) async throws {
        try await store.once(submission, about: Subject(.instance, id), at: clock.now) { connection, now in
            let item = try self.item(id, open: .prepare, to: submission.viewer, on: connection)
            try Self.check(version: version, of: item)
            let removed = try connection.execute(
                "UPDATE product SET replaced_at = ? WHERE id = ? AND instance = ? AND replaced_at IS NULL", now,
                product, id)
            guard removed > 0 else {
                throw Refusal(
                    .stale,
                    "Sản phẩm này đã được bỏ hoặc thay trước đó. Hãy mở lại trang của việc để xem sản phẩm hiện nay.")
            }
            try self.touch(item, on: connection)
            try self.record(.productRemoved, of: item, by: submission, at: now, on: connection)
        }
    }

    /// Hands in the work: every slot must be filled. It then waits for the reviewer; work without a superior body is
    /// accepted by its own hand-in.
    public func submit(_ id: String, note: String = "", version: Int? = nil, by submission: Submission) async throws {
        try await store.once(submission, about: Subject(.instance, id), at: clock.now) { connection, now in
            let item = try self.item(id, open: .submit, to: submission.viewer, on: connection)
            try Self.check(version: version, of: item)
            let missing = item.missing(try Product.all(of: [id], on: connection), in: plan).map { "“\($0.text)”" }
            guard missing.isEmpty else {
                throw Refusal(.invalid, "Chưa nộp được: còn thiếu sản phẩm \(missing.joined(separator: ", ")).")
            }
            let state: WorkState = item.superior == nil ? .accepted : .submitted
            try connection.execute(
                """
                UPDATE task_instance SET state = ?, submitted_on = ?, decided_on = ?, note = '', extension_day = NULL,
                    extension_reason = NULL, version = version + 1 WHERE id = ?
                """, state.rawValue, now.day, state == .accepted ? now.day : nil, id)
            try self.record(.submitted, of: item, note: note, by: submission, at: now, on: connection)
            try self.endCalls(of: item, at: now, on: connection)
        }
    }

    /// Takes back a hand-in that nobody has decided on yet.
    public func withdraw(_ id: String, version: Int? = nil, by submission: Submission) async throws {
        try await store.once(submission, about: Subject(.instance, id), at: clock.now) { connection, now in
            let item = try self.item(id, open: .withdraw, to: submission.viewer, on: connection)
            try Self.check(version: version, of: item)
            try connection.execute(
                "UPDATE task_instance SET state = 'none', submitted_on = NULL, version = version + 1 WHERE id = ?", id)
            try self.record(.withdrawn, of: item, by: submission, at: now, on: connection)
        }
    }

    /// Work within the scope with which the person may do this now.
    func item(
        _ id: String, open action: WorkAction, to viewer: Viewer, on connection: any SQLConnection
    ) throws -> WorkItem {
        let item = try item(id, for: viewer, on: connection)
        try action.require(of: item, by: viewer, in: plan)
        return item
    }

    func touch(_ item: WorkItem, on connection: any SQLConnection) throws {
        try connection.execute("UPDATE task_instance SET version = version + 1 WHERE id = ?", item.id)
    }
}
