public import Access
public import Database
import Figures
public import Kernel
public import Overview
public import PlanText
import Targets
import Work

extension Right {
    /// Counts in the coordinating agency alone.
    public static let assembleReports = Right(
        "boards.assemble", "Lập bảng tổng hợp báo cáo, giao phần viết, khóa số liệu, trả lại phần viết")
    public static let writeReportParts = Right("boards.write", "Viết phần báo cáo giao cho đơn vị mình")
    public static let readReportBoards = Right("boards.read", "Xem mọi bảng tổng hợp báo cáo")
}

/// Boards on which a report is assembled: what each agency writes, beside what the system knows, and the figures locked at
/// the cut-off day. Each use case stands in a file of its own.
public struct BoardService: Sendable {
    let services: PlanServices

    public var store: any DataStore { services.store }
    public var clock: Clock { services.clock }
    public var plan: PlanDefinition { services.definition }
    var work: WorkService { services.work }
    var overview: OverviewService { services.overview }

    public init(services: PlanServices) { self.services = services }

    static let unknown = Refusal(
        .notFound, "Không có bảng tổng hợp này, hoặc đơn vị của bạn không được giao viết phần nào ở đó.")

    func requireAssembler(_ viewer: Viewer) throws(Refusal) {
        try viewer.require(.assembleReports)
        guard viewer.assembles(in: plan) else {
            throw Refusal(
                .forbidden,
                "Chỉ \(plan.name(of: .agency(plan.coordinatingAgency))) lập bảng tổng hợp báo cáo của kế hoạch.")
        }
    }
}

extension Viewer {
    /// Whether the person assembles the reports of a plan.
    public func assembles(in plan: PlanDefinition) -> Bool {
        may(.assembleReports) && agency == plan.coordinatingAgency
    }

    /// Whether the person sees whole boards, not only what the own unit writes.
    public func seesWholeBoards(in plan: PlanDefinition) -> Bool { may(.readReportBoards) || assembles(in: plan) }

    /// Whether the person writes what a unit owes.
    public func writesParts(of unit: UnitCode) -> Bool { may(.writeReportParts) && ownUnits.contains(unit) }
}
