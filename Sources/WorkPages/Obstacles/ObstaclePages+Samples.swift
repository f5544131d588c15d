import Components

// One of each model, complete: see ``Page/sample``.

extension ObstaclePage {
    static let sample = ObstaclePage(
        back: .sample, title: "Số người tham gia", text: "Lập danh sách hộ chưa tham gia", status: .sample,
        facts: [.sample], answer: "Nội dung", legalBasis: "Nội dung", mergedInto: .sample, merged: [.sample],
        hasMerged: true, actions: [.sample])
}

extension ObstaclesPage {
    static let sample = ObstaclesPage(
        chips: [.sample], table: .sample, sendAddress: "/dia-chi", groups: .sample)
}

extension ObstacleGroupsPage {
    static let sample = ObstacleGroupsPage(
        back: .sample, lead: "Nội dung", form: .sample, groups: [.sample], empty: true, pager: .sample,
        report: .sample)
}

extension ObstacleGroupsPage.Group {
    static let sample = ObstacleGroupsPage.Group(title: "BHXH tự nguyện", rows: [.sample])
}

extension ObstacleGroupsPage.Row {
    static let sample = ObstacleGroupsPage.Row(
        id: "vm-01", box: .init(name: "obstacle", value: "01"), formID: "nhom", title: "Số người tham gia",
        address: "/dia-chi", from: "Phường An Biên",
        status: .sample)
}
