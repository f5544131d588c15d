public import Access
import Database
public import Kernel

extension Right {
    public static let readDeliveryCalendar = Right(
        "exchange.read-calendar", "Xem cơ quan nào đã giao danh sách nào cho tháng nào")
}

/// Which sender delivered which list for which months of a year.
public struct DeliveryCalendar: Sendable, Equatable {
    /// How a month of a list stands.
    public enum State: Sendable, Equatable {
        /// In force, or on its way.
        case delivered(Int)
        /// Nothing stands, though the sender delivered the list for an earlier month, and the month is over.
        case missing
        /// Nothing is known to be due.
        case none
    }

    public struct Line: Sendable, Equatable {
        public let sender: UnitCode
        public let format: String
        /// From January to December: the number of deliveries that stand.
        public let months: [State]

        public var missing: Int { months.count { $0 == .missing } }
    }

    public let year: Int
    public let lines: [Line]

    /// - Parameter standing: how many deliveries stand for each month, by sender and list; months of earlier years too.
    /// - Parameter today: months that are not over by then are not missing.
    init(year: Int, standing: [Pair: [Month: Int]], today: Day) {
        self.year = year
        let present = Month(of: today)
        lines = standing.compactMap { pair, months in
            guard let first = months.keys.min(), first.year <= year else { return nil }
            let states = (1...12).compactMap { Month(year: year, month: $0) }.map { month -> State in
                if let count = months[month] { return .delivered(count) }
                return month > first && month < present ? .missing : .none
            }
            return Line(sender: pair.sender, format: pair.format, months: states)
        }.sorted { ($0.sender, $0.format) < ($1.sender, $1.format) }
    }

    struct Pair: Hashable {
        let sender: UnitCode
        let format: String
    }
}

extension DeliveryService {
    /// The calendar of a year: of all senders for whoever follows the plan or reads all deliveries, of the own otherwise. Tells
    /// numbers of deliveries alone.
    public func calendar(year: Int, for viewer: Viewer) async throws -> DeliveryCalendar {
        if !viewer.may(.readDeliveryCalendar) { try viewer.require(.readDeliveries) }
        let bound = viewer.may(.readDeliveryCalendar) ? nil : SenderBound(viewer.deliveryScope)
        let today = clock.today
        return try await store.read { connection in
            let states = [Delivery.State.arriving, .receiving, .inForce].map(\.rawValue.sqlValue)
            let rows = try connection.rows(
                """
                SELECT sender, format, period, COUNT(*) AS number FROM delivery
                WHERE state IN (?, ?, ?) AND period <= ?\(bound?.sql("sender") ?? "") GROUP BY sender, format, period
                """, states + [.text("\(year)-12")] + (bound?.values ?? []))
            var standing: [DeliveryCalendar.Pair: [Month: Int]] = [:]
            for row in rows {
                guard let sender = UnitCode(try row.text("sender")) else { continue }
                standing[.init(sender: sender, format: try row.text("format")), default: [:]][
                    try row.month("period")] = try row.integer("number")
            }
            return DeliveryCalendar(year: year, standing: standing, today: today)
        }
    }
}
