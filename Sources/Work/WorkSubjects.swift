import PlanText
public import Kernel

extension Subject.Kind {
    /// A piece of work; the key is its id (`II.8/2027/thue-thanh-pho`).
    public static let instance = Self("instance")
    /// A task of the plan; the key is its code.
    public static let task = Self("task")
    /// The plan itself; the key is its id, or the setting that was completed.
    public static let plan = Self("plan")
    /// A table of agencies' units that was sent.
    public static let unitList = Self("unit-list")
    public static let obstacle = Self("obstacle")
    /// All that a unit has to do; the key is its code.
    public static let unitWork = Self("unit-work")
}
