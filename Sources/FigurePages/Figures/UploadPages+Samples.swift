import Components

// One of each model, complete: see ``Page/sample``.

extension UploadPage {
    static let sample = UploadPage(
        tabs: [.sample], fileName: "so-lieu.xlsx", fileAddress: "/dia-chi", state: "Nội dung", batchAddress: "/dia-chi",
        job: .sample,
        verdict: "Nội dung", totals: "Nội dung", moves: [.sample], hasMoves: true,
        monthsRead: "Nội dung", errorCount: 7, hasErrors: true,
        errors: [.sample], moreErrors: "Nội dung", returnedAddress: "/dia-chi", hasWarnings: true, warnings: [.sample],
        hasRepairs: true, repairs: [.sample], repairCount: 7, moreRepairs: "Nội dung", silent: "Nội dung",
        ignored: "Nội dung", skipped: "Nội dung", sameFile: "/dia-chi", sameFileAddress: "/dia-chi",
        replaced: [.sample], hasReplaced: true, replacedCount: 7, values: [.sample], hasValues: true,
        acceptForm: .sample, jumpForm: .sample, discardForm: .sample)
}

extension UploadPage.Note {
    static let sample = UploadPage.Note(place: "dòng 7", cell: "12,x", message: "Không phải số")
}

extension UploadPage.Move {
    static let sample = UploadPage.Move(sentence: "Tháng 10/2026: giảm 13 %", bound: "5 %")
}

extension UploadPage.Replaced {
    static let sample = UploadPage.Replaced(
        name: "Phường An Biên", month: "10/2026", scheme: "bắt buộc", before: "1.234", after: "1.234")
}

extension UploadPage.Value {
    static let sample = UploadPage.Value(
        name: "Phường An Biên", month: "10/2026", compulsory: "11.111", voluntary: "1.234")
}

extension UploadWaitingPage {
    static let sample = UploadWaitingPage(
        tabs: [.sample], fileName: "so-lieu.xlsx", fileAddress: "/dia-chi", state: "Nội dung", live: "2",
        discardForm: .sample)
}
