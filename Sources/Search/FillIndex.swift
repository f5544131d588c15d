import Access
import Database
public import Jobs
public import Kernel

// Where there is no index yet, or one of an earlier release, what is stored is gone through once: by a job, so that nobody
// waits for it who starts the system.
extension SearchIndex {
    /// How far the filling is.
    struct Filling: Codable, Sendable, Equatable {
        /// The last entry of the trail when it began: what was changed since is looked at again by following it.
        let sequence: Int
        /// Whether the words of an earlier index are gone.
        var isCleared = false
        /// How many kinds were gone through, and the last key of the one at hand.
        var kinds = 0
        var key = ""
        var things = 0
    }

    /// Things that are taken in at once: a tenth of a second of other writers' time.
    static let fillPortion = 200

    static func isMissing(on connection: any SQLConnection) throws -> Bool { try state(on: connection) == nil }

    /// Whether there is nothing at all to be found yet: a new database.
    func isOfNothing(on connection: any SQLConnection) throws -> Bool {
        try sources.values.allSatisfy { try $0.keys("", 1, connection).isEmpty }
    }

    /// Goes through one portion, in a write of its own.
    /// - Parameter filling: where the last portion left off; nil to begin.
    /// - Returns: where this one left off, and whether it was the last.
    func fill(_ filling: Filling?, on connection: any SQLConnection) throws -> (filling: Filling, isLast: Bool) {
        var filling = try filling ?? Filling(sequence: AuditTrail.lastSequence(on: connection))
        guard filling.isCleared else {
            let old = try connection.rows("SELECT kind, key FROM search_entry LIMIT ?", Self.fillPortion)
            for row in old {
                try Self.remove(try row.text("key"), of: Subject.Kind(try row.text("kind")), on: connection)
            }
            filling.isCleared = old.isEmpty
            return (filling, false)
        }
        let all = sources.values.sorted { $0.kind.word < $1.kind.word }
        guard filling.kinds < all.count else {
            try Self.note(filling.sequence, on: connection)
            return (filling, true)
        }
        let source = all[filling.kinds]
        let keys = try source.keys(filling.key, Self.fillPortion, connection)
        for key in keys { try Self.put(try source.entries(key, connection), of: source.kind, on: connection) }
        filling.things += keys.count
        if let last = keys.last {
            filling.key = last
        } else {
            filling.kinds += 1
            filling.key = ""
        }
        return (filling, false)
    }
}

extension SearchService {
    /// Stored with the jobs.
    private static let filling = JobName<NoParameters>("search.fill")

    /// What the job keeps of its filling.
    private struct Portion: Codable, Sendable {
        var filling: SearchIndex.Filling?
        var isLast = false

        var things: Int { filling?.things ?? 0 }
    }

    /// For whoever runs jobs.
    public var jobKind: JobKind {
        JobKind(Self.filling, title: "Lập chỉ mục tìm kiếm", lane: .heavy, right: nil) { _, run in
            var portion = try run.checkpoint(Portion.self) ?? Portion()
            while !portion.isLast {
                let before = portion
                portion = try await run.write(JobProgress(before.things, of: nil)) { connection in
                    // A command may have made it meanwhile.
                    guard try SearchIndex.isMissing(on: connection) else {
                        return Portion(filling: before.filling, isLast: true)
                    }
                    let (filling, isLast) = try index.fill(before.filling, on: connection)
                    return Portion(filling: filling, isLast: isLast)
                }.checkpoint
            }
            return JobResult("Đã đưa \(VietnameseText.grouped(portion.things)) mục vào chỉ mục tìm kiếm.")
        }
    }

    /// Has the index made where it is missing; part of a start. A new database has nothing to go through.
    public func begin(at now: Timestamp) async throws {
        guard try await index.store.read({ try SearchIndex.isMissing(on: $0) }) else { return }
        try await index.store.write { connection in
            guard try SearchIndex.isMissing(on: connection) else { return }
            if try index.isOfNothing(on: connection) {
                return try SearchIndex.note(try AuditTrail.lastSequence(on: connection), on: connection)
            }
            // Servers that start together ask for one; one that was given up is asked for anew.
            guard try !JobService.isLive(Self.filling, on: connection) else { return }
            try JobService.add(
                Self.filling, NoParameters(), title: "Lập chỉ mục tìm kiếm", key: nil, notBefore: now, at: now,
                on: connection)
        }
    }

    /// Whether the index holds what there is; until then some things are not found.
    public func isComplete() async throws -> Bool {
        try await !index.store.read { try SearchIndex.isMissing(on: $0) }
    }

    /// Makes the index at once where it is missing: for commands and benches, which nobody waits for.
    public func prepare() async throws {
        guard try await !isComplete() else { return }
        var filling: SearchIndex.Filling?
        while true {
            let before = filling
            let (next, isLast) = try await index.store.write { try index.fill(before, on: $0) }
            filling = next
            if isLast { return }
        }
    }
}
