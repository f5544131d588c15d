/// What somebody proposed and a second person is to confirm, as its page shows it.
public struct WaitingDeed: Sendable {
    /// What will be done.
    public let words: String
    /// Who proposed it, when, and until when it waits.
    public let told: String
    /// The paper to be read before.
    public let paper: Frame.Link?
    /// Why the reader cannot confirm; nil for whoever can.
    public let note: String?
    public let confirmForm: FormModel?
    public let withdrawForm: FormModel?

    public init(
        words: String, told: String, paper: Frame.Link?, note: String?, confirmForm: FormModel?,
        withdrawForm: FormModel?
    ) {
        self.words = words
        self.told = told
        self.paper = paper
        self.note = note
        self.confirmForm = confirmForm
        self.withdrawForm = withdrawForm
    }
}
