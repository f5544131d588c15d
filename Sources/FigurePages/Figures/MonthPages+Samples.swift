import Components

// One of each model, complete: see ``Page/sample``.

extension FigureBatchPage {
    static let sample = FigureBatchPage(
        tabs: [.sample], heading: "Số liệu tháng 10/2026", facts: [.sample], withdrawn: "Nội dung",
        unfinished: "Nội dung", job: .sample, lines: [.sample], form: .sample)
}

extension FigureBatchPage.Line {
    static let sample = FigureBatchPage.Line(
        name: "Phường An Biên", address: "/dia-chi", month: "10/2026", scheme: "bắt buộc", people: "1.234",
        earlier: "Nội dung", changed: true)
}

extension FigureBlockRow {
    static let sample = FigureBlockRow(block: "Nội dung", people: "1.234")
}

extension FigureMonthPage {
    static let sample = FigureMonthPage(
        tabs: [.sample], month: "10/2026", previous: .sample, next: .sample, summary: "Nội dung", missing: "Nội dung",
        rows: [.sample], blocks: [.sample], hasBlocks: true, blockNote: "Nội dung")
}

extension FigureMonthPage.Row {
    static let sample = FigureMonthPage.Row(
        name: "Phường An Biên", compulsory: "11.111", compulsoryAddress: "/dia-chi", voluntary: "1.234",
        voluntaryAddress: "/dia-chi", total: "12.345", change: "1.234", source: "BHXH thành phố", contested: true)
}

extension FiguresPage {
    static let sample = FiguresPage(
        tabs: [.sample], form: .sample, waiting: [.sample], hasWaiting: true, months: [.sample], noMonths: true,
        batches: [.sample], noBatches: true, older: "/dia-chi")
}

extension FiguresPage.BatchRow {
    static let sample = FiguresPage.BatchRow(
        batchNumber: 7, address: "/dia-chi", fileName: "so-lieu.xlsx", months: "10/2026", when: "15/01/2027 09:30",
        who: "Nguyễn Văn An", source: "BHXH thành phố", counts: "1.234", withdrawn: "Nội dung")
}

extension FiguresPage.MonthRow {
    static let sample = FiguresPage.MonthRow(
        month: "10/2026", address: "/dia-chi", compulsory: "11.111", voluntary: "1.234", total: "12.345",
        coverage: "Nội dung")
}

extension FiguresPage.Waiting {
    static let sample = FiguresPage.Waiting(address: "/dia-chi", fileName: "so-lieu.xlsx", when: "15/01/2027 09:30")
}
