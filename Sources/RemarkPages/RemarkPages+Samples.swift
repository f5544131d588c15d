import Components

// One of each model, complete: see ``Page/sample``.

extension ThreadView {
    static let sample = ThreadView(
        heading: "Ý kiến, bút phê (3)", earlier: .sample, entries: [.sample], hasEntries: true, forms: [.sample])
}

extension ThreadView.Entry {
    static let sample = ThreadView.Entry(
        author: "Nguyễn Văn An", unit: "UBND phường An Biên", at: "15/01/2027 09:30", corrected: "đã sửa 09:31",
        text: "Đề nghị kiểm tra lại số tháng 12.", gone: "Ý kiến đã rút", mentions: "Gửi: Sở Nội vụ",
        instruction: .sample, deeds: [.sample])
}

extension ThreadView.Line {
    static let sample = ThreadView.Line(
        state: .sample, unit: "UBND phường An Biên", due: "22/01/2027", said: "Đã làm việc với ba doanh nghiệp.",
        address: "/dia-chi")
}

extension ThreadPage {
    static let sample = ThreadPage(back: .sample, title: "Ý kiến về việc I.5", thread: .sample)
}

extension InstructPanel {
    static let sample = InstructPanel(panel: .sample)
}

extension InstructionListPage {
    static let sample = InstructionListPage(lead: "Nội dung", chips: [.sample], table: .sample)
}

extension InstructionPage {
    static let sample = InstructionPage(
        back: .sample, heading: "Làm việc với ba doanh nghiệp lớn", state: .sample, facts: [.sample],
        actions: [.sample], events: [.sample])
}

extension InstructionPage.Event {
    static let sample = InstructionPage.Event(
        kind: "Trả lời", actor: "Nguyễn Văn An", at: "15/01/2027 09:30", text: "Đã làm việc với ba doanh nghiệp.")
}
