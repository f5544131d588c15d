public import Access
public import Database
public import Formats
public import Kernel
import Linkage
public import Vault

/// A step of what speaks for and against: a bar of the waterfall.
public struct DoubtStep: Sendable, Equatable {
    /// `name`, `birth`, `sex`, `place`, `phone`; empty of what is known before anything is compared.
    public let comparison: String
    /// In Vietnamese.
    public let title: String
    /// What agrees or does not, in Vietnamese.
    public let words: String
    public let left: String
    public let right: String
    /// log2 of what it adds to the odds.
    public let weight: Double
    /// What of it the commonness of the value adds.
    public let rarity: Double
}

/// A side of a pair: the record that is most like the other side's, and who it belongs to.
public struct DoubtSide: Sendable, Equatable {
    public let person: EntityID
    /// Its sealed fields are left out; ``numbers`` tells them masked.
    public let record: StoredRecord
    /// Of the records of the core within the scope: each kind with its last digits.
    public let numbers: [ShownNumber]
    /// How many records the core has within the scope.
    public let records: Int
    /// Others who stand under the same address in the same commune, at most ``DoubtQueries/mostInHousehold``.
    public let household: [HouseholdMember]
}

public struct HouseholdMember: Hashable, Sendable {
    public let person: EntityID
    public let name: String
    /// As far as it is known, as programs write it.
    public let birth: String
    public let sex: String
}

/// A pair with all that a person needs to decide it.
public struct DoubtDetail: Sendable {
    public let doubt: DoubtfulPair
    public let low: DoubtSide
    public let high: DoubtSide
    /// In the order of the model; the first is what is known before anything is compared.
    public let steps: [DoubtStep]
    /// Fields that both records fill and that differ.
    public let differing: Set<RecordField>
    /// The first first.
    public let history: [DoubtEvent]
    /// Whether each answer needs a second person.
    public let needsSecond: [DoubtAnswer: Bool]
}

/// What the register does not know by itself: pairs for people. Whoever asks says whose (``Scope``): both sides must have a record
/// in it.
public enum DoubtQueries {
    public static let mostInHousehold = 12

    /// Which pairs of the queue.
    public enum Choice: String, Sendable, CaseIterable {
        /// Nobody answered.
        case open
        /// A second person has to agree.
        case proposed
        /// The sender was asked.
        case asked
        /// Linked ones, drawn by chance, to be looked over: from them precision follows.
        case check
    }

    /// How many pairs there are.
    public static func count(
        _ choice: Choice, within scope: Scope, on connection: any SQLConnection
    ) throws -> Int {
        let (sql, values) = condition(choice, scope)
        return try connection.rows("SELECT COUNT(*) AS number \(sql)", values).first?.integer("number") ?? 0
    }

    /// The pairs, the likeliest first; those to check in an order by chance that stays.
    /// - Parameter kinds: only these; nil for all.
    public static func list(
        _ choice: Choice, kinds: KindPair? = nil, within scope: Scope, limit: Int, offset: Int = 0,
        on connection: any SQLConnection
    ) throws -> [DoubtfulPair] {
        var (sql, values) = condition(choice, scope)
        if let kinds {
            sql += " AND p.kinds = ?"
            values.append(.text(kinds.description))
        }
        // Places mixed by a multiplication: no order of deliveries shows in what is drawn.
        let order =
            choice == .check
            ? "((p.low % 1000003) * 7919 + (p.high % 1000003) * 104729) % 1000003, p.low, p.high"
            : "p.weight DESC, p.low, p.high"
        let rows = try connection.rows(
            "SELECT p.*, l.entity AS low_entity, h.entity AS high_entity \(sql) ORDER BY \(order) LIMIT ? OFFSET ?",
            values + [limit.sqlValue, offset.sqlValue])
        let pairs = try rows.map {
            (pair: try LinkPair($0), low: try $0.entity("low_entity"), high: try $0.entity("high_entity"))
        }
        let pending = try pendingDecisions(of: pairs.flatMap { [$0.low, $0.high] }, on: connection)
        return pairs.map {
            DoubtfulPair($0.pair, persons: ($0.low, $0.high), pending: pending, check: choice == .check)
        }
    }

    private static func condition(_ choice: Choice, _ scope: Scope) -> (String, [SQLValue]) {
        let bound = Bound(scope)
        let linked = choice == .check
        var sql = """
            FROM link_pair p JOIN link_core l ON l.core = p.low JOIN link_core h ON h.core = p.high
            WHERE p.state IN (\(linked ? "'linked'" : "'doubtful', 'torn'"))
            """
        if !linked { sql += " AND l.entity <> h.entity" }
        var values: [SQLValue] = []
        if bound.communes != nil {
            for side in ["l", "h"] {
                sql +=
                    " AND EXISTS (SELECT 1 FROM membership m WHERE m.entity = \(side).entity\(bound.sql("m.commune")))"
                values += bound.values
            }
        }
        // Decisions are of records; those of the two persons count.
        func decided(_ one: String, _ other: String) -> String {
            """
            EXISTS (SELECT 1 FROM membership a JOIN link_decision d ON d.one = a.place
                JOIN membership b ON b.place = d.other
                WHERE a.entity = \(one).entity AND b.entity = \(other).entity AND \(Self.state(choice)))
            """
        }
        let either = "(\(decided("l", "h")) OR \(decided("h", "l")))"
        sql += choice == .open || choice == .check ? " AND NOT \(either)" : " AND \(either)"
        return (sql, values)
    }

