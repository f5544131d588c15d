import Components

/// Programs of other agencies that may call, and a form to let another.
struct ProgramListPage: Page {
    static let template: PageTemplate = "program-list"

    struct Line: Sendable {
        let name: String
        let address: String
        let unit: String
        let words: String
        let badge: Badge
    }

    let lead: String
    let links: [Frame.Link]
    let waiting: [WaitingDeed]
    let programs: [Line]
    /// Said where there is none.
    let nothing: String?
    /// Why none can be let.
    let closed: String?
    let panel: [FormPanel]
}

/// One of them: what it may, how it calls, its key.
struct ProgramPage: Page {
    static let template: PageTemplate = "program"

    let back: Frame.Link
    let heading: String
    let state: Badge
    let facts: [Fact]
    let waiting: [WaitingDeed]
    let forms: [FormPanel]
    let uses: [String]
    let nothing: String?
}

/// A key, shown once.
struct ProgramKeyPage: Page {
    static let template: PageTemplate = "program-key"

    let name: String
    let at: String
    let facts: [Fact]
    let next: Frame.Link
}

extension ProgramListPage.Line {
    static let sample = ProgramListPage.Line(
        name: "Kết nối cơ quan thuế", address: "/dia-chi", unit: "Cơ quan thuế", words: "Nội dung", badge: .sample)
}

extension ProgramListPage {
    static let sample = ProgramListPage(
        lead: "Nội dung", links: [.sample], waiting: [.sample], programs: [.sample], nothing: "Chưa có.",
        closed: "Nội dung", panel: [.sample])
}

extension ProgramPage {
    static let sample = ProgramPage(
        back: .sample, heading: "Kết nối cơ quan thuế", state: .sample, facts: [.sample], waiting: [.sample],
        forms: [.sample], uses: ["Nội dung"], nothing: "Chưa gọi lần nào.")
}

extension ProgramKeyPage {
    static let sample = ProgramKeyPage(
        name: "Kết nối cơ quan thuế", at: "08:00 01/12/2026", facts: [.sample], next: .sample)
}
