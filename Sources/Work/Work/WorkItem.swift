public import PlanText
import Database
public import Kernel

/// One instance of a task as stored: what lists show.
public struct WorkItem: Sendable, Equatable {
    /// `II.8/2027-04/thue-thanh-pho`; also its address below `/viec/`.
    public let id: String
    public let task: String
    public let lead: UnitCode
    /// Who accepts or returns; nil for the highest body.
    public let superior: AgencyCode?
    public let period: WorkPeriod
    public let year: Int
    public let opensOn: Day
    /// By the plan's rule; nil where the lead sets the day.
    public let scheduledDue: Day?
    /// The day that holds; nil is "chưa ấn định".
    public let due: Day?
    public let dueOrigin: DueOrigin
    public let state: WorkState
    /// The day of the last hand-in.
    public let submittedOn: Day?
    public let decidedOn: Day?
    /// What the reviewer wrote when returning or accepting.
    public let note: String
    public let extensionDay: Day?
    public let extensionReason: String?
    public let version: Int
    /// The day from which the system counts; nil: from the plan's beginning.
    public let countsFrom: Day?

    static let columns = """
        i.id, i.task, i.lead, i.superior, i.period, i.year, i.opens_on, i.scheduled_due, i.due, i.due_origin, i.state,
        i.submitted_on, i.decided_on, i.note, i.extension_day, i.extension_reason, i.version,
        \(CountingDay.sql) AS counts_from
        """

    init(_ row: SQLRow) throws {
        id = try row.text("id")
        task = try row.text("task")
        let leadText = try row.text("lead")
        guard let lead = UnitCode(leadText) else {
            throw DatabaseError.column(name: "lead", problem: "is not a unit's code: \(leadText)")
        }
        self.lead = lead
        superior = try row.optionalText("superior").flatMap { AgencyCode($0) }
        let periodText = try row.text("period")
        guard let period = WorkPeriod(periodText) else {
            throw DatabaseError.column(name: "period", problem: "is not a period: \(periodText)")
        }
        self.period = period
        year = try row.integer("year")
        opensOn = try row.day("opens_on")
        scheduledDue = try row.optionalDay("scheduled_due")
        due = try row.optionalDay("due")
        dueOrigin = try row.choice("due_origin")
        state = try row.choice("state")
        submittedOn = try row.optionalDay("submitted_on")
        decidedOn = try row.optionalDay("decided_on")
        note = try row.text("note")
        extensionDay = try row.optionalDay("extension_day")
        extensionReason = try row.optionalText("extension_reason")
        version = try row.integer("version")
        countsFrom = Day(try row.text("counts_from"))
    }

    public func status(on today: Day) -> WorkStatus {
        .on(today, state: state, opensOn: opensOn, due: due, dueOrigin: dueOrigin, countsFrom: countsFrom)
    }

    /// Whether the hand-in that stands came after the due day.
    public var wasLate: Bool {
        guard let due, let submittedOn, countsFrom.map({ due >= $0 }) ?? true, state == .accepted || state == .submitted
        else { return false }
        return submittedOn > due
    }

    public var periodTitle: String { period.title }
}
