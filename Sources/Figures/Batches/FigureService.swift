import Access
public import Database
public import Kernel
public import Province

/// Everything that is done with figures of participants. Each use case stands in a file of its own.
public struct FigureService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    public let directory: CommuneDirectory
    public let reader: FigureReader
    let readings: ReadingRoom

    /// - Parameter readings: where files are read; one that keeps nothing when left out.
    public init(
        store: any DataStore, clock: Clock, directory: CommuneDirectory, province: String,
        readings: ReadingRoom = ReadingRoom()
    ) {
        self.readings = readings
        self.store = store
        self.clock = clock
        self.directory = directory
        reader = FigureReader(directory: directory, province: province)
    }
}

/// A set of figures taken in one step.
public struct FigureBatch: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case file
        /// A contested figure that was found right.
        case contest
        /// Counted by the register, where it is in charge of the month.
        case register
    }

    public let number: Int
    public let kind: Kind
    public let at: Timestamp
    public let actorName: String
    public let file: RecordID?
    public let fileName: String
    /// Who answers for the figures: an office, a document.
    public let source: String
    /// The day the figures are counted to, when the file says it; the last day of each month otherwise.
    public let cutoff: Day?
    public let acceptedRows: Int
    public let rejectedRows: Int
    /// All figures the batch states; those that only confirm what held are among them.
    public let figures: Int
    /// Figures that were new or changed.
    public let changed: Int
    public let firstMonth: Month
    public let lastMonth: Month
    public let withdrawnAt: Timestamp?
    public let withdrawnBy: String?
    public let withdrawnReason: String?
    /// Months whose figures are still to be put in force; of a withdrawn batch, out of force. 0 but for batches of many
    /// figures, while a job works on them or after it was stopped.
    public let monthsLeft: Int
    /// The last job that was to work on it.
    let job: RecordID?
    /// The job that works on it, while it does.
    public internal(set) var worker: RecordID?

    static let columns = """
        number, kind, at, actor_name, file, file_name, source, cutoff, accepted_rows, rejected_rows, figures, changed, first_month,
        last_month, withdrawn_at, withdrawn_by_name, withdrawn_reason, months_left, job
        """

    init(_ row: SQLRow) throws {
        number = try row.integer("number")
        kind = try row.choice("kind")
        at = try row.timestamp("at")
        actorName = try row.text("actor_name")
        file = try row.optionalRecordID("file")
        fileName = try row.text("file_name")
        source = try row.text("source")
        cutoff = try row.optionalDay("cutoff")
        acceptedRows = try row.integer("accepted_rows")
        rejectedRows = try row.integer("rejected_rows")
        figures = try row.integer("figures")
        changed = try row.integer("changed")
        firstMonth = try row.month("first_month")
        lastMonth = try row.month("last_month")
        withdrawnAt = try row.optionalTimestamp("withdrawn_at")
        withdrawnBy = try row.optionalText("withdrawn_by_name")
        withdrawnReason = try row.optionalText("withdrawn_reason")
        monthsLeft = try row.integer("months_left")
        job = try row.optionalRecordID("job")
    }

    /// `09/2026`, or `01/2025 – 12/2026`
    public var monthsTitle: String {
        firstMonth == lastMonth ? firstMonth.vietnamese : "\(firstMonth.vietnamese) – \(lastMonth.vietnamese)"
    }
}
