public import Access
public import Database
public import Jobs
public import Kernel
public import Vault

/// Seals all records anew with the key that stands first, in chunks; the earlier keys go on opening and finding meanwhile.
public enum TurnKeys {
    /// How far it is: the last record that was looked at.
    struct Checkpoint: Codable, Sendable {
        var commune = ""
        var place: Int64 = -1
        var seen = 0
        var sealed = 0
    }

    public static let name = JobName<NoParameters>("registry.turn-keys")

    /// Adds the job, unless one is at it. Part of the caller's write.
    /// - Returns: the job that is added; nil where one waits or runs.
    public static func begin(
        _ key: String, by actor: Actor, at now: Timestamp, on connection: any SQLConnection
    ) throws -> RecordID? {
        guard try !JobService.isLive(name, on: connection) else { return nil }
        try AuditTrail.append(
            AuditEvent("registry.keys-turned", subject: Subject(.register, key)), by: actor, at: now, on: connection)
        return try JobService.enter(
            name, NoParameters(), title: "Niêm phong lại sổ đăng ký bằng khóa \(key)", notBefore: now, at: now,
            on: connection)
    }

    /// Of the system: a command starts it, whoever runs a server goes on with it.
    /// - Parameters:
    ///   - keys: nil where the server has none; then the job is refused.
    ///   - others: seals anew what other parts of the house sealed with these keys; may be run again.
    public static func kind(
        keys: NumberKeys?,
        others: @escaping @Sendable (JobRun, NumberKeys) async throws -> Void = { _, _ in }
    ) -> JobKind {
        JobKind(
            name, title: "Niêm phong lại số định danh, số điện thoại bằng khóa mới", lane: .heavy, right: nil
        ) { _, run in
            keys?.refresh()
            let keys = try await run.store.read { try RegisterKeys.require(keys, on: $0) }
            var (pace, point) = (ChunkPace(), try run.checkpoint(Checkpoint.self) ?? Checkpoint())
            while true {
                let (before, limit) = (point, pace.rows)
                // Opening and sealing stand outside of the transaction: records never change but here.
                let (after, drafts) = try await run.store.read { connection in
                    let rows = try next(after: before, limit: limit, on: connection)
                    var after = before
                    if let last = rows.last {
                        (after.commune, after.place) = (try last.text("commune"), try last.place("place").number)
                    }
                    after.seen += rows.count
                    let drafts = try rows.compactMap { try Turned($0, keys: keys) }
                    after.sealed += drafts.count
                    return (after, drafts)
                }
                if after.seen == before.seen { break }
                let chunk = try await run.write(JobProgress(after.seen, of: nil, "\(after.seen) bản ghi")) {
                    connection in
                    for draft in drafts { try draft.store(on: connection) }
                    let used = try drafts.isEmpty ? [] : [keys.current().id]
                    try RegisterKeys.noteUse(of: Set(used), at: run.clock.now, on: connection)
                    return after
                }
                point = chunk.checkpoint
                pace.adapt(to: chunk.held)
            }
            try await others(run, keys)
            let done = point
            return JobResult("Đã xem \(done.seen) bản ghi, niêm phong lại \(done.sealed) bản ghi bằng khóa mới.")
        }
    }

    private static func next(after point: Checkpoint, limit: Int, on connection: any SQLConnection) throws -> [SQLRow] {
        try connection.rows(
            """
            SELECT commune, place, kind, name, fields, numbers, sealed FROM record
            WHERE (commune, place) > (?, ?) ORDER BY commune, place LIMIT ?
            """, point.commune, point.place, limit)
    }

    /// A record that an earlier key sealed, made ready to be stored again.
    private struct Turned: Sendable {
        let commune: String
        let place: RecordPlace
        let name: String
        let earlier: [NumberToken]
        let tokens: [NumberToken]
        let sealed: SealedText

        /// Nil for one that the present key sealed, and for one with nothing to seal.
        init?(_ row: SQLRow, keys: NumberKeys) throws {
            let current = try keys.current()
            guard let stored = try StoredRecord.sealed(row), stored.key != current.id else { return nil }
            place = try row.place("place")
            let sealPlace = RecordDraft.sealPlace(place)
            sealed = try current.seal(try keys.open(stored, for: sealPlace), for: sealPlace)
            (commune, name) = (try row.text("commune"), try row.text("name"))
            earlier = NumberToken.all(in: try row.bytes("numbers"))
            tokens = PlainNumber.all(in: try StoredRecord.contents(row, keys: keys).values, of: try row.choice("kind"))
                .map { $0.token(current) }
        }

        func store(on connection: any SQLConnection) throws {
            let changed = try connection.execute(
                "UPDATE record SET numbers = ?, sealed = ? WHERE commune = ? AND place = ?", tokens.flatMap(\.bytes),
                sealed.bytes, commune, place)
            // Withdrawn meanwhile; or of no person and no employer.
            guard changed > 0,
                let entity = try connection.row("SELECT entity FROM membership WHERE place = ?", place)?.entity(
                    "entity")
            else { return }
            try TouchedEntities.note([entity], on: connection)
            try LinkRecords.note([entity], on: connection)
            for token in earlier where token.identifies {
                try connection.execute("DELETE FROM identity WHERE number = ? AND name = ?", token.bytes, name)
            }
            for token in tokens where token.identifies {
                try IdentityIndex.set(token, name: name, to: entity, on: connection)
            }
        }
    }
}
