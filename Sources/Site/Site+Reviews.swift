import Access
import Figures
import Kernel
import Overview
import PlanText
import Targets

extension Site {
    /// How many people the compulsory scheme lacks beside its part of the year's target: what both measures leave.
    static func gap(_ services: PlanServices, _ viewer: Viewer) async throws -> (people: Int, year: Int)? {
        guard viewer.may(.viewFigures) else { return nil }
        let board = try await services.overview.dashboard(for: viewer)
        guard let month = board.month, let target = services.definition.targets.first(where: { $0.year == board.year }),
            let total = board.courses[.total]?.people[month], let voluntary = board.courses[.voluntary]?.people[month]
        else { return nil }
        return ((target.total - target.voluntary) - (total - voluntary), board.year)
    }
}
