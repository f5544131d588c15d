public import Kernel
public import Tabular

/// The participants of one scheme in one commune at the end of one month, as a file gives them.
public struct ReadFigure: Sendable, Equatable {
    public let commune: CommuneCode
    public let month: Month
    public let scheme: Scheme
    public let people: Int
    /// Of the compulsory scheme when the file has blocks; their sum is `people` when all eleven are there.
    public let blocks: [Block: Int]
}

/// What a file of figures says, with everything that was doubtful or wrong.
public struct FigureReading: Sendable, Equatable {
    /// The months that figures were read for, in order.
    public internal(set) var months: [Month] = []
    public internal(set) var figures: [ReadFigure] = []
    /// The months that titles, file name or sender give the tables as wholes.
    public internal(set) var statedMonths: Set<Month> = []
    /// Rows whose figures are taken.
    public internal(set) var acceptedRows = 0
    /// What is not taken and why. A row with an error is left out whole; the other rows stand.
    public internal(set) var errors: [CellNote] = []
    /// What is taken and should be looked at.
    public internal(set) var warnings: [CellNote] = []
    /// What was read although it was written in another way than asked for.
    public internal(set) var repairs: [CellNote] = []
    /// Rows that hold no commune: titles between rows, totals, notes.
    public internal(set) var skipped: [CellNote] = []
    /// Communes whose row has no figure at all: not known yet, not zero.
    public internal(set) var silent: [CommuneCode] = []
    public internal(set) var ignoredColumns: [String] = []
    /// The day figures are counted to, where the file says it.
    public internal(set) var cutoff: Day?
    /// The first title line: who made the table.
    public internal(set) var title = ""
    /// Rows that are not taken only because their figures jump against the months before.
    public internal(set) var jumpingRows = 0
    /// By sheet and row: why the row is not taken.
    public internal(set) var rejectedRows: [RowPlace: [String]] = [:]

    /// A row of a file of one or several tables.
    public struct RowPlace: Sendable, Hashable {
        public let sheet: String
        public let row: Int
    }

    /// All taken participants of a scheme, over all months of the file.
    public func total(_ scheme: Scheme) -> Int {
        figures.lazy.filter { $0.scheme == scheme }.reduce(0) { $0 + $1.people }
    }
}

/// Why nothing of a file can be read as figures; Vietnamese, with the remedy.
public struct FigureFileError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
