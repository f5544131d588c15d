public import Access
public import Kernel

extension Right {
    public static let keepAgreements = Right(
        "agreements.keep", "Lập, đồng ý, ký thỏa thuận và yêu cầu chia sẻ dữ liệu của đơn vị mình")
    public static let readAgreements = Right(
        "agreements.read", "Xem thỏa thuận, yêu cầu, nhật ký trao đổi dữ liệu của mọi đơn vị")
}

extension RightArea {
    /// Agreements, requests and the journal of exchanges.
    public static let agreements = RightArea(
        "Thỏa thuận, yêu cầu dữ liệu", [.keepAgreements, .readAgreements, .keepSubjectRequests])
}

/// Whose agreements and requests somebody sees: those of the own units, on either side; all with the right to all.
struct AgreementReach: Sendable {
    /// Nil for all.
    private let units: [UnitCode]?

    /// Of deeds that nobody asks for, and of the command line.
    static let everything = AgreementReach(units: nil)

    private init(units: [UnitCode]?) { self.units = units }

    init(_ viewer: Viewer) {
        units = viewer.may(.readAgreements) ? nil : viewer.may(.keepAgreements) ? viewer.ownUnits : []
    }

    func covers(_ agreement: Agreement) -> Bool { covers(agreement.giver, agreement.receiver) }

    func covers(_ one: UnitCode, _ other: UnitCode) -> Bool {
        guard let units else { return true }
        return units.contains { $0 == one || $0 == other || Self.lies($0, in: one) || Self.lies($0, in: other) }
    }

    /// Whether a unit is one of an agency's many.
    static func lies(_ unit: UnitCode, in agency: UnitCode) -> Bool {
        guard case .agencyUnit(let unit) = unit, case .agency(let agency) = agency else { return false }
        return unit.agency == agency
    }
}

/// The side on which somebody stands.
public enum ExchangeSide: Sendable, Equatable {
    case giver, receiver

    public var other: ExchangeSide { self == .giver ? .receiver : .giver }
}

extension Agreement {
    /// What somebody may do with it: use cases check it, pages draw it.
    public enum Action: Sendable, CaseIterable {
        /// Agree to the version that waits, or not.
        case agree, refuse
        /// Take back the own proposal.
        case withdraw
        /// Enter the signed paper.
        case sign
        /// End what is in force.
        case end
        /// Put forward another wording.
        case propose
    }

    /// On which side somebody works; nil for whoever only reads.
    public func side(of viewer: Viewer) -> ExchangeSide? {
        guard viewer.may(.keepAgreements) else { return nil }
        if viewer.ownUnits.contains(where: { $0 == receiver || AgreementReach.lies($0, in: receiver) }) {
            return .receiver
        }
        return viewer.ownUnits.contains { $0 == giver || AgreementReach.lies($0, in: giver) } ? .giver : nil
    }

    public func unit(of side: ExchangeSide) -> UnitCode { side == .giver ? giver : receiver }

    public func actions(for viewer: Viewer, on day: Day) -> Set<Action> {
        guard let side = side(of: viewer) else { return [] }
        var actions: Set<Action> = []
        if let open {
            let isOwn = open.proposedBy == unit(of: side)
            if open.state == .proposed { actions.formUnion(isOwn ? [.withdraw] : [.agree, .refuse]) }
            if open.state == .agreed { actions.formUnion(isOwn ? [.sign, .withdraw] : [.sign]) }
        } else {
            actions.insert(.propose)
        }
        if inForce(on: day) != nil { actions.insert(.end) }
        return actions
    }
}
