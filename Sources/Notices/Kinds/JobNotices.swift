import Access
import Database
public import Jobs
import Kernel

extension NoticeKind {
    static let jobDone = NoticeKind("jobs.done", "Việc chạy nền của bạn đã xong", weight: .light)
    static let jobFailed = NoticeKind("jobs.failed", "Việc chạy nền của bạn không làm được")
}

extension NoticeArea {
    /// Long work in the background.
    public static let jobs = NoticeArea("Việc chạy nền", [.jobDone, .jobFailed])
}

extension NoticeService {
    /// Tells the owner of a job that it is done, with its result, or that it was given up. Whoever cancelled one knows.
    public static let tellOfJobs: JobTeller = { job, now, connection in
        guard let owner = job.owner else { return }
        try NoticeBoard.resolve([.jobDone, .jobFailed], about: [job.subject], at: now, on: connection)
        let kind: NoticeKind
        let words: (title: String, detail: String)
        switch job.state {
        case .done: (kind, words) = (.jobDone, ("Đã xong: \(job.title)", job.outcome?.words ?? ""))
        case .failed: (kind, words) = (.jobFailed, ("Không làm được: \(job.title)", job.problem ?? ""))
        case .queued, .running, .cancelled: return
        }
        try NoticeBoard.post(
            [
                Notice(
                    kind, key: job.id.text, to: [.account(owner)], about: job.subject, words.title,
                    detail: words.detail,
                    // Then the job itself is forgotten.
                    until: now.day.adding(days: JobKind.keptDays))
            ], at: now, on: connection)
    }
}
