import PlanText
public import Access
import Database
public import Files
public import Kernel

/// A piece of work with all that belongs to it, as its page shows it.
public struct WorkDetail: Sendable {
    public let item: WorkItem
    /// The same lead's work of the task that shares it, in the same year: entered once, two products.
    public let twin: WorkItem?
    /// The task's advice, without sentences that send to work which does not exist this year.
    public let guide: String
    /// Of the work and its twin.
    public let products: [Product]
    /// Files of the work itself that were replaced or taken back, the latest first.
    public let formerProducts: [FormerProduct]
    public let steps: [WorkStep]
    /// One page of the history, newest first.
    public let events: [InstanceEvent]
    /// 1-based.
    public let historyPage: Int
    public let historyPages: Int
}

extension Right {
    public static let openFiles = Right("files.open", "Mở tệp sản phẩm trong phạm vi của mình")
    /// The Law on Social Insurance 2024, articles 17 and 30.3, sends such data to the insurance agency.
    public static let openPersonLists = Right(
        "files.open-person-lists", "Mở tệp có danh sách người, của đơn vị và địa bàn mình", guardsPeople: true)
    public static let openAllPersonLists = Right(
        "files.open-all-person-lists", "Mở tệp có danh sách người của mọi đơn vị", guardsPeople: true)
}

extension WorkService {
    /// How many lines of history a page shows.
    static let historyPageSize = 25

    /// Reads a piece of work within the viewer's scope, with one page of its history.
    public func detail(_ id: String, for viewer: Viewer, historyPage: Int = 1) async throws -> WorkDetail {
        try await store.read { connection in
            let item = try self.item(id, for: viewer, on: connection)
            var twin: WorkItem?
            if let other = plan.task(item.task)?.sharesWorkWith {
                twin = try connection.rows(
                    """
                    SELECT \(WorkItem.columns) FROM task_instance i
                    WHERE i.task = ? AND i.lead = ? AND i.year = ? AND i.withdrawn_at IS NULL ORDER BY i.due_key, i.task_order, i.lead, i.id LIMIT 1
                    """, [other.sqlValue, item.lead.text.sqlValue, item.year.sqlValue]
                ).first.map(WorkItem.init)
            }
            let ids = [item.id] + (twin.map { [$0.id] } ?? [])
            let marks = WorkScope.marks(ids.count)
            let size = Self.historyPageSize
            let count =
                try connection.rows(
                    "SELECT COUNT(*) AS n FROM instance_event WHERE instance IN (\(marks))", ids.map(\.sqlValue)
                ).first?.integer("n") ?? 0
            let pages = max(1, (count + size - 1) / size)
            let page = min(max(1, historyPage), pages)
            return WorkDetail(
                item: item, twin: twin, guide: try self.guide(for: item, on: connection),
                products: try Product.all(of: ids, on: connection),
                formerProducts: try FormerProduct.all(of: item.id, on: connection),
                steps: try connection.rows(
                    "SELECT * FROM work_step WHERE instance IN (\(marks)) ORDER BY id", ids.map(\.sqlValue)
                ).map(WorkStep.init),
                events: try connection.rows(
                    "SELECT * FROM instance_event WHERE instance IN (\(marks)) ORDER BY at DESC, id DESC LIMIT ? OFFSET ?",
                    ids.map(\.sqlValue) + [size.sqlValue, ((page - 1) * size).sqlValue]
                ).map(InstanceEvent.init), historyPage: page, historyPages: pages)
        }
    }

    /// A file the viewer may open: it belongs to a product of work in the scope, and lists of persons ask for more.
    /// Opening is recorded before a byte is handed out.
    public func openFile(_ id: RecordID, by submission: Submission) async throws -> StoredFile {
        let now = clock.now
        let viewer = submission.viewer
        return try await store.write { connection -> Result<StoredFile, Refusal> in
            let unknown = Refusal(
                .notFound, "Không có tệp này, hoặc tệp không thuộc phạm vi của bạn.")
            guard let row = try connection.row("SELECT instance, personal FROM product WHERE file = ?", id),
                let item = try? self.item(try row.text("instance"), for: viewer, on: connection),
                let file = try StoredFiles.find(id, on: connection)
            else {
                try AuditTrail.append(
                    AuditEvent("file.refused", subject: Subject(.file, id)), by: submission.actor, at: now,
                    on: connection)
                return .failure(unknown)
            }
            guard !file.isErased else {
                return .failure(
                    Refusal(.expired, "Tệp này đã huỷ theo biên bản; xem ở trang của việc."))
            }
            let personal = try row.flag("personal")
            guard viewer.mayOpenFile(personal: personal, of: item.lead, in: plan), file.isOpen(to: viewer) else {
                try AuditTrail.append(
                    AuditEvent("file.refused", subject: Subject(.file, id), detail: item.id), by: submission.actor,
                    at: now,
                    on: connection)
                return .failure(
                    Refusal(
                        .forbidden,
                        personal
                            ? "Danh sách này có dữ liệu cá nhân: chỉ đơn vị lập và cơ quan BHXH được mở (Luật BHXH 2024, Điều 17 và khoản 3 Điều 30)."
                            : file.isOpen(to: viewer)
                                ? "Vai trò của bạn không được mở tệp của việc này."
                                : "Tệp này có thông tin được che với bạn (số điện thoại). Hãy hỏi đơn vị lập văn bản."))
            }
            try AuditTrail.append(
                AuditEvent(
                    personal ? "file.person-list-opened" : "file.opened", subject: Subject(.file, id),
                    detail: "\(item.id): \(FileMention.words(file))"),
                by: submission.actor, at: now, on: connection)
            return .success(file)
        }.get()
    }
}
