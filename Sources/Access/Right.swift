/// One thing somebody may be allowed to do, declared beside the use case that checks it. Which units it covers is a
/// ``Scope``.
public struct Right: Hashable, Sendable {
    /// A dotted English word, stable over time: `figures.accept`.
    public let name: String
    /// As screens write it: an act in Vietnamese.
    public let title: String
    /// Whether it reaches lists of persons, or accounts: who holds it signs in with a second factor.
    public let guardsPeople: Bool
    /// Whether it decides the targets that others are judged by: likewise.
    public let decidesTargets: Bool

    public init(_ name: String, _ title: String, guardsPeople: Bool = false, decidesTargets: Bool = false) {
        self.name = name
        self.title = title
        self.guardsPeople = guardsPeople
        self.decidesTargets = decidesTargets
    }

    public static func == (left: Right, right: Right) -> Bool { left.name == right.name }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// The rights that one part of the house declares, in the order screens show them.
public struct RightArea: Sendable, Equatable {
    /// In Vietnamese: “Số liệu”.
    public let title: String
    public let rights: [Right]

    public init(_ title: String, _ rights: [Right]) {
        self.title = title
        self.rights = rights
    }
}

extension RightArea {
    /// Accounts and the audit trail.
    public static let access = RightArea("Tài khoản, nhật ký", [.manageAccounts, .viewAudit])
}

/// Which role has which rights: one table for a system, handed to whoever makes viewers.
public struct Grants: Sendable, Equatable {
    /// All rights there are, by area.
    public let areas: [RightArea]
    private let rights: [Role: Set<Right>]

    /// - Parameter table: a role that it does not name has no rights.
    public init(of areas: [RightArea], _ table: [Role: Set<Right>]) {
        self.areas = areas
        rights = table
    }

    public func rights(of role: Role) -> Set<Right> { rights[role] ?? [] }

    /// Whether signing in needs a second factor: for whoever reaches lists of persons, or the accounts themselves, or decides
    /// targets.
    public func needsSecondFactor(_ role: Role) -> Bool {
        rights(of: role).contains { $0.guardsPeople || $0.decidesTargets }
    }
}
