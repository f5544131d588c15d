public import Access
public import Database
import Formats
import Foundation
public import Kernel
import Linkage
public import Vault

/// A person says whether two records are of one person. What follows is worked out at once; it holds as long as both records are in
/// force, and can be taken back.
public enum DecideDoubt {
    /// What a decision came to.
    public struct Result: Sendable, Equatable {
        public let state: DecisionState
        public let answer: DoubtAnswer
        /// In Vietnamese.
        public let words: String
    }

    /// The chance that the model gives an answer to be wrong.
    static func risk(_ answer: DoubtAnswer, weight: Double) -> Double {
        let one = 1 / (1 + exp2(-weight))
        switch answer {
        case .same: return 1 - one
        case .different: return one
        case .ask: return 0
        }
    }

    /// Decides a pair of the queue, or one drawn to be looked over. Part of the caller's write.
    /// - Parameter words: the reason; needed where a second person has to agree, and for a question.
    /// - Throws: a refusal for whoever may not, and for a pair that is none any more.
    public static func decide(
        _ id: DoubtID, _ answer: DoubtAnswer, words: String, by submission: Submission, linking: Linking,
        keys: NumberKeys?, at now: Timestamp, on connection: any SQLConnection
    ) throws -> Result {
        try submission.viewer.require(.decideDoubts)
        return try decide(
            id, answer, words: words, within: submission.viewer.recordScope, by: submission.actor, linking: linking,
            keys: keys, at: now, on: connection)
    }

    /// The same for whoever runs the machine.
    public static func decide(
        _ id: DoubtID, _ answer: DoubtAnswer, words: String, within scope: Scope, by actor: Actor, linking: Linking,
        keys: NumberKeys?, at now: Timestamp, on connection: any SQLConnection
    ) throws -> Result {
        let reading = try DoubtReading(id, within: scope, linking: linking, keys: keys, on: connection)
        let likest = try reading.likest()
        let pair = try connection.row("SELECT * FROM link_pair WHERE low = ? AND high = ?", id.low, id.high).map {
            try LinkPair($0)
        }
        guard let pair else { throw DoubtReading.gone }
        return try enter(
            DraftDecision(
                one: min(likest.low.place, likest.high.place), other: max(likest.low.place, likest.high.place),
                answer: answer, weight: pair.weight, kinds: likest.kinds, found: pair.state,
                words: VietnameseText.tidy(words)),
            by: actor, linking: linking, keys: keys, at: now, on: connection)
    }

    /// Decides of two records by their places: merges persons that the model does not find alike, or parts records of one person.
    /// - Throws: a refusal for whoever may not, and for records that are not in force or not of persons.
    public static func decide(
        _ one: RecordPlace, _ other: RecordPlace, _ answer: DoubtAnswer, words: String, by submission: Submission,
        linking: Linking, keys: NumberKeys?, at now: Timestamp, on connection: any SQLConnection
    ) throws -> Result {
        try submission.viewer.require(.decideDoubts)
        return try decide(
            one, other, answer, words: words, within: submission.viewer.recordScope, by: submission.actor,
            linking: linking, keys: keys, at: now, on: connection)
    }

    /// The same for whoever runs the machine.
    public static func decide(
        _ one: RecordPlace, _ other: RecordPlace, _ answer: DoubtAnswer, words: String, within scope: Scope,
        by actor: Actor, linking: Linking, keys: NumberKeys?, at now: Timestamp, on connection: any SQLConnection
    ) throws -> Result {
        let (one, other) = (min(one, other), max(one, other))
        guard one != other else { throw Refusal(.invalid, "Hãy chọn hai bản ghi khác nhau.") }
        let bound = Bound(scope)
        var members: [LinkMember] = []
        for place in [one, other] {
            let rows = try connection.rows(
                """
                SELECT m.place, m.entity, r.name, r.kind, r.fields, r.numbers, r.sealed FROM membership m
                JOIN record r ON r.commune = m.commune AND r.place = m.place
                WHERE m.place = ? AND m.subject = 'person'\(bound.sql("m.commune"))
                """, [place.sqlValue] + bound.values)
            guard let row = rows.first else {
                throw Refusal(
                    .notFound, "Không có bản ghi này của một người trong địa bàn của bạn, hoặc nó không còn hiệu lực.")
            }
            members.append(try LinkMember(row, keys: keys))
        }
        let kinds = KindPair(members[0].kind.rawValue, members[1].kind.rawValue)
        let weighed = try linking.models(on: connection)[kinds].weigh(
            members.map(\.face.values), pairs: [(0, 1)])[0]
        // Equal numbers speak louder than what is compared here.
        let sharesNumber = !Set(members[0].tokens).isDisjoint(with: members[1].tokens)
        return try enter(
            DraftDecision(
                one: one, other: other, answer: answer, weight: sharesNumber ? 20 : max(weighed.weight, -60),
                kinds: kinds, found: members[0].entity == members[1].entity ? .linked : .doubtful,
                words: VietnameseText.tidy(words)),
            by: actor, linking: linking, keys: keys, at: now, on: connection)
    }

