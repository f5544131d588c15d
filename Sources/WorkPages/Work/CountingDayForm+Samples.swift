import Components

// One of each model, complete: see ``Page/sample``.

extension CountingPreviewPage {
    static let sample = CountingPreviewPage(
        back: .sample, facts: [.sample], verdict: "Nội dung", groups: [.sample], keep: .sample)
}

extension CountingPreviewPage.Group {
    static let sample = CountingPreviewPage.Group(heading: "Thành quá hạn", rows: [.sample])
}

extension CountingPreviewPage.Row {
    static let sample = CountingPreviewPage.Row(
        task: .sample, text: "Lập danh sách hộ chưa tham gia", pieces: "114", leads: "114", dues: "30/09/2026")
}
