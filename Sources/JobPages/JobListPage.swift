import Access
import Components
import Hummingbird
import Jobs
import Kernel
import WebDesk

struct JobListPage: Page {
    static let template: PageTemplate = "job-list"

    struct Row: Sendable {
        let title: String
        let address: String
        let owner: String
        let asked: String
        let state: Badge
        /// How far it is, what came of it, or what went wrong.
        let told: String
    }

    let lead: String
    let rows: [Row]
    let nothing: Bool
    /// Whether the owner is worth a column.
    let everybody: Bool
}

extension JobPages {
    func listPage(_ request: MemberRequest) async throws -> Response {
        let now = clock.now
        let everybody = request.viewer.may(.keepJobs)
        let rows = try await jobs.jobs(for: request.viewer).map { job in
            JobListPage.Row(
                title: job.title, address: Addresses.job(job.id).text, owner: job.ownerName,
                asked: job.createdAt.vietnamese, state: job.badge(at: now),
                told: job.outcome?.words ?? job.problem
                    ?? [job.share, job.timeLeft(at: now)].compactMap(\.self).joined(separator: ", "))
        }
        let model = JobListPage(
            lead: everybody
                ? "Việc lâu mà hệ thống làm dần phía sau: của mọi người và của chính hệ thống, 100 việc gần nhất."
                : "Việc lâu mà hệ thống làm dần phía sau cho bạn: tạo tệp nén, PDF, nhận tệp lớn. Bạn có thể đóng trang, việc vẫn chạy.",
            rows: rows, nothing: rows.isEmpty, everybody: everybody)
        return try page("Việc chạy nền", model, for: request)
    }
}
