public import Kernel
public import PlanText

/// A report that is assembled from what many agencies write.
public enum BoardKind: String, Sendable, CaseIterable {
    /// Of a year, to the two ministries.
    case year = "nam"
    /// A note on the first six months.
    case halfYear = "sau-thang"
    /// A note on a quarter.
    case quarter = "quy"
    /// The review in the middle of the plan.
    case midTerm = "so-ket"
    /// The summing-up of all its years.
    case final = "tong-ket"

    public var title: String {
        switch self {
        case .year: "Báo cáo năm"
        case .halfYear: "Báo cáo sáu tháng đầu năm"
        case .quarter: "Báo cáo quý"
        case .midTerm: "Báo cáo sơ kết giữa kỳ"
        case .final: "Báo cáo tổng kết"
        }
    }

    /// The kind of paper that becomes of it, by the name of its template. The plan's task with this product dates it.
    public var paper: String {
        switch self {
        case .year: "bao-cao-nam-hai-bo"
        case .halfYear, .quarter: "bao-cao-ky-thanh-pho"
        case .midTerm: "bao-cao-so-ket"
        case .final: "bao-cao-tong-ket"
        }
    }

    /// Whether it looks back over several years.
    public var spansYears: Bool { self == .midTerm || self == .final }

    /// The task of a plan that it is a product of; nil for notes that no task asks for.
    public func task(in plan: PlanDefinition) -> PlanTask? {
        plan.tasks.first { $0.slots.contains { $0.papers.contains(paper) } }
    }

    /// The periods it can be of in a plan, the earliest first.
    public func periods(in plan: PlanDefinition) -> [WorkPeriod] {
        switch self {
        case .year: return plan.years.map { .year($0) }
        case .halfYear: return plan.years.compactMap { Quarter(year: $0, quarter: 2).map { .quarter($0) } }
        case .quarter: return plan.years.flatMap { Quarter.all(of: $0).map { .quarter($0) } }
        case .midTerm:
            guard let due = dueDays(in: plan).first, plan.years.contains(due.year), due.year > plan.years.lowerBound
            else { return [] }
            return [.years(plan.years.lowerBound, due.year)]
        case .final: return [.years(plan.years.lowerBound, plan.years.upperBound)]
        }
    }

    /// The days on which the plan wants it.
    func dueDays(in plan: PlanDefinition) -> [Day] {
        guard let task = task(in: plan) else { return [] }
        return Schedule.instances(of: plan).filter { $0.task == task.code }.compactMap(\.due).sorted()
    }
}

/// What a report covers: its kind and the period it looks back on.
public struct BoardSpan: Sendable, Hashable {
    public let kind: BoardKind
    public let period: WorkPeriod
    public let years: ClosedRange<Int>
    public let first: Day
    public let last: Day

    /// Nil for a period that the kind is not of.
    public init?(_ kind: BoardKind, _ period: WorkPeriod) {
        self.kind = kind
        self.period = period
        switch (kind, period) {
        case (.year, .year(let year)):
            years = year...year
            (first, last) = (.firstDay(ofYear: year), .lastDay(ofYear: year))
        case (.halfYear, .quarter(let quarter)) where quarter.quarter == 2:
            years = quarter.year...quarter.year
            (first, last) = (.firstDay(ofYear: quarter.year), quarter.lastDay)
        case (.quarter, .quarter(let quarter)):
            years = quarter.year...quarter.year
            (first, last) = (quarter.firstDay, quarter.lastDay)
        case (.midTerm, .years(let from, let to)), (.final, .years(let from, let to)):
            guard from < to else { return nil }
            years = from...to
            (first, last) = (.firstDay(ofYear: from), .lastDay(ofYear: to))
        default: return nil
        }
    }

    /// In a sentence: `năm 2026`, `quý III năm 2026`.
    public var words: String {
        switch (kind, period) {
        case (.halfYear, _): "6 tháng đầu năm \(years.upperBound)"
        case (_, .quarter(let quarter)): "quý \(quarter.roman) năm \(quarter.year)"
        case (_, .years(let from, let to)): "giai đoạn \(from) - \(to)"
        default: "năm \(years.upperBound)"
        }
    }

    /// `Báo cáo quý III năm 2026`, `Báo cáo tổng kết, giai đoạn 2026 - 2030`
    public var title: String { kind.spansYears ? "\(kind.title), \(words)" : "Báo cáo \(words)" }

    /// The days of a report of a plan: when it is due, to which day its figures count, when agencies owe their texts.
    public struct Days: Sendable, Equatable {
        public var due: Day
        public var cutoff: Day
        public var textDue: Day

        public init(due: Day, cutoff: Day, textDue: Day) {
            self.due = due
            self.cutoff = cutoff
            self.textDue = textDue
        }
    }

    /// Days after the end of its period on which a note is due that the plan dates nowhere. Ours.
    static let noteDays = 10

    /// What a board begins with, all of it ours but the plan's own day: figures to the end of the last whole month before
    /// the report is due, at most to the end of the period; texts half-way between the two.
    public func usualDays(in plan: PlanDefinition) -> Days {
        let planned = kind.dueDays(in: plan)
        let due =
            planned.first { kind.spansYears || $0.year == years.upperBound }
            ?? planned.last.flatMap { kind.spansYears ? $0 : nil } ?? last.adding(days: Self.noteDays)
        let cutoff = min(Month(of: due).adding(months: -1).lastDay, last)
        return Days(due: due, cutoff: cutoff, textDue: cutoff.adding(days: cutoff.days(to: due) / 2))
    }
}
