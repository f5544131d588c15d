public import Database
public import Kernel

/// What was exchanged in a stretch of time, and how well: for the system's account of itself and for what senders are told.
public struct ExchangeUse: Sendable, Equatable {
    /// Of one sender and one list.
    public struct Source: Sendable, Equatable {
        public let sender: UnitCode
        public let format: String
        public var deliveries = 0
        public var rows = 0
        public var accepted = 0
        public var repaired = 0
        public var returned = 0
        /// The same by reason (`ReturnedRow.Reason`).
        public var reasons: [String: Int] = [:]
        /// Rows of somebody the register knew, and of somebody new.
        public var matched = 0
        public var new = 0

        init(_ sender: UnitCode, _ format: String) { (self.sender, self.format) = (sender, format) }
    }

    /// By sender, then by list. Deliveries that were withdrawn or refused are not among them.
    public let sources: [Source]
    public let withdrawn: Int
    public let refused: Int
    /// Turns that fell due in the stretch: received by their day, later, not at all.
    public let onTime: Int
    public let late: Int
    public let missing: Int
    /// Requests that were sent in the stretch, and answered of these; and how many days, in the middle, the holder took to decide.
    public let asked: Int
    public let decided: Int
    public let medianDaysToDecide: Int?
    /// Seconds, in the middle, from a file's arrival until all of it was kept.
    public let medianSecondsToKeep: Int?

    public var rows: Int { sources.reduce(0) { $0 + $1.rows } }
    public var accepted: Int { sources.reduce(0) { $0 + $1.accepted } }
    public var returned: Int { sources.reduce(0) { $0 + $1.returned } }
    public var matched: Int { sources.reduce(0) { $0 + $1.matched } }
    public var new: Int { sources.reduce(0) { $0 + $1.new } }
}

extension ExchangeService {
    /// - Parameter until: the moment behind the last.
    public func use(from: Timestamp, until: Timestamp, on connection: any SQLConnection) throws -> ExchangeUse {
        struct Key: Hashable {
            let sender: UnitCode
            let format: String
        }
        let deliveries = try connection.rows(
            "SELECT * FROM delivery WHERE received_at >= ? AND received_at < ? ORDER BY number", from, until
        ).map { try Delivery($0) }
        var (sources, withdrawn, refused, seconds): ([Key: ExchangeUse.Source], Int, Int, [Int]) = ([:], 0, 0, [])
        for delivery in deliveries {
            switch delivery.state {
            case .withdrawn, .leaving: withdrawn += 1
            case .refused: refused += 1
            case .arriving, .receiving, .inForce, .replaced, .destroyed:
                let key = Key(sender: delivery.sender, format: delivery.format)
                var source = sources[key] ?? ExchangeUse.Source(delivery.sender, delivery.format)
                source.deliveries += 1
                source.rows += delivery.counts.rows
                source.accepted += delivery.counts.accepted
                source.repaired += delivery.counts.repaired
                source.returned += delivery.counts.returned
                source.reasons.merge(delivery.counts.quarantined, uniquingKeysWith: +)
                source.matched += delivery.counts.matched
                source.new += delivery.counts.new
                sources[key] = source
            }
            let taken = try Deliveries.events(of: delivery.number, on: connection).first { $0.kind == .taken }
            if let taken {
                seconds.append(Int(taken.at.secondsSinceEpoch - delivery.receivedAt.secondsSinceEpoch))
            }
        }
        let due = try DueDelivery.all(today: clock.today, within: .everything, on: connection)
            .filter { from.day <= $0.due && $0.due < until.day && $0.due <= clock.today }
        var (asked, days): (Int, [Int]) = (0, [])
        for request in try DataRequests.all(on: connection) {
            let events = try DataRequests.events(of: request.number, on: connection)
            guard let sent = events.first(where: { $0.kind == .sent }), from <= sent.at, sent.at < until else {
                continue
            }
            asked += 1
            if let decision = events.first(where: { $0.kind == .granted || $0.kind == .denied }) {
                days.append(sent.at.day.days(to: decision.at.day))
            }
        }
        func isLate(_ due: DueDelivery) -> Bool? {
            if case .received(_, _, let late) = due.state { late > 0 } else { nil }
        }
        return ExchangeUse(
            sources: sources.values.sorted { ($0.sender.text, $0.format) < ($1.sender.text, $1.format) },
            withdrawn: withdrawn, refused: refused, onTime: due.count { isLate($0) == false },
            late: due.count { isLate($0) == true }, missing: due.count(where: \.isMissing), asked: asked,
            decided: days.count, medianDaysToDecide: Self.median(days), medianSecondsToKeep: Self.median(seconds))
    }

    /// The one in the middle; of an even number the lower of the two.
    static func median(_ values: [Int]) -> Int? {
        values.isEmpty ? nil : values.sorted()[(values.count - 1) / 2]
    }
}
