public import Database
import Formats
public import Kernel
public import Vault

/// Finds whom records belong to that no number tells of, and undoes what no longer holds. What it leaves follows from the
/// records in force, the models and people's decisions alone, in whatever order they came.
public enum LinkRecords {
    /// Notes records that came, to be linked. Part of the caller's transaction.
    static func note(_ drafts: [RecordDraft], on connection: any SQLConnection) throws {
        _ = try connection.load(
            "link_waiting", columns: ["place", "kind", "face", "numbers"],
            rows: drafts.lazy.filter { $0.kind.subject == .person }.map { draft in
                var faces = LinkFaces()
                faces.add(draft.face, of: draft.kind)
                return [
                    draft.place.sqlValue, .text(draft.kind.rawValue), .text(faces.text),
                    .bytes(draft.tokens.filter(\.identifies).flatMap(\.bytes)),
                ]
            })
    }

    /// Notes persons that are to be worked out as a whole.
    static func note(_ entities: some Sequence<EntityID>, on connection: any SQLConnection) throws {
        for entity in Set(entities).sorted() {
            try connection.execute(
                "INSERT INTO link_waiting_entity (entity, reweighs) VALUES (?, 0) ON CONFLICT (entity) DO NOTHING",
                entity)
        }
    }

    /// Notes that equal numbers made one of two.
    static func join(_ earlier: EntityID, into later: EntityID, on connection: any SQLConnection) throws {
        // Their cores are found under the name that their records have now.
        try connection.execute("UPDATE link_core SET entity = ? WHERE entity = ?", later, earlier)
        try note([earlier, later], on: connection)
    }

    /// Takes a person out of the index: its records are others' now, or gone. Whoever was like it is judged again.
    static func forget(_ entity: EntityID, on connection: any SQLConnection) throws {
        let cores = try LinkIndex.cores(of: [entity], on: connection)
        guard !cores.isEmpty else { return }
        let own = Set(cores.map(\.core))
        var others: Set<RecordPlace> = []
        for pair in try LinkIndex.pairs(around: own, on: connection) {
            others.formUnion([pair.low, pair.high])
            try connection.execute("DELETE FROM link_pair WHERE low = ? AND high = ?", pair.low, pair.high)
        }
        var made = FaceKeys()
        try LinkIndex.store([], gone: cores, before: [:], &made, on: connection)
        try note(
            LinkIndex.cores(others.subtracting(own), on: connection).map(\.entity), on: connection)
    }

    /// Notes all persons, to be weighed anew: another model came.
    static func noteAll(on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM link_waiting_entity")
        try connection.execute(
            """
            INSERT INTO link_waiting_entity (entity, reweighs)
            SELECT DISTINCT entity, 1 FROM membership WHERE subject = 'person'
            """)
    }

    /// What one chunk did.
    public struct Outcome: Sendable, Equatable, Codable {
        /// Records and persons worked off; 0 when nothing waits any more.
        public var done = 0
        /// Persons that became one with another.
        public var merged = 0

        public init() {}
    }

    /// Works off some of what waits. Part of the caller's transaction.
    /// - Parameters:
    ///   - limit: records at most.
    ///   - delivery: for the history; 0 where people or models changed something.
    public static func work(
        limit: Int, delivery: Int, linking: Linking, keys: NumberKeys?, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> Outcome {
        let found = try connection.rows(
            "SELECT entity, reweighs FROM link_waiting_entity ORDER BY entity LIMIT ?", max(limit / 4, 1))
        let persons = try found.map { try $0.entity("entity") }
        let reweighed = try found.filter { try $0.flag("reweighs") }.map { try $0.entity("entity") }
        let rows = try connection.rows("SELECT * FROM link_waiting ORDER BY place LIMIT ?", limit)
        guard !rows.isEmpty || !persons.isEmpty else { return Outcome() }
        let waiting = try rows.map { row in
            Waiting(
                place: try row.place("place"), faces: LinkFaces(text: try row.text("face")),
                numbers: Set(NumberToken.all(in: try row.bytes("numbers"))))
        }
        var step = LinkStep(
            linking: linking, models: try linking.models(on: connection), keys: keys, delivery: delivery, now: now,
            connection: connection)
        try step.take(waiting, persons: persons, reweighing: Set(reweighed))
        let merged = try step.finish()
        if let last = waiting.last {
            try connection.execute("DELETE FROM link_waiting WHERE place <= ?", last.place)
        }
        for person in persons {
            try connection.execute("DELETE FROM link_waiting_entity WHERE entity = ?", person)
        }
        var outcome = Outcome()
        (outcome.done, outcome.merged) = (rows.count + persons.count, merged)
        return outcome
    }

    /// Works persons out at once, whatever else waits: after a decision.
    static func settle(
        _ entities: some Sequence<EntityID>, linking: Linking, keys: NumberKeys?, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        var step = LinkStep(
            linking: linking, models: try linking.models(on: connection), keys: keys, delivery: 0, now: now,
            connection: connection)
        try step.take([], persons: Array(entities))
        _ = try step.finish()
    }

    /// How many records and persons wait.
    public static func waiting(on connection: any SQLConnection) throws -> Int {
        let records = try connection.integer("SELECT COUNT(*) FROM link_waiting") ?? 0
        return try records + (connection.integer("SELECT COUNT(*) FROM link_waiting_entity") ?? 0)
    }

    /// A record that came.
    struct Waiting {
        let place: RecordPlace
        let faces: LinkFaces
        let numbers: Set<NumberToken>
    }
}
