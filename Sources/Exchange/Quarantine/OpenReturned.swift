public import Access
import Database
import Formats
public import Kernel
import Registry
import Vault

extension Right {
    public static let openReturnedRows = Right(
        "exchange.open-returned", "Mở nội dung các dòng trả lại của danh sách cơ quan mình giao", guardsPeople: true)
    public static let openAllReturnedRows = Right(
        "exchange.open-all-returned", "Mở nội dung các dòng trả lại của mọi cơ quan", guardsPeople: true)
}

extension Viewer {
    /// Of whose deliveries a person may open what was returned.
    public var returnedScope: Scope { scope(of: .openReturnedRows, everything: .openAllReturnedRows) }
}

/// What happened to a returned row.
public struct ReturnedEvent: Sendable, Equatable {
    public let state: QuarantinedRow.State
    /// A reason, or the receipt of what took its place.
    public let words: String
    public let at: Timestamp
    public let byName: String
}

extension DeliveryService {
    /// Where a returned row stands, and what happened to it. Tells nothing of what it says.
    public func returnedRow(
        _ position: Int, of delivery: Int, for viewer: Viewer
    ) async throws -> (place: ReturnedPlace, events: [ReturnedEvent]) {
        try viewer.require(.readDeliveries)
        let scope = viewer.deliveryScope
        return try await store.read { connection in
            let row = try connection.row(
                """
                SELECT r.delivery, r.position, r.sheet, r.line, r.column_letters, r.heading, r.reason, r.state,
                    d.format, d.sender, d.period, d.received_at
                FROM returned_row r JOIN delivery d ON d.number = r.delivery WHERE r.delivery = ? AND r.position = ?
                """, delivery, position)
            guard let row, case let place = try ReturnedPlace(row), scope.covers(place.sender) else {
                throw Self.noReturnedRow
            }
            let events = try connection.rows(
                "SELECT * FROM returned_row_event WHERE delivery = ? AND position = ? ORDER BY step", delivery, position
            ).map { row in
                ReturnedEvent(
                    state: try row.choice("kind"), words: try row.text("words"), at: try row.timestamp("at"),
                    byName: try row.text("by_name"))
            }
            return (place, events)
        }
    }

    static let noReturnedRow = Refusal(.notFound, "Không có dòng trả lại này trong phạm vi bạn được xem.")

    /// Opens what a returned row says, for somebody who says what for; the audit trail keeps both.
    public func openReturned(
        _ position: Int, of delivery: Int, purpose: String, by submission: Submission
    ) async throws -> QuarantinedRow {
        try submission.viewer.require(.openReturnedRows)
        let purpose = VietnameseText.tidy(purpose)
        guard !purpose.isEmpty else {
            throw Refusal(fields: [.init(DeliveryField.purpose, "Hãy ghi mục đích xem nội dung dòng này.")])
        }
        return try await store.write { [keys] connection in
            let keys = try RegisterKeys.require(keys, on: connection)
            guard let owner = try Deliveries.find(delivery, on: connection),
                submission.viewer.returnedScope.covers(owner.sender),
                let row = try connection.row(
                    "SELECT * FROM returned_row WHERE delivery = ? AND position = ?", delivery, position)
            else { throw Self.noReturnedRow }
            try AuditTrail.append(
                AuditEvent(
                    "delivery.returned-opened", subject: Subject(.delivery, delivery),
                    detail: "dòng trả lại \(position + 1): \(purpose)"), by: submission.actor, at: clock.now,
                on: connection)
            return QuarantinedRow(
                position: position, row: try ReturnedRows.open(row, keys: keys), state: try row.choice("state"))
        }
    }
}
