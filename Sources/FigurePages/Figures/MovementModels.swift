import Access
import Components
import Figures
import Kernel
import WebDesk

/// Who came and went in a month, who could come, what is late.
struct MovementsPage: Page {
    static let template: PageTemplate = "movements"

    struct Waiting: Sendable {
        let address: String
        let fileName: String
        let when: String
    }

    let tabs: [Frame.Link]
    let form: FormModel?
    let labourForm: FormModel?
    let waiting: [Waiting]
    let hasWaiting: Bool
    let nothing: String?
    let months: [MonthLink]
    let hasMonths: Bool
    let month: String
    let accountCaption: String
    let balances: [MovementBalanceRow]
    let hasBalances: Bool
    let pager: Pager
    /// What forms say of the month; nil while there is none.
    let table: TableModel?
    let batches: TableModel?

    struct MonthLink: Sendable {
        let label: String
        let address: String
        let isCurrent: Bool
    }
}

/// A file of movements that waits, with all that is known of it.
struct MovementUploadPage: Page {
    static let template: PageTemplate = "movement-upload"

    struct Line: Sendable {
        let place: String
        let title: String
        let value: String
        let before: String
    }

    let tabs: [Frame.Link]
    let fileName: String
    let state: String?
    let batchAddress: String?
    let verdict: String
    let facts: [Fact]
    let errorCount: Int
    let hasErrors: Bool
    let errors: [UploadPage.Note]
    let hasWarnings: Bool
    let warnings: [UploadPage.Note]
    let doubts: [String]
    let hasDoubts: Bool
    let acceptForm: FormModel?
    let discardForm: FormModel?
    let lines: [Line]
    let hasLines: Bool
    let repairCount: Int
    let hasRepairs: Bool
    let repairs: [UploadPage.Note]
    let ignored: String?
    let skipped: String?
}

/// Movements taken in one step.
struct MovementBatchPage: Page {
    static let template: PageTemplate = "movement-batch"

    let tabs: [Frame.Link]
    let heading: String
    let withdrawn: String?
    let facts: [Fact]
    let table: TableModel
    let form: FormModel?
}

/// The account of a month of one place and scheme, as a row.
struct MovementBalanceRow: Sendable {
    let name: String
    let note: String?
    let opening: String
    let joined: String
    let returned: String
    let stopped: String
    let expected: String
    let closing: String
    let remainder: String
}
