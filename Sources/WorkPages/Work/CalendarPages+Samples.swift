import Components

// One of each model, complete: see ``Page/sample``.

extension CalendarPage {
    static let sample = CalendarPage(year: 2027, years: [.sample], months: [.sample], accountAddress: "/dia-chi")
}

extension CalendarPage.Entry {
    static let sample = CalendarPage.Entry(
        day: "15/01/2027", text: "Lập danh sách hộ chưa tham gia", address: "/dia-chi", late: true)
}

extension CalendarPage.Section {
    static let sample = CalendarPage.Section(title: "Số người tham gia", entries: [.sample], empty: true)
}
