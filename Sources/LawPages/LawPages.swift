public import Components
public import Foundation
public import LawInForce
public import Kernel
import Portal
public import WebDesk

/// The law: calculators and parameters for everybody, the same for programs, and entering new values.
public struct LawPages: PageArea {
    public static var templates: [URL] { [Bundle.module.bundleURL] + Portal.templates }
    public static var pages: [any Page.Type] {
        [
            ParameterPage.self, AmendmentPage.self,
        ] + Portal.pages
    }

    public static func page(of subject: Subject) -> Address? {
        guard subject.kind == .parameter else { return nil }
        return subject.key.isEmpty ? Addresses.parameters() : Addresses.parameter(subject.key)
    }

    public let desk: Desk
    let law: LawService?

    /// - Parameter law: nil without the law's tables; then there are no such pages.
    public init(desk: Desk, law: LawService?) {
        self.desk = desk
        self.law = law
    }

    public var routes: [Route] { calculatorRoutes + amendmentRoutes }
}
