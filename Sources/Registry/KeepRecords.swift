public import Database
import Formats
public import Kernel
public import Vault

/// Keeps records and finds whom they belong to: by equal numbers and agreeing names, transitively. A cluster is what hangs
/// together by such pairs, so it does not depend on the order in which records came.
public enum KeepRecords {
    /// What a chunk of records came to.
    public struct Outcome: Sendable, Equatable {
        /// Records of a person or an employer that was known before.
        public var matched = 0
        /// Records that are the first of somebody.
        public var new = 0
        /// Persons or employers that a record proved to be one.
        public var merged = 0

        public init(matched: Int = 0, new: Int = 0, merged: Int = 0) {
            (self.matched, self.new, self.merged) = (matched, new, merged)
        }
    }

    /// Stores a chunk of one delivery. Part of the caller's transaction, which also notes how far the delivery is.
    /// - Parameter drafts: in the order of their places, none of them stored before.
    public static func keep(
        _ drafts: [RecordDraft], at now: Timestamp, on connection: any SQLConnection
    ) throws -> Outcome {
        try RegisterKeys.noteUse(of: Set(drafts.compactMap { $0.sealed?.key }), at: now, on: connection)
        _ = try connection.load(
            "record",
            columns: ["commune", "place", "sheet", "line", "kind", "name", "fields", "numbers", "sealed"],
            rows: drafts.lazy.map { draft in
                [
                    .text(draft.commune?.text ?? ""), draft.place.sqlValue, .text(draft.sheet), draft.line.sqlValue,
                    .text(draft.kind.rawValue), .text(draft.name), .text(draft.fields),
                    .bytes(draft.tokens.flatMap(\.bytes)), draft.sealed.map { .bytes($0.bytes) } ?? .null,
                ]
            })
        if let delivery = drafts.first?.place.delivery {
            try RecordSource.count(drafts.count, of: delivery, on: connection)
            try keepAccounts(
                drafts.lazy.filter { $0.kind == .account }.map { ($0.place, $0.fields, $0.tokens) }, of: delivery,
                on: connection)
        }
        try LinkRecords.note(drafts, on: connection)
        return try link(drafts.filter { $0.kind.subject != .own }.map(Linkable.init), at: now, on: connection)
    }

    /// Lines of account stand for themselves: each is what one record says.
    private static func keepAccounts(
        _ records: some Sequence<(place: RecordPlace, fields: String, numbers: [NumberToken])>, of delivery: Int,
        on connection: any SQLConnection
    ) throws {
        let records = Array(records)
        guard !records.isEmpty else { return }
        let source = try RecordSource.all(on: connection)[delivery]
        let lines = records.compactMap { record -> AccountLine? in
            guard let fields = OpenFields.read(record.fields) else { return nil }
            return AccountLine(
                MemberRecord(
                    place: record.place, kind: .account, source: source, fields: fields, numbers: record.numbers))
        }
        try AccountLine.store(lines, on: connection)
    }

    /// Where ``restore(_:after:limit:keys:at:on:)`` goes on.
    public struct Restored: Codable, Sendable, Equatable {
        var commune = ""
        var place: Int64 = -1
        public var records = 0
        /// Whether nothing is left.
        public var isDone = false

        public init() {}
    }

