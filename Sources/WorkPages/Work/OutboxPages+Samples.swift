import Components

// One of each model, complete: see ``Page/sample``.

extension OutboxPage {
    static let sample = OutboxPage(all: true, messages: [.sample], empty: true)
}

extension OutboxPage.Message {
    static let sample = OutboxPage.Message(
        id: "tin-1", name: "Phường An Biên", day: "15/01/2027", subject: "Nội dung", body: "Nội dung", state: "Nội dung"
    )
}
