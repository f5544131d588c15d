import PlanText
public import Access
import Database
public import Kernel
import Legislation

extension Right {
    public static let sendObstacle = Right("obstacles.send", "Gửi vướng mắc")
    public static let answerObstacles = Right("obstacles.answer", "Trả lời vướng mắc được giao cho cơ quan mình")
    public static let manageObstacles = Right("obstacles.manage", "Gộp, giao, trả lời mọi vướng mắc")
}

/// What somebody may do with an obstacle: use cases check it, pages draw it.
public enum ObstacleAction: Sendable, CaseIterable {
    case answer, assign, merge
}

extension Obstacle {
    /// Whether the person is one who does this with this obstacle, merged or not.
    func isOpen(_ action: ObstacleAction, to viewer: Viewer) -> Bool {
        switch action {
        case .assign, .merge: viewer.may(.manageObstacles)
        case .answer: viewer.may(.manageObstacles) || isAssigned(to: viewer)
        }
    }

    /// Whether the person's agency is to answer.
    public func isAssigned(to viewer: Viewer) -> Bool {
        viewer.may(.answerObstacles) && assignedTo != nil && assignedTo == viewer.agency
    }

    /// What a person may do with the obstacle now: with a merged one, nothing.
    public func actions(for viewer: Viewer) -> Set<ObstacleAction> {
        mergedInto != nil ? [] : Set(ObstacleAction.allCases.filter { isOpen($0, to: viewer) })
    }
}

extension ObstacleService {
    /// Sends an obstacle from a page.
    /// - Returns: its id.
    public func sendObstacle(
        title: String, text: String, page: String, task: String?, by submission: Submission
    ) async throws -> RecordID {
        try submission.viewer.require(.sendObstacle)
        var problems: [Refusal.FieldProblem] = []
        if title.isEmpty || title.count > 200 {
            problems.append(.init(WorkField.title, "Hãy nhập tóm tắt vướng mắc (không quá 200 ký tự)."))
        }
        if text.isEmpty || text.count > 5_000 {
            problems.append(.init(WorkField.text, "Hãy mô tả vướng mắc (không quá 5.000 ký tự)."))
        }
        guard problems.isEmpty else { throw Refusal(fields: problems) }
        let id = RecordID(at: clock.now)
        let task = task.flatMap { plan.task($0)?.code }
        // A path of ours only: the address is shown as a link.
        let page = OwnPath.checked(page) ?? "/"
        try await store.once(submission, about: Subject(.obstacle, id), at: clock.now) { connection, now in
            try connection.execute(
                """
                INSERT INTO obstacle (id, at, account, sender_name, unit, page, task, title, text, searched, version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
                """,
                id, now, submission.viewer.account, submission.viewer.name, submission.viewer.ownUnits.first?.text,
                page,
                task, title, text, Obstacles.searched(title, text, task))
            try AuditTrail.append(
                AuditEvent("obstacle.sent", subject: Subject(.obstacle, id), detail: title), by: submission.actor,
                at: now,
                on: connection)
        }
        return id
    }

    /// Puts an obstacle under a similar one: its sender gets the other's answer.
    public func mergeObstacle(
        _ id: RecordID, into target: RecordID, version: Int? = nil, targetVersion: Int? = nil,
        by submission: Submission
    ) async throws {
        try submission.viewer.require(.manageObstacles)
        try await store.once(submission, about: Subject(.obstacle, target), at: clock.now) { connection, now in
            let obstacle = try Self.obstacle(id, for: submission.viewer, on: connection)
            let into = try Self.obstacle(target, for: submission.viewer, on: connection)
            try Self.check(version, of: obstacle)
            try Self.check(targetVersion, of: into)
            guard obstacle.id != into.id, into.mergedInto == nil, obstacle.mergedInto == nil else {
                throw Refusal(.invalid, "Chỉ gộp được vào một vướng mắc khác chưa bị gộp.")
            }
            // What had been merged into this one follows it, so that a chain never grows.
            try connection.execute("UPDATE obstacle SET merged_into = ? WHERE merged_into = ?", target, id)
            try connection.execute(
                "UPDATE obstacle SET merged_into = ?, version = version + 1 WHERE id = ?", target, id)
            try AuditTrail.append(
                AuditEvent("obstacle.merged", subject: Subject(.obstacle, id), detail: "vào “\(into.title)”"),
                by: submission.actor,
                at: now, on: connection)
            try Self.tellMerged(obstacle, into: into, by: submission, at: now, on: connection)
        }
    }

