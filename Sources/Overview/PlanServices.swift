public import Access
public import Database
public import Kernel
public import Legislation
public import PlanText
import Province
public import Targets
public import Work

/// All that is done with one plan over one database, each part with its own reason to change.
public struct PlanServices: Sendable {
    public let store: any DataStore
    public let clock: Clock
    /// The plan as its files state it.
    public let definition: PlanDefinition
    public let work: WorkService
    public let amendments: PlanAmendmentService
    public let unitLists: UnitListService
    public let boundaries: BoundaryService
    public let obstacles: ObstacleService
    public let reminders: ReminderService
    public let targets: TargetService
    public let allocations: AllocationService
    public let groups: GroupService
    public let overview: OverviewService
    /// What two people have to do here.
    public let pairs: PairPolicy

    /// - Parameter calendar: which days are worked; Saturdays and Sundays alone are off where the law's files are missing.
    public init(
        store: any DataStore, clock: Clock, definition: PlanDefinition, grants: Grants,
        calendar: WorkingCalendar = WorkingCalendar(), pairs: PairPolicy = PairPolicy()
    ) {
        // Its own list of units, which follows its own database.
        let definition = definition.with(units: definition.unitsInForce.folder)
        self.store = store
        self.clock = clock
        self.definition = definition
        self.pairs = pairs
        work = WorkService(store: store, clock: clock, plan: definition, workingDays: calendar)
        amendments = PlanAmendmentService(work: work)
        unitLists = UnitListService(work: work)
        boundaries = BoundaryService(work: work)
        obstacles = ObstacleService(store: store, clock: clock, plan: definition, calendar: calendar)
        reminders = ReminderService(
            store: store, clock: clock, plan: definition, grants: grants, calendar: calendar)
        targets = TargetService(store: store, clock: clock, plan: definition, pairs: pairs)
        allocations = AllocationService(store: store, clock: clock, plan: definition, pairs: pairs)
        groups = GroupService(store: store, clock: clock, plan: definition)
        overview = OverviewService(store: store, clock: clock, plan: definition)
    }
}
