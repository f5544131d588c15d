import Components

// One of each model, complete: see ``Page/sample``.

extension AccountsPage {
    static let sample = AccountsPage(
        rows: [.sample], pager: .sample, searchAction: "/dia-chi", query: "an biên", invite: .sample, inviteOpen: true,
        link: "/dia-chi", linkFor: "Nội dung")
}

extension AccountsPage.Row {
    static let sample = AccountsPage.Row(
        login: "can-bo", name: "Phường An Biên", role: "Nội dung", bounds: "Nội dung", state: .sample,
        secondFactor: "Nội dung", forms: [.sample])
}
