public import Targets
public import Work
public import PlanText
public import Access
import Database
public import Figures
public import Kernel
public import Province

/// Where a commune stands in a year.
public struct CommuneStanding: Sendable {
    public let commune: Commune
    public let total: MeasureProgress
    public let voluntary: MeasureProgress
    public let isContested: Bool

    public subscript(measure: Measure) -> MeasureProgress { measure == .total ? total : voluntary }
}

/// What a leader looks at for a minute, and an analyst for an hour: the whole province in one year.
public struct CityDashboard: Sendable {
    public let year: Int
    /// The month shown (``FigureSeries/shownMonth(of:year:)``).
    public let month: Month?
    /// A later month of the year that only some communes have reported, and how many have both schemes.
    public let partly: (month: Month, communes: Int)?
    /// The latest month with figures at all.
    public let latest: Month?
    public let total: MeasureProgress
    public let voluntary: MeasureProgress
    public let courses: [Measure: ProvinceCourse]
    /// Who came and went, by month: what forecasts are fed with.
    public let flows: [Measure: [Month: MonthFlows]]
    /// Sources of the month's figures, the largest first.
    public let sources: [FigureSource]
    /// Communes without a figure of the month.
    public let missing: [CommuneCode]
    /// By code.
    public let communes: [CommuneStanding]
    public let targets: TargetTable?
    /// The plan's targets, with the figure that each year's starts from as far as known.
    public let path: [(target: AnnualTarget, end: [Measure: Int])]
    /// Agencies with late work of the year, the most first.
    public internal(set) var late: [UnitOverview]
    /// Communes with late work of the year, and how many pieces together.
    public internal(set) var lateCommunes: (units: Int, work: Int)
    public internal(set) var openObstacles: Int
    public let openContests: Int
    /// Who came and went in the month shown, who could come, what is late, what share of the labour force takes part.
    public let picture: MovementPicture?
    /// The compulsory participants by block, of the latest month that has blocks.
    public let blocks: BlockMonth?

    public subscript(measure: Measure) -> MeasureProgress { measure == .total ? total : voluntary }
}

extension OverviewService {
    /// The province at a glance. Late work is bounded by what the viewer may see; figures are counts of public bodies.
    /// - Parameter year: nil for the year of the latest figures.
    public func dashboard(year asked: Int? = nil, for viewer: Viewer) async throws -> CityDashboard {
        try viewer.require(.viewFigures)
        let today = clock.today
        let scope = scope(of: viewer)
        return try await store.read { connection in
            let revisions = try Revisions.read(on: connection)
            var board = try self.standing(year: asked, on: connection, at: revisions)
            let counts = try WorkQueries.countsByLead(
                WorkFilter(year: board.year), scope: scope, plan: plan, today: today, on: connection)
            board.late = plan.bodies.compactMap { unit in
                counts[unit.text].map { UnitOverview(unit: unit, counts: $0) }
            }.filter { $0.counts.late > 0 }.sorted { ($0.counts.late, $1.unit.text) > ($1.counts.late, $0.unit.text) }
            let lateCommunes = plan.communes.codes.compactMap { counts[$0.text]?.late }.filter { $0 > 0 }
            board.lateCommunes = (lateCommunes.count, lateCommunes.reduce(0, +))
            board.openObstacles = try Obstacles.openCount(on: connection)
            return board
        }
    }

