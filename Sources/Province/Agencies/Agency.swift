public import Kernel

/// A body named in the plan.
public struct Agency: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        case peoplesCommittee = "peoples-committee"
        case department
        case socialInsurance = "social-insurance"
        case baseSocialInsurance = "base-social-insurance"
        case inspectorate, tax, police, statistics, front
        case projectBoards = "project-boards"
        /// Stands for every commune: a task it leads becomes one instance a commune.
        case communes
        case supportOrganisation = "support-organisation"
        /// "The agencies concerned": named as coordinator, leads nothing.
        case unspecified
    }

    public let code: AgencyCode
    public let name: String
    /// Further ways in which the plan's text writes the name.
    public let spellings: [String]
    public let kind: Kind
    /// Who accepts or returns its products. Another thing than the body whose name stands over its own in documents
    /// (``LegalIdentity/bodyAbove``).
    public let superior: AgencyCode?
    /// The name gathers many units, each of which leads for itself: a task it leads becomes one instance a unit.
    public let standsForUnits: Bool
    /// Who it is in documents; of a name that gathers many units, what is true of each of them.
    public let identity: LegalIdentity
    /// Its part in the plan, in a sentence.
    public let role: String

    /// Whether units can be listed under it: communes have a list of their own, and "the agencies concerned" is nobody.
    public var mayHaveUnits: Bool { kind != .communes && kind != .unspecified }
}
