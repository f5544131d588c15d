import Components

// One of each model, complete: see ``Page/sample``.

extension WorkPage {
    static let sample = WorkPage(
        back: .sample, task: "I.5", text: "Lập danh sách hộ chưa tham gia", status: .sample, late: "1.234",
        guide: "Nội dung", origin: "Nội dung", facts: [.sample], twin: .sample, twinNote: "Nội dung",
        reviewLabel: "Lý do trả lại", reviewNote: "Nội dung", slots: [.sample], formerFiles: [.sample],
        hasFormerFiles: true, steps: [.sample],
        hasSteps: true, actions: [.sample],
        events: [.sample], hasEvents: true, history: .sample)
}

extension WorkPage.Event {
    static let sample = WorkPage.Event(
        at: "15/01/2027 09:30", actor: "Nguyễn Văn An", kind: "Nội dung", note: "Số tạm tính")
}

extension WorkPage.ProductView {
    static let sample = WorkPage.ProductView(
        facts: [.sample], fileName: "so-lieu.xlsx", fileAddress: "/dia-chi", hash: "9f86d081884c7d65", erased: .sample,
        waiting: .sample, erase: .sample, remove: .sample)
}

extension WorkPage.Slot {
    static let sample = WorkPage.Slot(
        task: "I.5", text: "Lập danh sách hộ chưa tham gia", kind: "Nội dung", by: "Nội dung", personal: true,
        product: .sample,
        offers: [.sample], hasOffers: true, outside: "Nội dung", held: "Nội dung", takeHeld: .sample, form: .sample,
        prompt: "Nội dung", open: true)
}

extension WorkPage.Step {
    static let sample = WorkPage.Step(
        text: "Lập danh sách hộ chưa tham gia", planned: "Nội dung", done: "Nội dung", complete: .sample)
}
