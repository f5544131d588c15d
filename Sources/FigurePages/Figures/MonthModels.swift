import Components
import WebDesk

/// The months with figures, the batches, and the form to send a file.
struct FiguresPage: Page {
    static let template: PageTemplate = "figures"

    struct MonthRow: Sendable {
        let month: String
        let address: String
        let compulsory: String
        let voluntary: String
        let total: String
        let coverage: String
    }

    struct BatchRow: Sendable {
        let batchNumber: Int
        let address: String
        let fileName: String
        let months: String
        let when: String
        let who: String
        let source: String
        let counts: String
        let withdrawn: String?
    }

    struct Waiting: Sendable {
        let address: String
        let fileName: String
        let when: String
    }

    let tabs: [Frame.Link]
    let form: FormModel?
    let waiting: [Waiting]
    let hasWaiting: Bool
    let months: [MonthRow]
    let noMonths: Bool
    let batches: [BatchRow]
    let noBatches: Bool
    let older: String?
}

/// All communes in one month.
struct FigureMonthPage: Page {
    static let template: PageTemplate = "figure-month"

    struct Row: Sendable {
        let name: String
        let compulsory: String
        let compulsoryAddress: String
        let voluntary: String
        let voluntaryAddress: String
        let total: String
        let change: String
        let source: String
        let contested: Bool
    }

    let tabs: [Frame.Link]
    let month: String
    let previous: Frame.Link
    let next: Frame.Link?
    let summary: String
    let missing: String?
    let rows: [Row]
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

    struct Line: Sendable {
        let name: String
        let address: String
        let month: String
        let scheme: String
        let people: String
        let earlier: String
        let changed: Bool
    }

    let tabs: [Frame.Link]
    let heading: String
    let facts: [Fact]
    let withdrawn: String?
    /// What a job has still to do, or left undone.
    let unfinished: String?
    let job: Frame.Link?
    let lines: [Line]
    let form: FormModel?
}
