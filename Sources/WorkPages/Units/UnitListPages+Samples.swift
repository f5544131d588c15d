import Components

// One of each model, complete: see ``Page/sample``.

extension UnitListPage {
    static let sample = UnitListPage(
        summary: "Nội dung", agencies: [.sample], units: .sample, templateAddress: "/dia-chi", form: .sample,
        fileName: "bang.xlsx", problems: [.sample], hasProblems: true, moreProblems: "và 5 lỗi nữa", past: [.sample],
        hasPast: true)
}

extension UnitListPage.Problem {
    static let sample = UnitListPage.Problem(place: "dòng 3, cột B (Mã đơn vị)", cell: "1.234", message: "Nội dung")
}

extension UnitListPage.AgencyRow {
    static let sample = UnitListPage.AgencyRow(
        name: "BHXH cơ sở", code: "bhxh-co-so", address: "/dia-chi", count: "12 đơn vị", listLink: .sample,
        source: "Nội dung",
        isAwaited: true)
}

extension UnitListPage.UnitTableModel {
    static let sample = UnitListPage.UnitTableModel(heading: "BHXH cơ sở", list: .sample)
}

extension UnitListPage.Past {
    static let sample = UnitListPage.Past(
        when: "15/01/2027 09:30", who: "Trần Thị Bình", summary: "Nội dung", address: "/dia-chi")
}

extension UnitPreviewPage {
    static let sample = UnitPreviewPage(
        back: .sample, fileName: "bang.xlsx", summary: "Nội dung", changes: [.sample], hasChanges: true,
        moreChanges: "và 5 thay đổi nữa",
        shared: ["Nội dung"], hasShared: true, effects: [.sample], noEffect: true, keep: .sample, drop: .sample)
}

extension UnitPreviewPage.Change {
    static let sample = UnitPreviewPage.Change(
        mark: "Mới", name: "BHXH cơ sở Suối Mẫu", agency: "BHXH cơ sở", detail: "Nội dung")
}

extension UnitPreviewPage.Effect {
    static let sample = UnitPreviewPage.Effect(heading: "Nội dung", items: ["Nội dung"])
}

extension UnitsNote {
    static let sample = UnitsNote(text: "Nội dung", link: .sample, remedy: "Nội dung")
}
