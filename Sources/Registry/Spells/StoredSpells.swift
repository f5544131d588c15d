import Database
import Kernel

/// The table of spells, and of what each person adds to stock and flow.
enum StoredSpells {
    /// A person's spells with what they come to.
    struct Draft {
        let person: EntityID
        let spells: [ParticipationSpell]
        let events: [FlowEvent]
    }

    /// - Parameter counts: takes what the persons added before off, and what they add now.
    static func replace(
        _ touched: [EntityID], with drafts: [Draft], counts: inout FlowCounts, on connection: any SQLConnection
    ) throws {
        for event in try events(of: touched, on: connection) { counts.add(event, times: -1) }
        try connection.delete(touched, from: "spell", by: "person")
        try connection.delete(touched, from: "person_course", by: "person")
        _ = try connection.load(
            "spell",
            columns: [
                "person", "position", "scheme", "unit", "first_month", "last_month", "begins", "ends", "base",
                "first_seen", "last_listed",
            ],
            rows: drafts.lazy.flatMap { draft in
                draft.spells.enumerated().map { position, spell -> [SQLValue] in
                    [
                        draft.person.sqlValue, position.sqlValue, .text(spell.scheme.rawValue),
                        .bytes(spell.unit?.bytes ?? []), .text(spell.from?.description ?? ""),
                        .text(spell.to?.description ?? ""), .text(spell.begins.rawValue),
                        .text(spell.ends?.rawValue ?? ""), spell.base?.amount.sqlValue ?? .null,
                        .text(spell.firstSeen.description), .text(spell.lastListed?.description ?? ""),
                    ]
                }
            })
        let telling = drafts.filter { !$0.events.isEmpty }
        for draft in telling { for event in draft.events { counts.add(event, times: 1) } }
        _ = try connection.load(
            "person_course", columns: ["person", "events"],
            rows: telling.lazy.map { draft in
                [draft.person.sqlValue, .text(draft.events.map(\.text).joined(separator: ";"))]
            })
    }

    private static func events(of persons: [EntityID], on connection: any SQLConnection) throws -> [FlowEvent] {
        var events: [FlowEvent] = []
        try ManyKeys.forEachRow(
            "SELECT events FROM person_course WHERE person IN ({keys})", persons.map(\.sqlValue), on: connection
        ) { row in
            for text in try row.text("events").split(separator: ";") {
                guard let event = FlowEvent(text) else {
                    throw DatabaseError.column(name: "events", problem: "holds no event: \(text)")
                }
                events.append(event)
            }
        }
        return events
    }
}