    /// Asks an agency to answer within so many working days from today, today not counted.
    public func assignObstacle(
        _ id: RecordID, to agency: AgencyCode, within days: Int = ObstacleService.usualAnswerDays, version: Int? = nil,
        by submission: Submission
    ) async throws {
        try submission.viewer.require(.manageObstacles)
        guard plan.agency(agency) != nil else {
            throw Refusal(fields: [.init(WorkField.agency, "Không có cơ quan “\(agency)” trong kế hoạch.")])
        }
        guard Self.answerDays.contains(days) else {
            throw Refusal(fields: [
                .init(
                    WorkField.days,
                    "Thời hạn trả lời từ \(Self.answerDays.lowerBound) đến \(Self.answerDays.upperBound) ngày làm việc."
                )
            ])
        }
        let due = calendar.day(days, workingDaysFrom: clock.today).day
        try await store.once(submission, about: Subject(.obstacle, id), at: clock.now) { connection, now in
            let obstacle = try Self.obstacle(id, for: submission.viewer, on: connection)
            try Self.check(version, of: obstacle)
            try connection.execute(
                "UPDATE obstacle SET assigned_to = ?, answer_due = ?, version = version + 1 WHERE id = ?", agency.text,
                due, id)
            try AuditTrail.append(
                AuditEvent(
                    "obstacle.assigned", subject: Subject(.obstacle, id),
                    detail: "\(plan.name(of: .agency(agency))), trả lời đến hết ngày \(due.vietnamese)"),
                by: submission.actor,
                at: now,
                on: connection)
            try Self.tellAssigned(obstacle, to: agency, until: due, by: submission, at: now, on: connection)
        }
    }

    /// Answers, with the legal basis: by whoever manages obstacles, or by the agency it was assigned to. The answer is
    /// guidance for everybody from then on.
    public func answerObstacle(
        _ id: RecordID, answer: String, legalBasis: String, version: Int? = nil, by submission: Submission
    ) async throws {
        try await store.once(submission, about: Subject(.obstacle, id), at: clock.now) { connection, now in
            let obstacle = try Self.obstacle(id, for: submission.viewer, on: connection)
            guard obstacle.isOpen(.answer, to: submission.viewer) else {
                throw Refusal(.forbidden, "Chỉ cơ quan thường trực hoặc cơ quan được giao mới trả lời vướng mắc này.")
            }
            try Self.check(version, of: obstacle)
            guard obstacle.mergedInto == nil else {
                throw Refusal(.invalid, "Vướng mắc này đã gộp vào vướng mắc khác; hãy trả lời ở đó.")
            }
            var problems: [Refusal.FieldProblem] = []
            if answer.isEmpty || answer.count > 10_000 {
                problems.append(.init(WorkField.answer, "Hãy nhập nội dung trả lời (không quá 10.000 ký tự)."))
            }
            if legalBasis.isEmpty {
                problems.append(.init(WorkField.basis, "Hãy ghi căn cứ pháp lý: văn bản, điều, khoản."))
            }
            guard problems.isEmpty else { throw Refusal(fields: problems) }
            try connection.execute(
                """
                UPDATE obstacle SET answer = ?, legal_basis = ?, answered_at = ?, answered_by_name = ?, searched = ?,
                    version = version + 1 WHERE id = ?
                """,
                answer, legalBasis, now, submission.viewer.name,
                Obstacles.searched(obstacle.title, obstacle.text, obstacle.task, answer, legalBasis), id)
            try AuditTrail.append(
                AuditEvent("obstacle.answered", subject: Subject(.obstacle, id), detail: legalBasis),
                by: submission.actor,
                at: now,
                on: connection)
            try Self.tellAnswered(obstacle, by: submission, at: now, on: connection)
        }
    }

    private static func check(_ version: Int?, of obstacle: Obstacle) throws(Refusal) {
        guard let version, version != obstacle.version else { return }
        throw Refusal(.stale, "Vướng mắc này vừa được người khác cập nhật. Hãy xem lại rồi làm lại.")
    }
}
