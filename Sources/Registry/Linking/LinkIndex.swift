import Database
import Formats
import Kernel
import Vault

/// Reading and writing the link index inside a running transaction.
enum LinkIndex {
    static func cores(
        _ places: some Sequence<RecordPlace>, on connection: any SQLConnection
    ) throws -> [LinkBundle] {
        try ManyKeys.rows(
            "SELECT * FROM link_core WHERE core IN ({keys})", places.map(\.sqlValue), on: connection
        ).map { try LinkBundle($0) }.unique()
    }

    static func cores(
        of entities: some Sequence<EntityID>, on connection: any SQLConnection
    ) throws -> [LinkBundle] {
        try ManyKeys.rows(
            "SELECT * FROM link_core WHERE entity IN ({keys})", entities.map(\.sqlValue), on: connection
        ).map { try LinkBundle($0) }.unique()
    }

    /// Which cores have each of these keys.
    static func cores(
        withKeys keys: some Sequence<Int64>, on connection: any SQLConnection
    ) throws -> [Int64: Set<RecordPlace>] {
        var found: [Int64: Set<RecordPlace>] = [:]
        try ManyKeys.forEachRow(
            "SELECT key, core FROM link_key WHERE key IN ({keys})", keys.map { .integer($0) }, on: connection
        ) { row in found[Int64(try row.integer("key")), default: []].insert(try row.place("core")) }
        return found
    }

    static func pairs(
        around cores: some Sequence<RecordPlace>, on connection: any SQLConnection
    ) throws -> [LinkPair] {
        let keys = cores.map(\.sqlValue)
        var found: [LinkPair] = []
        var seen: Set<[RecordPlace]> = []
        for column in ["low", "high"] {
            try ManyKeys.forEachRow(
                "SELECT * FROM link_pair WHERE \(column) IN ({keys})", keys, on: connection
            ) { row in
                let pair = try LinkPair(row)
                if seen.insert([pair.low, pair.high]).inserted { found.append(pair) }
            }
        }
        return found
    }

    /// Writes cores, with the keys that came and went.
    static func store(
        _ changed: [LinkBundle], gone: [LinkBundle], before: [RecordPlace: LinkBundle], _ made: inout FaceKeys,
        on connection: any SQLConnection
    ) throws {
        for core in gone {
            try connection.execute("DELETE FROM link_core WHERE core = ?", core.core)
            for key in made.all(of: core.faces).sorted() {
                try connection.execute("DELETE FROM link_key WHERE key = ? AND core = ?", key, core.core)
            }
        }
        var keys: [(Int64, RecordPlace)] = []
        for core in changed {
            let (now, then) = (made.all(of: core.faces), before[core.core].map { made.all(of: $0.faces) } ?? [])
            for key in then.subtracting(now).sorted() {
                try connection.execute("DELETE FROM link_key WHERE key = ? AND core = ?", key, core.core)
            }
            keys += now.subtracting(then).map { ($0, core.core) }
            if before[core.core] != nil {
                try connection.execute("DELETE FROM link_core WHERE core = ?", core.core)
            }
        }
        // In the order of the keys the index's pages are touched once each.
        keys.sort { $0 < $1 }
        _ = try connection.load("link_core", columns: LinkBundle.columns, rows: changed.lazy.map(\.row))
        _ = try connection.load(
            "link_key", columns: ["key", "core"], rows: keys.lazy.map { [.integer($0), $1.sqlValue] })
    }

    /// The records of persons with what they are compared by.
    static func members(
        of entities: some Sequence<EntityID>, keys: NumberKeys?, on connection: any SQLConnection
    ) throws -> [LinkMember] {
        var members: [LinkMember] = []
        for row in try ManyKeys.rows(
            """
            SELECT m.place, m.entity, r.name, r.kind, r.fields, r.numbers, r.sealed FROM membership m
            JOIN record r ON r.commune = m.commune AND r.place = m.place WHERE m.entity IN ({keys}) AND m.subject = 'person'
            """, entities.map(\.sqlValue), on: connection)
        { members.append(try LinkMember(row, keys: keys)) }
        return members.sorted { $0.place < $1.place }.uniqueByPlace()
    }

    /// Decisions in force of which one record is a member of these persons.
    static func decisions(
        of entities: some Sequence<EntityID>, on connection: any SQLConnection
    ) throws -> [RecordDecision] {
        let keys = entities.map(\.sqlValue)
        var found: Set<RecordDecision> = []
        for side in ["one", "other"] {
            try ManyKeys.forEachRow(
                """
                SELECT d.one, d.other, d.answer FROM membership m JOIN link_decision d ON d.\(side) = m.place
                WHERE m.entity IN ({keys}) AND d.state = '\(DecisionState.inForce.rawValue)'
                """, keys, on: connection
            ) { row in
                let answer: DoubtAnswer = try row.choice("answer")
                guard answer != .ask else { return }
                found.insert(
                    RecordDecision(
                        one: try row.place("one"), other: try row.place("other"), isSame: answer == .same))
            }
        }
        return Array(found)
    }

    /// Which of these persons have a record.
    static func standing(
        _ entities: some Sequence<EntityID>, on connection: any SQLConnection
    ) throws -> Set<EntityID> {
        var found: Set<EntityID> = []
        try ManyKeys.forEachRow(
            "SELECT DISTINCT entity FROM membership WHERE entity IN ({keys})", entities.map(\.sqlValue), on: connection
        ) { row in found.insert(try row.entity("entity")) }
        return found
    }

    /// Whom records belong to.
    static func entities(
        of places: some Sequence<RecordPlace>, on connection: any SQLConnection
    ) throws -> [RecordPlace: EntityID] {
        var found: [RecordPlace: EntityID] = [:]
        try ManyKeys.forEachRow(
            "SELECT place, entity FROM membership WHERE place IN ({keys})", places.map(\.sqlValue), on: connection
        ) { row in found[try row.place("place")] = try row.entity("entity") }
        return found
    }
}

extension LinkPair {
    init(_ row: SQLRow) throws {
        (low, high) = (try row.place("low"), try row.place("high"))
        guard case .real(let number) = try row.value("weight") else {
            throw DatabaseError.column(name: "weight", problem: "is no number")
        }
        weight = number
        kinds = KindPair(try row.text("kinds")) ?? KindPair("", "")
        mayLink = try row.text("most") == State.linked.rawValue
        state = try row.choice("state")
    }

    static let columns = ["low", "high", "weight", "kinds", "most", "state"]

    var row: [SQLValue] {
        [
            low.sqlValue, high.sqlValue, .real(weight), .text(kinds.description),
            .text((mayLink ? State.linked : .doubtful).rawValue), .text(state.rawValue),
        ]
    }
}

extension LinkMember {
    init(_ row: SQLRow, keys: NumberKeys?) throws {
        place = try row.place("place")
        entity = try row.entity("entity")
        kind = try row.choice("kind")
        name = try row.text("name")
        stored = try NamedToken.all(in: row)
        tokens = try StoredRecord.presentTokens(row, keys: keys).map(\.token)
        let values = try RecordValues(json: try row.text("fields"))
        face = LinkFace(values, tokens: NumberToken.all(in: try row.bytes("numbers")))
    }
}

extension [LinkBundle] {
    fileprivate func unique() -> [LinkBundle] {
        var seen: Set<RecordPlace> = []
        return filter { seen.insert($0.core).inserted }
    }
}

extension [LinkMember] {
    fileprivate func uniqueByPlace() -> [LinkMember] {
        var seen: Set<RecordPlace> = []
        return filter { seen.insert($0.place).inserted }
    }
}
