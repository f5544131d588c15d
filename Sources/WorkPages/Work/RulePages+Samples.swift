import Components

// One of each model, complete: see ``Page/sample``.

extension RulePreviewPage {
    static let sample = RulePreviewPage(
        back: .sample, task: "I.5", text: "Lập danh sách hộ chưa tham gia", facts: [.sample], verdict: "Nội dung",
        moves: [.sample], hasMoves: true, groups: [.sample], keep: .sample)
}

extension RulePreviewPage.Move {
    static let sample = RulePreviewPage.Move(
        period: "Năm 2027", before: "31/12/2027", after: "30/11/2027", pieces: "114", note: "thành quá hạn")
}

extension RulePreviewPage.Group {
    static let sample = RulePreviewPage.Group(heading: "Việc mới", items: ["Nội dung"])
}
