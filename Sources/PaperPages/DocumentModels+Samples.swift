import Components

// One of each model, complete: see ``Page/sample``.

extension DocumentListPage {
    static let sample = DocumentListPage(
        heading: "Số liệu tháng 10/2026", boards: .sample, kinds: [.sample], hasKinds: true, reportsForm: .sample,
        table: .sample, templates: [.sample], hasTemplates: true)
}

extension DocumentListPage.Kind {
    static let sample = DocumentListPage.Kind(label: "Nội dung", address: "/dia-chi")
}

extension DocumentPage {
    static let sample = DocumentPage(
        back: .sample, heading: "Số liệu tháng 10/2026", facts: [.sample], state: .sample,
        late: .sample, downloads: [.sample],
        pdfForm: .sample,
        problems: ["Nội dung"], hasProblems: true, deciding: .sample, issueForm: .sample, secondsNote: "Nội dung",
        waiting: .sample,
        endForm: .sample,
        hasFailure: true,
        places: [.sample],
        hasPlaces: true, preview: [.sample], lines: ["Nội dung"])
}

extension DecidingPart {
    static let sample = DecidingPart(
        words: "Nội dung", desk: .sample, verdict: "Nội dung",
        rows: [.init(unit: "Phường An Biên", measure: "tổng số", paper: "1.234", desk: "1.235")], hasRows: true,
        more: "Nội dung", rewrite: .sample)
}

extension DocumentPage.Place {
    static let sample = DocumentPage.Place(work: .sample, words: "chưa có sản phẩm", form: .sample)
}

extension PreviewBlock {
    static let sample = PreviewBlock(
        pieces: [.sample], isParagraph: true, title: "Số người tham gia", toComplete: "Nội dung", caption: "Nội dung",
        heads: ["Nội dung"], rows: [.sample], more: "/dia-chi")
}

extension PreviewBlock.Cell {
    static let sample = PreviewBlock.Cell(value: "1.500.000 đồng", isNumber: true, address: "/dia-chi")
}

extension PreviewBlock.Piece {
    static let sample = PreviewBlock.Piece(text: "1.177.531", mark: .sample)
}

extension PreviewBlock.Row {
    static let sample = PreviewBlock.Row(cells: [.sample])
}

extension SteeringPage {
    static let sample = SteeringPage(
        back: .sample, heading: "Số liệu tháng 10/2026", rows: [.sample], nothing: true, left: [.sample], hasLeft: true,
        usual: ["Nội dung"], form: .sample, papers: [.sample], hasPapers: true)
}

extension SteeringPage.Row {
    static let sample = SteeringPage.Row(
        seat: "Trưởng ban", name: "Phường An Biên", position: "Chủ tịch", phone: "0225 123 456", since: "từ 01/01/2026",
        leaveForm: .sample)
}

extension TemplatePage {
    static let sample = TemplatePage(
        back: .sample, heading: "Số liệu tháng 10/2026", lead: "UBND phường An Biên", form: .sample, keepForm: .sample,
        resetForm: .sample, previewed: true, noPreview: true, preview: [.sample], lines: ["Nội dung"])
}
