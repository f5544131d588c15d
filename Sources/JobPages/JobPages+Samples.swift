import Components

// One of each model, complete: see ``Page/sample``.

extension JobListPage {
    static let sample = JobListPage(
        lead: "Nội dung", sections: [.init(sectionTitle: "Việc khác", rows: [.sample])], nothing: true, everybody: true,
        older: "/dia-chi")
}

extension JobListPage.Row {
    static let sample = JobListPage.Row(
        title: "Tạo PDF", address: "/dia-chi", owner: "Nguyễn Văn An", asked: "09:30 ngày 15/01/2027", state: .sample,
        told: "40 trong 114 (35 %)")
}

extension JobPage {
    static let sample = JobPage(
        back: .sample, heading: "Tạo PDF", state: .sample, live: "running-1-false", percent: 35,
        share: "40 trong 114 (35 %)", words: "Nội dung", timeLeft: "còn khoảng 3 phút", outcome: "Đã tạo PDF.",
        problem: "Nội dung", file: .sample, next: .sample, facts: [.sample], cancelForm: .sample, againForm: .sample)
}
