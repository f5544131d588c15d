public import Access
public import Database
public import Kernel
public import Legislation
public import PlanText

/// Pieces of work and what is done with them: products, hand-ins, decisions, days, notes, lists, calendars. Each use case
/// stands in a file of its own, as an extension.
public struct WorkService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    public let plan: PlanDefinition
    /// Which days are worked: told beside days that are due.
    public let workingDays: WorkingCalendar
    private let counts = Kept<CountKey, WorkCounts>([.instance, .task, .plan], capacity: 1_000)

    private let orders = Kept<OrderKey, [String]>([.instance, .task, .plan], capacity: 32)

    private let periodTexts = Kept<PeriodsOfAll, [WorkPeriod]>([.instance, .task, .plan], capacity: 1)

    private struct PeriodsOfAll: Hashable {}

    private struct CountKey: Hashable {
        let filter: WorkFilter
        let scope: WorkScope
        let today: Day
    }

    private struct OrderKey: Hashable {
        let counted: CountKey
        let order: WorkOrder?
    }

    public init(
        store: any DataStore, clock: Clock, plan: PlanDefinition, workingDays: WorkingCalendar = WorkingCalendar()
    ) {
        self.store = store
        self.clock = clock
        self.plan = plan
        self.workingDays = workingDays
    }

    public func scope(of viewer: Viewer) -> WorkScope { WorkScope(viewer, in: plan) }

    /// How much work there is, kept while none changes: each page of a list says it. For reads.
    func counts(_ filter: WorkFilter, scope: WorkScope, today: Day, on connection: any SQLConnection) throws
        -> WorkCounts
    {
        try counts.value(
            CountKey(filter: filter, scope: scope, today: today), at: Revisions.read(on: connection)
        ) { try WorkQueries.counts(filter, scope: scope, plan: plan, today: today, on: connection) }
    }

    /// The ids of a list in its order, kept likewise: its last page costs no more than its first. For reads.
    func order(
        _ filter: WorkFilter, by order: WorkOrder?, scope: WorkScope, today: Day, on connection: any SQLConnection
    ) throws -> [String] {
        try orders.value(
            OrderKey(counted: CountKey(filter: filter, scope: scope, today: today), order: order),
            at: Revisions.read(on: connection)
        ) { try WorkQueries.order(filter, by: order, scope: scope, plan: plan, today: today, on: connection) }
    }

    /// The periods that there is work of, kept likewise. For reads.
    func periods(on connection: any SQLConnection) throws -> [WorkPeriod] {
        try periodTexts.value(PeriodsOfAll(), at: Revisions.read(on: connection)) {
            try connection.rows("SELECT DISTINCT period FROM task_instance", []).compactMap {
                WorkPeriod(try $0.text("period"))
            }
        }
    }

    /// The work of an id within the viewer's scope.
    /// - Throws: not found, whether it does not exist or may not be seen: the answer must not tell which.
    public func item(_ id: String, for viewer: Viewer, on connection: any SQLConnection) throws -> WorkItem {
        guard
            let row = try connection.row(
                "SELECT \(WorkItem.columns) FROM task_instance i WHERE i.id = ? AND i.withdrawn_at IS NULL", id)
        else { throw Self.unknown }
        let item = try WorkItem(row)
        guard scope(of: viewer).covers(task: item.task, lead: item.lead) else { throw Self.unknown }
        return item
    }

    static let unknown = Refusal(
        .notFound, "Không có việc này, hoặc việc này không thuộc phạm vi của bạn. Hãy mở từ danh sách việc của mình.")

    /// Checks that the page the person acted on still shows what is stored.
    public static func check(version: Int?, of item: WorkItem) throws(Refusal) {
        guard let version, version != item.version else { return }
        throw Refusal(
            .stale, "Việc này vừa được người khác cập nhật sau khi bạn mở trang. Hãy xem lại nội dung mới rồi làm lại.")
    }

    /// Records what happened to a piece of work: its history and the audit trail.
    func record(
        _ kind: InstanceEventKind, of item: WorkItem, day: Day? = nil, note: String = "", by submission: Submission,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO instance_event (id, instance, at, account, actor_name, kind, day, note)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            RecordID(at: now), item.id, now, submission.viewer.account, submission.viewer.name, kind.rawValue, day, note
        )
        try AuditTrail.append(
            AuditEvent("instance.\(kind.rawValue)", subject: Subject(.instance, item.id), detail: note),
            by: submission.actor,
            at: now, on: connection)
    }
}

/// What can happen to a piece of work.
public enum InstanceEventKind: String, Sendable, CaseIterable {
    case noted
    case stepAdded = "step-added"
    case stepDone = "step-done"
    case productAdded = "product-added"
    case productRemoved = "product-removed"
    /// The paper that it is got another number, day or copy.
    case productCorrected = "product-corrected"
    /// Two people erased its file.
    case productErased = "product-erased"
    case submitted
    case withdrawn
    case accepted
    case returned
    /// Whoever accepted or returned it took that back within the minute.
    case decisionUndone = "decision-undone"
    case extensionAsked = "extension-asked"
    case extensionGranted = "extension-granted"
    case extensionRefused = "extension-refused"
    case dueSet = "due-set"
    case dueOverridden = "due-overridden"
    case opened
    /// The paper that was its product no longer holds.
    case paperLost = "paper-lost"
    /// It was handed in, and is open again because its paper no longer holds.
    case reopened

    public var title: String {
        switch self {
        case .noted: "Ghi chú"
        case .stepAdded: "Thêm bước"
        case .stepDone: "Xong bước"
        case .productAdded: "Thêm sản phẩm"
        case .productRemoved: "Bỏ sản phẩm"
        case .productCorrected: "Sửa sản phẩm theo văn bản"
        case .productErased: "Huỷ tệp của sản phẩm"
        case .submitted: "Nộp"
        case .withdrawn: "Rút lại"
        case .accepted: "Chấp nhận"
        case .returned: "Trả lại"
        case .decisionUndone: "Người duyệt hoàn tác"
        case .extensionAsked: "Xin gia hạn"
        case .extensionGranted: "Đồng ý gia hạn"
        case .extensionRefused: "Không gia hạn"
        case .dueSet: "Ấn định thời hạn"
        case .dueOverridden: "Sửa thời hạn"
        case .opened: "Mở việc đột xuất"
        case .paperLost: "Văn bản là sản phẩm không còn hiệu lực"
        case .reopened: "Việc mở lại vì đơn vị thu hồi văn bản"
        }
    }
}
