public import Access
public import Database
public import Kernel
public import Legislation
public import PlanText

/// What people are reminded of.
public struct ReminderService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    public let plan: PlanDefinition
    /// What roles may: whoever works is reminded.
    public let grants: Grants
    /// People are reminded on days they work.
    public let calendar: WorkingCalendar

    public init(
        store: any DataStore, clock: Clock, plan: PlanDefinition, grants: Grants,
        calendar: WorkingCalendar = WorkingCalendar()
    ) {
        self.store = store
        self.clock = clock
        self.plan = plan
        self.grants = grants
        self.calendar = calendar
    }
}
