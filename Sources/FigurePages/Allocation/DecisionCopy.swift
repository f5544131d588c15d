import Access
import Components
import Figures
import Kernel
import Targets
import WebDesk

extension FigurePages {
    /// The signed copy of a decision, its minutes once it was erased; and where whoever splits that target may ask for that.
    func copyLinks(of scenario: AllocationScenario, for viewer: Viewer) async throws -> [Frame.Link] {
        guard let file = scenario.signing?.file, viewer.may(.viewFigures) else { return [] }
        guard try await !allocations.isCopyErased(of: scenario) else {
            return [Frame.Link("Bản ký đã huỷ: xem biên bản", Addresses.erasure(file))]
        }
        let copy = Frame.Link("Bản đã ký", Addresses.decisionFile(scenario.id))
        guard viewer.allocates(scenario.scope, in: definition) else { return [copy] }
        return [copy, Frame.Link("Huỷ bản ký tải nhầm", Addresses.erasure(file))]
    }
}
