import Access
import Components

// One of each model, complete: see ``Page/sample``.

extension AccountsPage {
    static let sample = AccountsPage(
        table: .sample, invite: .sample, inviteOpen: true,
        link: "/dia-chi", linkFor: "Nội dung", areas: [.sample])
}

extension RowForms {
    static let sample = RowForms(forms: [.sample])
}

extension GrantArea {
    static let sample = GrantArea(.access, in: Grants(of: [.access], [.administrator: [.manageAccounts]]))
}

extension AccountPage {
    static let sample = AccountPage(
        back: .sample, name: "Phường An Biên", facts: [.sample], form: .sample, formOpen: true,
        changes: [.init(at: "08:30 01/03/2027", actor: "Quản trị", action: "Sửa", detail: "Nội dung")],
        unchanged: true)
}
