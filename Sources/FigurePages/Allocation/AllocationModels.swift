import Components
import WebDesk

struct AllocationListPage: Page {
    static let template: PageTemplate = "allocation-list"

    let tabs: [Frame.Link]
    let heading: String
    let lead: String
    let years: [Frame.Link]
    let table: TableModel
    let decision: String?
    let decisionLinks: [Frame.Link]
    let form: FormModel?
    let proposalState: String?
    /// Nil while there is none.
    let proposals: TableModel?
    let waiting: String?
    let callForm: FormModel?
}

struct AllocationDeskPage: Page {
    static let template: PageTemplate = "allocation-desk"

    struct Row: Sendable {
        let anchor: String
        let code: String
        let name: String
        let address: String
        let last: String
        let lastVoluntary: String
        let proposal: String
        let total: String
        let compulsory: String
        let voluntary: String
        let growth: String
        let locked: Bool
        let bound: Bool
    }

    struct Change: Sendable {
        let when: String
        let words: String
        let undone: Bool
    }

    struct Paper: Sendable {
        let label: String
        let address: String
    }

    let back: Frame.Link
    let heading: String
    let state: Badge
    let isDraft: Bool
    let isCity: Bool
    let totalSum: String
    /// Of the province: the compulsory part and where it comes from; nil for a commune.
    let compulsorySum: String?
    /// Which of the two columns is typed into: the other follows.
    let typesTotal: Bool
    let typesCompulsory: Bool
    let voluntarySum: String
    let spread: String
    let sources: [String]
    let remarks: [String]
    let hasRemarks: Bool
    let rows: [Row]
    let action: String
    /// Where single cells are sent, and the script that sends them.
    let cells: String
    let script: String
    /// The inputs as a table, to be filled in and taken back.
    let inputAddress: String
    let hidden: [FormModel.Hidden]
    /// What is wrong with numbers typed into the grid.
    let gridProblems: [String]
    let hasGridProblems: Bool
    let lockAllForm: FormModel?
    let unlockAllForm: FormModel?
    /// How many units are held.
    let held: String
    let settingsForm: FormModel?
    let inputForm: FormModel?
    let copyForm: FormModel?
    let undoForm: FormModel?
    let decideForm: FormModel?
    /// Who may be the second person; nil where one decides.
    let secondsNote: String?
    /// A decision that waits for a second person.
    let waiting: WaitingDeed?
    let changes: [Change]
    let hasChanges: Bool
    /// Each decision made of it, corrected or withdrawn.
    let decisions: [Change]
    let hasDecisions: Bool
    /// The paper by which it is, or is to be, decided.
    let decisionPaper: Frame.Link?
    let papers: [Paper]
    let hasPapers: Bool
    /// For the heads of groups: all their sheets.
    let sheetsForm: FormModel?
    let links: [Frame.Link]
    let helping: [Frame.Link]
    let hasHelping: Bool
    let rule: String?
    let cost: CostPart?
}

struct CostPart: Sendable {
    struct Row: Sendable {
        let month: String
        let people: String
        let perPerson: String
        let state: String
        let local: String
    }

    let total: String
    let local: String
    let assumption: String
    let rows: [Row]
}

struct AllocationUnitPage: Page {
    static let template: PageTemplate = "allocation-unit"

    let back: Frame.Link
    let heading: String
    let facts: [Fact]
    let reason: String
    let condition: String?
    /// For a group's head: the lines of a message, and the sheet.
    let message: String?
    let sheets: [Frame.Link]
    let hasSheets: Bool
    let pictureForm: FormModel?
    let form: FormModel?
}

struct AllocationComparePage: Page {
    static let template: PageTemplate = "allocation-compare"

    let back: Frame.Link
    let heading: String
    let firstName: String
    let secondName: String
    let summary: String
    let others: [Frame.Link]
    /// Nil while there is no other scenario.
    let table: TableModel?
}

struct AllocationMapPage: Page {
    static let template: PageTemplate = "allocation-map"

    struct Unit: Sendable {
        let name: String
        let address: String
        let growth: String
    }

    /// The units of a colour, by name: a map of a hundred areas has no room for names.
    struct Class: Sendable {
        let title: String
        let units: [Unit]
    }

    let back: Frame.Link
    let heading: String
    let map: ChartModel?
    let noMap: Bool
    let classes: [Class]
}

struct ProposalPage: Page {
    static let template: PageTemplate = "proposal"

    struct Row: Sendable {
        let total: String
        let voluntary: String
        let reason: String
        let when: String
    }

    let tabs: [Frame.Link]
    let heading: String
    let lead: String
    let state: String
    let rows: [Row]
    let nothing: Bool
    let form: FormModel?
}
