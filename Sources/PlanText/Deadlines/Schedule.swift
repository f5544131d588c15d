public import Kernel
import Province

/// The stretch of time an instance is about.
public enum WorkPeriod: Sendable, Hashable {
    case month(Month)
    case quarter(Quarter)
    case year(Int)
    case years(Int, Int)
    /// Opened by hand ("đột xuất"): the n-th of a year.
    case unplanned(year: Int, number: Int)

    /// As keys and data carry it: `2027-04`, `2027-Q2`, `2027`, `2026-2028`, `2027-DX1`.
    public var text: String {
        switch self {
        case .month(let month): month.description
        case .quarter(let quarter): quarter.description
        case .year(let year): String(year)
        case .years(let first, let last): "\(first)-\(last)"
        case .unplanned(let year, let number): "\(year)-DX\(number)"
        }
    }

    /// The period written as ``text``; nil for any other shape.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first, first.utf8.count == 4, let year = Int(first), parts.count <= 2 else {
            return nil
        }
        guard parts.count == 2 else {
            self = .year(year)
            return
        }
        let second = parts[1]
        if second.hasPrefix("Q"), let quarter = Int(second.dropFirst()).flatMap({ Quarter(year: year, quarter: $0) }) {
            self = .quarter(quarter)
        } else if second.hasPrefix("DX"), let number = Int(second.dropFirst(2)), number > 0 {
            self = .unplanned(year: year, number: number)
        } else if second.utf8.count == 4, let last = Int(second), last > year {
            self = .years(year, last)
        } else if let month = Month(text) {
            self = .month(month)
        } else {
            return nil
        }
    }

    /// As screens write it.
    public var title: String {
        switch self {
        case .month(let month): "Tháng \(month.month)/\(month.year)"
        case .quarter(let quarter): "Quý \(quarter.roman)/\(quarter.year)"
        case .year(let year): "Năm \(year)"
        case .years(let first, let last): "Năm \(first)–\(last)"
        case .unplanned(let year, let number): "Đột xuất lần \(number)/\(year)"
        }
    }

    /// The year it is of; the last of several.
    public var year: Int {
        switch self {
        case .month(let month): month.year
        case .quarter(let quarter): quarter.year
        case .year(let year), .unplanned(let year, _): year
        case .years(_, let last): last
        }
    }

    /// The ends of the years before the last, of a period that spans several.
    public var checkpoints: [Day] {
        guard case .years(let first, let last) = self, last - first < 100 else { return [] }
        return (first..<last).map(Day.lastDay)
    }
}

/// A piece of work as the plan's rules give it: one task, one lead, one period.
public struct ScheduledInstance: Sendable, Hashable {
    public let task: String
    public let lead: UnitCode
    public let period: WorkPeriod
    /// The period by the plan's own phrase, which stays what the work is known by whatever rule dates it later.
    public let origin: WorkPeriod
    /// The first day on which it is worked at.
    public let opensOn: Day
    /// Nil while the lead has to set it: "chưa ấn định".
    public let due: Day?
    /// Days before ``due`` on which progress is looked at.
    public let checkpoints: [Day]

    /// - Parameter origin: nil for work that is of the period it has always had.
    public init(
        task: String, lead: UnitCode, period: WorkPeriod, origin: WorkPeriod? = nil, opensOn: Day, due: Day?,
        checkpoints: [Day]
    ) {
        self.task = task
        self.lead = lead
        self.period = period
        self.origin = origin ?? period
        self.opensOn = opensOn
        self.due = due
        self.checkpoints = checkpoints
    }

    /// The year it is counted in: that of its due day, or of its period while it has none.
    public var year: Int { due?.year ?? period.year }

    /// Unique within a plan, and part of its address: `II.8/2027-04/thue-thanh-pho`.
    public var key: String { "\(task)/\(origin.text)/\(lead.text)" }
}

/// What people changed of the plan's deadlines: kept in the database, applied over the files.
public struct DeadlineAmendments: Sendable, Hashable {
    /// Instead of the plan file's day.
    public var effectiveFrom: Day?
    /// By task code. The phrase of the plan stays visible beside it.
    public var rules: [String: DeadlineRule]
    /// The day from which a task's override holds: it gives no earlier day to any work, so that it makes nothing late that
    /// nobody knew of. Without a day it holds from the plan's beginning.
    public var since: [String: Day]

    public init(effectiveFrom: Day? = nil, rules: [String: DeadlineRule] = [:], since: [String: Day] = [:]) {
        self.effectiveFrom = effectiveFrom
        self.rules = rules
        self.since = since
    }
}

/// Turns tasks into dated work for every lead. Pure: the same plan and amendments always give the same instances.
public enum Schedule {
    /// All instances of the plan, by due day, those without one last; then in the order of the annex and of the leads.
    public static func instances(
        of plan: PlanDefinition, amendments: DeadlineAmendments = DeadlineAmendments()
    ) -> [ScheduledInstance] {
        let effective = amendments.effectiveFrom ?? plan.effectiveFrom
        let order = Dictionary(
            zip(plan.tasks.map(\.code), plan.tasks.indices), uniquingKeysWith: { first, _ in first })
        var result: [ScheduledInstance] = []
        for task in plan.tasks {
            var slots = slots(of: task.deadline, years: plan.years, effectiveFrom: effective)
            if let course = task.course {
                slots = redated(
                    slots, by: course.rule, years: plan.years, effectiveFrom: effective, since: nil, course: course)
            }
            if let rule = amendments.rules[task.code] {
                slots = redated(
                    slots, by: rule, years: plan.years, effectiveFrom: effective, since: amendments.since[task.code])
            }
            for slot in slots {
                result += leads(of: task, in: plan, on: slot.lastDay).map { lead in
                    ScheduledInstance(
                        task: task.code, lead: lead, period: slot.period, origin: slot.origin, opensOn: slot.opensOn,
                        due: slot.due, checkpoints: slot.checkpoints)
                }
            }
        }
        return result.sorted { left, right in
            let leftDue = left.due ?? Day(daysSinceEpoch: .max)
            let rightDue = right.due ?? Day(daysSinceEpoch: .max)
            return (leftDue, left.year, order[left.task] ?? 0, left.lead) < (
                rightDue, right.year, order[right.task] ?? 0, right.lead
            )
        }
    }

