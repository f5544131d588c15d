import Access
import Database
import Kernel
public import Notices
import PlanText

extension NoticeKind {
    static let workReturned = NoticeKind(
        "work.returned", "Sản phẩm của đơn vị bị trả lại", weight: .urgent,
        lettersAfter: WorkService.takeBackSeconds)
    static let workAccepted = NoticeKind(
        "work.accepted", "Việc của đơn vị được chấp nhận", weight: .light, lettersAfter: WorkService.takeBackSeconds)
    /// Told only to those who may have read what was decided before.
    static let reviewUndone = NoticeKind("work.review-undone", "Người duyệt hoàn tác việc chấp nhận, trả lại")
    /// The unit itself withdrew the paper that it had handed in.
    static let workReopened = NoticeKind(
        "work.reopened", "Việc mở lại vì đơn vị thu hồi văn bản đã nộp", weight: .urgent)
    static let extensionDecided = NoticeKind("work.extension-decided", "Quyết định về gia hạn")
    static let deadlineMoved = NoticeKind("work.deadline-moved", "Thời hạn việc của đơn vị thay đổi")
    /// Letters tell of it as reminders, by milestone.
    static let workLate = NoticeKind("work.late", "Việc của đơn vị quá hạn", weight: .urgent, mail: .never)
}

extension NoticeArea {
    /// Work and obstacles.
    public static let work = NoticeArea(
        "Công việc, vướng mắc",
        [
            .workReturned, .workAccepted, .reviewUndone, .workReopened, .extensionDecided, .deadlineMoved, .workLate,
            .lateReminder,
            .obstacleAssigned,
            .obstacleDue, .obstacleAnswered,
        ])
}

extension WorkService {
    /// `Việc I.5 (Quý IV/2026)`
    static func named(_ item: WorkItem) -> String { "Việc \(item.task) (\(item.periodTitle))" }

    /// The people of the unit that leads the work, who hand it in.
    static func workers(of lead: UnitCode) -> [Addressee] { [.officers(of: lead, holding: .handIn)] }

    /// Tells those who lead the work what became of it.
    /// - Parameter over: what was told of it before and is over now.
    func tellLead(
        _ kind: NoticeKind, of item: WorkItem, _ words: String, detail: String, ending over: [NoticeKind],
        by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let subject = Subject(.instance, item.id)
        try NoticeBoard.resolve(over, about: [subject], at: now, on: connection)
        try NoticeBoard.post(
            [
                Notice(
                    kind, key: "\(item.id)/\(item.version)", to: Self.workers(of: item.lead), about: subject,
                    "\(Self.named(item)) \(words)", detail: detail, author: submission.viewer.account)
            ], at: now, on: connection)
    }

    /// Tells the lead and whoever reviews it that handed-in work is open again by the unit's own deed.
    func tellReopened(
        _ item: WorkItem, _ words: String, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let subject = Subject(.instance, item.id)
        try NoticeBoard.resolve([.workReturned, .workAccepted], about: [subject], at: now, on: connection)
        let reviewers = item.superior.map { [Addressee.everybody(of: $0, holding: .review)] } ?? []
        try NoticeBoard.post(
            [
                Notice(
                    .workReopened, key: "\(item.id)/\(item.version)", to: Self.workers(of: item.lead) + reviewers,
                    about: subject,
                    "\(Self.named(item)) của \(plan.name(of: item.lead)) mở lại: đơn vị đã thu hồi văn bản là sản phẩm",
                    detail: words, author: submission.viewer.account)
            ], at: now, on: connection)
    }

    /// What asked for a hand-in is over once there is one.
    func endCalls(of item: WorkItem, at now: Timestamp, on connection: any SQLConnection) throws {
        try NoticeBoard.resolve(
            [.workReturned, .workReopened, .workLate, .reviewUndone], about: [Subject(.instance, item.id)], at: now,
            on: connection)
    }
}

/// Who moved days, and why.
struct DeadlineCause {
    /// In Vietnamese sentences: who, what from and to, from when, why.
    let words: String
    let author: RecordID?

    /// The files of the plan changed between two starts.
    static let files = DeadlineCause(words: "Tệp kế hoạch của hệ thống được cập nhật.", author: nil)
}

/// Open work whose day moved with the plan's rule.
struct MovedDeadline {
    let instance: ScheduledInstance
    let before: Day?

    /// Work without a day comes last.
    fileprivate var order: Int { instance.due?.daysSinceEpoch ?? .max }
}

extension WorkService {
    /// One notice for each lead and task, however many of its periods moved: it leads to the one that is next.
    static func notices(of moved: [MovedDeadline], because cause: DeadlineCause, at now: Timestamp) -> [Notice] {
        let groups = Dictionary(grouping: moved) { "\($0.instance.task)/\($0.instance.lead)" }
        return groups.sorted { $0.key < $1.key }.compactMap { key, group in
            let byDay = group.sorted { $0.order < $1.order }
            guard let next = byDay.first(where: { $0.instance.due.map { $0 >= now.day } ?? true }) ?? byDay.last else {
                return nil
            }
            let instance = next.instance
            func words(_ day: Day?) -> String { day?.vietnamese ?? "chưa ấn định" }
            let others = byDay.filter { $0.instance.key != instance.key }
            let rest = others.prefix(3).map {
                "\($0.instance.period.title) từ \(words($0.before)) sang \(words($0.instance.due))"
            }.joined(separator: "; ")
            return Notice(
                .deadlineMoved, key: "\(key)/\(now.secondsSinceEpoch)", to: workers(of: instance.lead),
                about: Subject(.instance, instance.key),
                "Việc \(instance.task) (\(instance.period.title)) đổi thời hạn từ \(words(next.before)) sang \(words(instance.due))",
                detail: cause.words
                    + (others.isEmpty
                        ? ""
                        : " Kỳ khác cũng đổi: \(rest)\(others.count > 3 ? " và \(others.count - 3) kỳ nữa" : "")."),
                author: cause.author)
        }
    }
}
