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
        obstacles: [.sample], hasObstacles: true,
        nothing: true, firstSteps: .sample, next: .sample, counts: .sample)
}

extension MyDayPage.NoticeLink {
    static let sample = MyDayPage.NoticeLink(
        address: "/dia-chi", title: "Việc I.5 bị trả lại", detail: "Thiếu số liệu", day: "15/01/2027")
}

extension MyDayPage.ObstacleLink {
    static let sample = MyDayPage.ObstacleLink(
        address: "/dia-chi", title: "Số người tham gia", from: "Nguyễn Văn An, 15/01/2027")
}

extension MyDayPage.Section {
    static let sample = MyDayPage.Section(
        title: "Số người tham gia", hint: "Nội dung", rows: [.sample], more: "/dia-chi")
}
