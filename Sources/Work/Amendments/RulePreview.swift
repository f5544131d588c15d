import Database
public import Kernel
public import PlanText
import Province

/// What another rule of deadlines does to a task's work.
public struct RulePreview: Sendable, Equatable {
    /// Pieces of work of one period with the same day before and after.
    public struct Move: Sendable, Equatable {
        public let period: WorkPeriod
        /// Nil: "chưa ấn định".
        public let before: Day?
        public let after: Day?
        public var pieces: Int
        /// Whether they are late by the new day and were not by the old one.
        public let becomesLate: Bool
        /// The other way round.
        public let isLateNoMore: Bool
    }

    public struct Count: Sendable, Equatable {
        public let period: WorkPeriod
        public let due: Day?
        public var pieces: Int
    }

    /// The first day that the rule gives to any work.
    public let since: Day
    /// Open work that gets another day; by the old day.
    public internal(set) var moving: [Move] = []
    /// Accepted: stays as it is, and nothing of its kind is asked for again.
    public internal(set) var done: [Count] = []
    /// Waits for a decision, or has a day that a person fixed: keeps that day.
    public internal(set) var keeping: [Count] = []
    /// Work that there was none of.
    public internal(set) var appearing: [Count] = []
    /// Not begun by anybody: it goes.
    public internal(set) var leaving: [Count] = []
    /// Begun, without an answer in the new rule: it stays with its day and history.
    public internal(set) var staying: [Count] = []

    /// Work that would come after work that needs it.
    public internal(set) var conflicts: [Conflict] = []

    /// A task whose work of a year is due after that of another which needs it.
    public struct Conflict: Sendable, Equatable {
        public let year: Int
        public let later: String
        public let laterDue: Day
        public let earlier: String
        public let earlierDue: Day
    }

    public var becomingLate: Int { moving.filter(\.becomesLate).map(\.pieces).reduce(0, +) }
    public var lateNoMore: Int { moving.filter(\.isLateNoMore).map(\.pieces).reduce(0, +) }

    public var isEmpty: Bool {
        moving.isEmpty && [done, keeping, appearing, leaving, staying].allSatisfy(\.isEmpty)
    }
}

extension WorkService {
    /// What dating a task's work by another rule would change.
    /// - Parameter rule: nil for the plan's own.
    func preview(
        task: String, rule: DeadlineRule?, since: Day, today: Day, on connection: any SQLConnection
    ) throws -> RulePreview {
        let present = with(try plan.unitsInForce.read(on: connection))
        var deadlines = try PlanAmendments.read(on: connection).deadlines
        deadlines.rules[task] = rule
        deadlines.since[task] = rule == nil ? nil : since
        let scheduled = Schedule.instances(of: present.plan, amendments: deadlines)
        let steps = try present.steps(to: scheduled, on: connection)
        let from = try countingDay(on: connection)?.day
        func isLate(_ due: Day?) -> Bool {
            due.map { due in due < today && from.map { $0 <= due } ?? true } ?? false
        }
        var preview = RulePreview(since: since)
        for (instance, old) in steps.changed where instance.task == task {
            let before = old.due.flatMap { Day($0) }
            if old.isWithdrawn {
                preview.appearing.add(instance.period, instance.due)
            } else if old.state == .accepted {
                preview.done.add(instance.period, before)
            } else if !old.follows {
                preview.keeping.add(instance.period, before)
            } else if before != instance.due {
                preview.moving.add(instance.period, from: before, to: instance.due, isLate)
            }
        }
        for instance in steps.fresh where instance.task == task { preview.appearing.add(instance.period, instance.due) }
        for old in steps.leaving where old.task == task { preview.leaving.add(old) }
        for old in steps.staying where old.task == task { preview.staying.add(old) }
        preview.conflicts = Self.conflicts(of: task, in: scheduled, today: today, plan)
        return preview
    }

    /// Where the order of the plan's course is broken by the days of a task: it comes after what needs it, or what it needs
    /// comes after it. Years that are over are left out.
    private static func conflicts(
        of task: String, in scheduled: [ScheduledInstance], today: Day, _ plan: PlanDefinition
    ) -> [RulePreview.Conflict] {
        func dues(_ code: String) -> [Int: Day] {
            scheduled.filter { $0.task == code }.reduce(into: [:]) { dues, instance in
                if let due = instance.due, due >= today { dues[instance.origin.year] = due }
            }
        }
        return plan.tasks.flatMap { first in
            (first.course?.before ?? []).filter { first.code == task || $0 == task }.flatMap { second in
                let (needed, needing) = (dues(first.code), dues(second))
                return needed.keys.sorted().compactMap { year -> RulePreview.Conflict? in
                    guard let late = needed[year], let early = needing[year], late > early else { return nil }
                    return .init(
                        year: year, later: first.code, laterDue: late, earlier: second, earlierDue: early)
                }
            }
        }
    }
}

extension [RulePreview.Count] {
    fileprivate mutating func add(_ period: WorkPeriod, _ due: Day?) {
        if let index = firstIndex(where: { $0.period == period && $0.due == due }) {
            self[index].pieces += 1
        } else {
            append(.init(period: period, due: due, pieces: 1))
        }
    }

    fileprivate mutating func add(_ old: SyncSteps.Stored) {
        guard let period = WorkPeriod(old.period) else { return }
        add(period, old.due.flatMap { Day($0) })
    }
}

extension [RulePreview.Move] {
    fileprivate mutating func add(_ period: WorkPeriod, from before: Day?, to after: Day?, _ isLate: (Day?) -> Bool) {
        if let index = firstIndex(where: { $0.period == period && $0.before == before && $0.after == after }) {
            self[index].pieces += 1
            return
        }
        let (wasLate, willBe) = (isLate(before), isLate(after))
        append(
            .init(
                period: period, before: before, after: after, pieces: 1, becomesLate: willBe && !wasLate,
                isLateNoMore: wasLate && !willBe))
    }
}
