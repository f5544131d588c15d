public import Access
public import Database
public import Kernel
import Synchronization

/// One run of a job, as the work sees it.
public struct JobRun: Sendable {
    /// As it was when this run took it.
    public let job: Job
    /// Who asked for it, with the rights of now; nil for the system's own work.
    public let owner: Viewer?
    let service: JobService
    let stop: JobStop

    public var store: any DataStore { service.store }
    public var clock: Clock { service.clock }

    /// In whose name the work is done.
    public var actor: Actor { owner.map { Actor($0) } ?? .system }

    /// The owner, as use cases of persons take one.
    /// - Throws: a refusal for the system's own work.
    public func submission() throws -> Submission {
        guard let owner else { throw Refusal(.forbidden, "Việc này phải có người yêu cầu.") }
        return Submission(viewer: owner)
    }

    /// Where the last finished chunk left off; nil at the beginning.
    public func checkpoint<Checkpoint: Decodable>(_ type: Checkpoint.Type = Checkpoint.self) throws -> Checkpoint? {
        try job.checkpoint.map { try JobText.value($0, of: type) }
    }

    /// To be called wherever the work may stop.
    /// - Throws: ``JobInterruption``
    public func checkCancelled() async throws {
        if stop.isWanted { throw JobInterruption.stopping }
        _ = try await service.store.read { try JobService.hold(job, on: $0) }
    }

    /// Tells how far the work is, for people who look. A write: once for each chunk of work, not for each row.
    public func report(_ progress: JobProgress) async throws {
        if stop.isWanted { throw JobInterruption.stopping }
        try await service.store.write { connection in
            _ = try JobService.hold(job, on: connection)
            try save(progress, checkpoint: nil, on: connection)
        }
    }

    /// Carries out one chunk: what the body writes, the checkpoint it answers and the progress commit together, or not at
    /// all. A run that resumes from its checkpoint therefore repeats no chunk, and a run that lost its job writes nothing.
    /// - Parameter body: short: every other writer waits for it.
    /// - Throws: ``JobInterruption``, and what the body throws.
    @discardableResult
    public func write<Checkpoint: Encodable & Sendable>(
        _ progress: JobProgress, _ body: @escaping @Sendable (any SQLConnection) throws -> Checkpoint
    ) async throws -> FinishedChunk<Checkpoint> {
        if stop.isWanted { throw JobInterruption.stopping }
        return try await service.store.write { connection in
            let begin = ContinuousClock.now
            _ = try JobService.hold(job, on: connection)
            let checkpoint = try body(connection)
            try save(progress, checkpoint: try JobText.text(checkpoint), on: connection)
            return FinishedChunk(checkpoint: checkpoint, held: ContinuousClock.now - begin)
        }
    }

    private func save(_ progress: JobProgress, checkpoint: String?, on connection: any SQLConnection) throws {
        let until = service.clock.now.adding(seconds: service.leaseSeconds)
        try connection.execute(
            "UPDATE job SET done = ?, total = ?, words = ?, lease_until = ? WHERE id = ?", progress.done,
            progress.total, progress.words, until, job.id)
        if let checkpoint {
            // A finished chunk is a success: tries are counted anew.
            try connection.execute("UPDATE job SET checkpoint = ?, tries = 1 WHERE id = ?", checkpoint, job.id)
        }
    }
}

/// Tells the runs of one server that it is being stopped.
public final class JobStop: Sendable {
    private let wanted = Mutex(false)

    public init() {}

    public var isWanted: Bool { wanted.withLock { $0 } }

    public func want() { wanted.withLock { $0 = true } }
}
