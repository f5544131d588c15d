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
    /// Of working age; nil where none of the year before ``until`` is held.
    let labourForce: LatestMovement?

    public subscript(measure: Measure) -> MeasureProgress { measure == .total ? total : voluntary }

    /// The month whose figures stand for the time; earlier than ``until`` where that has none.
    public var month: Month? { total.month ?? voluntary.month }

    /// Figures by month, none later than ``until``.
    public func course(_ measure: Measure) -> [Month: Int] { courses[measure] ?? [:] }

    /// Who came and went, by month: what its forecast is fed with.
    public func flows(_ measure: Measure) -> [Month: MonthFlows] {
        movements.course(.commune(commune), measure == .voluntary ? .voluntary : nil)
    }

    /// Who came and went of a scheme in some months, between its people before and after; nil where no flows are held.
    public func stretch(_ scheme: Scheme, _ months: ClosedRange<Month>) -> FlowStretch? {
        FlowStretch(scheme, months, flows: movements.course(.commune(commune), scheme)) { month in
            guard let voluntary = people(.voluntary, in: month) else { return nil }
            return scheme == .voluntary ? voluntary : people(.total, in: month).map { $0 - voluntary }
        }
    }

    /// What share of the labour force took part at a month's end.
    public func coverage(in month: Month) -> MovementPicture.Coverage? {
        guard let labourForce, let people = people(.total, in: month) else { return nil }
        return MovementPicture.Coverage(
            participants: people, month: month, labourForce: labourForce.value, uninsured: nil, day: labourForce.day,
            source: labourForce.source)
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
            let labour = Dictionary(
                try MovementService.latest(
                    [.labourForce], until: last, at: communes.count == 1 ? communes.first.map { .commune($0) } : nil,
                    on: connection
                ).map { ($0.movement.key.place, $0) }, uniquingKeysWith: { first, _ in first })
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
                            movements: movements, labourForce: labour[.commune(commune)])
                    )
                }, uniquingKeysWith: { first, _ in first })
        }
    }
}
