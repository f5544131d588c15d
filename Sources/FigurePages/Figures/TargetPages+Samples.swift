import Components

// One of each model, complete: see ``Page/sample``.

extension TargetVersionsPage {
    static let sample = TargetVersionsPage(
        tabs: [.sample], heading: "Số liệu tháng 10/2026", unitLink: .sample, rows: [.sample], nothing: true)
}

extension TargetVersionsPage.Row {
    static let sample = TargetVersionsPage.Row(
        year: 2027, version: 7, total: "12.345", compulsory: "11.111", voluntary: "1.234", document: "120/QĐ-UBND",
        when: "15/01/2027 09:30",
        status: "Nội dung")
}

extension TargetsPage {
    static let sample = TargetsPage(
        tabs: [.sample], year: 2027, years: [.sample], sums: [.sample], without: "Nội dung", table: .sample,
        byTwo: .sample, form: .sample, problems: [.sample], hasProblems: true, loaded: "Nội dung")
}

extension TargetsPage.Sum {
    static let sample = TargetsPage.Sum(
        measureTitle: "Nội dung", city: "Nội dung", communesSum: "1.234", difference: "Nội dung", alarm: true)
}
