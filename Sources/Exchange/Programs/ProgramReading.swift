import Access
import Database
public import Formats
public import Kernel

/// A stretch of what is listed, and where the next begins.
public struct ProgramStretch<Item: Sendable>: Sendable {
    public let items: [Item]
    /// Nil at the end.
    public let next: Int?
}

/// A row that was returned: where it stands and why, nothing of what it says.
public struct ReturnedReason: Sendable, Equatable {
    /// Among the returned rows of its delivery, from 0.
    public let position: Int
    public let sheet: String
    public let row: Int
    public let column: String
    public let heading: String
    public let reason: ReturnedRow.Reason
    public let state: QuarantinedRow.State
}

// What became of lists, for the sides of their agreement: the giver its own, the receiver all.
extension ProgramService {
    public static let mostAtOnce = 100

    /// What the call's agreement says.
    public func agreement(of caller: ProgramCaller, _ errand: ProgramErrand) async throws -> Agreement {
        try await permit(caller, .status, errand, "agreement.read")
    }

    /// Deliveries under an agreement, the latest first.
    /// - Parameter before: a number; the stretch begins behind it.
    public func deliveries(
        of caller: ProgramCaller, _ errand: ProgramErrand, before: Int?, limit: Int
    ) async throws -> ProgramStretch<Delivery> {
        let agreement = try await permit(caller, .status, errand, "deliveries.list")
        let limit = min(max(1, limit), Self.mostAtOnce)
        let unit = caller.program.unit
        let own = Self.receives(unit, agreement) ? nil : unit.text
        return try await store.read { connection in
            var (found, last): ([Delivery], Int) = ([], before ?? Int.max)
            // Those of other senders, and of other times, are passed over.
            while found.count <= limit {
                let rows = try connection.rows(
                    """
                    SELECT * FROM delivery WHERE format = ? AND number < ?\(own == nil ? "" : " AND sender = ?")
                    ORDER BY number DESC LIMIT ?
                    """,
                    [.text(agreement.format), last.sqlValue] + (own.map { [.text($0)] } ?? [])
                        + [(limit + 1).sqlValue]
                ).map { try Delivery($0) }
                found += rows.filter { Self.covers($0, agreement, for: unit) }
                guard rows.count > limit, let end = rows.last else { break }
                last = end.number
            }
            let stretch = Array(found.prefix(limit))
            return ProgramStretch(items: stretch, next: found.count > limit ? stretch.last?.number : nil)
        }
    }

    /// One of them, with what happened to it.
    public func delivery(
        _ number: Int, of caller: ProgramCaller, _ errand: ProgramErrand
    ) async throws -> (delivery: Delivery, events: [Delivery.Event]) {
        let agreement = try await permit(caller, .status, errand, "deliveries.read")
        return try await store.read { connection in
            let delivery = try Self.delivery(number, under: agreement, for: caller.program.unit, on: connection)
            return (delivery, try Deliveries.events(of: number, on: connection))
        }
    }

    /// Its lines in the signed journal, with the public keys that check them: the receipt that needs nobody's word.
    public func receipt(
        of number: Int, for caller: ProgramCaller, _ errand: ProgramErrand
    ) async throws -> (delivery: Delivery, entries: [ExchangeEntry], keys: [String: String]) {
        let agreement = try await permit(caller, .status, errand, "deliveries.receipt")
        return try await store.read { connection in
            let delivery = try Self.delivery(number, under: agreement, for: caller.program.unit, on: connection)
            let entries = try connection.rows(
                "SELECT * FROM exchange_entry WHERE subject = ? ORDER BY number", Subject(.delivery, number).text
            ).map { try ExchangeEntry($0) }
            let keys = try connection.rows("SELECT id, public_key FROM exchange_key").map {
                (try $0.text("id"), try $0.text("public_key"))
            }
            return (delivery, entries, Dictionary(keys, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// Rows that were returned, in the order of the file. For the sender alone: where they stand is its own to know.
    /// - Parameter after: a position; the stretch begins behind it.
    public func returned(
        of number: Int, for caller: ProgramCaller, _ errand: ProgramErrand, after: Int?, limit: Int
    ) async throws -> ProgramStretch<ReturnedReason> {
        let agreement = try await permit(caller, .status, errand, "deliveries.returned")
        let limit = min(max(1, limit), Self.mostAtOnce)
        return try await store.read { connection in
            let delivery = try Self.delivery(number, under: agreement, for: caller.program.unit, on: connection)
            guard delivery.sender == caller.program.unit else {
                throw Refusal(.notFound, "Chỉ bên giao xem được từng dòng trả lại của phiếu \(number).")
            }
            let rows = try connection.rows(
                """
                SELECT position, sheet, line, column_letters, heading, reason, state FROM returned_row
                WHERE delivery = ? AND position > ? ORDER BY position LIMIT ?
                """, number, after ?? -1, limit + 1
            ).map { row in
                ReturnedReason(
                    position: try row.integer("position"), sheet: try row.text("sheet"), row: try row.integer("line"),
                    column: try row.text("column_letters"), heading: try row.text("heading"),
                    reason: try row.choice("reason"), state: try row.choice("state"))
            }
            let stretch = Array(rows.prefix(limit))
            return ProgramStretch(items: stretch, next: rows.count > limit ? stretch.last?.position : nil)
        }
    }

    // MARK: What an agreement covers

    static func delivery(
        _ number: Int, under agreement: Agreement, for unit: UnitCode, on connection: any SQLConnection
    ) throws -> Delivery {
        guard let delivery = try Deliveries.find(number, on: connection), covers(delivery, agreement, for: unit) else {
            throw Refusal(.notFound, "Không có phiếu nhận \(number) theo \(agreement.name).")
        }
        return delivery
    }

    /// Whether a delivery came under an agreement, and a unit may know of it: of its own, as the receiver of all.
    static func covers(_ delivery: Delivery, _ agreement: Agreement, for unit: UnitCode) -> Bool {
        delivery.format == agreement.format && agreement.covers(delivery.sender)
            && (delivery.sender == unit || receives(unit, agreement))
            && agreement.spans.contains { $0.holds(on: delivery.receivedAt.day) }
    }
}
