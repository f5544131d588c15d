import Components

/// The boards on which reports are assembled.
struct BoardListPage: Page {
    static let template: PageTemplate = "board-list"

    let back: Frame.Link
    let table: TableModel
    /// Nil for whoever opens none.
    let form: FormModel?
}

/// A figure of a report on screen.
struct BoardFigureRow: Sendable {
    let anchor: String
    /// Its mark in the draft: `[12]`.
    let mark: String
    let label: String
    let value: String
    let day: String
    let source: String
    /// The page or list that it came from.
    let address: String
}

struct BoardPage: Page {
    static let template: PageTemplate = "board"

    struct Section: Sendable {
        let title: String
        let address: String
        let parts: [Part]
        let nobody: Bool
    }

    /// What one unit owes in a section.
    struct Part: Sendable {
        let unit: String
        let due: String
        let state: Badge
        let author: String?
    }

    struct Difference: Sendable {
        let label: String
        let locked: String
        let now: String
        let change: String
        let address: String
    }

    let back: Frame.Link
    let heading: String
    let facts: [Fact]
    let lock: Badge
    /// What the board becomes.
    let papers: [Frame.Link]
    let hasPapers: Bool
    let sections: [Section]
    let figures: [BoardFigureRow]
    let hasFigures: Bool
    let differences: [Difference]
    let hasDifferences: Bool
    let moreDifferences: String?
    let actions: [FormPanel]
}

struct BoardSectionPage: Page {
    static let template: PageTemplate = "board-section"

    struct Product: Sendable {
        let words: String
        let address: String
    }

    struct Part: Sendable {
        let unit: String
        let due: String
        let state: Badge
        let text: String?
        /// `Bản 2, Nguyễn Văn A, 02/12/2026 09:15`
        let author: String?
        let earlier: [Version]
        let hasEarlier: Bool
        let remarks: [Remark]
        let hasRemarks: Bool
        let actions: [FormPanel]
    }

    struct Version: Sendable {
        let author: String
        let words: String
    }

    struct Remark: Sendable {
        let kind: String
        let author: String
        /// Nil where nothing was said.
        let words: String?
    }

    let back: Frame.Link
    let heading: String
    let figures: [BoardFigureRow]
    let hasFigures: Bool
    let products: [Product]
    let hasProducts: Bool
    let obstacles: [Product]
    let hasObstacles: Bool
    let parts: [Part]
    let nobody: Bool
    let actions: [FormPanel]
}

// One of each model, complete: see ``Page/sample``.

extension BoardListPage {
    static let sample = BoardListPage(back: .sample, table: .sample, form: .sample)
}

extension BoardFigureRow {
    static let sample = BoardFigureRow(
        anchor: "so-12", mark: "[12]", label: "Người tham gia BHXH", value: "1.177.531 người", day: "30/11/2026",
        source: "Số liệu tháng 11/2026", address: "/dia-chi")
}

extension BoardPage {
    static let sample = BoardPage(
        back: .sample, heading: "Báo cáo năm 2026", facts: [.sample], lock: .sample, papers: [.sample],
        hasPapers: true, sections: [.sample], figures: [.sample], hasFigures: true, differences: [.sample],
        hasDifferences: true, moreDifferences: "Còn 3 số khác", actions: [.sample])
}

extension BoardPage.Section {
    static let sample = BoardPage.Section(
        title: "Nhóm nhiệm vụ II", address: "/dia-chi", parts: [.sample], nobody: true)
}

extension BoardPage.Part {
    static let sample = BoardPage.Part(
        unit: "Sở Xây dựng", due: "12/12/2026", state: .sample, author: "Nguyễn Văn An, 02/12/2026")
}

extension BoardPage.Difference {
    static let sample = BoardPage.Difference(
        label: "Người tham gia BHXH", locked: "1.177.531", now: "1.177.540", change: "+9", address: "/dia-chi")
}

extension BoardSectionPage {
    static let sample = BoardSectionPage(
        back: .sample, heading: "Nhóm nhiệm vụ II", figures: [.sample], hasFigures: true, products: [.sample],
        hasProducts: true, obstacles: [.sample], hasObstacles: true, parts: [.sample], nobody: true,
        actions: [.sample])
}

extension BoardSectionPage.Product {
    static let sample = BoardSectionPage.Product(words: "II.8: Báo cáo số 12/BC-SXD", address: "/dia-chi")
}

extension BoardSectionPage.Part {
    static let sample = BoardSectionPage.Part(
        unit: "Sở Xây dựng", due: "12/12/2026", state: .sample, text: "Đã vận động.", author: "Bản 2, Nguyễn Văn An",
        earlier: [.sample], hasEarlier: true, remarks: [.sample], hasRemarks: true, actions: [.sample])
}

extension BoardSectionPage.Version {
    static let sample = BoardSectionPage.Version(author: "Bản 1, Nguyễn Văn An", words: "Đã vận động.")
}

extension BoardSectionPage.Remark {
    static let sample = BoardSectionPage.Remark(kind: "Trả lại", author: "Trần Thị Bình", words: "Thiếu so sánh.")
}
