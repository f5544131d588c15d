import Components
import Figures
import Kernel
import Tabular
import WebDesk

/// A file that waits, with all that is known of it, before anything is taken.
struct UploadPage: Page {
    static let template: PageTemplate = "figure-upload"

    struct Note: Sendable {
        let place: String
        /// Nil for a row or a file as a whole.
        let cell: String?
        let message: String
    }

    struct Value: Sendable {
        let name: String
        let month: String
        let compulsory: String
        let voluntary: String
    }

    struct Replaced: Sendable {
        let name: String
        let month: String
        let scheme: String
        let before: String
        let after: String
    }

    struct Move: Sendable {
        let sentence: String
        /// Beyond this the file is taken only with a reason; nil within it.
        let bound: String?
    }

    let tabs: [Frame.Link]
    let fileName: String
    let fileAddress: String
    let state: String?
    let batchAddress: String?
    /// The job that takes it, to whom it is shown.
    let job: Frame.Link?
    let verdict: String
    let totals: String
    let moves: [Move]
    let hasMoves: Bool
    let monthsRead: String
    let errorCount: Int
    let hasErrors: Bool
    let errors: [Note]
    let moreErrors: String?
    let returnedAddress: String
    let hasWarnings: Bool
    let warnings: [Note]
    let hasRepairs: Bool
    let repairs: [Note]
    let repairCount: Int
    let moreRepairs: String?
    let silent: String?
    let ignored: String?
    let skipped: String?
    let sameFile: String?
    let sameFileAddress: String?
    let replaced: [Replaced]
    let hasReplaced: Bool
    let replacedCount: Int
    let values: [Value]
    let hasValues: Bool
    let acceptForm: FormModel?
    let jumpForm: FormModel?
    let discardForm: FormModel?
}

extension UploadPage.Move {
    init(_ move: WholeMove) {
        sentence = move.sentence
        bound = move.isLarge ? "\(Int((move.mostShare * 100).rounded())) %" : nil
    }
}

extension UploadPage.Note {
    init(_ note: CellNote) {
        place =
            (note.sheet.isEmpty ? "" : "\(note.sheet), ") + (note.row > 0 ? "dòng \(note.row)" : "cả tệp")
            + (note.column.isEmpty ? "" : ", cột \(note.column)")
        cell = note.value.isEmpty ? nil : note.value
        message = note.message
    }
}

/// A large file before it is read, or one that nothing can be read of.
struct UploadWaitingPage: Page {
    static let template: PageTemplate = "figure-upload-waiting"

    let tabs: [Frame.Link]
    let fileName: String
    let fileAddress: String
    let state: String
    /// Changes when the page can do something else; nil when it shows its last.
    let live: String?
    let discardForm: FormModel?
}
