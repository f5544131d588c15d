import Access
public import Files
public import Components
public import Foundation
public import Kernel
public import Overview
import PlanText
import Targets
public import WebDesk
public import Work

/// The plan's work: what there is to do today, lists, a piece of work, units, tasks, calendar, plan, obstacles.
public struct WorkPages: PageArea {
    public static var templates: [URL] { [Bundle.module.bundleURL] }
    public static var pages: [any Page.Type] {
        [
            MyDayPage.self, FirstStepsPage.self, WorkListPage.self, WorkPage.self, ReviewPage.self, LateUnitsPage.self,
            TasksPage.self,
            TaskPage.self, RulePreviewPage.self, CountingPreviewPage.self, CalendarPage.self, PlanPage.self,
            UnitsPage.self, UnitHead.self, UnitPage.self, UnitPrint.self, UnitListPage.self, UnitPreviewPage.self,
            IdentitiesPage.self, IdentityPage.self, ObstaclesPage.self, ObstaclePage.self, ObstacleGroupsPage.self,
            ErasurePage.self, ErasuresPage.self,
        ]
    }

    public static func page(of subject: Subject) -> Address? {
        switch subject.kind {
        case .instance: Addresses.work(subject.key)
        case .unitWork:
            Addresses.workList().with(.year, WorkAddress.everyYear).with(.status, WorkStatus.late.slug)
                .with(.unit, subject.key)
        case .task: Addresses.task(subject.key)
        case .plan: Addresses.plan()
        case .obstacle: RecordID(subject.key).map { Addresses.obstacle($0) }
        case .file: RecordID(subject.key).map { Addresses.erasure($0) }
        default: nil
        }
    }

    public let desk: Desk
    let work: WorkService
    let amendments: PlanAmendmentService
    let unitLists: UnitListService
    let obstacles: ObstacleService
    let overview: OverviewService
    let erasure: FileErasure
    /// Whether papers can be made here.
    let hasDocuments: Bool
    let unitParts: @Sendable (UnitCode, Int, MemberRequest) async throws -> UnitParts
    let unitPartKinds: [Subject.Kind]
    /// Links to what makes a slot's product: the work and the slot's index.
    let offers: @Sendable (WorkItem, Int, MemberRequest) async throws -> [Frame.Link]
    let remarks: ThreadPart

    /// - Parameters:
    ///   - unitParts: what the figures have to show on the page of a unit in a year.
    ///   - unitPartKinds: the kinds of things that these parts are made of.
    ///   - offers: what makes the product of a slot of a piece of work, for somebody who may prepare it.
    ///   - remarks: what is said of work and units.
    public init(
        desk: Desk, services: PlanServices, erasure: FileErasure, hasDocuments: Bool, unitPartKinds: [Subject.Kind],
        unitParts: @escaping @Sendable (UnitCode, Int, MemberRequest) async throws -> UnitParts,
        offers: @escaping @Sendable (WorkItem, Int, MemberRequest) async throws -> [Frame.Link], remarks: ThreadPart
    ) {
        self.desk = desk
        work = services.work
        amendments = services.amendments
        unitLists = services.unitLists
        obstacles = services.obstacles
        overview = services.overview
        self.erasure = erasure
        self.hasDocuments = hasDocuments
        self.unitParts = unitParts
        self.unitPartKinds = unitPartKinds
        self.offers = offers
        self.remarks = remarks
    }

    public var workbooks: [ListWorkbook] {
        [
            listWorkbook, unitWorkbook, taskWorkbook, tasksWorkbook, unitsWorkbook, obstacleWorkbook, identityWorkbook,
            agencyUnitWorkbook,
        ]
    }

    public var routes: [Route] {
        homeRoutes + firstStepRoutes + workListRoutes + workRoutes + reviewRoutes + lateUnitRoutes + fileRoutes
            + erasureRoutes + unitRoutes
            + taskRoutes
            + ruleRoutes + calendarRoutes
            + countingRoutes + planRoutes
            + obstacleRoutes + obstacleGroupRoutes + unitListRoutes + identityRoutes
    }
}
