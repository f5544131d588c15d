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

    struct Section: Sendable {
        let sectionTitle: String?
        let rows: [Row]
    }

    let lead: String
    let sections: [Section]
    let nothing: Bool
    /// Whether the owner is worth a column.
    let everybody: Bool
    let older: String?
}

extension JobPages {
    func listPage(_ request: MemberRequest) async throws -> Response {
        let now = clock.now
        let everybody = request.viewer.may(.keepJobs)
        let size = 50
        let found = try await jobs.jobs(
            for: request.viewer, before: RecordID(request.query[.before]), limit: size)
        func row(_ job: Job) -> JobListPage.Row {
            JobListPage.Row(
                title: job.title, address: Addresses.job(job.id).text, owner: job.ownerName,
                asked: job.createdAt.vietnamese, state: job.badge(at: now),
                told: job.outcome?.words ?? job.problem
                    ?? [job.share, job.timeLeft(at: now)].compactMap(\.self).joined(separator: ", "))
        }
        let model = JobListPage(
            lead: everybody
                ? "Việc lâu mà hệ thống làm dần phía sau: của mọi người và của chính hệ thống."
                : "Việc lâu mà hệ thống làm dần phía sau cho bạn: tạo tệp nén, PDF, nhận tệp lớn. Bạn có thể đóng trang, việc vẫn chạy.",
            sections: [
                .init(sectionTitle: "Đang chạy, không làm được", rows: found.pressing.map(row)),
                .init(sectionTitle: found.pressing.isEmpty ? nil : "Việc khác", rows: found.others.map(row)),
            ].filter { !$0.rows.isEmpty }, nothing: found.pressing.isEmpty && found.others.isEmpty,
            everybody: everybody,
            older: found.others.count == size
                ? found.others.last.map { Addresses.jobs().with(.before, $0.id).text } : nil)
        return try page("Việc chạy nền", model, for: request)
    }
}