    private static func state(_ choice: Choice) -> String {
        switch choice {
        case .open, .check: "d.state <> 'undone'"
        case .proposed: "d.state = 'proposed'"
        case .asked: "d.state = 'in-force' AND d.answer = 'ask'"
        }
    }

    private static func pendingDecisions(
        of persons: [EntityID], on connection: any SQLConnection
    ) throws -> [Set<EntityID>: DoubtDecision] {
        var found: [Set<EntityID>: DoubtDecision] = [:]
        try ManyKeys.forEachRow(
            """
            SELECT d.one, d.other, d.answer, d.state, d.weight, d.kinds, e.words, e.account, e.by_name, e.at,
                a.entity AS first_entity, b.entity AS second_entity
            FROM membership a JOIN link_decision d ON d.one = a.place JOIN membership b ON b.place = d.other
            JOIN link_decision_event e ON e.number = d.event
            WHERE a.entity IN ({keys}) AND (d.state = 'proposed' OR d.state = 'in-force' AND d.answer = 'ask')
            """, Array(Set(persons)).map(\.sqlValue), on: connection
        ) { row in
            found[[try row.entity("first_entity"), try row.entity("second_entity")]] = try DoubtDecision(row)
        }
        return found
    }

    /// One pair with both records, what speaks for and against, and who lives beside. Somebody looks at persons: the trail keeps
    /// it. Part of the caller's write.
    /// - Throws: a refusal for whoever may not, and for a pair that is none any more.
    public static func open(
        _ id: DoubtID, by submission: Submission, linking: Linking, keys: NumberKeys?, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> DoubtDetail {
        try submission.viewer.require(.decideDoubts)
        let detail = try detail(
            id, within: submission.viewer.recordScope, linking: linking, keys: keys, on: connection)
        try AuditTrail.append(
            AuditEvent("registry.doubt-opened", subject: Subject(.doubt, id.description), detail: ""),
            by: submission.actor, at: now, on: connection)
        return detail
    }

    /// The same for whoever runs the machine.
    public static func detail(
        _ id: DoubtID, within scope: Scope, linking: Linking, keys: NumberKeys?, on connection: any SQLConnection
    ) throws -> DoubtDetail {
        try DoubtReading(id, within: scope, linking: linking, keys: keys, on: connection).detail()
    }

    /// What happened to two records' decision, the first first.
    public static func history(
        of one: RecordPlace, _ other: RecordPlace, on connection: any SQLConnection
    ) throws -> [DoubtEvent] {
        try connection.rows(
            "SELECT * FROM link_decision_event WHERE one = ? AND other = ? ORDER BY number", min(one, other),
            max(one, other)
        ).map { row in
            DoubtEvent(
                kind: try row.choice("kind"), answer: try row.choice("answer"), words: try row.text("words"),
                byName: try row.text("by_name"), at: try row.timestamp("at"))
        }
    }

    /// What the sender of a delivery is asked: pairs whose later record it brought, and of whom nobody decided since. Part of its
    /// receipt.
    public static func questions(
        of delivery: Int, within scope: Scope, on connection: any SQLConnection
    ) throws -> [DoubtDecision] {
        let (places, bound) = (RecordPlace.all(of: delivery), Bound(scope))
        return try connection.rows(
            DoubtDecision.selection + """
                 WHERE d.state = 'in-force' AND d.answer = 'ask' AND d.other >= ? AND d.other < ?
                AND EXISTS (SELECT 1 FROM membership m WHERE m.place = d.other\(bound.sql("m.commune")))
                ORDER BY d.event
                """, [places.lowerBound.sqlValue, places.upperBound.sqlValue] + bound.values
        ).map { try DoubtDecision($0) }
    }

    /// Decisions as they stand, the latest first: for looking over and undoing.
    public static func decisions(
        within scope: Scope, limit: Int, offset: Int = 0, on connection: any SQLConnection
    ) throws -> [DoubtDecision] {
        let bound = Bound(scope)
        var sql = DoubtDecision.selection + " WHERE d.state <> 'undone'"
        var values: [SQLValue] = []
        if bound.communes != nil {
            for side in ["one", "other"] {
                sql += " AND EXISTS (SELECT 1 FROM membership m WHERE m.place = d.\(side)\(bound.sql("m.commune")))"
                values += bound.values
            }
        }
        return try connection.rows(
            sql + " ORDER BY d.event DESC LIMIT ? OFFSET ?", values + [limit.sqlValue, offset.sqlValue]
        ).map { try DoubtDecision($0) }
    }
}

extension Subject.Kind {
    /// A pair of the register that people decide; the key is its ``DoubtID``.
    public static let doubt = Self("doubt")
}

extension DoubtfulPair {
    init(
        _ pair: LinkPair, persons: (low: EntityID, high: EntityID), pending: [Set<EntityID>: DoubtDecision],
        check: Bool,
        rules: LinkRules = .usual
    ) {
        self.init(
            id: DoubtID(pair.low, pair.high), weight: pair.weight,
            reason: check || pair.state == .linked
                ? .check
                : pair.state == .torn
                    ? .torn : pair.weight < rules.same ? .weight : pair.mayLink ? .rival : .needed,
            kinds: pair.kinds, persons: persons, pending: pending[[persons.low, persons.high]])
    }
}
