public import Access
import Database
import Kernel
import PlanText
public import Work

/// The slot of a piece of work that a paper is written for.
public struct PaperGoal: Sendable, Equatable {
    public let work: String
    public let slot: Int

    public init(work: String, slot: Int) {
        self.work = work
        self.slot = slot
    }
}

// A paper written for a piece of work is its product as soon as it has number, day and signed copy.
extension DocumentService {
    /// What a paper of a kind may be written for: nothing, where the work or its slot is closed to the person.
    public func open(_ goal: PaperGoal?, of kind: PaperKind, for viewer: Viewer) async throws -> PaperGoal? {
        guard let goal else { return nil }
        return try await store.read { connection in
            guard let item = try? self.work.openItem(goal.work, for: viewer, on: connection),
                kind.products(in: self.definition).contains(where: {
                    $0.task.code == item.task && $0.slot == goal.slot
                })
            else { return nil }
            return goal
        }
    }

    /// Gives a draft the slot it was begun for, unless it has become about another task since.
    public func aim(_ draft: inout Draft, at goal: PaperGoal?) {
        guard let goal, let kind = kinds.first(where: { $0.id == draft.template }) else { return }
        if case .task = kind.topic,
            !kind.products(about: draft.subject, in: definition).contains(where: {
                goal.work.hasPrefix("\($0.task.code)/") && $0.slot == goal.slot
            })
        {
            return
        }
        draft.goal = goal
    }

    /// Keeps what a new paper is written for; part of the caller's transaction.
    func bind(
        _ draft: Draft, to goal: PaperGoal, paper id: RecordID, by submission: Submission,
        on connection: any SQLConnection
    ) throws {
        let item = try work.openItem(goal.work, for: submission.viewer, on: connection)
        let kind = try kind(draft.template)
        guard item.lead == draft.unit,
            kind.products(about: draft.subject, in: definition).contains(where: {
                $0.task.code == item.task && $0.slot == goal.slot
            })
        else { throw Refusal(.forbidden, "Văn bản này không phải sản phẩm của việc đó.") }
        guard item.takes(kind.workPeriod(of: draft.period), countedTo: draft.cutoff) else {
            throw Self.ofAnotherPeriod(draft.period, item)
        }
        try connection.execute(
            "INSERT INTO paper_goal (document, instance, slot) VALUES (?, ?, ?)", id, goal.work, goal.slot)
    }

    /// A paper of one period is no product of another's work.
    static func ofAnotherPeriod(_ period: WorkPeriod?, _ item: WorkItem) -> Refusal {
        Refusal(
            .invalid,
            "Việc \(item.task) là của \(lowered(item.periodTitle)), văn bản này \(period.map { "là của \(lowered($0.title))" } ?? "chốt số liệu trước khi việc bắt đầu"): không lấy làm sản phẩm được. Hãy soạn văn bản đúng kỳ."
        )
    }

    /// What stands in a slot that a paper is to be written for; nil when it is empty, or closed to the person.
    public func standing(at goal: PaperGoal, for viewer: Viewer) async throws -> Product? {
        try await store.read { connection in
            guard (try? self.work.openItem(goal.work, for: viewer, on: connection)) != nil else { return nil }
            return try self.work.product(in: goal.slot, of: goal.work, on: connection)
        }
    }

    /// Fills empty slots with a paper that has just got its signed copy: what it was written for, and of the other slots that
    /// its kind makes those for which only one piece of work waits. Slots that are closed to the person stay as they are, and
    /// so do those in which something stands: the page of the paper offers them still, and asks.
    func fillPlaces(
        with found: StoredDocument, by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        guard found.signing?.file == nil,
            let paper = try find(found.id, for: submission.viewer, on: connection).paper,
            let kind = kinds.first(where: { $0.id == found.templateID })
        else { return }
        let viewer = submission.viewer
        var slots = kind.products(about: found.subject, in: definition).map { (task: $0.task.code, slot: $0.slot) }
        var places: [(instance: String, slot: Int)] = []
        if let row = try connection.row("SELECT instance, slot FROM paper_goal WHERE document = ?", found.id) {
            let (instance, slot) = (try row.text("instance"), try row.integer("slot"))
            if let item = try? work.openItem(instance, for: viewer, on: connection) {
                if try work.product(in: slot, of: instance, on: connection) == nil { places.append((instance, slot)) }
                slots.removeAll { $0.task == item.task && $0.slot == slot }
            }
        }
        places += try work.waitingPlaces(
            for: slots, of: found.unit, period: kind.workPeriod(of: found.period), for: viewer, on: connection)
        for place in places {
            try work.fill(place.slot, of: place.instance, with: paper, by: submission, at: now, on: connection)
        }
    }
}
