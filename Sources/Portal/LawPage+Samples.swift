import Components

// One of each model, complete: see ``Page/sample``.

extension LawPage {
    static let sample = LawPage(
        heading: "Số liệu tháng 10/2026", lead: "UBND phường An Biên", action: "/dia-chi", siblings: [.sample],
        first: [.sample], rest: [.sample], hasRest: true, restWords: "giới tính, hộ gia đình",
        restIsOpen: true, cases: [.sample], hasCases: true, problems: [.sample], hasProblems: true, hasResult: true,
        headline: "Nội dung",
        about: "Nội dung", figures: [.sample], charts: [.sample], remarks: ["Nội dung"], tables: [.sample],
        steps: [.sample], parameters: [.sample], hasNext: true, next: ["Nội dung"], doubts: ["Nội dung"],
        decider: "cơ quan BHXH", basis: "Nội dung", contact: "Nội dung")
}

extension LawIndexPage {
    static let sample = LawIndexPage(groups: [.sample])
}

extension LawIndexPage.Group {
    static let sample = LawIndexPage.Group(title: "Hưởng", entries: [.sample])
}

extension LawIndexPage.Entry {
    static let sample = LawIndexPage.Entry(title: "Lương hưu", address: "/dia-chi", lead: "Nội dung")
}

extension LawPage.Cell {
    static let sample = LawPage.Cell(label: "Nội dung", value: "1.500.000 đồng")
}

extension LawPage.Figure {
    static let sample = LawPage.Figure(label: "Nội dung", value: "1.500.000 đồng")
}

extension LawPage.Parameter {
    static let sample = LawPage.Parameter(
        name: "Phường An Biên", value: "1.500.000 đồng", period: "Quý IV/2026", source: "BHXH thành phố",
        doubt: "Nội dung", note: "Số tạm tính")
}

extension LawPage.Problem {
    static let sample = LawPage.Problem(address: "/dia-chi", message: "Không phải số")
}

extension LawPage.Row {
    static let sample = LawPage.Row(head: "Nội dung", cells: [.sample])
}

extension LawPage.Step {
    static let sample = LawPage.Step(label: "Nội dung", working: "Nội dung", result: "Nội dung", article: "Nội dung")
}

extension LawPage.Table {
    static let sample = LawPage.Table(caption: "Nội dung", heads: ["Nội dung"], rows: [.sample])
}
