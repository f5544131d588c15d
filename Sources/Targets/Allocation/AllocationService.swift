public import Access
public import Database
public import Kernel
public import PlanText

/// How a year's target comes to be split: proposals, scenarios, decisions.
public struct AllocationService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    public let plan: PlanDefinition
    /// What two people have to do here.
    let pairs: PairPolicy

    public init(store: any DataStore, clock: Clock, plan: PlanDefinition, pairs: PairPolicy = PairPolicy()) {
        self.store = store
        self.clock = clock
        self.plan = plan
        self.pairs = pairs
    }
}
