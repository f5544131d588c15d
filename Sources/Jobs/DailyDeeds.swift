import Access
import Database
import Files
import Kernel

/// Something the system does by itself once a day: a job whose key is the day.
public struct DailyDeed: Sendable {
    public let name: JobName<NoParameters>
    /// Vietnamese; the list of jobs adds the day.
    public let title: String
    /// The hour of Viet Nam's clock from which it is done.
    public let hour: Int

    public init(_ name: JobName<NoParameters>, title: String, hour: Int) {
        self.name = name
        self.title = title
        self.hour = hour
    }
}

extension JobService {
    /// Adds today's deeds whose hour has come. Every server may ask, as often as it likes: each deed is added once.
    /// - Returns: how many were added.
    @discardableResult
    public func addDue(_ deeds: [DailyDeed]) async throws -> Int {
        let now = clock.now
        let due = deeds.filter { now >= Timestamp(day: now.day, hour: $0.hour) && kinds[$0.name.text] != nil }
        let key = now.day.description
        let missing = try await store.read { connection in
            // By a clock that is not believed nothing is done by itself: it would be done for good.
            let verdict = try ClockState.read(on: connection).verdict(at: now)
            guard verdict == .sound else { throw ClockProblem(now: now, verdict: verdict) }
            return try due.filter { try Self.find(kind: $0.name.text, key: key, on: connection) == nil }
        }
        guard !missing.isEmpty else { return 0 }
        return try await store.write { connection in
            try missing.reduce(into: 0) { count, deed in
                let added = try Self.add(
                    deed.name, NoParameters(), title: "\(deed.title) ngày \(now.day.vietnamese)", key: key,
                    notBefore: now, at: now, on: connection)
                if added { count += 1 }
            }
        }
    }

}

extension JobKind {
    /// How long a finished job is kept, with the file it made.
    public static let keptDays = 60

    /// The daily deed that forgets what finished long ago.
    public static let forgetting = JobKind(JobName.forgetting, title: "Dọn việc chạy nền đã cũ", right: nil) { _, run in
        let oldest = Timestamp(day: run.service.clock.today.adding(days: -keptDays))
        var forgotten = 0
        while true {
            // Few at a time: their files may be large.
            let before = forgotten
            let count = try await run.write(JobProgress(before, of: nil)) { connection in
                before + (try JobService.forget(before: oldest, atMost: 20, on: connection))
            }.checkpoint
            guard count > forgotten else { break }
            forgotten = count
        }
        let yesterday = run.service.clock.now.adding(seconds: -86_400)
        let total = forgotten
        while try await run.write(
            JobProgress(total, of: nil), { try StoredFiles.removeStaged(before: yesterday, on: $0) }
        ).checkpoint {}
        return JobResult("Đã dọn \(forgotten) việc kết thúc trước ngày \(oldest.day.vietnamese).")
    }
}

extension JobName where Parameters == NoParameters {
    /// ``JobKind/forgetting``
    public static let forgetting = JobName("jobs.forget")
}

extension JobService {
    static func forget(before oldest: Timestamp, atMost limit: Int, on connection: any SQLConnection) throws -> Int {
        let old = try connection.rows(
            "SELECT id, result_file FROM job WHERE finished_at < ? ORDER BY finished_at LIMIT ?", oldest, limit)
        if !old.isEmpty { try Revisions.advance(.failedJobs, on: connection) }
        for row in old {
            try connection.execute("DELETE FROM job WHERE id = ?", try row.recordID("id"))
            if let file = try row.optionalRecordID("result_file") { try StoredFiles.remove(file, on: connection) }
        }
        return old.count
    }
}
