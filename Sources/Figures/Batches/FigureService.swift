import Access
public import Database
public import Kernel
import Tabular
public import Territory

/// Everything that is done with figures of participants. Each use case stands in a file of its own.
public struct FigureService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    public let directory: CommuneDirectory
    public let reader: FigureReader

    public init(store: any DataStore, clock: Clock, directory: CommuneDirectory, province: String) {
        self.store = store
        self.clock = clock
        self.directory = directory
        reader = FigureReader(directory: directory, province: province)
    }

    /// Reads a file against what is stored.
    func read(
        _ file: TableFile, fileName: String, month: Month?, acceptsJumps: Bool, on connection: any SQLConnection
    ) throws -> FigureReading {
        var surroundings = FigureReader.Surroundings(today: clock.today, month: month, acceptsJumps: acceptsJumps)
        let stored = try StoredFigures(on: connection)
        surroundings.isKnown = { stored.months.contains($0) }
        surroundings.earlier = { stored.earlier($0, $1, before: $2) }
        return try reader.read(file, fileName: fileName, in: surroundings)
    }

    /// What holds at present, for comparing a file with it.
    struct StoredFigures: Sendable {
        struct Key: Hashable, Sendable {
            let commune: CommuneCode
            let scheme: Scheme
        }

        let months: Set<Month>
        let people: [Key: [Month: Int]]

        init(on connection: any SQLConnection) throws {
            var months: Set<Month> = []
            var people: [Key: [Month: Int]] = [:]
            var monthsByText: [String: Month] = [:]
            try connection.forEachRow("SELECT commune, month, scheme, people FROM participant_figure", []) { row in
                let text = try row.text("month")
                let month = try monthsByText[text] ?? row.month("month")
                monthsByText[text] = month
                months.insert(month)
                people[Key(commune: try row.communeCode("commune"), scheme: try row.choice("scheme")), default: [:]][
                    month] =
                    try row.integer("people")
            }
            self.months = months
            self.people = people
        }

        func earlier(_ commune: CommuneCode, _ scheme: Scheme, before month: Month) -> (month: Month, people: Int)? {
            guard let known = people[Key(commune: commune, scheme: scheme)] else { return nil }
            for back in 1...12 {
                let earlier = month.adding(months: -back)
                if let people = known[earlier] { return (earlier, people) }
            }
            return nil
        }

        subscript(figure: ReadFigure) -> Int? {
            people[Key(commune: figure.commune, scheme: figure.scheme)]?[figure.month]
        }
    }
}

/// A set of figures taken in one step.
public struct FigureBatch: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case file
        /// A contested figure that was found right.
        case contest
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

    static let columns = """
        number, kind, at, actor_name, file, file_name, source, cutoff, accepted_rows, rejected_rows, figures, changed, first_month,
        last_month, withdrawn_at, withdrawn_by_name, withdrawn_reason
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
    }

    /// `09/2026`, or `01/2025 – 12/2026`
    public var monthsTitle: String {
        firstMonth == lastMonth ? firstMonth.vietnamese : "\(firstMonth.vietnamese) – \(lastMonth.vietnamese)"
    }
}
