import Access
public import Components
public import Foundation
public import Kernel
public import WebDesk

/// Coming in, one's own account, everybody's accounts, the audit trail.
public struct AccountPages: PageArea {
    public static var templates: [URL] { [Bundle.module.bundleURL] }
    public static var pages: [any Page.Type] {
        [
            AccountPage.self, AccountsPage.self, AuditPage.self, DesignPage.self, OwnAccountPage.self,
            RecoveryCodesPage.self,
            RowForms.self, SecondFactorPage.self,
        ]
    }

    /// An account's own news leads its holder to the account.
    public static func page(of subject: Subject) -> Address? {
        subject.kind == .account ? Addresses.ownAccount() : nil
    }

    public let desk: Desk

    /// The lists of all areas, by key.
    let lists: @Sendable (String) -> TableOutline?

    public init(desk: Desk, lists: @escaping @Sendable (String) -> TableOutline?) {
        self.desk = desk
        self.lists = lists
    }

    var access: AccessService { desk.access }

    public var workbooks: [ListWorkbook] { [accountWorkbook, auditWorkbook] }

    public var routes: [Route] {
        entranceRoutes + ownAccountRoutes + secondFactorRoutes + accountRoutes + postRoutes + auditRoutes
            + clockRoutes + columnRoutes + designRoutes
    }
}
