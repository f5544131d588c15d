import Access
public import WebDesk

/// Coming in, one's own account, everybody's accounts, the audit trail.
public struct AccountPages: PageArea {
    public let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    var access: AccessService { desk.access }

    public var routes: [Route] { entranceRoutes + ownAccountRoutes + accountRoutes + auditRoutes }
}
