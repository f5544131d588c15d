import Components

// One of each model, complete: see ``Page/sample``.

extension JobListPage {
    static let sample = JobListPage(lead: "Nội dung", table: .sample)
}

extension JobPage {
    static let sample = JobPage(
        back: .sample, heading: "Tạo PDF", state: .sample, live: "running-1-false", percent: 35,
        share: "40 trong 114 (35 %)", words: "Nội dung", timeLeft: "còn khoảng 3 phút", outcome: "Đã tạo PDF.",
        problem: "Nội dung", file: .sample, next: .sample, facts: [.sample], cancelForm: .sample, againForm: .sample)
}
