import Components

// One of each model, complete: see ``Page/sample``.

extension CalendarPage {
    static let sample = CalendarPage(year: 2027, years: [.sample], months: [.sample], accountAddress: "/dia-chi")
}

extension CalendarPage.Entry {
    static let sample = CalendarPage.Entry(
        text: "Lập danh sách hộ chưa tham gia", address: "/dia-chi", late: .sample)
}

extension CalendarPage.Section {
    static let sample = CalendarPage.Section(title: "Tháng 1–3", days: [.sample], empty: true)
}

extension CalendarPage.DueDay {
    static let sample = CalendarPage.DueDay(day: "15/01/2027", entries: [.sample])
}