    // MARK: Entering

    private struct DraftDecision {
        let one: RecordPlace
        let other: RecordPlace
        let answer: DoubtAnswer
        let weight: Double
        let kinds: KindPair
        let found: LinkPair.State
        let words: String
    }

    private static func enter(
        _ draft: DraftDecision, by actor: Actor, linking: Linking, keys: NumberKeys?, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> Result {
        let standing = try connection.rows(
            DoubtDecision.selection + " WHERE d.one = ? AND d.other = ? AND d.state <> 'undone'", draft.one, draft.other
        ).first.map { try DoubtDecision($0) }
        if let standing, standing.state == .inForce, standing.answer != .ask {
            throw Refusal(
                .stale, "Cặp này đã được quyết định: \(standing.answer.words) (\(standing.byName)). Hãy rút lại trước.")
        }
        let needsSecond = risk(draft.answer, weight: draft.weight) >= linking.rules.secondPersonAbove
        var (kind, state) = (DoubtEvent.Kind.decided, DecisionState.inForce)
        if let standing, standing.state == .proposed {
            guard standing.account != actor.account || standing.account == nil && actor.account != nil else {
                throw Refusal(.forbidden, "Bạn đã đề xuất “\(standing.answer.words)”; cần một người khác đồng ý.")
            }
            if standing.answer == draft.answer {
                kind = .confirmed
            } else {
                (kind, state) = (.rejected, .undone)
            }
        } else if needsSecond {
            (kind, state) = (.proposed, .proposed)
        }
        guard !draft.words.isEmpty || kind == .decided && draft.answer != .ask || kind == .confirmed else {
            throw Refusal(.invalid, "Hãy ghi căn cứ của quyết định.")
        }
        try write(draft, kind, state, by: actor, at: now, on: connection)
        if state == .inForce, draft.answer != .ask {
            try settle([draft.one, draft.other], linking: linking, keys: keys, at: now, on: connection)
        }
        let words =
            switch (kind, state) {
            case (.proposed, _): "Đã đề xuất: \(draft.answer.words). Cần một người nữa đồng ý."
            case (.rejected, _): "Không đồng ý với đề xuất; cặp trở lại hàng chờ."
            default: "Đã ghi: \(draft.answer.words)."
            }
        return Result(state: state, answer: draft.answer, words: words)
    }

    private static func write(
        _ draft: DraftDecision, _ kind: DoubtEvent.Kind, _ state: DecisionState, by actor: Actor, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let number = try note(
            kind, draft.answer, draft.one, draft.other, words: draft.words, by: actor, at: now, on: connection)
        try connection.execute(
            """
            INSERT INTO link_decision (one, other, answer, state, weight, kinds, found, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (one, other) DO UPDATE SET answer = excluded.answer, state = excluded.state,
                weight = excluded.weight, kinds = excluded.kinds, found = excluded.found, event = excluded.event
            """, draft.one, draft.other, draft.answer.rawValue, state.rawValue, draft.weight, draft.kinds.description,
            draft.found.rawValue, number)
    }

    private static func note(
        _ kind: DoubtEvent.Kind, _ answer: DoubtAnswer, _ one: RecordPlace, _ other: RecordPlace, words: String,
        by actor: Actor, at now: Timestamp, on connection: any SQLConnection
    ) throws -> Int {
        let number = try (connection.integer("SELECT MAX(number) FROM link_decision_event") ?? 0) + 1
        try connection.execute(
            """
            INSERT INTO link_decision_event (number, one, other, kind, answer, words, account, by_name, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, number, one, other, kind.rawValue, answer.rawValue, words, actor.account?.text ?? "", actor.name, now)
        try AuditTrail.append(
            AuditEvent(
                "registry.doubt-\(kind.rawValue)", subject: Subject(.doubt, DoubtID(one, other).description),
                detail: words.isEmpty ? answer.rawValue : "\(answer.rawValue): \(words)"),
            by: actor, at: now, on: connection)
        return number
    }

    /// Works out what follows for the persons of some records.
    private static func settle(
        _ places: [RecordPlace], linking: Linking, keys: NumberKeys?, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let entities = try LinkIndex.entities(of: places, on: connection)
        try LinkRecords.settle(entities.values, linking: linking, keys: keys, at: now, on: connection)
        // What derives from their records is right at once; more waits only while a delivery comes or goes.
        _ = try DeriveEntities.derive(limit: 200, by: .shipped(), keys: keys, on: connection)
    }

    // MARK: Undoing

    /// Takes back the last that was said of a pair of the queue, whichever of its records was meant.
    public static func undo(
        _ id: DoubtID, words: String, within scope: Scope, by actor: Actor, linking: Linking, keys: NumberKeys?,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let persons = try LinkIndex.cores([id.low, id.high], on: connection).map(\.entity)
        let rows = try ManyKeys.rows(
            DoubtDecision.selection + """
                 JOIN membership a ON a.place = d.one
                WHERE d.state <> 'undone' AND a.entity IN ({keys})
                """, persons.map(\.sqlValue), on: connection)
        let inside = Set(try LinkIndex.members(of: persons, keys: keys, on: connection).map(\.place))
        let standing = try rows.map { try DoubtDecision($0) }.filter { inside.contains($0.other) }.max {
            $0.at < $1.at
        }
        guard let standing else {
            throw Refusal(.notFound, "Không có quyết định nào về cặp này để rút lại.")
        }
        try undo(
            standing.one, standing.other, words: words, within: scope, by: actor, linking: linking, keys: keys, at: now,
            on: connection)
    }

    /// Takes a decision, a proposal or a question back. Part of the caller's write.
    /// - Throws: a refusal for whoever may not, and where nothing was decided.
    public static func undo(
        _ one: RecordPlace, _ other: RecordPlace, words: String, by submission: Submission, linking: Linking,
        keys: NumberKeys?, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try submission.viewer.require(.decideDoubts)
        try undo(
            one, other, words: words, within: submission.viewer.recordScope, by: submission.actor, linking: linking,
            keys: keys, at: now, on: connection)
    }

    /// The same for whoever runs the machine.
    public static func undo(
        _ one: RecordPlace, _ other: RecordPlace, words: String, within scope: Scope, by actor: Actor, linking: Linking,
        keys: NumberKeys?, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let (one, other) = (min(one, other), max(one, other))
        let bound = Bound(scope)
        let standing = try connection.rows(
            DoubtDecision.selection + " WHERE d.one = ? AND d.other = ? AND d.state <> 'undone'", one, other
        ).first.map { try DoubtDecision($0) }
        let isSeen =
            try bound.communes == nil
            || [one, other].allSatisfy { place in
                try !connection.rows(
                    "SELECT place FROM membership WHERE place = ?\(bound.sql("commune"))",
                    [place.sqlValue] + bound.values
                ).isEmpty
            }
        guard let standing, isSeen else {
            throw Refusal(.notFound, "Không có quyết định nào về hai bản ghi này để rút lại.")
        }
        let words = VietnameseText.tidy(words)
        guard !words.isEmpty else { throw Refusal(.invalid, "Hãy ghi lý do rút lại quyết định.") }
        let number = try note(.undone, standing.answer, one, other, words: words, by: actor, at: now, on: connection)
        try connection.execute(
            "UPDATE link_decision SET state = ?, event = ? WHERE one = ? AND other = ?", DecisionState.undone.rawValue,
            number, one, other)
        if standing.state == .inForce, standing.answer != .ask {
            try settle([one, other], linking: linking, keys: keys, at: now, on: connection)
        }
    }
}
