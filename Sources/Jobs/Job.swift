public import Database
public import Kernel

extension Subject.Kind {
    /// A piece of long work; its key is the job's identifier.
    public static let job = Self("job")
    /// The jobs that were given up. No audit entry speaks of them; their revision counts how often there were others.
    public static let failedJobs = Self("failed-jobs")
}

/// Where a job stands.
public enum JobState: String, Sendable, CaseIterable {
    /// Waits for its turn, for its hour, or for the next try.
    case queued
    case running
    case done
    /// Given up after the last try, or refused by a rule.
    case failed
    case cancelled

    public var isOver: Bool { self != .queued && self != .running }
}

/// What a job came to, as stored.
public struct JobOutcome: Sendable, Equatable {
    /// One sentence in Vietnamese.
    public let words: String
    /// The thing the work made or changed; its page is where the job leads to.
    public let subject: Subject?
    /// A stored file for the owner.
    public let file: RecordID?
}

/// Whoever tells owners what became of their jobs, in the transaction that ends one. The job is as it ended.
public typealias JobTeller = @Sendable (Job, Timestamp, any SQLConnection) throws -> Void

/// How far a job is.
public struct JobProgress: Sendable, Equatable {
    public var done: Int
    /// Nil while it is not known.
    public var total: Int?
    /// What is being done at present, in Vietnamese; may be empty.
    public var words: String

    public init(_ done: Int, of total: Int?, _ words: String = "") {
        self.done = done
        self.total = total
        self.words = words
    }

    /// 0...100, when the total is known.
    public var percent: Int? {
        guard let total, total > 0 else { return nil }
        return min(100, max(0, done * 100 / total))
    }
}

/// One piece of long work as stored.
public struct Job: Sendable, Equatable {
    public let id: RecordID
    /// The name of its ``JobKind``.
    public let kind: String
    /// What makes it the only one of its kind: the day of a daily deed. Nil when there may be many.
    public let key: String?
    /// What this one does, in Vietnamese.
    public let title: String
    /// Who asked for it; nil for the system's own work.
    public let owner: RecordID?
    public let ownerName: String
    let parameters: String
    public let state: JobState
    public let progress: JobProgress
    let checkpoint: String?
    /// Runs begun since the last finished chunk, the present one included.
    public let tries: Int
    public let notBefore: Timestamp
    /// The server that holds or last held it.
    public let holder: String?
    public let leaseUntil: Timestamp?
    /// Counts the takers: whoever holds an older number may write nothing.
    let fence: Int
    public let cancelWantedAt: Timestamp?
    let runStartedAt: Timestamp?
    let runStartedDone: Int
    public let outcome: JobOutcome?
    /// What went wrong, for people; also that of the last try while another one waits.
    public let problem: String?
    /// The same for the log of engineers.
    public let fault: String?
    public let createdAt: Timestamp
    public let startedAt: Timestamp?
    public let finishedAt: Timestamp?

    public var subject: Subject { Subject(.job, id) }

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        kind = try row.text("kind")
        key = try row.optionalText("once_key")
        title = try row.text("title")
        owner = try row.optionalRecordID("owner")
        ownerName = try row.text("owner_name")
        parameters = try row.text("parameters")
        state = try row.choice("state")
        progress = JobProgress(
            try row.integer("done"), of: try row.optionalInteger("total"), try row.text("words"))
        checkpoint = try row.optionalText("checkpoint")
        tries = try row.integer("tries")
        notBefore = try row.timestamp("not_before")
        holder = try row.optionalText("holder")
        leaseUntil = try row.optionalTimestamp("lease_until")
        fence = try row.integer("fence")
        cancelWantedAt = try row.optionalTimestamp("cancel_wanted_at")
        runStartedAt = try row.optionalTimestamp("run_started_at")
        runStartedDone = try row.integer("run_started_done")
        outcome = try row.optionalText("result_words").map { words in
            JobOutcome(
                words: words, subject: try row.optionalText("result_subject").flatMap { Subject($0) },
                file: try row.optionalRecordID("result_file"))
        }
        problem = try row.optionalText("problem")
        fault = try row.optionalText("fault")
        createdAt = try row.timestamp("created_at")
        startedAt = try row.optionalTimestamp("started_at")
        finishedAt = try row.optionalTimestamp("finished_at")
    }

    /// Seconds to the end at the pace of the present run; nil while nothing can be said.
    public func secondsLeft(at now: Timestamp) -> Int? {
        guard state == .running, let total = progress.total, let begun = runStartedAt else { return nil }
        let done = progress.done - runStartedDone
        let elapsed = Int(now.secondsSinceEpoch - begun.secondsSinceEpoch)
        guard done > 0, elapsed > 0, total >= progress.done else { return nil }
        return elapsed * (total - progress.done) / done
    }
}
