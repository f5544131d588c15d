import Components

// One of each model, complete: see ``Page/sample``.

extension DeliveryListPage {
    static let sample = DeliveryListPage(
        lead: "Nội dung", send: .sample, others: [.sample], years: [.sample], table: .sample)
}

extension DeliveryPage {
    static let sample = DeliveryPage(
        back: .sample, heading: "Phiếu nhận 12/2026", state: .sample, meaning: "Nội dung", reason: "Nội dung",
        live: "receiving",
        job: .sample, progress: "40.000 dòng đã đọc", links: [.sample], facts: [.sample], counts: [.sample],
        leftOut: [.sample], hasLeftOut: true,
        linked: [.sample], hasLinked: true, notLinked: "Nội dung", pairs: .sample, returned: [.sample],
        hasReturned: true, repairs: [.sample], hasRepairs: true, doubts: [.sample],
        hasDoubts: true, stages: [.sample], events: ["Nội dung"],
        setAside: FormPanel(title: "Bỏ qua", form: .sample, open: true), withdrawal: .sample)
}

extension SendListPage {
    static let sample = SendListPage(back: .sample, form: .sample, waiting: [.sample], hasWaiting: true)
}

extension DeliveryUploadPage {
    static let sample = DeliveryUploadPage(
        back: .sample, heading: "d09.xlsx", state: "Nội dung", live: "1", progress: "40.000 dòng đã đọc",
        facts: [.sample], same: .sample, problem: "Nội dung", oldText: "Nội dung",
        candidates: [Candidate(title: "D09-TS", why: "91 %")], hasCandidates: true, columnsTitle: "Dòng tiêu đề 5",
        columns: [Column(letters: "A", heading: "Họ và tên", meaning: "Họ và tên")], hasColumns: true,
        missing: "Nội dung", remembered: "Nội dung", explainLink: .sample, counts: [.sample], hasCounts: true,
        leftOut: [.sample], ground: "TT 3/2026", hasLeftOut: true,
        returned: [.sample], hasReturned: true, sentences: ["Nội dung"], otherPeriod: "Nội dung",
        doubted: ["Nội dung"], hasDoubted: true, repairs: [.sample], hasRepairs: true,
        passed: [.sample], hasPassed: true, rowHeadings: ["Họ và tên"],
        rows: [Row(place: "7", cells: ["Nguyễn Thị Mẫu"], notes: "Nội dung")], hasRows: true, acceptForm: .sample,
        chooseForm: .sample, explainForm: .sample, deliverForm: .sample, discardForm: .sample)
}

extension ReturnedListPage {
    static let sample = ReturnedListPage(back: .sample, heading: "Dòng trả lại", all: .sample, table: .sample)
}

extension ReturnedRowPage {
    static let sample = ReturnedRowPage(
        back: .sample, heading: "Dòng 7", state: .sample, facts: [.sample], sentence: "Nội dung", cells: ["Nội dung"],
        hasCells: true, events: ["Nội dung"], hasEvents: true, openForm: .sample, setAsideForm: .sample)
}

extension DeliveryCalendarPage {
    static let sample = DeliveryCalendarPage(
        back: .sample, year: 2026, years: [.sample], missing: "Nội dung", table: .sample)
}
