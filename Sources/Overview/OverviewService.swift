import Access
public import Database
import Figures
public import Kernel
public import PlanText
import Targets
import Work

/// What is seen when figures, targets and work are looked at together: the dashboard, a unit's standing, scores.
public struct OverviewService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    public let plan: PlanDefinition
    private let series = Kept<Int, FigureSeries>([.figure, .figureBatch, .figureContest], capacity: 1)
    private let scores = Kept<ScoreKey, ScoreTable?>(
        [.figure, .figureBatch, .figureContest, .targets, .groups, .instance, .task, .plan], capacity: 24)

    private let standings = Kept<StandingKey, CityDashboard>(
        [.figure, .figureBatch, .figureContest, .movementBatch, .targets, .plan], capacity: 24)
    let flows = Kept<Int, FlowSeries>([.movementBatch], capacity: 1)

    private struct ScoreKey: Hashable {
        let month: Month?
        let today: Day
    }

    private struct StandingKey: Hashable {
        let year: Int?
        let today: Day
    }

    public init(store: any DataStore, clock: Clock, plan: PlanDefinition) {
        self.store = store
        self.clock = clock
        self.plan = plan
    }

    /// Every figure that holds, kept while none changes. For reads.
    func series(on connection: any SQLConnection, at revisions: Revisions) throws -> FigureSeries {
        try series.value(0, at: revisions) { try FigureService.series(on: connection) }
    }

    /// The scores of a month, kept while nothing they are made of changes: every unit's page shows its place among all.
    func scores(of month: Month?, on connection: any SQLConnection, at revisions: Revisions) throws -> ScoreTable? {
        try scores.value(ScoreKey(month: month, today: clock.today), at: revisions) {
            try workedOutScores(of: month, series: series(on: connection, at: revisions), on: connection)
        }
    }

    func scope(of viewer: Viewer) -> WorkScope { WorkScope(viewer, in: plan) }

    /// Where the province and its communes stand, without work and obstacles, kept likewise.
    func standing(year: Int?, on connection: any SQLConnection, at revisions: Revisions) throws -> CityDashboard {
        try standings.value(StandingKey(year: year, today: clock.today), at: revisions) {
            try workedOutStanding(year: year, series: series(on: connection, at: revisions), on: connection)
        }
    }
}
