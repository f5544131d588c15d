import Components

// One of each model, complete: see ``Page/sample``.

extension WorkListPage {
    static let sample = WorkListPage(
        heading: "Số liệu tháng 10/2026", chips: [.sample], filters: "<p>Lọc</p>", board: true, otherView: .sample,
        table: .sample, columns: [.sample], total: "12.345")
}

extension WorkListPage.Chip {
    static let sample = WorkListPage.Chip(label: "Nội dung", number: "1.234", address: "/dia-chi", current: true)
}

extension WorkListPage.Column {
    static let sample = WorkListPage.Column(
        title: "Số người tham gia", number: "1.234", rows: [.sample], address: "/dia-chi", more: "/dia-chi")
}
