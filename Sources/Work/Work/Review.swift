public import Access
import Database
public import Kernel
import Notices
import PlanText

/// A piece of work as somebody looked at it: `I.5/2026-Q4/10507@7`.
public struct SeenWork: Sendable, Hashable, CustomStringConvertible {
    public let id: String
    public let version: Int

    public init(_ item: WorkItem) {
        id = item.id
        version = item.version
    }

    public init?(_ text: String) {
        guard let at = text.lastIndex(of: "@"), at > text.startIndex,
            let version = Int(text[text.index(after: at)...])
        else { return nil }
        id = String(text[..<at])
        self.version = version
    }

    public var description: String { "\(id)@\(version)" }
}

/// What came of several decisions made at once.
public struct ReviewOutcome: Sendable {
    public internal(set) var done = 0
    /// What was not done, with the reason in Vietnamese.
    public internal(set) var refused: [(work: SeenWork, reason: String)] = []
}

/// A decision that whoever made it can still take back.
public struct RecentReview: Sendable, Equatable {
    /// As the decision left it.
    public let item: WorkItem
    public let accepted: Bool
    public let at: Timestamp
}

extension WorkService {
    /// How many pieces are decided at once at most.
    public static let mostAtOnce = 200
    /// For how long a decision can be taken back by whoever made it, in seconds.
    public static let takeBackSeconds: Int64 = 60

    /// Accepts or returns a hand-in. A return needs a note: the lead must learn what to mend.
    public func decide(
        _ id: String, accept: Bool, note: String, version: Int? = nil, by submission: Submission
    ) async throws {
        try await store.once(submission, about: Subject(.instance, id), at: clock.now) { connection, now in
            let item = try self.item(id, open: .decide, to: submission.viewer, on: connection)
            try Self.check(version: version, of: item)
            try Self.requireReason(note, accept: accept)
            try self.decide(item, accept: accept, note: note, by: submission, at: now, on: connection)
        }
    }

    /// Accepts or returns several at once, with one note. What changed after it was looked at is left, and told.
    /// - Returns: nil when the same form was carried out before.
    public func decide(
        _ works: [SeenWork], accept: Bool, note: String, by submission: Submission
    ) async throws -> ReviewOutcome? {
        try Self.requireReason(note, accept: accept)
        return try await each(of: works, by: submission) { seen, connection, now in
            let item = try self.item(seen.id, open: .decide, to: submission.viewer, on: connection)
            try Self.check(version: seen.version, of: item)
            try self.decide(item, accept: accept, note: note, by: submission, at: now, on: connection)
        }
    }

    /// Takes decisions of the last minute back: the work waits again. Only who decided may, and only while nothing else
    /// happened to it.
    /// - Returns: nil when the same form was carried out before.
    public func takeBackReview(of works: [SeenWork], by submission: Submission) async throws -> ReviewOutcome? {
        try await each(of: works, by: submission) { seen, connection, now in
            let item = try self.item(seen.id, for: submission.viewer, on: connection)
            guard submission.viewer.reviews(item) else {
                throw Refusal(.forbidden, "Chỉ cơ quan cấp trên của đơn vị chủ trì mới duyệt được việc này.")
            }
            try Self.check(version: seen.version, of: item)
            guard
                let review = try self.recentReviews(of: submission.viewer, at: now, on: connection).first(where: {
                    $0.item.id == item.id
                })
            else {
                throw Refusal(
                    .stale,
                    "Đã quá một phút, hoặc không phải bạn duyệt: không hoàn tác được. Cần sửa thì trao đổi với đơn vị.")
            }
            try connection.execute(
                """
                UPDATE task_instance SET state = 'submitted', decided_on = NULL, note = '', version = version + 1
                WHERE id = ?
                """, item.id)
            let words = (review.accepted ? InstanceEventKind.accepted : .returned).title.lowercased()
            try self.record(
                .decisionUndone, of: item, note: "Hoàn tác “\(words)” lúc \(review.at.vietnamese)", by: submission,
                at: now, on: connection)
            try self.tellUndone(item, words, by: submission, at: now, on: connection)
        }
    }

    /// The person's decisions that can still be taken back, the latest first.
    public func recentReviews(of viewer: Viewer) async throws -> [RecentReview] {
        guard viewer.may(.review) else { return [] }
        let now = clock.now
        return try await store.read { try self.recentReviews(of: viewer, at: now, on: $0) }
    }