    /// Links records again that were taken out and not erased: what had taken their place went. Part of the caller's transaction.
    public static func restore(
        _ delivery: Int, after point: Restored, limit: Int, keys: NumberKeys?, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> Restored {
        let places = RecordPlace.all(of: delivery)
        var (point, next) = (point, Optional(point.commune))
        while let commune = next {
            let start = commune == point.commune ? max(point.place + 1, places.lowerBound) : places.lowerBound
            let rows = try connection.rows(
                """
                SELECT commune, place, kind, name, fields, numbers, sealed FROM record
                WHERE commune = ? AND place >= ? AND place < ? ORDER BY place LIMIT ?
                """, commune, start, places.upperBound, limit)
            if let last = rows.last {
                let linkables = try rows.map { try Linkable($0, keys: keys) }.filter { $0.subject != .own }
                _ = try link(linkables, at: now, on: connection)
                try RecordSource.count(rows.count, of: delivery, on: connection)
                try keepAccounts(
                    try rows.filter { try $0.text("kind") == RecordKind.account.rawValue }.map { row in
                        (
                            try row.place("place"), try row.text("fields"),
                            NumberToken.all(in: try row.bytes("numbers"))
                        )
                    }, of: delivery, on: connection)
                let persons = linkables.filter { $0.subject == .person }.map(\.place)
                try LinkRecords.note(LinkIndex.entities(of: persons, on: connection).values, on: connection)
                (point.commune, point.place) = (commune, try last.place("place").number)
                point.records += rows.count
                return point
            }
            next = try connection.row("SELECT MIN(commune) AS commune FROM record WHERE commune > ?", commune)?
                .optionalText("commune")
        }
        point.isDone = true
        return point
    }

    private static func link(
        _ drafts: [Linkable], at now: Timestamp, on connection: any SQLConnection
    ) throws -> Outcome {
        guard let delivery = drafts.first?.place.delivery else { return Outcome() }
        var outcome = Outcome()
        let wanted = Set(drafts.flatMap { ($0.tokens + $0.earlierTokens).filter(\.identifies) })
        var index = try IdentityIndex(of: wanted, on: connection)
        var unions = EntityUnions()
        var members: [(draft: Linkable, entity: EntityID)] = []
        for draft in drafts {
            let own = EntityID(first: draft.place)
            var found: Set<EntityID> = []
            for token in draft.tokens + draft.earlierTokens where token.identifies {
                for known in index.known(token) where NameAgreement.agree(known.name, draft.name) {
                    found.insert(unions.present(known.entity))
                }
            }
            let entity = found.reduce(own, min)
            outcome.matched += found.isEmpty ? 0 : 1
            outcome.new += found.isEmpty ? 1 : 0
            for other in found where other != entity { unions.join(other, into: entity) }
            outcome.merged += max(0, found.count - 1)
            for token in draft.tokens where token.identifies { index.add(token, name: draft.name, entity: entity) }
            members.append((draft, entity))
        }
        try unions.store(delivery: delivery, at: now, on: connection)
        _ = try connection.load(
            "membership", columns: ["place", "commune", "subject", "entity"],
            rows: members.lazy.map { draft, entity in
                [
                    draft.place.sqlValue, .text(draft.commune), .text(draft.subject.rawValue),
                    unions.present(entity).sqlValue,
                ]
            })
        try index.storeAdded(unions, on: connection)
        try TouchedEntities.note(unions.all + members.map { unions.present($0.entity) }, on: connection)
        return outcome
    }
}

/// What of a record says whom it belongs to.
struct Linkable {
    let place: RecordPlace
    /// Empty where the row names none.
    let commune: String
    let subject: RecordKind.Subject
    let name: String
    let tokens: [NumberToken]
    /// Under keys that were turned.
    let earlierTokens: [NumberToken]

    init(_ draft: RecordDraft) {
        (place, commune, subject) = (draft.place, draft.commune?.text ?? "", draft.kind.subject)
        (name, tokens, earlierTokens) = (draft.name, draft.tokens, draft.earlierTokens)
    }

    /// A stored one. Where its numbers are of an earlier key it goes into the index under that key, as it is stored, and is looked
    /// for under the present one too.
    init(_ row: SQLRow, keys: NumberKeys?) throws {
        place = try row.place("place")
        commune = try row.text("commune")
        let kind: RecordKind = try row.choice("kind")
        (subject, name) = (kind.subject, try row.text("name"))
        tokens = NumberToken.all(in: try row.bytes("numbers"))
        let present = try StoredRecord.presentTokens(row, keys: keys).map(\.token)
        earlierTokens = present.filter { [tokens] in !tokens.contains($0) }
    }
}

/// Clusters that turn out to be one: which stands for which.
struct EntityUnions {
    private var parents: [EntityID: EntityID] = [:]

    /// The one that stands for it now.
    func present(_ entity: EntityID) -> EntityID {
        var present = entity
        while let parent = parents[present] { present = parent }
        return present
    }

    /// All that were joined to another.
    var all: [EntityID] { Array(parents.keys) }

    mutating func join(_ earlier: EntityID, into later: EntityID) { parents[earlier] = later }

    /// Moves what the database holds of those that were joined, and notes that they were.
    func store(delivery: Int, at now: Timestamp, on connection: any SQLConnection) throws {
        for earlier in parents.keys.sorted() {
            let later = present(earlier)
            // One that the chunk itself began stands nowhere yet.
            var tokens: Set<NamedToken> = []
            try connection.forEachRow(
                """
                SELECT r.numbers, r.name FROM membership m
                JOIN record r ON r.commune = m.commune AND r.place = m.place WHERE m.entity = ?
                """, [earlier.sqlValue]
            ) { row in tokens.formUnion(try NamedToken.all(in: row)) }
            guard
                try connection.execute("UPDATE membership SET entity = ? WHERE entity = ?", later, earlier) > 0
            else { continue }
            for token in tokens {
                try connection.execute(
                    "UPDATE identity SET entity = ? WHERE number = ? AND name = ?", later, token.token.bytes,
                    token.name)
            }
            try EntityChange.note(.merged, earlier, later, delivery: delivery, at: now, on: connection)
            try LinkRecords.join(earlier, into: later, on: connection)
        }
    }
}

/// A number under a name: an entry of the compact index.
struct NamedToken: Hashable {
    let token: NumberToken
    let name: String

    /// Those of a record by its columns `numbers` and `name`.
    static func all(in row: SQLRow) throws -> [NamedToken] {
        let name = try row.text("name")
        return NumberToken.all(in: try row.bytes("numbers")).filter(\.identifies).map {
            NamedToken(token: $0, name: name)
        }
    }
}
