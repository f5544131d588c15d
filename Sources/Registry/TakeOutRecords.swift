public import Database
public import Kernel
public import Vault

/// Takes the records of a delivery out of the register: whom the others belong to is worked out again as if it had never
/// come.
public enum TakeOutRecords {
    /// How far taking out is.
    public struct Chunk: Sendable, Equatable {
        /// Where the next chunk begins; nil when none is left.
        public var next: Int64?
        public var records = 0

        public init(next: Int64? = nil, records: Int = 0) {
            (self.next, self.records) = (next, records)
        }
    }

    /// One chunk of a delivery's records. Part of the caller's transaction.
    /// - Parameters:
    ///   - erases: whether the records go as well; those that a correction takes the place of stay as what was said once.
    ///   - start: ``Chunk/next`` of the chunk before, nil for the first.
    ///   - limit: records at most, but for those that hang together with one of them.
    public static func takeOut(
        delivery: Int, erases: Bool, from start: Int64?, limit: Int, keys: NumberKeys?, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> Chunk {
        let places = RecordPlace.all(of: delivery)
        // Those without a person or employer stand in no cluster: they go by their place alone, at the end.
        let rows = try connection.rows(
            """
            SELECT place, entity FROM membership WHERE place >= ? AND place < ? ORDER BY place LIMIT ?
            """, [(start ?? places.lowerBound).sqlValue, places.upperBound.sqlValue, limit.sqlValue])
        var seen: Set<EntityID> = []
        for row in rows {
            let entity = try row.entity("entity")
            guard seen.insert(entity).inserted else { continue }
            try takeOut(of: entity, delivery: delivery, keys: keys, at: now, on: connection)
        }
        try RecordSource.count(-rows.count, of: delivery, on: connection)
        guard rows.count == limit, let last = rows.last else {
            let lines = try AccountLine.remove(of: delivery, limit: limit, on: connection)
            try RecordSource.count(-lines, of: delivery, on: connection)
            return Chunk(next: lines == limit ? places.upperBound : nil, records: rows.count + lines)
        }
        return Chunk(next: try last.place("place").number + 1, records: rows.count)
    }

    /// Removes records that nothing derives from any more.
    /// - Returns: how many; fewer than the limit when none is left.
    public static func erase(delivery: Int, limit: Int, on connection: any SQLConnection) throws -> Int {
        let places = RecordPlace.all(of: delivery)
        var erased = 0
        // The commune leads the key: each commune's records are a stretch of it, found by a step from one to the next.
        var next = try connection.row("SELECT MIN(commune) AS commune FROM record")?.optionalText("commune")
        while let commune = next, erased < limit {
            next = try connection.row("SELECT MIN(commune) AS commune FROM record WHERE commune > ?", commune)?
                .optionalText("commune")
            erased += try connection.execute(
                """
                DELETE FROM record WHERE commune = ? AND place IN (
                    SELECT place FROM record WHERE commune = ? AND place >= ? AND place < ? ORDER BY place LIMIT ?)
                """,
                [
                    commune.sqlValue, commune.sqlValue, places.lowerBound.sqlValue, places.upperBound.sqlValue,
                    (limit - erased).sqlValue,
                ])
        }
        if erased < limit { try RecordSource.forget(delivery, on: connection) }
        return erased
    }

    private struct Member {
        let place: RecordPlace
        let commune: String
        let tokens: [NamedToken]
        let stored: [NamedToken]
    }

    private static func takeOut(
        of entity: EntityID, delivery: Int, keys: NumberKeys?, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let members = try connection.rows(
            """
            SELECT m.place, m.commune, r.name, r.kind, r.fields, r.numbers, r.sealed FROM membership m
            JOIN record r ON r.commune = m.commune AND r.place = m.place WHERE m.entity = ? ORDER BY m.place
            """, entity
        ).map { row in
            Member(
                place: try row.place("place"), commune: try row.text("commune"),
                tokens: try StoredRecord.presentTokens(row, keys: keys), stored: try NamedToken.all(in: row))
        }
        for token in Set(members.flatMap { $0.tokens + $0.stored }) {
            try connection.execute(
                "DELETE FROM identity WHERE number = ? AND name = ?", token.token.bytes, token.name)
        }
        for member in members where member.place.delivery == delivery {
            try connection.execute("DELETE FROM membership WHERE place = ?", member.place)
        }
        let rest = members.filter { $0.place.delivery != delivery }
        let clusters = clusters(of: rest)
        try TouchedEntities.note([entity] + clusters.map { EntityID(first: $0[0].place) }, on: connection)
        for cluster in clusters {
            let first = EntityID(first: cluster[0].place)
            if first != entity {
                for member in cluster {
                    try connection.execute(
                        "UPDATE membership SET entity = ? WHERE place = ?", first, member.place)
                }
                try EntityChange.note(
                    clusters.count == 1 ? .merged : .parted, entity, first, delivery: delivery, at: now,
                    on: connection)
            }
            _ = try connection.load(
                "identity", columns: ["number", "name", "entity"],
                rows: Set(cluster.flatMap(\.stored)).map { token in
                    [.bytes(token.token.bytes), .text(token.name), first.sqlValue]
                })
        }
        try LinkRecords.forget(entity, on: connection)
        try LinkRecords.note([entity] + clusters.map { EntityID(first: $0[0].place) }, on: connection)
        if clusters.isEmpty {
            try EntityChange.note(.ended, entity, entity, delivery: delivery, at: now, on: connection)
        }
    }

    /// What still hangs together, each in the order of places, the clusters by their first.
    private static func clusters(of members: [Member]) -> [[Member]] {
        var cluster = Array(members.indices)
        func root(_ index: Int) -> Int {
            var index = index
            while cluster[index] != index { index = cluster[index] }
            return index
        }
        var byToken: [NumberToken: [(name: String, member: Int)]] = [:]
        for (index, member) in members.enumerated() {
            for named in member.tokens {
                for other in byToken[named.token] ?? [] where NameAgreement.agree(other.name, named.name) {
                    let (left, right) = (root(other.member), root(index))
                    cluster[max(left, right)] = min(left, right)
                }
                byToken[named.token, default: []].append((named.name, index))
            }
        }
        return Dictionary(grouping: members.indices, by: root).sorted { $0.key < $1.key }.map { _, indices in
            indices.sorted().map { members[$0] }
        }
    }
}
