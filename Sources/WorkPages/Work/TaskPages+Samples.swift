import Components

// One of each model, complete: see ``Page/sample``.

extension TaskPage {
    static let sample = TaskPage(
        back: .sample, code: "I.5", text: "Lập danh sách hộ chưa tham gia", origin: "Nội dung", guide: "Nội dung",
        facts: [.sample], override: "Nội dung", changes: ["Nội dung"], hasChanges: true, counts: .sample,
        table: .sample, actions: [.sample])
}

extension TasksPage {
    static let sample = TasksPage(years: [.sample], table: .sample, summary: "Nội dung")
}
