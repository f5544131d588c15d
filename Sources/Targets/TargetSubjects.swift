import Province
import PlanText
public import Kernel

extension Subject.Kind {
    /// Communes' targets; the key is a year, or years.
    public static let targets = Self("targets")
    /// The round of proposals for a year.
    public static let proposals = Self("proposals")
    /// A scenario of allocation.
    public static let allocation = Self("allocation")
    /// The residential groups of a commune.
    public static let groups = Self("groups")
}
