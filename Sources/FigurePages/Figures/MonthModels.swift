import Components
import WebDesk

/// The months with figures, the batches, and the form to send a file.
struct FiguresPage: Page {
    static let template: PageTemplate = "figures"

    struct Waiting: Sendable {
        let address: String
        let fileName: String
        let when: String
    }

    let tabs: [Frame.Link]
    let form: FormModel?
    let waiting: [Waiting]
    let hasWaiting: Bool
    let months: TableModel
    /// Nil while there is none.
    let batches: TableModel?
}

/// All communes in one month.
struct FigureMonthPage: Page {
    static let template: PageTemplate = "figure-month"

    let tabs: [Frame.Link]
    let month: String
    let monthBefore: Frame.Link
    let monthAfter: Frame.Link?
    let summary: String
    let missing: String?
    let table: TableModel
    let blocks: [FigureBlockRow]
    let hasBlocks: Bool
    let blockNote: String
}

struct FigureBlockRow: Sendable {
    let block: String
    let people: String
}

struct FigureBatchPage: Page {
    static let template: PageTemplate = "figure-batch"

    let tabs: [Frame.Link]
    let heading: String
    let facts: [Fact]
    let withdrawn: String?
    /// What a job has still to do, or left undone.
    let unfinished: String?
    let job: Frame.Link?
    let table: TableModel
    let form: FormModel?
}
