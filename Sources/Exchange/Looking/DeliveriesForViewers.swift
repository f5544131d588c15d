public import Access
import Database
public import Kernel

extension Right {
    public static let readDeliveries = Right(
        "exchange.read", "Xem các lần giao danh sách của cơ quan mình, phiếu nhận")
    public static let readAllDeliveries = Right("exchange.read-all", "Xem các lần giao danh sách của mọi cơ quan")
}

extension Viewer {
    /// Whose deliveries a person may see: of the own units, of all with the right to all. Receipts tell no person's data.
    public var deliveryScope: Scope { scope(of: .readDeliveries, everything: .readAllDeliveries) }
}

extension DeliveryService {
    /// Deliveries for periods of a year, the latest first.
    public func deliveries(year: Int, for viewer: Viewer) async throws -> [Delivery] {
        try viewer.require(.readDeliveries)
        let scope = viewer.deliveryScope
        return try await store.read { connection in
            let bound = SenderBound(scope)
            return try connection.rows(
                "SELECT * FROM delivery WHERE period >= ? AND period <= ?\(bound.sql("sender")) ORDER BY number DESC",
                [.text("\(year)-01"), .text("\(year)-12")] + bound.values
            ).map { try Delivery($0) }
        }
    }

    /// One of them.
    /// - Throws: a refusal that tells of no delivery beyond what the person may see.
    public func delivery(_ number: Int, for viewer: Viewer) async throws -> Delivery {
        try viewer.require(.readDeliveries)
        let scope = viewer.deliveryScope
        return try await store.read { connection in
            guard let delivery = try Deliveries.find(number, on: connection), scope.covers(delivery.sender) else {
                throw Refusal(.notFound, "Không có lần giao này trong phạm vi bạn được xem.")
            }
            return delivery
        }
    }

    /// Years of periods that something was delivered for, with the present one.
    public func years(for viewer: Viewer) async throws -> [Int] {
        try viewer.require(.readDeliveries)
        let scope = viewer.deliveryScope
        let present = clock.today.year
        return try await store.read { connection in
            let bound = SenderBound(scope)
            let row = try connection.rows(
                "SELECT MIN(period) AS first, MAX(period) AS last FROM delivery WHERE 1 = 1\(bound.sql("sender"))",
                bound.values
            ).first
            let bounds = try ["first", "last"].compactMap { try row?.optionalText($0).flatMap { Month($0)?.year } }
            return Array(min(bounds.min() ?? present, present)...max(bounds.max() ?? present, present))
        }
    }
}

/// Whose deliveries a scope reaches, as a condition on a column of senders.
struct SenderBound {
    private let senders: [UnitCode]?

    init(_ scope: Scope) {
        senders =
            switch scope.reach {
            case .everything: nil
            case .bounded(let units, _): units
            }
    }

    func sql(_ column: String) -> String {
        guard let senders else { return "" }
        if senders.isEmpty { return " AND 1 = 0" }
        return " AND \(column) IN (\(senders.map { _ in "?" }.joined(separator: ", ")))"
    }

    var values: [SQLValue] { senders?.map { .text($0.text) } ?? [] }
}
