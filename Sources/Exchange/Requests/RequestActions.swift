public import Access
public import Kernel

extension DataRequest {
    /// What somebody may do with it: use cases check it, pages draw it.
    public enum Action: Sendable, CaseIterable {
        /// Agree on the asking side, as another person than who drew it up; or not.
        case send, decline
        /// Decide as the holder.
        case grant, deny
        case withdraw
        /// Name the delivery that answers it.
        case answer
        /// Destroy the rows before their day.
        case destroy
    }

    /// Whether somebody works for the asking side, or for the holder; nil for whoever only reads.
    public func stands(_ viewer: Viewer) -> (asks: Bool, holds: Bool) {
        guard viewer.may(.keepAgreements) else { return (false, false) }
        func works(for unit: UnitCode) -> Bool {
            viewer.ownUnits.contains { $0 == unit || AgreementReach.lies($0, in: unit) }
        }
        return (works(for: asker), works(for: holder))
    }

    public func actions(for viewer: Viewer) -> Set<Action> {
        let (asks, holds) = stands(viewer)
        switch state {
        case .drafted:
            guard asks else { return [] }
            return viewer.account == askedBy ? [.withdraw] : [.send, .decline]
        case .sent:
            let own: Set<Action> = asks ? [.withdraw] : []
            return holds ? own.union([.grant, .deny]) : own
        case .granted:
            let own: Set<Action> = asks ? [.withdraw] : []
            return asks || holds ? own.union([.answer]) : own
        case .answered: return asks ? [.destroy] : []
        case .destroyed, .declined, .denied, .withdrawn: return []
        }
    }
}
