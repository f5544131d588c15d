public import Database
public import Kernel
public import PlanText

/// The yearly targets of the communes, as they were given.
public struct TargetService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    public let plan: PlanDefinition

    public init(store: any DataStore, clock: Clock, plan: PlanDefinition) {
        self.store = store
        self.clock = clock
        self.plan = plan
    }
}
