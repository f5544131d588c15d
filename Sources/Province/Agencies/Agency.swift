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
    /// Who accepts or returns its products.
    public let superior: AgencyCode?
    /// Its part in the plan, in a sentence.
    public let role: String
}
