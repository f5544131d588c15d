import Components

// One of each model, complete: see ``Page/sample``.

extension PlanPage {
    static let sample = PlanPage(
        heading: "Số liệu tháng 10/2026", facts: [.sample], baseline: [.sample], targets: [.sample],
        legalBases: ["Nội dung"],
        laws: [.init(name: "Luật", days: "29/06/2024", state: .sample, words: "Nội dung")], hasLaws: true,
        sections: [.sample], actions: [.sample])
}

extension PlanPage.TargetRow {
    static let sample = PlanPage.TargetRow(
        year: 2027, total: "12.345", voluntary: "1.234", growth: "1.234", voluntaryGrowth: "1.234")
}

extension PlanPage.Text {
    static let sample = PlanPage.Text(title: "Số người tham gia", points: ["Nội dung"])
}
