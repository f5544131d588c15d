public import Access
import Database
import Formats
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
        /// Nothing stands, though an agreement asks for it and its day is over; without an agreement, though the sender hands the list
        /// over month by month, and the month is over.
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

    /// - Parameters:
    ///   - standing: how many deliveries stand for each month, by sender and list; months of earlier years too.
    ///   - agreed: of lists that an agreement rules, the months whose day passed without one.
    ///   - kinds: what the rows of a list are of: another list of the same kind by the same sender answers for it, as a new form for
    ///     the old one.
    ///   - today: months that are not over by then are not missing.
    init(
        year: Int, standing: [Pair: [Month: Int]], agreed: [Pair: Set<Month>] = [:], kinds: [String: RecordKind] = [:],
        today: Day
    ) {
        self.year = year
        let present = Month(of: today)
        lines = Set(standing.keys).union(agreed.keys).compactMap { pair in
            let months = standing[pair] ?? [:]
            if let first = months.keys.min(), first.year > year { return nil }
            guard !months.isEmpty || agreed[pair]?.contains(where: { $0.year == year }) == true else { return nil }
            let kin = kinds[pair.format].map { kind in
                standing.filter { $0.key.sender == pair.sender && kinds[$0.key.format] == kind }.map(\.value)
            }
            let from = Self.monthly(months)
            let states = (1...12).compactMap { Month(year: year, month: $0) }.map { month -> State in
                if let count = months[month] { return .delivered(count) }
                if let agreed = agreed[pair] { return agreed.contains(month) ? .missing : .none }
                guard let from, month > from, month < present, !(kin ?? []).contains(where: { $0[month] != nil })
                else { return .none }
                return .missing
            }
            return Line(sender: pair.sender, format: pair.format, months: states)
        }.sorted { ($0.sender, $0.format) < ($1.sender, $1.format) }
    }

    /// Since when a list is handed over month by month; nil for one that came once a year, or once.
    private static func monthly(_ months: [Month: Int]) -> Month? {
        months.keys.filter { months[$0.adding(months: 1)] != nil }.min()
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
        let kinds = formats.mapValues(\.record)
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
            // Whose agreements are told of to whoever sees the calendar whole; to a sender its own.
            let due = try DueDelivery.all(today: today, within: .everything, on: connection).filter { due in
                viewer.may(.readDeliveryCalendar) || viewer.deliveryScope.covers(due.giver)
            }
            var agreed: [DeliveryCalendar.Pair: Set<Month>] = [:]
            for due in due {
                agreed[.init(sender: due.giver, format: due.format), default: []].formUnion(
                    due.isMissing ? [due.turn.months.upperBound] : [])
            }
            return DeliveryCalendar(
                year: year, standing: standing, agreed: agreed, kinds: kinds, today: today)
        }
    }
}
