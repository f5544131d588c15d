import Components

// One of each model, complete: see ``Page/sample``.

extension FigureBatchPage {
    static let sample = FigureBatchPage(
        tabs: [.sample], heading: "Số liệu tháng 10/2026", facts: [.sample], withdrawn: "Nội dung",
        unfinished: "Nội dung", job: .sample, table: .sample, form: .sample)
}

extension FigureBlockRow {
    static let sample = FigureBlockRow(block: "Nội dung", people: "1.234")
}

extension FigureMonthPage {
    static let sample = FigureMonthPage(
        tabs: [.sample], month: "10/2026", monthBefore: .sample, monthAfter: .sample, summary: "Nội dung",
        missing: "Nội dung",
        table: .sample, blocks: [.sample], hasBlocks: true, blockNote: "Nội dung")
}

extension FiguresPage {
    static let sample = FiguresPage(
        tabs: [.sample], form: .sample, waiting: [.sample], hasWaiting: true, months: .sample,
        batches: .sample)
}

extension FiguresPage.Waiting {
    static let sample = FiguresPage.Waiting(address: "/dia-chi", fileName: "so-lieu.xlsx", when: "15/01/2027 09:30")
}
