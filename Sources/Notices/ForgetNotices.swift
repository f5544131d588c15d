import Database
public import Jobs
import Kernel

extension JobName where Parameters == NoParameters {
    /// ``NoticeService/forgetting``
    public static let forgettingNotices = JobName("notices.forget")
}

extension NoticeService {
    /// How long a notice is kept after it was read, or after its fact was gone.
    public static let keptDays = 60
    /// How long one is kept that nobody reads.
    public static let keptUnreadDays = 400

    /// The daily deed that removes what was read, or ended, long ago.
    public var forgetting: JobKind {
        JobKind(JobName.forgettingNotices, title: "Dọn thông báo đã cũ", right: nil) { _, run in
            var pace = ChunkPace()
            var forgotten = 0
            while true {
                let (before, limit) = (forgotten, pace.rows)
                let chunk = try await run.write(JobProgress(before, of: nil)) { connection in
                    before + (try Self.forget(today: clock.today, atMost: limit, on: connection))
                }
                pace.adapt(to: chunk.held)
                guard chunk.checkpoint > before else { break }
                forgotten = chunk.checkpoint
            }
            return JobResult("Đã dọn \(forgotten) thông báo đã đọc hoặc đã giải quyết quá \(Self.keptDays) ngày.")
        }
    }

    /// - Returns: how many were removed.
    static func forget(today: Day, atMost limit: Int, on connection: any SQLConnection) throws -> Int {
        let oldest = Timestamp(day: today.adding(days: -keptDays))
        let old = try connection.rows(
            """
            SELECT n.id FROM notice n
            WHERE n.resolved_at < ? OR n.until_day < ? OR n.at < ?
                OR (n.at < ? AND EXISTS (SELECT 1 FROM notice_reader r WHERE r.notice = n.id AND r.read_at < ?))
            ORDER BY n.id LIMIT ?
            """, oldest, oldest.day, Timestamp(day: today.adding(days: -keptUnreadDays)), oldest, oldest, limit
        ).map { try $0.recordID("id") }
        for id in old {
            try connection.execute("DELETE FROM notice_reader WHERE notice = ?", id)
            try connection.execute("DELETE FROM notice_addressee WHERE notice = ?", id)
            try connection.execute("DELETE FROM notice WHERE id = ?", id)
        }
        return old.count
    }
}