    /// What waits for the person's decision, the longest waiting first.
    /// - Returns: the first of them, and how many there are.
    public func reviewQueue(of viewer: Viewer, limit: Int) async throws -> (items: [WorkItem], count: Int) {
        guard viewer.may(.review), viewer.unit == nil, let agency = viewer.agency else { return ([], 0) }
        return try await store.read { connection in
            let condition = "i.superior = ? AND i.state = 'submitted' AND i.withdrawn_at IS NULL"
            let items = try connection.rows(
                """
                SELECT \(WorkItem.columns) FROM task_instance i WHERE \(condition)
                ORDER BY i.submitted_on, i.due_key, i.task_order, i.lead, i.id LIMIT ?
                """, agency.text, limit
            ).map(WorkItem.init)
            guard items.count == limit else { return (items, items.count) }
            let count = try connection.integer(
                "SELECT COUNT(*) FROM task_instance i WHERE \(condition)", agency.text)
            return (items, count ?? limit)
        }
    }

    // MARK: One of them

    private static func requireReason(_ note: String, accept: Bool) throws(Refusal) {
        guard accept || !note.isEmpty else {
            throw Refusal(fields: [.init(WorkField.note, "Hãy ghi lý do trả lại để đơn vị biết phải sửa gì.")])
        }
    }

    /// Carries each out in one transaction; a refusal of one leaves the others.
    private func each(
        of works: [SeenWork], by submission: Submission,
        _ body: @escaping @Sendable (SeenWork, any SQLConnection, Timestamp) throws -> Void
    ) async throws -> ReviewOutcome? {
        guard let first = works.first else {
            throw Refusal(fields: [.init(WorkField.instance, "Hãy chọn ít nhất một việc.")])
        }
        guard works.count <= Self.mostAtOnce else {
            throw Refusal(fields: [.init(WorkField.instance, "Mỗi lần chọn nhiều nhất \(Self.mostAtOnce) việc.")])
        }
        let now = clock.now
        return try await store.write { connection in
            if let form = submission.form,
                try AccessService.receipt(
                    form: form, of: submission.viewer.account, about: Subject(.instance, first.id), at: now,
                    on: connection) != nil
            {
                return nil
            }
            var outcome = ReviewOutcome()
            for work in works {
                do {
                    try body(work, connection, now)
                    outcome.done += 1
                } catch let refusal as Refusal {
                    outcome.refused.append((work, refusal.message))
                }
            }
            return outcome
        }
    }

    private func decide(
        _ item: WorkItem, accept: Bool, note: String, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "UPDATE task_instance SET state = ?, decided_on = ?, note = ?, version = version + 1 WHERE id = ?",
            (accept ? WorkState.accepted : .returned).rawValue, now.day, note, item.id)
        try record(accept ? .accepted : .returned, of: item, note: note, by: submission, at: now, on: connection)
        try tellLead(
            accept ? .workAccepted : .workReturned, of: item, accept ? "đã được chấp nhận" : "bị trả lại",
            detail: note,
            ending: [.workReturned, .workAccepted, .reviewUndone, .extensionDecided, .workLate], by: submission,
            at: now, on: connection)
    }

    private func recentReviews(
        of viewer: Viewer, at now: Timestamp, on connection: any SQLConnection
    ) throws -> [RecentReview] {
        let since = now.adding(seconds: -Self.takeBackSeconds)
        // Events are named by their moment: the key finds the last minute's.
        let events = try connection.rows(
            """
            SELECT e.instance, e.kind, e.at FROM instance_event e
            WHERE e.id >= ? AND e.at >= ? AND e.account = ? AND e.kind IN ('accepted', 'returned')
                AND NOT EXISTS (SELECT 1 FROM instance_event l WHERE l.instance = e.instance AND l.id > e.id)
            ORDER BY e.id DESC
            """, RecordID(at: since.adding(seconds: -1)), since, viewer.account)
        return try events.compactMap { event -> RecentReview? in
            guard
                let row = try connection.row(
                    "SELECT \(WorkItem.columns) FROM task_instance i WHERE i.id = ? AND i.withdrawn_at IS NULL",
                    try event.text("instance"))
            else { return nil }
            let item = try WorkItem(row)
            let kind: InstanceEventKind = try event.choice("kind")
            // Accepted by its own hand-in, it was reviewed by nobody.
            guard viewer.reviews(item) else { return nil }
            return RecentReview(item: item, accepted: kind == .accepted, at: try event.timestamp("at"))
        }
    }

    /// What was told of the decision is gone; who may have read it is told that it is.
    private func tellUndone(
        _ item: WorkItem, _ words: String, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let subject = Subject(.instance, item.id)
        let told: [NoticeKind] = [.workReturned, .workAccepted]
        let wasSeen = try NoticeBoard.wasSeen(told, about: subject, on: connection)
        try NoticeBoard.resolve(told, about: [subject], at: now, on: connection)
        guard wasSeen else { return }
        try NoticeBoard.post(
            [
                Notice(
                    .reviewUndone, key: "\(item.id)/\(item.version)", to: Self.workers(of: item.lead), about: subject,
                    "\(Self.named(item)): người duyệt đã hoàn tác “\(words)”, việc lại chờ duyệt",
                    author: submission.viewer.account)
            ], at: now, on: connection)
    }
}
