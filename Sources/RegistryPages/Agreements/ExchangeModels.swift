import Components

/// One agreement, request or minutes: what it says, what follows from it, what there is to do.
struct ExchangeThingPage: Page {
    static let template: PageTemplate = "exchange-thing"

    struct Group: Sendable {
        let title: String
        let facts: [Fact]
    }

    struct Lines: Sendable {
        struct Line: Sendable {
            let text: String
            let address: String?
            let badge: Badge?
        }

        let title: String
        let lines: [Line]
        /// Said where there is none.
        let nothing: String?
    }

    let back: Frame.Link
    let heading: String
    let state: Badge
    let lead: String
    let links: [Frame.Link]
    let hasLinks: Bool
    let forms: [FormPanel]
    let groups: [Group]
    let lists: [Lines]
    let signatures: [Fact]
    let hasSignatures: Bool
}

/// A form to put something forward, begun by choosing a list.
struct ExchangeFormPage: Page {
    static let template: PageTemplate = "exchange-form"

    let back: Frame.Link
    let heading: String
    let lead: String
    /// Lists to begin with.
    let years: [Frame.Link]
    let choosing: Bool
    let form: FormModel
}

struct AgreementListPage: Page {
    static let template: PageTemplate = "agreement-list"

    let lead: String
    let links: [Frame.Link]
    let due: TableModel
    let table: TableModel
}

struct RequestListPage: Page {
    static let template: PageTemplate = "request-list"

    let lead: String
    let links: [Frame.Link]
    let table: TableModel
    /// Rows that have a last day.
    let destroying: ExchangeThingPage.Lines
    let minutes: ExchangeThingPage.Lines
}

struct JournalPage: Page {
    static let template: PageTemplate = "exchange-journal"

    let back: Frame.Link
    let lead: String
    let keys: [Fact]
    let table: TableModel
    let earlier: Frame.Link?
}

extension ExchangeThingPage.Group {
    static let sample = ExchangeThingPage.Group(title: "Nội dung", facts: [.sample])
}

extension ExchangeThingPage.Lines.Line {
    static let sample = ExchangeThingPage.Lines.Line(text: "Nội dung", address: "/dia-chi", badge: .sample)
}

extension ExchangeThingPage.Lines {
    static let sample = ExchangeThingPage.Lines(title: "Lịch sử", lines: [.sample], nothing: "Chưa có.")
}

extension ExchangeThingPage {
    static let sample = ExchangeThingPage(
        back: .sample, heading: "Thỏa thuận TT 3/2026", state: .sample, lead: "Nội dung", links: [.sample],
        hasLinks: true, forms: [.sample], groups: [.sample], lists: [.sample], signatures: [.sample],
        hasSignatures: true)
}

extension ExchangeFormPage {
    static let sample = ExchangeFormPage(
        back: .sample, heading: "Lập thỏa thuận", lead: "Nội dung", years: [.sample], choosing: true, form: .sample)
}

extension AgreementListPage {
    static let sample = AgreementListPage(lead: "Nội dung", links: [.sample], due: .sample, table: .sample)
}

extension RequestListPage {
    static let sample = RequestListPage(
        lead: "Nội dung", links: [.sample], table: .sample, destroying: .sample, minutes: .sample)
}

extension JournalPage {
    static let sample = JournalPage(
        back: .sample, lead: "Nội dung", keys: [.sample], table: .sample, earlier: .sample)
}