    /// The part that figures, targets and the plan alone move, without work and obstacles.
    func workedOutStanding(year asked: Int?, series: FigureSeries, on connection: any SQLConnection) throws
        -> CityDashboard
    {
        let today = clock.today
        let year = try self.year(asked, series: series)
        let baseline = try self.baseline(on: connection)
        let courses = Dictionary(
            Measure.allCases.map { ($0, ProvinceCourse(series, $0, communes: plan.communes.codes)) },
            uniquingKeysWith: { first, _ in first })
        let month = series.shownMonth(of: plan.communes.codes, year: year)
        let last = series.months.last { $0.year == year }
        let until = month ?? Month(of: today)
        func province(_ measure: Measure) -> MeasureProgress {
            let target = plan.targets.first { $0.year == year }.map { measure == .total ? $0.total : $0.voluntary }
            return MeasureProgress(
                measure, year: year, course: courses[measure]?.people ?? [:], target: target,
                start: year == plan.years.lowerBound ? baseline[measure] : nil, until: until)
        }
        let targets = try CommuneTarget.holding(year: year, on: connection)
        let byCommune = Dictionary(targets.map { ($0.commune, $0) }, uniquingKeysWith: { first, _ in first })
        let contested = try FigureService.contestedCommunes(on: connection)
        let communes = plan.communes.communes.map { commune in
            func progress(_ measure: Measure) -> MeasureProgress {
                MeasureProgress(
                    measure, year: year, course: series.course(commune.code, measure),
                    target: byCommune[commune.code]?[measure], until: until)
            }
            return CommuneStanding(
                commune: commune, total: progress(.total), voluntary: progress(.voluntary),
                isContested: contested.contains(commune.code))
        }
        let flows = try MovementService.flows(on: connection)
        return CityDashboard(
            year: year, month: month,
            partly: last.flatMap { last in
                last == month ? nil : (last, series.known(last, of: plan.communes.codes))
            }, latest: series.months.last, total: province(.total),
            voluntary: province(.voluntary), courses: courses,
            flows: [
                .total: flows.course(ofAll: plan.communes.codes, nil),
                .voluntary: flows.course(ofAll: plan.communes.codes, .voluntary),
            ],
            sources: try month.map { try FigureService.sources(of: $0, on: connection) } ?? [],
            missing: month.map { courses[.total]?.missing[$0] ?? [] } ?? [], communes: communes,
            targets: plan.targets.first { $0.year == year }.map {
                TargetTable(year: year, province: $0, targets: byCommune, communes: plan.communes.communes.count)
            },
            path: plan.targets.map { target in
                var end: [Measure: Int] = [:]
                if let december = Month(year: target.year, month: 12) {
                    for measure in Measure.allCases { end[measure] = courses[measure]?.people[december] }
                }
                return (target, end)
            },
            late: [], lateCommunes: (0, 0), openObstacles: 0,
            openContests: try FigureService.openContestCount(on: connection),
            picture: try month.map { month in
                try MovementPicture.read(
                    of: .province, in: month, participants: courses[.total]?.people[month],
                    communes: plan.communes.codes, people: { series[$0, $1, $2] }, on: connection)
            }, blocks: try month.flatMap { try FigureService.blockMonth(until: $0, on: connection) })
    }

    /// The year of a view: the one asked for, otherwise that of the latest figures, kept inside the plan.
    func year(_ asked: Int?, series: FigureSeries) throws -> Int {
        let year = asked ?? series.shownMonth(of: plan.communes.codes)?.year ?? clock.today.year
        return min(max(year, plan.years.lowerBound), plan.years.upperBound)
    }

    /// What the plan starts from: as completed on screen, otherwise as its file gives it.
    func baseline(on connection: any SQLConnection) throws -> [Measure: Int] {
        let values = try PlanAmendments.read(on: connection).values
        var baseline: [Measure: Int] = [:]
        baseline[.total] = values[.baselineTotal].flatMap { Int($0.text) } ?? plan.baseline.total
        baseline[.voluntary] = values[.baselineVoluntary].flatMap { Int($0.text) } ?? plan.baseline.voluntary
        return baseline
    }
}

extension OverviewService {
    /// Who came and went, by place, scheme and month: what forecasts are fed with.
    public func flows(for viewer: Viewer) async throws -> FlowSeries {
        try viewer.require(.viewFigures)
        return try await store.read { connection in
            try flows.value(0, at: Revisions.read(on: connection)) { try MovementService.flows(on: connection) }
        }
    }

    /// Each commune's figures by month, of everybody or of one scheme: counts of public bodies.
    public func courses(_ scheme: Scheme?, for viewer: Viewer) async throws -> [CommuneCode: [Month: Int]] {
        try viewer.require(.viewFigures)
        return try await store.read { connection in
            let series = try self.series(on: connection, at: Revisions.read(on: connection))
            return Dictionary(
                plan.communes.codes.map { code in
                    (code, scheme.map { series.course(code, $0) } ?? series.course(code, Measure.total))
                }, uniquingKeysWith: { first, _ in first })
        }
    }
}
