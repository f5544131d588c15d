import Components

// One of each model, complete: see ``Page/sample``.

extension NoticeListPage {
    static let sample = NoticeListPage(
        tabs: [.sample], rows: [.sample], nothing: "Chưa có thông báo nào.", readAll: .sample, pager: .sample,
        text: "Nội dung", letters: "/dia-chi", choices: .sample)
}

extension NoticeListPage.Tab {
    static let sample = NoticeListPage.Tab(label: "Chưa đọc", address: "/dia-chi", number: "3", current: true)
}

extension NoticeListPage.Row {
    static let sample = NoticeListPage.Row(
        title: "Việc I.5 bị trả lại", address: "/dia-chi", detail: "Thiếu số liệu", day: "15/01/2027",
        kind: "Sản phẩm bị trả lại", badge: .sample, read: .sample)
}

extension NoticeListPage.Choices {
    static let sample = NoticeListPage.Choices(form: .sample, areas: [.sample])
}

extension NoticeListPage.Choices.Area {
    static let sample = NoticeListPage.Choices.Area(title: "Công việc", kinds: [.sample])
}

extension NoticeListPage.Choices.Kind {
    static let sample = NoticeListPage.Choices.Kind(
        id: "thu-work-returned", name: "work.returned", label: "Sản phẩm bị trả lại", wanted: true)
}

extension LettersPage {
    static let sample = LettersPage(all: true, most: 3, messages: [.sample], empty: true)
}

extension LettersPage.Message {
    static let sample = LettersPage.Message(
        id: "tin-1", name: "Phường An Biên", day: "15/01/2027", subject: "Nội dung", body: "Nội dung", state: "Nội dung"
    )
}
