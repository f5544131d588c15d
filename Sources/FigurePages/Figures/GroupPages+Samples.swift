import Components

// One of each model, complete: see ``Page/sample``.

extension GroupsPage {
    static let sample = GroupsPage(
        heading: "Số liệu tháng 10/2026", unitLink: .sample, groupSummary: "Nội dung", table: .sample,
        problems: [.sample], hasProblems: true, loaded: "Nội dung", form: .sample, addForm: .sample,
        editing: "Nội dung", editForm: .sample, removeForm: .sample)
}
