public import Access
import Kernel
public import Targets

extension DocumentService {
    /// The ways of splitting a year's target that papers can be made of, the latest first; none where the person reads none.
    public func scenarios(
        _ scope: AllocationScope, year: Int, for viewer: Viewer
    ) async throws -> [AllocationScenario] {
        guard viewer.allocates(scope, in: definition) else { return [] }
        return try await allocations.scenarios(scope, year: year, for: viewer)
    }
}
