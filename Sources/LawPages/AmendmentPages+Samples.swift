import Components

// One of each model, complete: see ``Page/sample``.

extension AmendmentPage {
    static let sample = AmendmentPage(
        back: .sample, heading: "Số liệu tháng 10/2026", facts: [.sample], before: [.sample], after: [.sample],
        headline: "Nội dung", hasChanges: true, changes: [.sample], derived: "Nội dung", resting: "Nội dung",
        keep: .sample, drop: .sample)
}

extension AmendmentPage.Change {
    static let sample = AmendmentPage.Change(
        summary: "Nội dung", counted: "Nội dung", example: "Nội dung", output: "Nội dung", before: "1.234",
        after: "1.234")
}

extension ParameterPage {
    static let sample = ParameterPage(
        back: .sample, heading: "Số liệu tháng 10/2026", key: "voluntary.rate", of: "Nội dung", waits: "Nội dung",
        draft: "dự thảo: 1.500.000 đồng",
        values: [.sample], nothing: true, entries: [.sample], hasEntries: true, users: ["Nội dung"], hasUsers: true,
        form: .sample, editLink: .sample)
}

extension ParameterPage.Entry {
    static let sample = ParameterPage.Entry(
        words: "Nội dung", told: "Nội dung", reason: "Số chốt sớm", end: "1.234", documentAddress: "/dia-chi",
        withdrawForm: .sample)
}

extension ParameterPage.Value {
    static let sample = ParameterPage.Value(
        period: "Quý IV/2026", value: "1.500.000 đồng", source: "BHXH thành phố", doubt: "Nội dung",
        note: "Số tạm tính", isNow: true)
}
