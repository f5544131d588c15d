public import Database
public import Kernel
public import PlanText

/// What officers cannot get past, from its report to its answer (task V.2 of the plan).
public struct ObstacleService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    public let plan: PlanDefinition

    public init(store: any DataStore, clock: Clock, plan: PlanDefinition) {
        self.store = store
        self.clock = clock
        self.plan = plan
    }
}