    /// The units that lead a task: every commune where the communes lead, every unit where a name gathers many and they
    /// are known, one each otherwise.
    ///
    /// - Parameter day: by which the work is to be done: a unit leads from the day it is known from. Nil for work of today.
    public static func leads(of task: PlanTask, in plan: PlanDefinition, on day: Day? = nil) -> [UnitCode] {
        task.leads.flatMap { code -> [UnitCode] in
            guard let agency = plan.agency(code) else { return [.agency(code)] }
            if agency.kind == .communes { return plan.communes.communes.map { .commune($0.code) } }
            let units = (agency.standsForUnits ? plan.units.units(of: code) : []).filter { unit in
                unit.since.flatMap { since in day.map { $0 >= since } } ?? true
            }
            return units.isEmpty ? [.agency(code)] : units.map { .agencyUnit($0.code) }
        }
    }

    struct Slot: Equatable {
        let period: WorkPeriod
        let origin: WorkPeriod
        let opensOn: Day
        let due: Day?
        let checkpoints: [Day]

        init(
            period: WorkPeriod, origin: WorkPeriod? = nil, opensOn: Day, due: Day?, checkpoints: [Day] = []
        ) {
            self.period = period
            self.origin = origin ?? period
            self.opensOn = opensOn
            self.due = due
            self.checkpoints = checkpoints
        }

        /// By when it is over: its due day, or the end of its year while it has none.
        var lastDay: Day? {
            if let due { return due }
            guard case .year(let year) = period else { return nil }
            return Day.lastDay(ofYear: year)
        }
    }

    /// The dated slots of a rule. None is due before the plan takes effect, none after its last year, save a day that
    /// the plan itself names ("Trước ngày 31/01/2031").
    /// - Parameter withEarlier: whether those due before the plan takes effect are given too.
    static func slots(
        of rule: DeadlineRule, years: ClosedRange<Int>, effectiveFrom: Day, withEarlier: Bool = false
    ) -> [Slot] {
        let lastDay = Day.lastDay(ofYear: years.upperBound)
        func slot(_ period: WorkPeriod, from first: Day, due: Day?, checkpoints: [Day] = [], named: Bool = false)
            -> Slot?
        {
            if let due, (due < effectiveFrom && !withEarlier) || (due > lastDay && !named) { return nil }
            return Slot(
                period: period, opensOn: max(first, effectiveFrom), due: due,
                checkpoints: checkpoints.filter { $0 >= effectiveFrom })
        }
        func wholeYear(_ year: Int) -> Slot? {
            slot(.year(year), from: .firstDay(ofYear: year), due: .lastDay(ofYear: year))
        }
        switch rule {
        case .quarter(let quarter):
            return [slot(.quarter(quarter), from: quarter.firstDay, due: quarter.lastDay)].compactMap(\.self)
        case .monthEachYear(let number):
            return years.compactMap { year in
                Month(year: year, month: number).flatMap { slot(.month($0), from: $0.firstDay, due: $0.lastDay) }
            }
        case .eachYear:
            return years.compactMap(wholeYear)
        case .eachQuarter:
            return years.flatMap(Quarter.all).compactMap { slot(.quarter($0), from: $0.firstDay, due: $0.lastDay) }
        case .year(let year):
            return [wholeYear(year)].compactMap(\.self)
        case .yearThenEachYear(let first):
            return years.filter { $0 >= first }.compactMap(wholeYear)
        case .overYears(let first, let last):
            let checkpoints = (first..<last).map(Day.lastDay)
            return [
                slot(
                    .years(first, last), from: .firstDay(ofYear: first), due: .lastDay(ofYear: last),
                    checkpoints: checkpoints)
            ].compactMap(\.self)
        case .setByLead:
            return years.filter { Day.lastDay(ofYear: $0) >= effectiveFrom }.compactMap { year in
                slot(.year(year), from: .firstDay(ofYear: year), due: nil)
            }
        case .beforeDayEachYear(let month, let day):
            // "Trước ngày 01/01" falls due on the last day of the year before: the work counts in the year of its due day.
            return (years.lowerBound...years.upperBound + 1).compactMap { year in
                guard let due = Day(year: year, month: month, day: day)?.adding(days: -1), years.contains(due.year)
                else {
                    return nil
                }
                return slot(.year(due.year), from: .firstDay(ofYear: due.year), due: due)
            }
        case .before(let day):
            let due = day.adding(days: -1)
            // A single far day: its work begins half a year ahead, also when that lies in the year before.
            return [slot(.year(due.year), from: due.adding(days: -182), due: due, named: true)].compactMap(\.self)
        }
    }
}
