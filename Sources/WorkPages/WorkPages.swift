import Access
public import Kernel
public import Plan
public import WebDesk

/// The plan's work: what there is to do today, lists, a piece of work, units, tasks, calendar, plan, obstacles.
public struct WorkPages: PageArea {
    public let desk: Desk
    let plan: PlanService
    /// Whether papers can be made here.
    let hasDocuments: Bool
    let unitParts: @Sendable (UnitCode, Int, MemberRequest) async throws -> UnitParts

    /// - Parameter unitParts: what the figures have to show on the page of a unit in a year.
    public init(
        desk: Desk, plan: PlanService, hasDocuments: Bool,
        unitParts: @escaping @Sendable (UnitCode, Int, MemberRequest) async throws -> UnitParts
    ) {
        self.desk = desk
        self.plan = plan
        self.hasDocuments = hasDocuments
        self.unitParts = unitParts
    }

    public var routes: [Route] {
        homeRoutes + workListRoutes + workRoutes + fileRoutes + unitRoutes + taskRoutes + calendarRoutes + planRoutes
            + obstacleRoutes + outboxRoutes
    }
}
