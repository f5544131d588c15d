import Components

/// A file before it is delivered: what was understood of it.
struct DeliveryUploadPage: Page {
    static let template: PageTemplate = "delivery-upload"

    struct Candidate: Sendable {
        let title: String
        let why: String
    }

    struct Column: Sendable {
        let letters: String
        let heading: String
        let meaning: String
    }

    struct Row: Sendable {
        let place: String
        let cells: [String]
        let notes: String?
    }

    let back: Frame.Link
    let heading: String
    let state: String
    /// Changes with what the page can do, while it is read or delivered.
    let live: String?
    let progress: String?
    let facts: [Fact]
    /// The same file was delivered before.
    let same: Frame.Link?
    let problem: String?
    let oldText: String?
    let candidates: [Candidate]
    let hasCandidates: Bool
    let columnsTitle: String
    let columns: [Column]
    let hasColumns: Bool
    let missing: String?
    let remembered: String?
    let explainLink: Frame.Link?
    let counts: [Fact]
    let hasCounts: Bool
    /// Cells that would not be kept, by column; by what they are beyond it.
    let leftOut: [Fact]
    let ground: String?
    let hasLeftOut: Bool
    let returned: [Fact]
    let hasReturned: Bool
    let sentences: [String]
    /// That its rows are of another period than was chosen.
    let otherPeriod: String?
    let doubted: [String]
    let hasDoubted: Bool
    let repairs: [Fact]
    let hasRepairs: Bool
    let passed: [Fact]
    let hasPassed: Bool
    let rowHeadings: [String]
    let rows: [Row]
    let hasRows: Bool
    let acceptForm: FormModel?
    let chooseForm: FormModel?
    let explainForm: FormModel?
    let deliverForm: FormModel?
    let discardForm: FormModel?
}
