public import Plan
public import Reports
public import WebDesk

/// Official documents, their templates, and the steering committees they are about.
public struct PaperPages: PageArea {
    public let desk: Desk
    let plan: PlanService
    let documents: DocumentService?

    /// - Parameter documents: nil without templates; then there are no such pages.
    public init(desk: Desk, plan: PlanService, documents: DocumentService?) {
        self.desk = desk
        self.plan = plan
        self.documents = documents
    }

    public var routes: [Route] { documentRoutes + steeringRoutes }
}
