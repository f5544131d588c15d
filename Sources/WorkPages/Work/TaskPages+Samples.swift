import Components

// One of each model, complete: see ``Page/sample``.

extension TaskPage {
    static let sample = TaskPage(
        back: .sample, code: "I.5", text: "Lập danh sách hộ chưa tham gia", origin: "Nội dung", guide: "Nội dung",
        facts: [.sample], override: "Nội dung", changes: ["Nội dung"], hasChanges: true, counts: .sample,
        table: .sample, actions: [.sample])
}

extension TasksPage {
    static let sample = TasksPage(years: [.sample], groups: [.sample], summary: "Nội dung")
}

extension TasksPage.Group {
    static let sample = TasksPage.Group(title: "Số người tham gia", rows: [.sample])
}

extension TasksPage.Row {
    static let sample = TasksPage.Row(
        code: "I.5", text: "Lập danh sách hộ chưa tham gia", added: true, address: "/dia-chi", leads: "Nội dung",
        products: "Nội dung", deadline: "Nội dung", late: "1.234", accepted: "1.234", all: "1.234")
}
