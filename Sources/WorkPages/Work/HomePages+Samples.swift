import Components

// One of each model, complete: see ``Page/sample``.

extension CountFigures {
    static let sample = CountFigures(title: "Số người tham gia", figures: [.sample], note: "Số tạm tính")
}

extension CountFigures.Figure {
    static let sample = CountFigures.Figure(label: "Nội dung", number: "1.234", address: "/dia-chi", alarm: true)
}

extension MyDayPage {
    static let sample = MyDayPage(
        today: "15/01/2027", notices: [.sample], hasNotices: true, allNotices: "/dia-chi", sections: [.sample],
        hasSections: true, nothing: true, firstSteps: .sample, next: .sample, text: "Quá hạn: I.5", counts: .sample)
}

extension MyDayPage.Row {
    static let sample = MyDayPage.Row(
        address: "/dia-chi", title: "I.5 – Báo cáo", detail: "Quý III/2026", due: "15/01/2027",
        distance: "còn 5 ngày", note: "Bị trả lại: thiếu số liệu")
}

extension MyDayPage.NoticeLink {
    static let sample = MyDayPage.NoticeLink(
        address: "/dia-chi", title: "Việc I.5 bị trả lại", detail: "Thiếu số liệu", day: "15/01/2027")
}

extension MyDayPage.Section {
    static let sample = MyDayPage.Section(
        id: "muc-late", title: "Quá hạn", count: "3", hint: "Nộp sản phẩm.", rows: [.sample],
        more: "/dia-chi")
}
