import Access
import Jobs
import Kernel

extension DaySource {
    /// Long work that was given up: one's own; of everybody and of the system for those who keep it.
    public static let failedJobs = DaySource([.failedJobs]) { viewer, _, connection in
        try JobService.failed(for: viewer, limit: DayService.most, on: connection).map { job in
            DayItem(.failedJob, job.subject, job.title, detail: "yêu cầu: \(job.ownerName)", note: job.problem)
        }
    }
}
