public import Access
import Database
public import Formats
public import Kernel

/// A row that was returned, as a list has it: where it stands and why, nothing of what it says.
public struct ReturnedPlace: Sendable, Equatable {
    public let delivery: Int
    /// As the delivery's receipt has it: `12/2026`.
    public let receipt: String
    public let format: String
    public let sender: UnitCode
    public let period: Month
    /// Among the returned rows of its delivery, from 0.
    public let position: Int
    public let sheet: String
    public let row: Int
    public let column: String
    public let heading: String
    public let reason: ReturnedRow.Reason
    public let state: QuarantinedRow.State

    init(_ row: SQLRow) throws {
        delivery = try row.integer("delivery")
        receipt = "\(delivery)/\(try row.timestamp("received_at").day.year)"
        format = try row.text("format")
        let sender = try row.text("sender")
        guard let code = UnitCode(sender) else {
            throw DatabaseError.column(name: "sender", problem: "is not a unit: \(sender)")
        }
        self.sender = code
        period = try row.month("period")
        position = try row.integer("position")
        sheet = try row.text("sheet")
        self.row = try row.integer("line")
        column = try row.text("column_letters")
        heading = try row.text("heading")
        reason = try row.choice("reason")
        state = try row.choice("state")
    }
}

/// Which returned rows are listed, in which order.
public struct ReturnedSelection: Sendable, Equatable {
    public enum Part: String, Sendable {
        case delivery = "r.delivery"
        case row = "r.line"
        case column = "r.column_letters"
        case reason = "r.reason"
        case sender = "d.sender"
        case format = "d.format"
        case state = "r.state"
    }

    /// Nil for those of all deliveries.
    public var delivery: Int?
    public var reason: ReturnedRow.Reason?
    public var state: QuarantinedRow.State?
    public var sender: UnitCode?
    public var format: String?
    public var part: Part?
    public var isDescending = false

    public init() {}
}

/// A page of returned rows, with what the selection may be narrowed to.
public struct ReturnedListing: Sendable {
    public let rows: [ReturnedPlace]
    public let total: Int
    /// Without the narrowing by reason and state.
    public let all: Int
    public let reasons: [ReturnedRow.Reason: Int]
    public let states: [QuarantinedRow.State: Int]
}

extension DeliveryService {
    /// Returned rows of the deliveries that a person may see, so many behind others.
    public func returned(
        _ selection: ReturnedSelection, from offset: Int = 0, size: Int, for viewer: Viewer
    ) async throws -> ReturnedListing {
        try viewer.require(.readDeliveries)
        let scope = viewer.deliveryScope
        return try await store.read { connection in
            if let number = selection.delivery {
                guard let delivery = try Deliveries.find(number, on: connection), scope.covers(delivery.sender) else {
                    throw Refusal(.notFound, "Không có lần giao này trong phạm vi bạn được xem.")
                }
            }
            let base = Self.condition(selection, scope, narrowed: false)
            let narrowed = Self.condition(selection, scope, narrowed: true)
            let from = "FROM returned_row r JOIN delivery d ON d.number = r.delivery WHERE "
            let rows = try connection.rows(
                """
                SELECT r.delivery, r.position, r.sheet, r.line, r.column_letters, r.heading, r.reason, r.state,
                    d.format, d.sender, d.period, d.received_at
                \(from)\(narrowed.sql) ORDER BY \(Self.order(selection)) LIMIT ? OFFSET ?
                """, narrowed.values + [size.sqlValue, offset.sqlValue]
            ).map { try ReturnedPlace($0) }
            let counts = try connection.rows(
                "SELECT r.reason, r.state, COUNT(*) AS number \(from)\(base.sql) GROUP BY r.reason, r.state",
                base.values)
            var (total, all) = (0, 0)
            var (reasons, states) = ([ReturnedRow.Reason: Int](), [QuarantinedRow.State: Int]())
            for row in counts {
                let reason: ReturnedRow.Reason = try row.choice("reason")
                let state: QuarantinedRow.State = try row.choice("state")
                let number = try row.integer("number")
                all += number
                reasons[reason, default: 0] += number
                states[state, default: 0] += number
                if selection.reason.map({ $0 == reason }) ?? true, selection.state.map({ $0 == state }) ?? true {
                    total += number
                }
            }
            return ReturnedListing(rows: rows, total: total, all: all, reasons: reasons, states: states)
        }
    }

    private static func condition(
        _ selection: ReturnedSelection, _ scope: Scope, narrowed: Bool
    ) -> (sql: String, values: [SQLValue]) {
        let bound = SenderBound(scope)
        var (sql, values) = ("1 = 1\(bound.sql("d.sender"))", bound.values)
        func add(_ column: String, _ value: (any SQLBindable)?) {
            guard let value else { return }
            sql += " AND \(column) = ?"
            values.append(value.sqlValue)
        }
        add("r.delivery", selection.delivery)
        add("d.sender", selection.sender?.text)
        add("d.format", selection.format)
        if narrowed {
            add("r.reason", selection.reason?.rawValue)
            add("r.state", selection.state?.rawValue)
        }
        return (sql, values)
    }

    private static func order(_ selection: ReturnedSelection) -> String {
        let rest = "r.delivery DESC, r.position"
        guard let part = selection.part else { return rest }
        return "\(part.rawValue)\(selection.isDescending ? " DESC" : ""), \(rest)"
    }
}
