import Components

// One of each model, complete: see ``Page/sample``.

extension DeliveryListPage {
    static let sample = DeliveryListPage(lead: "Nội dung", years: [.sample], table: .sample)
}

extension DeliveryPage {
    static let sample = DeliveryPage(
        back: .sample, heading: "Phiếu nhận 12/2026", state: .sample, meaning: "Nội dung", live: "receiving",
        job: .sample, facts: [.sample], counts: [.sample], returned: [.sample], hasReturned: true,
        repairs: [.sample], hasRepairs: true, doubts: [.sample], hasDoubts: true, stages: [.sample],
        events: ["Nội dung"])
}
