public import Access
import Database
import Kernel
import PlanText
public import Work

extension BoardService {
    /// What stands beside a section that is no figure, within what the viewer may see: products accepted in the span of
    /// the report, obstacles with their answers.
    public func known(
        beside section: BoardSection, of board: BoardHead, for viewer: Viewer
    ) async throws -> (products: [AcceptedProduct], obstacles: [Obstacle]) {
        let days = board.span.first...max(board.span.first, min(board.cutoff, board.span.last))
        var products: [AcceptedProduct] = []
        for case .work(let group) in section.facts {
            products += try await work.acceptedProducts(days, group: group, for: viewer, limit: 60)
        }
        guard section.facts.contains(.obstacles) else { return (products, []) }
        let obstacles = try await store.read { try Obstacles.reported(for: viewer, on: $0) }
        return (products, obstacles.filter { days.contains($0.at.day) }.suffix(30).reversed())
    }
}
