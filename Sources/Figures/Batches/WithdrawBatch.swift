public import Access
import Database
public import Jobs
import Kernel

extension Right {
    public static let withdrawFigures = Right("figures.withdraw", "Thu hồi một lô số liệu đã nhận")
}

extension FigureService {
    /// Undoes a batch as a whole: what held before it holds again; its figures stay in the history. Few figures at once, many
    /// by a job, month by month; what a job that ended left in part is gone on with.
    public func withdraw(
        batch number: Int, reason: String, mostAtOnce: Int = FigureJobs.mostAtOnce, with jobs: JobService,
        by submission: Submission
    ) async throws -> FigureOrder {
        try submission.viewer.require(.withdrawFigures)
        let reason = VietnameseText.tidy(reason)
        guard !reason.isEmpty else { throw Refusal(fields: [.init(FigureField.reason, "Hãy ghi lý do thu hồi.")]) }
        let actor = submission.actor
        let held = try await store.read { try Self.heldMonths(of: number, on: $0).reduce(0) { $0 + $1.figures } }
        guard held > mostAtOnce else {
            try await store.once(submission, about: Subject(.figureBatch, number), at: clock.now) { connection, now in
                try Self.mark(number, withdrawn: reason, job: nil, by: actor, at: now, on: connection)
                let months = try Self.heldMonths(of: number, on: connection).map(\.month)
                if let first = months.first, let last = months.last {
                    try Self.restore(first...last, from: number, on: connection)
                }
                try connection.execute("UPDATE figure_batch SET months_left = 0 WHERE number = ?", number)
            }
            return .done
        }
        let now = clock.now
        return .started(
            try await jobs.start(
                FigureJobs.withdrawing, .init(batch: number), title: "Thu hồi lô số liệu số \(number)",
                key: "\(number)",
                by: submission
            ) { job, connection in
                try Self.mark(number, withdrawn: reason, job: job, by: actor, at: now, on: connection)
            })
    }

    private static let notStanding = Refusal(
        .stale, "Lô số liệu này không có hoặc đã được thu hồi. Hãy mở lại trang Số liệu.")

    /// Notes that a batch is undone, and how many months its figures still hold in.
    private static func mark(
        _ number: Int, withdrawn reason: String, job: RecordID?, by actor: Actor, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        guard let batch = try batch(number, on: connection) else { throw notStanding }
        if batch.withdrawnAt != nil {
            guard batch.monthsLeft > 0, batch.worker == nil || batch.worker == job else { throw notStanding }
            try connection.execute("UPDATE figure_batch SET job = ? WHERE number = ?", job, number)
            return
        }
        try connection.execute(
            """
            UPDATE figure_batch SET withdrawn_at = ?, withdrawn_by_name = ?, withdrawn_reason = ?, job = ?, months_left = ?
            WHERE number = ?
            """, now, actor.name, reason, job, try heldMonths(of: number, on: connection).count, number)
        try AuditTrail.append(
            AuditEvent("figures.withdrawn", subject: Subject(.figureBatch, number), detail: reason), by: actor, at: now,
            on: connection)
    }

    /// The months that a batch holds figures in, in order, with how many.
    private static func heldMonths(
        of number: Int, on connection: any SQLConnection
    ) throws -> [(month: Month, figures: Int)] {
        try connection.rows(
            "SELECT month, COUNT(*) AS figures FROM participant_figure WHERE batch = ? GROUP BY month ORDER BY month",
            number
        ).map { (try $0.month("month"), try $0.integer("figures")) }
    }

    /// Lets what held before a withdrawn batch hold again.
    private static func restore(
        _ months: ClosedRange<Month>, from number: Int, on connection: any SQLConnection
    ) throws {
        // Only keys at which the batch held can change.
        try connection.execute(
            """
            INSERT INTO participant_figure (commune, month, scheme, people, batch)
            SELECT e.commune, e.month, e.scheme, e.people, e.batch
            FROM participant_figure p
            JOIN figure_entry e ON e.commune = p.commune AND e.month = p.month AND e.scheme = p.scheme
            JOIN figure_batch b ON b.number = e.batch AND b.withdrawn_at IS NULL
            WHERE p.batch = ? AND p.month BETWEEN ? AND ? AND e.batch = (
                SELECT MAX(l.batch) FROM figure_entry l JOIN figure_batch lb ON lb.number = l.batch
                WHERE lb.withdrawn_at IS NULL AND l.commune = p.commune AND l.month = p.month AND l.scheme = p.scheme)
            ON CONFLICT (commune, month, scheme) DO UPDATE SET people = excluded.people, batch = excluded.batch
            """, number, months.lowerBound, months.upperBound)
        try connection.execute(
            "DELETE FROM participant_figure WHERE batch = ? AND month BETWEEN ? AND ?", number, months.lowerBound,
            months.upperBound)
    }

    /// Undoes a batch of one month at once.
    static func undo(
        _ number: Int, reason: String, by actor: Actor, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try mark(number, withdrawn: reason, job: nil, by: actor, at: now, on: connection)
        let months = try heldMonths(of: number, on: connection).map(\.month)
        if let first = months.first, let last = months.last {
            try restore(first...last, from: number, on: connection)
        }
        try connection.execute("UPDATE figure_batch SET months_left = 0 WHERE number = ?", number)
        try Revisions.advance(.figureBatch, on: connection)
    }

    // MARK: The job

    func withdraw(_ order: FigureJobs.Withdrawing, _ run: JobRun) async throws -> JobResult {
        let (number, job) = (order.batch, run.job.id)
        var left = try await store.read { try Self.heldMonths(of: number, on: $0) }[...]
        let total = left.count
        var pace = ChunkPace()
        repeat {
            var (part, figures) = ([Month](), 0)
            while let next = left.first, part.isEmpty || figures + next.figures <= pace.rows {
                part.append(next.month)
                figures += next.figures
                left.removeFirst()
            }
            let (months, still) = (part, left.count)
            let chunk = try await run.write(JobProgress(total - still, of: total)) { connection in
                guard let batch = try Self.batch(number, on: connection), batch.withdrawnAt != nil, batch.worker == job
                else { throw Self.notStanding }
                if let first = months.first, let last = months.last {
                    try Self.restore(first...last, from: number, on: connection)
                }
                try connection.execute("UPDATE figure_batch SET months_left = ? WHERE number = ?", still, number)
                try Revisions.advance(.figureBatch, on: connection)
                return number
            }
            pace.adapt(to: chunk.held)
        } while !left.isEmpty
        return JobResult(
            "Đã thu hồi lô số liệu số \(number); số liệu trước đó có hiệu lực lại.",
            subject: Subject(.figureBatch, number))
    }
}
