import Database
import Formats
import Kernel

/// Which months of each sender's lists are in force, and how long they are: who was named in one and is not in a later list as
/// long has left.
struct MonthLists: Sendable {
    private var participants: [UnitCode: [(month: Month, records: Int)]] = [:]
    private var payments: [UnitCode: Set<Month>] = [:]
    /// A list speaks of all whom an earlier one named from this share of its rows on.
    private let percent: Int

    /// - Parameter sources: with how many of their records are in force.
    init(_ sources: some Sequence<RecordSource>, percent: Int) {
        self.percent = percent
        var counts: [UnitCode: [Month: Int]] = [:]
        for source in sources where source.records > 0 {
            switch source.kind {
            case .participant: counts[source.sender, default: [:]][source.period, default: 0] += source.records
            case .voluntaryPayment: payments[source.sender, default: []].insert(source.period)
            default: break
            }
        }
        participants = counts.mapValues { months in months.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
    }

    /// The first list behind a month that speaks of whom the sender's list of that month names.
    func next(of sender: UnitCode, after month: Month, than named: Month) -> Month? {
        guard let all = participants[sender], let before = all.first(where: { $0.month == named })?.records else {
            return nil
        }
        return all.first { $0.month > month && $0.records * 100 >= before * percent }?.month
    }

    /// Whether an earlier list of the sender would have named whom that of the month names.
    func hasEarlier(of sender: UnitCode, before month: Month) -> Bool {
        guard let all = participants[sender], let now = all.first(where: { $0.month == month })?.records else {
            return false
        }
        return all.contains { $0.month < month && $0.records * 100 >= now * percent }
    }

    /// Whether the sender delivered the voluntary payments of a month.
    func hasPayments(of sender: UnitCode, in month: Month) -> Bool { payments[sender]?.contains(month) ?? false }
}

/// Lists of a month that came or went concern people whom they do not name: these are found, some at a time.
enum ListChanges {
    /// Spells that one step looks at.
    private static let span = 5_000

    /// One step. Part of the caller's transaction.
    /// - Returns: false when nothing is left to look for.
    static func step(on connection: any SQLConnection) throws -> Bool {
        guard let row = try connection.rows("SELECT * FROM list_change ORDER BY kind, sender, period LIMIT 1").first
        else { return false }
        let (kind, sender, period) = (try row.text("kind"), try row.text("sender"), try row.text("period"))
        let after = try row.integer("after")
        let bound = try connection.row(
            "SELECT person FROM spell WHERE person > ? ORDER BY person LIMIT 1 OFFSET \(span)", after
        ).map { try $0.integer("person") }
        let found =
            try kind == RecordKind.participant.rawValue
            ? ofParticipants(sender, period, after, bound, on: connection)
            : ofPayments(period, after, bound, on: connection)
        try TouchedEntities.note(found, on: connection)
        if let bound {
            try connection.execute(
                "UPDATE list_change SET after = ? WHERE kind = ? AND sender = ? AND period = ?", bound, kind, sender,
                period)
        } else {
            try connection.execute(
                "DELETE FROM list_change WHERE kind = ? AND sender = ? AND period = ?", kind, sender, period)
        }
        return true
    }

    /// Whose beginning or end can depend on whether a list of the month names them.
    private static func ofParticipants(
        _ sender: String, _ period: String, _ after: Int, _ bound: Int?, on connection: any SQLConnection
    ) throws -> [EntityID] {
        // Behind the last list everybody it names is in it; before it, a list in between may be the first without somebody.
        let hasLater =
            try connection.row(
                "SELECT delivery FROM record_source WHERE kind = ? AND sender = ? AND period > ? AND records > 0",
                RecordKind.participant.rawValue, sender, period) != nil
        let month = Month(period)?.adding(months: -1).description ?? period
        return try connection.rows(
            """
            SELECT DISTINCT person FROM spell WHERE person > ? AND person <= ? AND scheme = ? AND (
                (begins IN (?, ?) AND first_seen >= ?) OR (ends = ? AND last_month >= ?)
                OR (last_month = '' AND last_listed <> '' AND last_listed \(hasLater ? "<=" : "<") ?))
            """,
            [
                after.sqlValue, (bound.map { Int64($0) } ?? .max).sqlValue, Scheme.compulsory.rawValue.sqlValue,
                ParticipationSpell.Beginning.before.rawValue.sqlValue,
                ParticipationSpell.Beginning.listed.rawValue.sqlValue, period.sqlValue,
                ParticipationSpell.Ending.unlisted.rawValue.sqlValue, month.sqlValue, period.sqlValue,
            ]
        ).map { try $0.entity("person") }
    }

    /// Whose first payment is told to be the first by a list in which there is none.
    private static func ofPayments(
        _ period: String, _ after: Int, _ bound: Int?, on connection: any SQLConnection
    ) throws -> [EntityID] {
        try connection.rows(
            "SELECT DISTINCT person FROM spell WHERE person > ? AND person <= ? AND scheme = ? AND first_seen > ?",
            [
                after.sqlValue, (bound.map { Int64($0) } ?? .max).sqlValue, Scheme.voluntary.rawValue.sqlValue,
                period.sqlValue,
            ]
        ).map { try $0.entity("person") }
    }
}
