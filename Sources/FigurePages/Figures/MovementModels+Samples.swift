import Components

// One of each model, complete: see ``Page/sample``.

extension MovementsPage {
    static let sample = MovementsPage(
        tabs: [.sample], form: .sample, labourForm: .sample, waiting: [.sample], hasWaiting: true, nothing: "Nội dung",
        months: [.sample],
        hasMonths: true, month: "10/2026", accountCaption: "Nội dung", balances: [.sample], hasBalances: true,
        pager: .sample, table: .sample, batches: .sample)
}

extension MovementsPage.Waiting {
    static let sample = MovementsPage.Waiting(address: "/dia-chi", fileName: "b16a.xlsx", when: "Nội dung")
}

extension MovementsPage.MonthLink {
    static let sample = MovementsPage.MonthLink(label: "10/2026", address: "/dia-chi", isCurrent: true)
}

extension MovementBalanceRow {
    static let sample = MovementBalanceRow(
        name: "Toàn thành phố, tự nguyện", note: "113/114 đơn vị", opening: "1.234", joined: "12", returned: "3",
        stopped: "4", expected: "1.245", closing: "1.250", remainder: "+5")
}

extension MovementUploadPage {
    static let sample = MovementUploadPage(
        tabs: [.sample], fileName: "b16a.xlsx", state: "Nội dung", batchAddress: "/dia-chi", verdict: "Nội dung",
        facts: [.sample], errorCount: 7, hasErrors: true, errors: [.sample], hasWarnings: true, warnings: [.sample],
        doubts: ["Nội dung"], hasDoubts: true, acceptForm: .sample, discardForm: .sample, lines: [.sample],
        hasLines: true,
        repairCount: 7, hasRepairs: true,
        repairs: [.sample], ignored: "Nội dung", skipped: "Nội dung")
}

extension MovementUploadPage.Line {
    static let sample = MovementUploadPage.Line(
        place: "Toàn thành phố", title: "Người tiềm năng", value: "1.234", before: "mới")
}

extension MovementBatchPage {
    static let sample = MovementBatchPage(
        tabs: [.sample], heading: "Lô biến động số 7", withdrawn: "Nội dung", facts: [.sample], table: .sample,
        form: .sample)
}
