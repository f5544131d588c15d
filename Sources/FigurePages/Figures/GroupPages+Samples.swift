import Components

// One of each model, complete: see ``Page/sample``.

extension GroupsPage {
    static let sample = GroupsPage(
        heading: "Số liệu tháng 10/2026", unitLink: .sample, groupSummary: "Nội dung", rows: [.sample], nothing: true,
        problems: [.sample], hasProblems: true, loaded: "Nội dung", form: .sample, addForm: .sample,
        editing: "Nội dung", editForm: .sample, removeForm: .sample)
}

extension GroupsPage.Row {
    static let sample = GroupsPage.Row(
        name: "Phường An Biên", households: "1.234", people: "1.234", target: "1.234", now: "1.234",
        countedOn: "Nội dung", progress: "Nội dung", editAddress: "/dia-chi")
}
