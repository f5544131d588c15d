import Components

// One of each model, complete: see ``Page/sample``.

extension IdentitiesPage {
    static let sample = IdentitiesPage(lead: "Nội dung", table: .sample)
}

extension IdentityPage {
    static let sample = IdentityPage(
        back: .sample, heading: "Sở Nội vụ", heads: [.sample], keepForm: .sample, form: .sample,
        statements: [.sample], hasStatements: true)
}

extension IdentityPage.Statement {
    static let sample = IdentityPage.Statement(since: "từ 01/01/2027", words: "Sở Nội vụ; SNV", who: "Nguyễn Văn An")
}

extension IdentityPage.Head {
    static let sample = IdentityPage.Head(
        title: "Nội dung", above: "ỦY BAN NHÂN DÂN", name: ["SỞ NỘI VỤ"], number: "Số:        /BC-SNV",
        date: "An Biên, ngày … tháng … năm …", signature: ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"])
}
