import Components

// One of each model, complete: see ``Page/sample``.

extension ParametersPage {
    static let sample = ParametersPage(
        action: "/dia-chi", day: "15/01/2027", since: "từ 01/01/2026", dayWords: "Nội dung", sinceWords: "Nội dung",
        problem: "Nội dung", hasChanges: true, noChanges: true, changes: [.sample], hasEnded: true, endedCount: 7,
        ended: ["Nội dung"], hasComing: true, coming: [.sample], hasLater: true, laterCount: 12, later: [.sample],
        hasAwaited: true, awaited: [.sample],
        subjects: [.sample],
        subjectTitle: "Nội dung", rows: [.sample], hasWaiting: true, waiting: [.sample])
}

extension ParametersPage.Awaited {
    static let sample = ParametersPage.Awaited(
        document: "Nội dung", until: "31/12/2026", summary: "Nội dung", values: [.sample])
}

extension ParametersPage.AwaitedValue {
    static let sample = ParametersPage.AwaitedValue(
        name: "Phường An Biên", address: "/dia-chi", draft: "dự thảo: 1.500.000 đồng")
}

extension ParametersPage.Change {
    static let sample = ParametersPage.Change(
        name: "Phường An Biên", before: "1.234", after: "1.234", source: "BHXH thành phố")
}

extension ParametersPage.Coming {
    static let sample = ParametersPage.Coming(
        from: "Nguyễn Văn An, 15/01/2027", name: "Phường An Biên", value: "1.500.000 đồng", source: "BHXH thành phố",
        doubt: "Nội dung")
}

extension ParametersPage.Row {
    static let sample = ParametersPage.Row(
        address: "/dia-chi", name: "Phường An Biên", value: "1.500.000 đồng",
        period: "Quý IV/2026", source: "BHXH thành phố", doubt: "Nội dung", note: "Số tạm tính")
}

extension ParametersPage.Subject {
    static let sample = ParametersPage.Subject(title: "Số người tham gia", count: 7, address: "/dia-chi", current: true)
}

extension ParametersPage.Waiting {
    static let sample = ParametersPage.Waiting(name: "Phường An Biên", address: "/dia-chi", awaits: "Nội dung")
}
