public import Kernel

/// Whose things a person may see: the argument that a query for people, or for what units do, is not written without.
/// Only a ``Viewer`` makes one; ``ofSystem`` stands for nobody.
public struct Scope: Sendable, Hashable {
    public enum Reach: Sendable, Hashable {
        case everything
        /// What these units do, and what concerns the people of these communes; none of either is nothing at all.
        case bounded(units: [UnitCode], communes: [CommuneCode])
    }

    public let reach: Reach

    init(_ reach: Reach) { self.reach = reach }

    /// Of deeds that nobody asks for, and of the command line: who runs the machine is bound by no right. Pages have no use
    /// for it.
    public static let ofSystem = Scope(.everything)

    /// Nil for all there are.
    public var communes: [CommuneCode]? {
        switch reach {
        case .everything: nil
        case .bounded(_, let communes): communes
        }
    }

    public func covers(_ commune: CommuneCode) -> Bool { communes?.contains(commune) ?? true }

    /// Whether what concerns this unit as a whole lies within: an own unit, or a commune of the area.
    public func covers(_ unit: UnitCode) -> Bool {
        guard case .bounded(let units, let communes) = reach else { return true }
        if units.contains(unit) { return true }
        if case .commune(let code) = unit { return communes.contains(code) }
        return false
    }

    /// Whether an account lies within: of a unit or of a commune that does.
    func covers(_ account: Account) -> Bool {
        guard case .bounded = reach else { return true }
        let units = [account.agency.map(UnitCode.agency), account.unit.map(UnitCode.agencyUnit)].compactMap(\.self)
        return units.contains(where: covers) || account.communes.contains(where: covers)
    }
}

extension Viewer {
    /// What a right covers for this person.
    /// - Parameters:
    ///   - right: without it, nothing.
    ///   - everything: with it, what all units do; otherwise what the own units do, and the communes of the own area.
    public func scope(of right: Right, everything: Right) -> Scope {
        guard may(right) else { return Scope(.bounded(units: [], communes: [])) }
        return Scope(may(everything) ? .everything : .bounded(units: ownUnits, communes: communes))
    }
}
