public import Access
import Database
public import Figures
public import Kernel
import PlanText
public import Targets

/// A commune's figures as they stood at the end of some months of a year: what its report of that time is written from.
/// Nothing of a later month is in it.
public struct PeriodFigures: Sendable {
    public let commune: CommuneCode
    public let year: Int
    /// The last month that counts.
    public let until: Month
    public let total: MeasureProgress
    public let voluntary: MeasureProgress
    /// The year's target as it holds; nil where none was given.
    public let target: CommuneTarget?
    let courses: [Measure: [Month: Int]]
    let days: FigureDays
    let movements: FlowSeries

    public subscript(measure: Measure) -> MeasureProgress { measure == .total ? total : voluntary }

    /// The month whose figures stand for the time; earlier than ``until`` where that has none.
    public var month: Month? { total.month ?? voluntary.month }

    /// Figures by month, none later than ``until``.
    public func course(_ measure: Measure) -> [Month: Int] { courses[measure] ?? [:] }

    /// Who came and went, by month: what its forecast is fed with.
    public func flows(_ measure: Measure) -> [Month: MonthFlows] {
        movements.course(.commune(commune), measure == .voluntary ? .voluntary : nil)
    }

    public func people(_ measure: Measure, in month: Month) -> Int? { courses[measure]?[month] }

    /// The day a month's figures are counted to.
    public func day(of month: Month) -> Day { days.day(commune, month) ?? month.lastDay }

    public func source(of month: Month) -> String { days.source(commune, month) ?? "" }
}

extension OverviewService {
    /// The figures of communes until a month of a year, in one read for as many as are asked for.
    public func figures(
        of communes: [CommuneCode], year: Int, until last: Month, for viewer: Viewer
    ) async throws -> [CommuneCode: PeriodFigures] {
        try viewer.require(.viewFigures)
        return try await store.read { connection in
            let revisions = try Revisions.read(on: connection)
            let series = try self.series(on: connection, at: revisions)
            let movements = try flows.value(0, at: revisions) { try MovementService.flows(on: connection) }
            let targets = Dictionary(
                try CommuneTarget.holding(year: year, on: connection).map { ($0.commune, $0) },
                uniquingKeysWith: { first, _ in first })
            let months = Set(series.months.filter { $0 <= last && $0.year >= year - 1 })
            let days = try FigureDays(
                of: months, commune: communes.count == 1 ? communes.first : nil, on: connection)
            return Dictionary(
                communes.map { commune in
                    let courses = Dictionary(
                        Measure.allCases.map { ($0, series.course(commune, $0).filter { $0.key <= last }) },
                        uniquingKeysWith: { first, _ in first })
                    let target = targets[commune]
                    func progress(_ measure: Measure) -> MeasureProgress {
                        MeasureProgress(
                            measure, year: year, course: courses[measure] ?? [:], target: target?[measure], until: last)
                    }
                    return (
                        commune,
                        PeriodFigures(
                            commune: commune, year: year, until: last, total: progress(.total),
                            voluntary: progress(.voluntary), target: target, courses: courses, days: days,
                            movements: movements)
                    )
                }, uniquingKeysWith: { first, _ in first })
        }
    }
}
