public import Access
import Kernel

/// What somebody may do with a value of the law that was entered. Use cases check it by ``require(of:by:)``, pages draw the
/// forms of ``StoredAmendment/actions(for:)``: both ask the same state.
public enum AmendmentAction: Sendable, CaseIterable {
    /// Let it hold.
    case keep
    /// Give it up before it held.
    case drop
    /// Take it back after it held.
    case withdraw

    /// The state in which it may be done.
    private var state: StoredAmendment.State {
        switch self {
        case .keep, .drop: .draft
        case .withdraw: .kept
        }
    }

    func isOpen(of amendment: StoredAmendment) -> Bool { amendment.state == state }

    /// - Throws: a refusal: forbidden to the person, or out of time for the value.
    func require(of amendment: StoredAmendment, by viewer: Viewer) throws(Refusal) {
        try viewer.require(.keepLegislation)
        guard isOpen(of: amendment) else {
            throw Refusal(.stale, "Giá trị này đã được lưu, bỏ hoặc thu hồi. Hãy mở lại trang tham số.")
        }
    }
}

extension StoredAmendment {
    /// What a person may do with the value now.
    public func actions(for viewer: Viewer) -> Set<AmendmentAction> {
        viewer.may(.keepLegislation) ? Set(AmendmentAction.allCases.filter { $0.isOpen(of: self) }) : []
    }
}
