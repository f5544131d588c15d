import Access
import Database
import Files
import Kernel

/// Why a run of a job ends before its work does.
public enum JobInterruption: Error, Sendable, Equatable {
    /// Its owner, or whoever keeps the system, cancelled it.
    case cancelled
    /// This server is being stopped; another run goes on after the last finished chunk.
    case stopping
    /// Another server holds the job now: this one was silent for too long.
    case lost
}

/// Troubles that people can do something about, in their words.
enum JobTrouble: String, Sendable {
    case diskFull = "Ổ đĩa của máy chủ đã đầy: hãy báo quản trị hệ thống."
}

// Taking, holding and giving up. Every step is one transaction, and writers come one at a time on both engines: of two
// servers that reach for the same job one finds it taken.
extension JobService {
    /// Takes the next job that is due, or whose holder has fallen silent.
    /// - Parameter holder: a name of this server, for people who look.
    /// - Returns: nil when there is none.
    public func claim(by holder: String, in lanes: Set<JobLane> = Set(JobLane.allCases)) async throws -> Job? {
        let names = kinds.values.filter { lanes.contains($0.lane) }.map(\.name).sorted()
        guard !names.isEmpty else { return nil }
        // Looked at by a reader first: idle servers keep nobody from writing.
        guard try await store.read({ try self.next(of: names, on: $0) }) != nil else { return nil }
        return try await store.write { connection in
            while let job = try self.next(of: names, on: connection) {
                if let taken = try self.take(job, by: holder, on: connection) { return taken }
            }
            return nil
        }
    }

    private func next(of names: [String], on connection: any SQLConnection) throws -> Job? {
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        let now = clock.now
        return try connection.rows(
            """
            SELECT * FROM job
            WHERE kind IN (\(marks)) AND (state = 'queued' AND not_before <= ? OR state = 'running' AND lease_until < ?)
            ORDER BY not_before, id LIMIT 1
            """, names.map(\.sqlValue) + [now.sqlValue, now.sqlValue]
        ).first.map { try Job($0) }
    }

    /// Nil when the job ended instead: it was to be cancelled, or its holders died once too often.
    private func take(_ job: Job, by holder: String, on connection: any SQLConnection) throws -> Job? {
        let now = clock.now
        if job.cancelWantedAt != nil {
            try end(job, as: .cancelled, at: now, on: connection)
            return nil
        }
        if job.state == .running, job.tries >= kinds[job.kind]?.retries.tries ?? 1 {
            try end(
                job, as: .failed, problem: "Máy chủ dừng giữa chừng \(job.tries) lần khi đang làm việc này.",
                fault: "the holder \(job.holder ?? "?") fell silent", at: now, on: connection)
            return nil
        }
        try connection.execute(
            """
            UPDATE job SET state = ?, holder = ?, lease_until = ?, fence = fence + 1, tries = tries + 1,
                run_started_at = ?, run_started_done = done, started_at = COALESCE(started_at, ?)
            WHERE id = ?
            """, JobState.running.rawValue, holder, now.adding(seconds: leaseSeconds), now, now, job.id)
        return try Self.find(job.id, on: connection)
    }

    /// Makes sure that the run still holds its job, inside the transaction that is to write for it.
    /// - Returns: the job as stored.
    /// - Throws: ``JobInterruption/lost``, ``JobInterruption/cancelled``
    static func hold(_ job: Job, on connection: any SQLConnection) throws -> Job {
        guard let stored = try find(job.id, on: connection), stored.state == .running, stored.fence == job.fence else {
            throw JobInterruption.lost
        }
        if stored.cancelWantedAt != nil { throw JobInterruption.cancelled }
        return stored
    }

    /// Keeps the job for another lease. Also tells a run that waits for something outside the database that it is over.
    func renew(_ job: Job) async throws {
        try await store.write { connection in
            _ = try Self.hold(job, on: connection)
            try connection.execute(
                "UPDATE job SET lease_until = ? WHERE id = ?", clock.now.adding(seconds: leaseSeconds), job.id)
        }
    }

    /// Lets another server go on where this one stopped. The run does not count as a try.
    func giveBack(_ job: Job) async throws {
        let now = clock.now
        try await store.write { connection in
            let stored = try Self.hold(job, on: connection)
            try connection.execute(
                "UPDATE job SET state = ?, lease_until = NULL, tries = ?, not_before = ? WHERE id = ?",
                JobState.queued.rawValue, max(0, stored.tries - 1), now, job.id)
        }
    }

    /// Keeps the result, with its file, in the transaction that ends the job.
    func finish(_ job: Job, _ result: JobResult) async throws {
        let now = clock.now
        // A large one goes in before; of a job that is lost meanwhile it is forgotten with the next day's.
        var staged: StagedFile?
        if let file = result.file, file.size > StoredFiles.mostBytesAtOnce {
            staged = try await StoredFiles.stage(file, by: job.owner, at: now, in: store)
        }
        let large = staged
        try await store.write { connection in
            guard let stored = try Self.find(job.id, on: connection), stored.state == .running,
                stored.fence == job.fence
            else { throw JobInterruption.lost }
            let file =
                try large.map { try StoredFiles.keep($0, on: connection).id }
                ?? result.file.map { try StoredFiles.add($0, by: job.owner, at: now, on: connection).id }
            try end(
                stored, as: .done, outcome: JobOutcome(words: result.words, subject: result.subject, file: file),
                at: now, on: connection)
        }
    }

    /// Ends the job, or queues it for its next try.
    /// - Parameters:
    ///   - problem: what went wrong, in Vietnamese; ends the job at once, since a rule refused it. Nil for a fault that may
    ///     pass.
    ///   - cause: of a fault that may pass, where it has a name.
    ///   - fault: the same for the log.
    func fail(_ job: Job, problem: String?, cause: JobTrouble? = nil, fault: String) async throws {
        let now = clock.now
        let retries = kinds[job.kind]?.retries ?? RetryPolicy()
        let advice = cause.map { " \($0.rawValue)" } ?? ""
        try await store.write { connection in
            let stored = try Self.hold(job, on: connection)
            guard problem == nil, let pause = retries.pause(after: stored.tries) else {
                let words =
                    problem
                    ?? "Đã thử \(stored.tries) lần, lần nào cũng gặp trục trặc; hệ thống không thử nữa.\(advice)"
                return try end(stored, as: .failed, problem: words, fault: fault, at: now, on: connection)
            }
            let next = now.adding(seconds: pause)
            try connection.execute(
                """
                UPDATE job SET state = ?, lease_until = NULL, not_before = ?, problem = ?, fault = ? WHERE id = ?
                """, JobState.queued.rawValue, next,
                "Lần thử thứ \(stored.tries) gặp trục trặc; sẽ tự thử lại lúc \(next.vietnamese).\(advice)", fault,
                job.id)
        }
    }

    /// The one way in which a job ends, whatever the end. Whoever is to be told of it is told here, in the same transaction.
    func end(
        _ job: Job, as state: JobState, outcome: JobOutcome? = nil, problem: String? = nil,
        fault: String? = nil, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            UPDATE job SET state = ?, lease_until = NULL, finished_at = ?, result_words = ?, result_subject = ?,
                result_file = ?, problem = ?, fault = ?
            WHERE id = ?
            """, state.rawValue, now, outcome?.words, outcome?.subject?.text, outcome?.file, problem, fault, job.id)
        if state == .failed { try Revisions.advance(.failedJobs, on: connection) }
        if let ended = try Self.find(job.id, on: connection) { try tell(ended, now, connection) }
    }
}
