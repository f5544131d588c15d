import PlanText
import Charts
public import Access
public import Components
public import Figures
public import Foundation
public import Jobs
public import Kernel
public import Overview
import Targets
import Work
public import Reports
import Province
public import WebDesk

/// Numbers: the dashboard, months and their files, objections, targets and their allocation, scores, groups, forecast.
public struct FigurePages: PageArea {
    public static var templates: [URL] { [Bundle.module.bundleURL] }
    public static var pages: [any Page.Type] {
        [
            FiguresPage.self, FigureMonthPage.self, FigureBatchPage.self, UploadPage.self, UploadWaitingPage.self,
            FigurePage.self,
            ContestsPage.self, GroupsPage.self, TargetsPage.self, TargetVersionsPage.self, DashboardPage.self,
            DashboardStandings.self, StandingListPage.self,
            ScoresPage.self, ScoreView.self, UnitFiguresView.self, ForecastPage.self, AllocationListPage.self,
            AllocationDeskPage.self, AllocationUnitPage.self, AllocationComparePage.self, AllocationMapPage.self,
            ProposalPage.self, OwnGroupPage.self, BoundariesPage.self, MovementsPage.self, MovementUploadPage.self,
            MovementBatchPage.self,
        ]
    }

    public static func page(of subject: Subject) -> Address? {
        let parts = subject.key.split(separator: "/")
        switch subject.kind {
        case .figure:
            guard parts.count == 3, let commune = CommuneCode(parts[0]), let month = Month(parts[1]),
                let scheme = Scheme(rawValue: String(parts[2]))
            else { return nil }
            return Addresses.figure(commune, month, FigureWords.slug(scheme))
        case .figureBatch: return Int(subject.key).map { Addresses.figureBatch($0) }
        // Where what is there stands beside the form that takes a file.
        case .figureMonth: return Addresses.figures()
        case .figureContest: return Addresses.contests()
        case .movementBatch: return Int(subject.key).map { Addresses.movementBatch($0) }
        case .targets:
            if parts.count == 2, let commune = CommuneCode(parts[1]) {
                return Addresses.targetVersions(.commune(commune))
            }
            return Addresses.targets().with(.year, parts.first)
        case .proposals: return Addresses.proposal().with(.year, parts.first)
        case .groups:
            // A commune's list by its code; a single group, which its head is told of, by its identifier.
            return CommuneCode(subject.key).map { Addresses.groups(.commune($0)) } ?? Addresses.ownGroup()
        case .allocation: return RecordID(subject.key).map { Addresses.scenario($0) }
        default: return nil
        }
    }

    public let desk: Desk
    let work: WorkService
    let targets: TargetService
    let allocations: AllocationService
    let groups: GroupService
    let overview: OverviewService
    let figures: FigureService
    let movements: MovementService
    let documents: DocumentService?
    let jobs: JobService
    let remarks: ThreadPart
    let boundaryFiles: BoundaryService
    private let layouts: MapLayouts
    /// Lists that are missing by agreements, as somebody may see them; what that is made of.
    let missingData: @Sendable (Viewer) async throws -> Frame.Link?
    let missingKinds: [Subject.Kind]

    /// - Parameters:
    ///   - documents: nil where no papers can be made.
    ///   - remarks: what is said of figures.
    public init(
        desk: Desk, services: PlanServices, figures: FigureService, documents: DocumentService?, jobs: JobService,
        remarks: ThreadPart, missingData: @escaping @Sendable (Viewer) async throws -> Frame.Link?,
        missingKinds: [Subject.Kind]
    ) {
        (self.missingData, self.missingKinds) = (missingData, missingKinds)
        self.desk = desk
        work = services.work
        targets = services.targets
        allocations = services.allocations
        groups = services.groups
        overview = services.overview
        self.figures = figures
        let plan = desk.definition
        movements = MovementService(
            store: figures.store, clock: figures.clock, directory: figures.directory, province: plan.province,
            units: plan.unitsInForce, insurance: plan.agencies.first { $0.kind == .baseSocialInsurance }?.code)
        self.documents = documents
        self.jobs = jobs
        self.remarks = remarks
        boundaryFiles = services.boundaries
        layouts = MapLayouts(plan.communes)
    }

    private var loadedBoundaries: [Boundary] { desk.definition.unitsInForce.boundaries }

    /// The map of the communes; nil when the plan gives no places.
    var layout: MapLayout? { layouts.layout(over: loadedBoundaries) }

    /// What a map may be taken for.
    var mapCaption: String {
        layouts.boundaries(over: loadedBoundaries).isEmpty
            ? "Bản đồ lược giản theo vị trí, diện tích và ranh giới; không thay bản đồ địa giới"
            : "Bản đồ vẽ đơn giản từ ranh giới do tỉnh, thành phố cung cấp; không thay bản đồ địa giới"
    }

    /// What a page that shows figures is made of.
    static let figureKinds: [Subject.Kind] = [.figure, .figureBatch, .figureContest]
    /// What a page is made of that shows figures against targets, with movements: the parts of a unit's page too.
    public static let standingKinds = figureKinds + [.movementBatch, .targets, .allocation, .groups]

    public var workbooks: [ListWorkbook] {
        [
            targetWorkbook, monthWorkbook, monthsWorkbook, batchWorkbook, scenarioWorkbook, proposalWorkbook,
            scoreWorkbook, agencyScoreWorkbook, batchLineWorkbook, forecastWorkbook, groupWorkbook,
            comparisonWorkbook, standingWorkbook,
        ] + movementWorkbooks
    }

    public var routes: [Route] {
        dashboardRoutes + standingRoutes + figureRoutes + movementRoutes + targetRoutes + scoreRoutes + groupRoutes
            + ownGroupRoutes
            + allocationRoutes
            + sheetRoutes
            + forecastRoutes + boundaryRoutes
    }
}
