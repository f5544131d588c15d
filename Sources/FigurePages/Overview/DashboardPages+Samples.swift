import Components

// One of each model, complete: see ``Page/sample``.

extension BoundariesPage {
    static let sample = BoundariesPage(
        back: .sample, state: "Đang vẽ theo tệp ranh-gioi.geojson.", waiting: .sample, form: .sample, takeBack: .sample)
}

extension BoundariesPage.Waiting {
    static let sample = BoundariesPage.Waiting(
        summary: "Chưa dùng. Tệp ranh-gioi.geojson: đủ 114 đơn vị.", map: .sample, keep: .sample, drop: .sample)
}

extension DashboardPage {
    static let sample = DashboardPage(
        year: 2027, years: [.sample], tabs: [.sample], headline: "Nội dung", sourceLine: "Nội dung", partly: "Nội dung",
        partlyAddress: "/dia-chi", incomplete: "Nội dung", panels: [.sample], hasFigures: true,
        importAddress: "/dia-chi", standings: "<p>Các đơn vị</p>", waiting: .sample,
        calls: [.sample], hasCalls: true, noCalls: "Nội dung", late: [.sample],
        lateNothing: true, lateCommunes: "Nội dung", obstacles: "1.234", contests: "1.234",
        unitsAddress: "/dia-chi", obstaclesAddress: "/dia-chi",
        contestsAddress: "/dia-chi", missingData: .sample)
}

extension DashboardStandings {
    static let sample = DashboardStandings(
        picture: .sample, paths: [.sample], pathRows: [.sample], movementChart: .sample, measures: [.sample],
        communes: "114", opens: true, map: .sample, noMap: true, targetGap: "1.234", targetsAddress: "/dia-chi",
        rows: [.sample],
        hasContested: true, scoringNote: "Nội dung", listAddress: "/dia-chi")
}

extension DashboardPage.Late {
    static let sample = DashboardPage.Late(name: "Phường An Biên", address: "/dia-chi", number: "1.234")
}

extension DashboardPage.Call {
    static let sample = DashboardPage.Call(name: "Phường An Biên", address: "/dia-chi", words: "thiếu 12 người")
}

extension MeasurePanel {
    static let sample = MeasurePanel(
        measureTitle: "Tổng số người tham gia", standing: .sample, keyFigures: [.sample], progress: "Nội dung",
        against: "Nội dung", movement: "Nội dung", bar: .sample)
}

extension MeasurePanel.Figure {
    static let sample = MeasurePanel.Figure(label: "Còn thiếu", value: "1.234", note: "mỗi tháng 12", alarm: true)
}

extension DashboardStandings.PathRow {
    static let sample = DashboardStandings.PathRow(
        year: 2027, total: "12.345", totalEnd: "1.234", voluntary: "1.234", voluntaryEnd: "1.234")
}

extension DashboardStandings.Row {
    static let sample = DashboardStandings.Row(
        name: "Phường An Biên", address: "/dia-chi", now: "1.234", expected: "1.234", ahead: "Nội dung",
        target: "1.234", progress: "Nội dung", standing: .sample, contested: true)
}

extension PictureView {
    static let sample = PictureView(
        pictureHeading: "Biến động", accountCaption: "Tháng 10/2026", balances: [.sample], hasBalances: true,
        lines: [.sample], hasLines: true, blockCaption: "Theo khối", groups: [.sample], blockRows: [.sample],
        hasBlocks: true, blockNote: "Nội dung", movementsAddress: "/dia-chi")
}

extension PictureView.Line {
    static let sample = PictureView.Line(label: "Độ bao phủ", value: "45,2 %", note: "BHXH, chốt 31/10/2026")
}

extension PictureView.BlockRow {
    static let sample = PictureView.BlockRow(
        block: "Doanh nghiệp", people: "1.234", change: "+12", units: "34", potential: "567")
}
