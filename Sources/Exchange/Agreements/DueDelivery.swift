import Database
public import Kernel

/// One turn of an agreement: what is to be handed over by a day, and whether it was.
public struct DueDelivery: Sendable, Equatable {
    public enum State: Sendable, Equatable {
        /// It came: the delivery's receipt, its number, and by how many days after its day.
        case received(receipt: String, number: Int, daysLate: Int)
        /// It did not, and its day is over.
        case missing(daysLate: Int)
        /// Its day is still to come.
        case awaited(daysLeft: Int)
    }

    public let agreement: Int
    /// `TT 3/2026`
    public let name: String
    public let giver: UnitCode
    public let receiver: UnitCode
    public let format: String
    public let turn: Rhythm.Turn
    public let state: State

    public var due: Day { turn.due }
    public var isMissing: Bool { if case .missing = state { true } else { false } }
    public var isAwaited: Bool { if case .awaited = state { true } else { false } }

    /// What makes it the only one: for notices.
    public var key: String { "\(agreement)/\(turn.due)" }

    /// In Vietnamese, as a list tells it.
    public var words: String {
        switch state {
        case .received(let receipt, _, let late):
            late > 0 ? "đã nhận \(receipt), chậm \(late) ngày" : "đã nhận \(receipt), đúng hạn"
        case .missing(let days): "quá hạn \(days) ngày, chưa giao"
        case .awaited(let days): days == 0 ? "hạn hôm nay" : "còn \(days) ngày"
        }
    }
}

/// What due deliveries are compared with.
struct CameIn: Sendable, Equatable {
    let number: Int
    let receipt: String
    let sender: UnitCode
    let format: String
    let period: Month
    let day: Day
}

extension DueDelivery {
    /// Days ahead that lists show what is to come.
    public static let daysAhead = 30

    /// What is due and what is missing, the one function behind pages, notices and commands: a function of the agreements, of
    /// what came and of the day.
    ///
    /// A turn belongs to the version that holds on its due day, and is answered by a delivery of its months; a list that is
    /// handed over once, by whatever came since the agreement began.
    /// - Returns: turns whose day lies before `today` or within ``daysAhead`` behind it, by day, then by agreement.
    static func all(of agreements: [Agreement], came: [CameIn], today: Day) -> [DueDelivery] {
        let horizon = today.adding(days: daysAhead)
        return agreements.flatMap { agreement -> [DueDelivery] in
            let own = came.filter { $0.format == agreement.format && agreement.covers($0.sender) }
            return agreement.spans.flatMap { span -> [DueDelivery] in
                let last = min(span.last ?? horizon, horizon)
                return span.version.terms.rhythm.turns(from: span.first, through: last).map { turn in
                    let answer = own.filter { came in
                        if case .once = span.version.terms.rhythm { return came.day >= span.first }
                        return turn.months.contains(came.period)
                    }.min { ($0.day, $0.number) < ($1.day, $1.number) }
                    return DueDelivery(
                        agreement: agreement.number, name: agreement.name, giver: agreement.giver,
                        receiver: agreement.receiver, format: agreement.format, turn: turn,
                        state: state(of: turn, answer, today: today))
                }
            }
        }.sorted { ($0.turn.due, $0.agreement) < ($1.turn.due, $1.agreement) }
    }

    private static func state(of turn: Rhythm.Turn, _ answer: CameIn?, today: Day) -> State {
        if let answer {
            return .received(
                receipt: answer.receipt, number: answer.number, daysLate: max(0, turn.due.days(to: answer.day)))
        }
        return turn.due < today
            ? .missing(daysLate: turn.due.days(to: today)) : .awaited(daysLeft: today.days(to: turn.due))
    }

    /// - Parameter scope: whose; what a unit gives or gets is its own.
    static func all(today: Day, within reach: AgreementReach, on connection: any SQLConnection) throws -> [DueDelivery]
    {
        let agreements = try Agreements.all(on: connection).filter(reach.covers)
        guard !agreements.isEmpty else { return [] }
        return all(of: agreements, came: try cameIn(on: connection), today: today)
    }

    private static func cameIn(on connection: any SQLConnection) throws -> [CameIn] {
        try connection.rows(
            "SELECT number, sender, format, period, state, received_at FROM delivery ORDER BY number"
        ).compactMap { row in
            let state: Delivery.State = try row.choice("state")
            // What was withdrawn or could not be read answers nothing; what was replaced, its replacement answers.
            guard ![.withdrawn, .refused, .leaving, .replaced].contains(state) else { return nil }
            let (number, at) = (try row.integer("number"), try row.timestamp("received_at"))
            return CameIn(
                number: number, receipt: "\(number)/\(at.day.year)", sender: try Agreements.unit(row, "sender"),
                format: try row.text("format"), period: try row.month("period"), day: at.day)
        }
    }
}
