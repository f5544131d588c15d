public import Access
import Database
public import Kernel

extension ExchangeService {
    /// Those that somebody may see, the latest first.
    public func agreements(for viewer: Viewer) async throws -> [Agreement] {
        let reach = AgreementReach(viewer)
        return try await store.read { try Agreements.all(on: $0).filter(reach.covers).reversed() }
    }

    /// All, for commands.
    public func allAgreements() async throws -> [Agreement] {
        try await store.read { try Agreements.all(on: $0) }
    }

    public func agreement(_ number: Int, for viewer: Viewer) async throws -> (Agreement, [AgreementEvent]) {
        let reach = AgreementReach(viewer)
        return try await store.read { connection in
            let agreement = try Agreements.require(number, on: connection)
            guard reach.covers(agreement) else {
                throw Refusal(
                    .notFound, "Không có thỏa thuận số \(number), hoặc thỏa thuận không thuộc đơn vị bạn.")
            }
            return (agreement, try Agreements.events(of: number, on: connection))
        }
    }

    /// What is due and missing, as somebody may see it.
    public func dueDeliveries(for viewer: Viewer) async throws -> [DueDelivery] {
        let (reach, today) = (AgreementReach(viewer), clock.today)
        return try await store.read { try DueDelivery.all(today: today, within: reach, on: $0) }
    }

    /// The same for the whole, for commands and for pages of a unit that everybody may see: no person stands in it.
    public func allDueDeliveries() async throws -> [DueDelivery] {
        let today = clock.today
        return try await store.read { try DueDelivery.all(today: today, within: .everything, on: $0) }
    }

    /// The agreement that a delivery belongs to: the one in force for its sender and its list on the day it came.
    public func agreement(of delivery: Delivery) async throws -> Agreement? {
        try await store.read { connection in
            try Agreements.covering(delivery.sender, delivery.format, on: delivery.receivedAt.day, on: connection)
        }
    }

    /// The deliveries of an agreement, the latest first.
    public func deliveries(of agreement: Agreement) async throws -> [Delivery] {
        try await store.read { connection in
            try connection.rows("SELECT * FROM delivery WHERE format = ? ORDER BY number DESC", agreement.format)
                .map { try Delivery($0) }
                .filter { agreement.covers($0.sender) && agreement.inForce(on: $0.receivedAt.day) != nil }
        }
    }
}
