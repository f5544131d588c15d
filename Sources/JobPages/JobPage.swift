import Access
import Components
import Hummingbird
import Jobs
import Kernel
import WebDesk

/// One job, shown anew every few seconds while it is not over.
struct JobPage: Page {
    static let template: PageTemplate = "job"

    let back: Frame.Link
    let heading: String
    let state: Badge
    /// Changes with what the page can do; the script then loads the whole page anew. Nil when the job is over.
    let live: String?
    let percent: Int?
    let share: String?
    let words: String?
    let timeLeft: String?
    let outcome: String?
    let problem: String?
    let file: Frame.Link?
    let next: Frame.Link?
    let facts: [Fact]
    let cancelForm: FormModel?
    let againForm: FormModel?
}

extension JobPages {
    func jobPage(_ request: MemberRequest) async throws -> Response {
        let job = try await jobs.job(try Self.id(request), for: request.viewer)
        if job.state.isOver { try await desk.seen(job.subject, by: request) }
        let now = clock.now
        let running = job.state == .running
        let open = job.actions(for: request.viewer)
        let model = JobPage(
            back: Frame.Link("Việc chạy nền", Addresses.jobs()), heading: job.title, state: job.badge(at: now),
            live: job.state.isOver ? nil : "\(job.state.rawValue)-\(job.tries)-\(job.cancelWantedAt != nil)",
            percent: running ? job.progress.percent : nil, share: job.state == .done ? nil : job.share,
            words: running && !job.progress.words.isEmpty ? job.progress.words : nil,
            timeLeft: job.timeLeft(at: now), outcome: job.outcome?.words, problem: job.problem,
            file: open.contains(.takeFile)
                ? Frame.Link("Tải kết quả", Addresses.jobFile(job.id)) : nil,
            next: job.outcome?.subject.flatMap { desk.page(of: $0) }.map { Frame.Link("Xem kết quả", $0) },
            facts: facts(of: job, for: request.viewer),
            cancelForm: open.contains(.cancel)
                ? form(
                    "huy", Addresses.cancelJob(job.id), "Huỷ việc này", look: "warning",
                    asks: "Phần chưa làm bị bỏ; phần đã ghi vẫn giữ. Muốn làm tiếp thì “Chạy lại”.", for: request)
                : nil,
            againForm: open.contains(.runAgain)
                ? form("chay-lai", Addresses.runJobAgain(job.id), "Chạy lại", for: request) : nil)
        return try page(job.title, model, for: request, refreshing: !job.state.isOver)
    }

    private func facts(of job: Job, for viewer: Viewer) -> [Fact] {
        var facts = [
            Fact(label: "Loại việc", value: jobs.title(ofKind: job.kind)),
            Fact(label: "Người yêu cầu", value: "\(job.ownerName), \(job.createdAt.vietnamese)"),
        ]
        if let begun = job.startedAt { facts.append(Fact(label: "Bắt đầu", value: begun.vietnamese)) }
        if let ended = job.finishedAt { facts.append(Fact(label: "Kết thúc", value: ended.vietnamese)) }
        if job.tries > 1 { facts.append(Fact(label: "Số lần thử", value: "\(job.tries)")) }
        guard viewer.may(.keepJobs) else { return facts }
        if let holder = job.holder { facts.append(Fact(label: "Máy chủ", value: holder)) }
        if let fault = job.fault { facts.append(Fact(label: "Lỗi kỹ thuật", value: fault)) }
        return facts
    }
}
