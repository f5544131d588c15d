import Components

// One of each model, complete: see ``Page/sample``.

extension AuditPage {
    static let sample = AuditPage(
        searchAction: "/dia-chi", subject: "Nội dung", rows: [.sample], empty: true, older: "/dia-chi")
}

extension AuditPage.Row {
    static let sample = AuditPage.Row(
        sequence: 7, at: "15/01/2027 09:30", actor: "Nguyễn Văn An", action: "/dia-chi", subject: "Nội dung",
        detail: "Nội dung", address: "/dia-chi")
}
