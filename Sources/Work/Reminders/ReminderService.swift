public import Database
public import Kernel
public import PlanText

/// What people are reminded of, and the outbox it waits in.
public struct ReminderService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    public let plan: PlanDefinition

    public init(store: any DataStore, clock: Clock, plan: PlanDefinition) {
        self.store = store
        self.clock = clock
        self.plan = plan
    }
}
