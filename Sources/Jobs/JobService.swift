public import Access
public import Database
public import Files
public import Kernel
public import Logging

extension Right {
    public static let keepJobs = Right("jobs.keep", "Xem, huỷ, chạy lại việc chạy nền của mọi người")
}

extension RightArea {
    /// Long work in the background.
    public static let jobs = RightArea("Việc chạy nền", [.keepJobs])
}

/// Long work kept in the database: asked for, looked at, cancelled, run again. Leases and running stand in
/// `Leases.swift` and `Perform.swift`.
public struct JobService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    /// By name.
    public let kinds: [String: JobKind]
    /// Rung when work was added on this server.
    public let bell = JobBell()
    /// Beats while jobs are run here.
    public let pulse = JobPulse()
    /// What an owner may, asked anew when the work begins.
    let grants: Grants
    let leaseSeconds: Int64
    let logger: Logger
    let tell: JobTeller

    /// - Parameters:
    ///   - leaseSeconds: how long a server that falls silent keeps its jobs. Servers' clocks may differ by less than this;
    ///     when they differ by more, a job may be begun twice, but never written twice.
    ///   - tell: told of jobs that ended; nobody tells their owners when left out.
    public init(
        store: any DataStore, clock: Clock, kinds: [JobKind], grants: Grants, leaseSeconds: Int64 = 60,
        logger: Logger = Logger(label: "baophu.jobs"), tell: @escaping JobTeller = { _, _, _ in }
    ) {
        self.store = store
        self.clock = clock
        self.kinds = Dictionary(kinds.map { ($0.name, $0) }, uniquingKeysWith: { _, later in later })
        self.grants = grants
        self.leaseSeconds = leaseSeconds
        self.logger = logger
        self.tell = tell
    }

    // MARK: Asking for work

    /// Adds a job for a person. The same form sent again, or the same key while the earlier job is not over, leads to the
    /// job that is there; one that failed or was cancelled is queued again, one that is done is answered as it is.
    /// - Parameters:
    ///   - title: what this one does, in Vietnamese.
    ///   - key: what makes it the person's only one of its kind.
    ///   - noting: notes the job at what it is to work on, in the write that adds or finds it; nothing is added when it throws.
    /// - Returns: the job's identifier.
    public func start<Parameters>(
        _ name: JobName<Parameters>, _ parameters: Parameters, title: String, key: String? = nil,
        by submission: Submission,
        noting: @escaping @Sendable (RecordID, any SQLConnection) throws -> Void = { _, _ in }
    ) async throws -> RecordID {
        guard let right = kinds[name.text]?.right else { throw Self.notStartable }
        try submission.viewer.require(right)
        let account = submission.viewer.account
        let id = RecordID(at: clock.now)
        let text = try JobText.text(parameters)
        // One person's job is never another's: what was made with one's rights stays with one.
        let ownKey = key.map { Self.own($0, of: account) }
        let subject = try await store.write { connection in
            let now = clock.now
            if let form = submission.form,
                let known = try AccessService.receipt(
                    form: form, of: account, about: Subject(.job, id), at: now, on: connection)
            {
                return known
            }
            if let ownKey, let known = try Self.find(kind: name.text, key: ownKey, on: connection) {
                if known.state == .failed || known.state == .cancelled {
                    try Self.queueAgain(known, at: now, on: connection)
                }
                try noting(known.id, connection)
                return known.subject
            }
            try Self.insert(
                id, kind: name.text, key: ownKey, title: title, owner: (account, submission.viewer.name),
                parameters: text, notBefore: now, at: now, on: connection)
            try noting(id, connection)
            try AuditTrail.append(
                AuditEvent("job.started", subject: Subject(.job, id), detail: title), by: submission.actor, at: now,
                on: connection)
            return Subject(.job, id)
        }
        bell.ring()
        return RecordID(subject.key) ?? id
    }

    private static func own(_ key: String, of account: RecordID) -> String { "\(account)/\(key)" }

    private static let notStartable = Refusal(.forbidden, "Việc này do hệ thống tự chạy, không ai khởi động được.")

    /// Adds the system's own work inside a running write; nothing when the key is taken.
    /// - Parameter key: what makes it the only one of its kind, the day of a daily deed for example.
    /// - Returns: whether it was added.
    @discardableResult
    public static func add<Parameters>(
        _ name: JobName<Parameters>, _ parameters: Parameters, title: String, key: String?, notBefore: Timestamp,
        at now: Timestamp, on connection: any SQLConnection
    ) throws -> Bool {
        if let key, try find(kind: name.text, key: key, on: connection) != nil { return false }
        try insert(
            RecordID(at: now), kind: name.text, key: key, title: title, owner: nil,
            parameters: try JobText.text(parameters), notBefore: notBefore, at: now, on: connection)
        return true
    }

    static func find(kind: String, key: String, on connection: any SQLConnection) throws -> Job? {
        try connection.row("SELECT * FROM job WHERE kind = ? AND once_key = ?", kind, key).map { try Job($0) }
    }

    static func insert(
        _ id: RecordID, kind: String, key: String?, title: String, owner: (account: RecordID, name: String)?,
        parameters: String, notBefore: Timestamp, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO job (id, kind, once_key, title, owner, owner_name, parameters, state, done, words, tries,
                not_before, fence, run_started_done, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, '', 0, ?, 0, 0, ?)
            """,
            id, kind, key, title, owner?.account, owner?.name ?? Actor.system.name, parameters,
            JobState.queued.rawValue, notBefore, now)
    }

    // MARK: Looking

    /// One's own jobs that were given up, or everybody's and the system's for those who keep the system, the latest first.
    public static func failed(for viewer: Viewer, limit: Int, on connection: any SQLConnection) throws -> [Job] {
        let whose: (sql: String, values: [SQLValue]) =
            viewer.may(.keepJobs) ? ("1 = 1", []) : ("owner = ?", [viewer.account.sqlValue])
        return try connection.rows(
            "SELECT * FROM job WHERE \(whose.sql) AND state = ? ORDER BY id DESC LIMIT ?",
            whose.values + [JobState.failed.rawValue.sqlValue, limit.sqlValue]
        ).map { try Job($0) }
    }

    /// How many were given up in a stretch of time and are so still.
    /// - Parameter until: the moment behind the last.
    public static func failedCount(
        from: Timestamp, until: Timestamp, on connection: any SQLConnection
    ) throws -> Int {
        try connection.rows(
            "SELECT COUNT(*) AS number FROM job WHERE state = ? AND finished_at >= ? AND finished_at < ?",
            [JobState.failed.rawValue.sqlValue, from.sqlValue, until.sqlValue]
        ).first?.integer("number") ?? 0
    }

    /// Everybody's jobs, the latest first, for the command line.
    public func latest(_ limit: Int) async throws -> [Job] {
        try await store.read { try $0.rows("SELECT * FROM job ORDER BY id DESC LIMIT ?", limit).map { try Job($0) } }
    }

    /// One of them.
    public func job(_ id: RecordID) async throws -> Job {
        try await store.read { connection in
            guard let job = try Self.find(id, on: connection) else { throw Self.unknown }
            return job
        }
    }

    /// - Throws: not found, whether it does not exist or is somebody else's.
    public func job(_ id: RecordID, for viewer: Viewer) async throws -> Job {
        try await store.read { try Self.find(id, for: viewer, on: $0) }
    }

    /// A person's own job by its key; nil when there is none.
    public func job<Parameters>(_ name: JobName<Parameters>, key: String, for viewer: Viewer) async throws -> Job? {
        try await store.read { try Self.find(kind: name.text, key: Self.own(key, of: viewer.account), on: $0) }
    }

    /// Puts other words in the place of some that a job's title, result or problem says. Part of the caller's transaction.
    public static func overwrite(
        _ words: String, with replacement: String, in job: Subject, on connection: any SQLConnection
    ) throws {
        guard !words.isEmpty else { return }
        let changed = try connection.execute(
            """
            UPDATE job SET title = replace(title, ?, ?), words = replace(words, ?, ?),
                result_words = replace(result_words, ?, ?), problem = replace(problem, ?, ?) WHERE id = ?
            """, words, replacement, words, replacement, words, replacement, words, replacement, job.key)
        if changed > 0 { try Revisions.advance(.job, on: connection) }
    }

    /// Whether a job of this kind waits or runs.
    public static func isLive<Parameters>(_ name: JobName<Parameters>, on connection: any SQLConnection) throws -> Bool
    {
        try connection.row(
            "SELECT id FROM job WHERE kind = ? AND state IN (?, ?) LIMIT 1", name.text, JobState.queued.rawValue,
            JobState.running.rawValue) != nil
    }

    /// Whether a job waits or runs; false for one that ended or was forgotten.
    public static func isLive(_ id: RecordID, on connection: any SQLConnection) throws -> Bool {
        try find(id, on: connection).map { !$0.state.isOver } ?? false
    }

    static func find(_ id: RecordID, for viewer: Viewer, on connection: any SQLConnection) throws -> Job {
        guard let job = try find(id, on: connection), job.isShown(to: viewer) else { throw unknown }
        return job
    }

    static func find(_ id: RecordID, on connection: any SQLConnection) throws -> Job? {
        try connection.row("SELECT * FROM job WHERE id = ?", id).map { try Job($0) }
    }

    static let unknown = Refusal(
        .notFound, "Không có việc chạy nền này, hoặc việc đó của người khác. Hãy mở từ trang Việc chạy nền.")

    /// The file that a job made for its owner.
    public func file(of id: RecordID, for viewer: Viewer) async throws -> StoredFile {
        try await store.read { connection in
            let job = try Self.find(id, for: viewer, on: connection)
            try JobAction.takeFile.require(of: job, by: viewer)
            guard let stored = try job.outcome?.file.flatMap({ try StoredFiles.find($0, on: connection) }) else {
                throw Refusal(.notFound, "Việc này không có tệp kết quả.")
            }
            return stored
        }
    }

    /// The kind's title; its name for a kind that this release no longer knows.
    public func title(ofKind name: String) -> String { kinds[name]?.title ?? name }

    // MARK: Cancelling, running again

    /// Ends a job that waits, or asks the server that runs it to stop after the present chunk.
    public func cancel(_ id: RecordID, by submission: Submission) async throws {
        try await store.once(submission, about: Subject(.job, id), at: clock.now) { connection, now in
            let job = try Self.find(id, for: submission.viewer, on: connection)
            try JobAction.cancel.require(of: job, by: submission.viewer)
            try self.cancel(job, by: submission.actor, at: now, on: connection)
        }
        bell.ring()
    }

    /// The same from the command line.
    public func cancel(_ id: RecordID, by actor: Actor) async throws {
        let now = clock.now
        try await store.write { connection in
            guard let job = try Self.find(id, on: connection) else { throw Self.unknown }
            if let obstruction = JobAction.cancel.obstruction(of: job) { throw obstruction }
            try self.cancel(job, by: actor, at: now, on: connection)
        }
    }

    private func cancel(_ job: Job, by actor: Actor, at now: Timestamp, on connection: any SQLConnection) throws {
        try AuditTrail.append(
            AuditEvent("job.cancelled", subject: job.subject, detail: job.title), by: actor, at: now, on: connection)
        if job.state == .queued {
            try end(job, as: .cancelled, at: now, on: connection)
        } else {
            try connection.execute("UPDATE job SET cancel_wanted_at = ? WHERE id = ?", now, job.id)
        }
    }

    /// Queues a job again that failed or was cancelled; it goes on after its last finished chunk.
    public func runAgain(_ id: RecordID, by submission: Submission) async throws {
        try await store.once(submission, about: Subject(.job, id), at: clock.now) { connection, now in
            let job = try Self.find(id, for: submission.viewer, on: connection)
            try JobAction.runAgain.require(of: job, by: submission.viewer)
            try Self.queueAgain(job, at: now, on: connection)
            try AuditTrail.append(
                AuditEvent("job.restarted", subject: job.subject, detail: job.title), by: submission.actor, at: now,
                on: connection)
        }
        bell.ring()
    }

    private static func queueAgain(_ job: Job, at now: Timestamp, on connection: any SQLConnection) throws {
        if job.state == .failed { try Revisions.advance(.failedJobs, on: connection) }
        try connection.execute(
            """
            UPDATE job SET state = ?, tries = 0, not_before = ?, cancel_wanted_at = NULL, problem = NULL, fault = NULL,
                finished_at = NULL
            WHERE id = ?
            """, JobState.queued.rawValue, now, job.id)
    }
}
