import Access
import Components
import Hummingbird
import Jobs
import Kernel
import WebDesk

struct JobListPage: Page {
    static let template: PageTemplate = "job-list"

    let lead: String
    let table: TableModel
}

/// A job as a line of the list of them.
struct JobLine: Sendable {
    let job: Job
    let now: Timestamp

    /// How far it is, what came of it, or what went wrong.
    var told: String {
        job.outcome?.words ?? job.problem
            ?? [job.share, job.timeLeft(at: now)].compactMap(\.self).joined(separator: ", ")
    }
}

extension JobPages {
    static let jobList = ListTable<JobLine>(
        "viec-chay-nen", "Việc chạy nền", hasWords: false,
        columns: [
            .init(
                "viec", "Việc", width: 50, cell: { TableCell($0.job.title, link: Addresses.job($0.job.id)) },
                value: { .text($0.job.title) }),
            .init("nguoi", "Người yêu cầu", value: { .text($0.job.ownerName) }),
            .init("luc", "Yêu cầu lúc", width: 20, value: { .moment($0.job.createdAt) }),
            .init(
                "tinh-trang", "Tình trạng", width: 20,
                cell: { TableCell(badge: $0.job.badge(at: $0.now), more: $0.told.isEmpty ? nil : $0.told) },
                value: { .ranked($0.job.state.rank, $0.job.badge(at: $0.now).label) }),
        ])

    static func order(_ query: TableQuery) -> JobOrder? {
        query.order.flatMap { order in
            let parts: [String: JobOrder.Part] = ["viec": .kind, "nguoi": .owner, "luc": .asked, "tinh-trang": .state]
            return parts[order.column].map { JobOrder($0, descending: order.isDescending) }
        }
    }

    var jobWorkbook: ListWorkbook {
        ListWorkbook(Self.jobList.outline, of: Subject(.job), .member) { reader in
            let query = reader.selection(Self.jobList.outline)
            let now = clock.now
            let found = try await jobs.page(for: reader.viewer, by: Self.order(query), size: reader.most + 1)
            return reader.sheet(Self.jobList, found.jobs.map { JobLine(job: $0, now: now) })
        }
    }

    func listPage(_ request: MemberRequest) async throws -> Response {
        let now = clock.now
        let query = try await query(Self.jobList.outline, of: request)
        let found = try await jobs.page(
            for: request.viewer, by: Self.order(query), page: query.page, size: query.rowsAtOnce)
        let model = JobListPage(
            lead: request.viewer.may(.keepJobs)
                ? "Việc lâu mà hệ thống làm dần phía sau: của mọi người và của chính hệ thống. Việc đang chạy và việc không làm được đứng đầu."
                : "Việc lâu mà hệ thống làm dần phía sau cho bạn: tạo tệp nén, PDF, nhận tệp lớn. Bạn có thể đóng trang, việc vẫn chạy.",
            table: try list(
                Self.jobList,
                TablePage(
                    rows: found.jobs.map { JobLine(job: $0, now: now) }, total: found.total, page: found.page,
                    pages: query.pages(of: found.total)), query, at: TablePlace(Addresses.jobs()),
                workbook: Addresses.jobs.workbook(), nothing: "Chưa có việc nào."))
        return try page("Việc chạy nền", model, for: request)
    }
}
