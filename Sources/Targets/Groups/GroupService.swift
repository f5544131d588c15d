public import Database
public import Kernel
public import PlanText

/// The residential groups of a commune and their numbers, kept by the commune itself.
public struct GroupService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    public let plan: PlanDefinition

    public init(store: any DataStore, clock: Clock, plan: PlanDefinition) {
        self.store = store
        self.clock = clock
        self.plan = plan
    }
}
