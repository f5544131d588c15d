public import Access
public import Components
import Exchange
public import Kernel
import WebDesk

// What agreements have to say on pages of other areas: of a unit, of the whole.
extension AgreementPages {
    /// The kinds of things that these parts are made of.
    public static let partKinds: [Subject.Kind] = [.agreement, .delivery]

    /// What a unit is to hand over, the most overdue first; for whoever may open its agreements.
    public func steps(of unit: UnitCode, for viewer: Viewer) async throws -> [Frame.Link] {
        guard viewer.may(.keepAgreements) || viewer.may(.readAgreements) else { return [] }
        return try await exchange.dueDeliveries(for: viewer)
            .filter { $0.giver == unit && ($0.isMissing || $0.isAwaited) }.prefix(5).map { due in
                Frame.Link(
                    "Giao “\(exchange.title(ofFormat: due.format))” \(due.turn.words): \(due.words)",
                    Addresses.agreement(due.agreement))
            }
    }

    /// How many lists are missing in all; nil where none is, and for whoever does not read all agreements.
    public func missing(for viewer: Viewer) async throws -> Frame.Link? {
        guard viewer.may(.readAgreements) else { return nil }
        let missing = try await exchange.dueDeliveries(for: viewer).filter(\.isMissing)
        guard !missing.isEmpty else { return nil }
        let units = Set(missing.map(\.giver)).count
        return Frame.Link("\(missing.count) danh sách của \(units) đơn vị quá hạn, chưa giao", Addresses.agreements())
    }
}
