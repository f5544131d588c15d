public import Access
import Files
import Kernel
public import PlanText

/// What somebody may do with a piece of work. Use cases check it by ``require(of:by:in:)``, pages draw the forms of
/// ``WorkItem/actions(for:in:)``: both ask the same two functions.
public enum WorkAction: Sendable, CaseIterable {
    /// Fill and empty slots, keep steps.
    case prepare
    case submit
    case withdraw
    /// Accept or return.
    case decide
    case askExtension
    case decideExtension
    /// The lead sets a day that the plan leaves to it.
    case setOwnDay
    /// The coordinating agency puts another day.
    case overrideDay
    case note

    /// Whether the person is one who does this with this work, in whatever state it is.
    public func belongs(to viewer: Viewer, of item: WorkItem, in plan: PlanDefinition) -> Bool {
        switch self {
        case .prepare, .submit, .withdraw, .askExtension: viewer.worksFor(item.lead)
        case .decide, .decideExtension: viewer.reviews(item)
        case .setOwnDay: viewer.worksFor(item.lead) && item.scheduledDue == nil
        case .overrideDay: viewer.may(.overrideDeadlines, for: plan)
        case .note: viewer.worksFor(item.lead) || viewer.reviews(item) || viewer.may(.completePlan, for: plan)
        }
    }

    /// What stands against it in the work's present state; nil when nothing does.
    public func obstruction(of item: WorkItem) -> String? {
        switch self {
        case .prepare, .submit, .askExtension:
            switch item.state {
            case .none, .returned: self == .askExtension ? Self.noQuestion(of: item) : nil
            case .submitted: "Việc này đang chờ duyệt. Muốn sửa, hãy rút lại trước."
            case .accepted: "Việc này đã được chấp nhận nên không sửa được nữa."
            }
        case .withdraw:
            item.state == .submitted
                ? nil : "Việc này không còn ở trạng thái chờ duyệt nên không rút lại được."
        case .decide:
            item.state == .submitted
                ? nil : "Việc này không chờ duyệt (có thể đã được duyệt hoặc rút lại). Hãy tải lại trang."
        case .decideExtension:
            item.extensionDay != nil && item.state != .accepted
                ? nil : "Không còn đề nghị gia hạn nào chờ quyết định ở việc này."
        case .setOwnDay, .overrideDay: item.state == .accepted ? "Việc này đã được chấp nhận." : nil
        case .note: nil
        }
    }

    /// Why no more time can be asked for.
    private static func noQuestion(of item: WorkItem) -> String? {
        if item.due == nil { return "Việc này chưa có thời hạn nên không cần gia hạn." }
        return item.extensionDay == nil ? nil : "Đề nghị gia hạn trước đang chờ quyết định."
    }

    private var refusal: String {
        switch self {
        case .prepare, .submit, .withdraw, .askExtension, .note: "Chỉ đơn vị chủ trì mới cập nhật được việc này."
        case .decide: "Chỉ cơ quan cấp trên của đơn vị chủ trì mới duyệt được việc này."
        case .decideExtension: "Chỉ cơ quan cấp trên của đơn vị chủ trì mới quyết định việc gia hạn."
        case .setOwnDay, .overrideDay:
            "Chỉ cơ quan thường trực kế hoạch được sửa thời hạn; đơn vị chủ trì chỉ ấn định thời hạn mà kế hoạch để ngỏ."
        }
    }

    /// - Throws: a refusal: forbidden to the person, or out of time for the work.
    func require(of item: WorkItem, by viewer: Viewer, in plan: PlanDefinition) throws(Refusal) {
        guard belongs(to: viewer, of: item, in: plan) else { throw Refusal(.forbidden, refusal) }
        if let obstruction = obstruction(of: item) { throw Refusal(.stale, obstruction) }
    }
}

extension WorkItem {
    /// The slots of its task that none of its products fills.
    func missing(_ products: [Product], in plan: PlanDefinition) -> [ProductSlot] {
        let filled = Set(products.filter { $0.instance == id && $0.file?.isErased != true }.map(\.slot))
        return (plan.task(task)?.slots ?? []).enumerated().filter { !filled.contains($0.offset) }.map(\.element)
    }

    /// What a person may do with the work now, but for handing in, which waits for its products
    /// (``WorkDetail/actions(for:in:)``).
    public func actions(for viewer: Viewer, in plan: PlanDefinition) -> Set<WorkAction> {
        Set(
            WorkAction.allCases.filter { action in
                action.belongs(to: viewer, of: self, in: plan) && action.obstruction(of: self) == nil
            })
    }
}

extension WorkDetail {
    /// What a person may do with the work now: it can be handed in once every slot is filled.
    public func actions(for viewer: Viewer, in plan: PlanDefinition) -> Set<WorkAction> {
        let open = item.actions(for: viewer, in: plan)
        return item.missing(products, in: plan).isEmpty ? open : open.subtracting([.submit])
    }
}
