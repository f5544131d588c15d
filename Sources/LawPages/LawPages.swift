public import LawInForce
public import WebDesk

/// The law: calculators and parameters for everybody, the same for programs, and entering new values.
public struct LawPages: PageArea {
    public let desk: Desk
    let law: LawService?

    /// - Parameter law: nil without the law's tables; then there are no such pages.
    public init(desk: Desk, law: LawService?) {
        self.desk = desk
        self.law = law
    }

    public var routes: [Route] { calculatorRoutes + amendmentRoutes }
}
