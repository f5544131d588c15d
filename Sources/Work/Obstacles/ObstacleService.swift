public import Database
public import Kernel
public import Legislation
public import PlanText

/// What officers cannot get past, from its report to its answer (task V.2 of the plan).
public struct ObstacleService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    public let plan: PlanDefinition
    /// Answers are due in working days.
    public let calendar: WorkingCalendar

    /// Working days an agency may be given to answer, and what a form begins with; ours.
    public static let answerDays = 1...20
    public static let usualAnswerDays = 5

    public init(
        store: any DataStore, clock: Clock, plan: PlanDefinition, calendar: WorkingCalendar = WorkingCalendar()
    ) {
        self.store = store
        self.clock = clock
        self.plan = plan
        self.calendar = calendar
    }
}
