import Components

/// What was said of a thing, as part of its page.
struct ThreadView: Page {
    static let template: PageTemplate = "thread"

    struct Entry: Sendable {
        let author: String
        /// For which the author spoke; nil for whoever belongs to none.
        let unit: String?
        let at: String
        /// `đã sửa 09:31`
        let corrected: String?
        let text: String?
        /// In the place of words that were taken back.
        let gone: String?
        /// `Gửi: Sở Nội vụ`
        let mentions: String?
        /// Of a leader's line.
        let instruction: Line?
        let deeds: [FormPanel]
    }

    /// A leader's line.
    struct Line: Sendable {
        let state: Badge
        let unit: String
        let due: String
        let said: String?
        let address: String
    }

    let heading: String
    /// The page with older ones too; nil where none is left out.
    let earlier: Frame.Link?
    let entries: [Entry]
    let hasEntries: Bool
    let forms: [FormPanel]
}

/// The same on a page of its own.
struct ThreadPage: Page {
    static let template: PageTemplate = "thread-page"

    let back: Frame.Link
    let title: String
    let thread: ThreadView
}

/// Where a leader writes a line, at the top of a thing's page.
struct InstructPanel: Page {
    static let template: PageTemplate = "instruct-panel"

    let panel: FormPanel
}

struct InstructionListPage: Page {
    static let template: PageTemplate = "instruction-list"

    let lead: String
    let chips: [Frame.Link]
    let table: TableModel
}

/// One line of a leader, all that came of it, and what there is to do.
struct InstructionPage: Page {
    static let template: PageTemplate = "instruction"

    struct Event: Sendable {
        let kind: String
        let actor: String
        let at: String
        let text: String?
    }

    let back: Frame.Link
    let heading: String
    let state: Badge
    let facts: [Fact]
    let actions: [FormPanel]
    let events: [Event]
}
