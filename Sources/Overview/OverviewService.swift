import Access
public import Database
public import Kernel
public import PlanText
import Work

/// What is seen when figures, targets and work are looked at together: the dashboard, a unit's standing, scores.
public struct OverviewService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    public let plan: PlanDefinition

    public init(store: any DataStore, clock: Clock, plan: PlanDefinition) {
        self.store = store
        self.clock = clock
        self.plan = plan
    }

    func scope(of viewer: Viewer) -> WorkScope { WorkScope(viewer, in: plan) }
}
