import Components

// One of each model, complete: see ``Page/sample``.

extension ContestView {
    static let sample = ContestView(
        subject: "Nội dung", address: "/dia-chi", stated: "Nội dung", proposed: "Nội dung", difference: "Nội dung",
        reason: "Số chốt sớm", document: "120/QĐ-UBND", proofName: "minh-chung.pdf", proofAddress: "/dia-chi",
        eraseAddress: "/dia-chi",
        sender: "Nguyễn Văn An", outcome: "Nội dung", forms: [.sample])
}

extension ContestsPage {
    static let sample = ContestsPage(tabs: [.sample], contests: [.sample], nothing: true)
}

extension FigurePage {
    static let sample = FigurePage(
        tabs: [.sample], heading: "Số liệu tháng 10/2026", unitLink: .sample, figureNow: "1.234",
        figureSource: "Nội dung", contests: [.sample], hasContests: true, versions: [.sample], hasVersions: true,
        actions: [.sample])
}

extension FigurePage.Version {
    static let sample = FigurePage.Version(
        people: "1.234", source: "BHXH thành phố", batchTitle: "Nội dung", batchAddress: "/dia-chi",
        when: "15/01/2027 09:30", status: "Nội dung")
}
