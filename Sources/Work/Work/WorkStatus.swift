import PlanText
public import Kernel

/// What has been decided last about a piece of work; the stored half of its status.
public enum WorkState: String, Sendable, CaseIterable {
    case none
    case submitted
    case returned
    case accepted
}

/// Who fixed the due day that holds.
public enum DueOrigin: String, Sendable, CaseIterable {
    /// The plan's phrase by its rule.
    case plan
    /// The lead itself, where the plan leaves it to the lead.
    case lead
    /// The coordinating agency, with a reason.
    case override
    /// More time granted on request.
    case extension_ = "extension"
}

/// Where a piece of work stands on a given day. Derived, never stored.
public enum WorkStatus: String, Sendable, CaseIterable {
    case notDue = "not-due"
    case open
    case extended
    case submitted
    case returned
    case late
    /// It fell due before the system counts.
    case beforeUse = "before-use"
    case accepted

    public var title: String {
        switch self {
        case .notDue: "Chưa đến kỳ"
        case .open: "Đang làm"
        case .extended: "Được gia hạn"
        case .submitted: "Chờ duyệt"
        case .returned: "Bị trả lại"
        case .late: "Quá hạn"
        case .beforeUse: "Trước khi đưa vào sử dụng"
        case .accepted: "Hoàn thành"
        }
    }

    /// The status of work on `today`.
    ///
    /// What was accepted stays accepted. What waits for a decision is not late: the delay is then the reviewer's. What
    /// was returned and has run out of time is late.
    ///
    /// - Parameter countsFrom: the day from which the system counts; nothing that fell due before it is late.
    public static func on(
        _ today: Day, state: WorkState, opensOn: Day, due: Day?, dueOrigin: DueOrigin, countsFrom: Day? = nil
    ) -> WorkStatus {
        let isOver = due.map { $0 < today } ?? false
        let counts = due.flatMap { due in countsFrom.map { due >= $0 } } ?? true
        switch state {
        case .accepted: return .accepted
        case .submitted: return .submitted
        case .returned: return isOver && counts ? .late : .returned
        case .none:
            if isOver { return counts ? .late : .beforeUse }
            if dueOrigin == .extension_ { return .extended }
            return opensOn > today ? .notDue : .open
        }
    }
}
