public import Database
public import Kernel
public import PlanText

/// How a year's target comes to be split: proposals, scenarios, decisions.
public struct AllocationService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    public let plan: PlanDefinition

    public init(store: any DataStore, clock: Clock, plan: PlanDefinition) {
        self.store = store
        self.clock = clock
        self.plan = plan
    }
}
