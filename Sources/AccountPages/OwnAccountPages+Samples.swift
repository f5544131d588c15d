import Components

// One of each model, complete: see ``Page/sample``.

extension OwnAccountPage {
    static let sample = OwnAccountPage(
        jobs: .sample, secondFactor: .sample, facts: [.sample], sessions: [.sample], password: .sample,
        passwordOpen: true, email: .sample,
        calendar: .sample,
        calendarRevoke: .sample, calendarAddress: "/dia-chi")
}

extension OwnAccountPage.Session {
    static let sample = OwnAccountPage.Session(text: "Lập danh sách hộ chưa tham gia", current: true, end: .sample)
}
