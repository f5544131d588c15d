import PlanText
public import Access
import Database
public import Kernel

/// A step a lead divides its work into.
public struct WorkStep: Sendable, Equatable {
    public let id: RecordID
    public let instance: String
    public let text: String
    public let plannedFor: Day?
    public let addedBy: String
    public let doneAt: Timestamp?
    public let doneBy: String?

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        instance = try row.text("instance")
        text = try row.text("text")
        plannedFor = try row.optionalDay("planned_for")
        addedBy = try row.text("added_by_name")
        doneAt = try row.optionalTimestamp("done_at")
        doneBy = try row.optionalText("done_by_name")
    }
}

/// One line of a piece of work's history.
public struct InstanceEvent: Sendable, Equatable {
    public let at: Timestamp
    public let actor: String
    public let kind: InstanceEventKind
    public let day: Day?
    public let note: String

    init(_ row: SQLRow) throws {
        at = try row.timestamp("at")
        actor = try row.text("actor_name")
        kind = try row.choice("kind")
        day = try row.optionalDay("day")
        note = try row.text("note")
    }
}

extension WorkService {
    /// Adds a note. The lead and whoever reviews may write; notes change nothing else.
    public func addNote(_ id: String, text: String, by submission: Submission) async throws {
        try await store.once(submission, about: Subject(.instance, id), at: clock.now) { connection, now in
            let item = try self.item(id, open: .note, to: submission.viewer, on: connection)
            guard !text.isEmpty, text.count <= 1_000 else {
                throw Refusal(fields: [.init(WorkField.note, "Hãy nhập ghi chú (không quá 1.000 ký tự).")])
            }
            try self.record(.noted, of: item, note: text, by: submission, at: now, on: connection)
        }
    }

    public func addStep(_ id: String, text: String, plannedFor typed: String, by submission: Submission) async throws {
        try await store.once(submission, about: Subject(.instance, id), at: clock.now) { connection, now in
            let item = try self.item(id, open: .prepare, to: submission.viewer, on: connection)
            var problems: [Refusal.FieldProblem] = []
            if text.isEmpty || text.count > 300 {
                problems.append(.init(WorkField.step, "Hãy nhập tên bước (không quá 300 ký tự)."))
            }
            let day = Day(typed: typed)
            if !typed.isEmpty, day == nil {
                problems.append(
                    .init(WorkField.planned, "“\(typed)” không phải ngày có thật, hãy nhập dạng 30/04/2027."))
            }
            guard problems.isEmpty else { throw Refusal(fields: problems) }
            try connection.execute(
                "INSERT INTO work_step (id, instance, text, planned_for, added_at, added_by_name) VALUES (?, ?, ?, ?, ?, ?)",
                RecordID(at: now), id, text, day, now, submission.viewer.name)
            try self.record(.stepAdded, of: item, day: day, note: text, by: submission, at: now, on: connection)
        }
    }

    public func completeStep(_ step: RecordID, of id: String, by submission: Submission) async throws {
        try await store.once(submission, about: Subject(.instance, id), at: clock.now) { connection, now in
            let item = try self.item(id, open: .prepare, to: submission.viewer, on: connection)
            guard
                let row = try connection.row(
                    "SELECT text, done_at FROM work_step WHERE id = ? AND instance = ?", step, id)
            else { throw Refusal(.notFound, "Không có bước này.") }
            guard try row.optionalInteger("done_at") == nil else { return }
            try connection.execute(
                "UPDATE work_step SET done_at = ?, done_by_name = ? WHERE id = ?", now, submission.viewer.name, step)
            try self.record(.stepDone, of: item, note: try row.text("text"), by: submission, at: now, on: connection)
        }
    }
}
