import Components

struct ReviewPage: Page {
    static let template: PageTemplate = "review"

    /// The piece that is looked at.
    struct Current: Sendable {
        let place: String
        let task: String
        let text: String
        let facts: [Fact]
        let note: String?
        let slots: [Slot]
        let whole: Frame.Link
        let approve: FormModel
        let approveWithNote: FormModel
        let giveBack: FormModel
        /// Opened when its form was refused.
        let opensAccept: Bool
        let opensGiveBack: Bool
        let previous: Frame.Link?
        let next: Frame.Link?
    }

    /// A product that was handed in.
    struct Slot: Sendable {
        let text: String
        let kind: String
        let personal: Bool
        let product: Product?
        /// The figure that the system holds, in words.
        let held: String?
    }

    struct Product: Sendable {
        let facts: [Fact]
        let fileName: String?
        let fileAddress: String?
    }

    struct Row: Sendable {
        let id: String
        let seen: String
        let address: String
        let task: String
        let text: String
        let lead: String
        let period: String
        let handedIn: String
        let overdue: String?
        let current: Bool
        let ticked: Bool
    }

    /// Decisions of the last minute: one form takes the last of them back, one all.
    struct Undo: Sendable {
        let words: String
        let seconds: String
        let last: FormModel
        /// Nil where the last is all.
        let all: FormModel?
    }

    let count: String
    let told: [String]
    let hasTold: Bool
    let undo: Undo?
    let current: Current?
    let empty: Bool
    let rows: [Row]
    /// Where more wait than are listed.
    let more: String?
    let action: String
    let hidden: [FormModel.Hidden]
    let problems: [String]
    let hasProblems: Bool
    let typedNote: String
    /// Asked for where the note seems to hold somebody's number.
    let confirm: Field?
    /// From where work is followed when nothing waits.
    let list: Frame.Link
    let late: Frame.Link
    let script: String
}

extension Field {
    /// The box below a warning, for a form that is no ``FormModel``; nil where nothing is to be confirmed.
    init?(confirming failure: FormModel.Failure, in form: String) {
        guard let asked = failure.confirmation else { return nil }
        let field = Field(
            FormModel.Confirmation.field, asked.label, kind: .check, hint: asked.hint, value: asked.value,
            required: false)
        self = field.placed(in: form, errors: [:], typed: nil)
    }
}
