public import Database
public import Kernel
public import PlanText

/// What is completed or changed of the plan after its files were written: number and date, baseline, rules of deadlines.
public struct PlanAmendmentService: Sendable {
    /// The work that follows from the plan as amended.
    public let work: WorkService

    public init(work: WorkService) { self.work = work }

    public var store: any DataStore { work.store }
    public var plan: PlanDefinition { work.plan }
    public var clock: Clock { work.clock }
}
