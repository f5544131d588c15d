public import Kernel
import Tabular

/// Something about one cell, or about a file as a whole, that its sender should know.
public struct CellNote: Sendable, Equatable {
    /// Name of the sheet; empty when the file has one table.
    public let sheet: String
    /// As the file numbers its rows; 0 for the whole file.
    public let row: Int
    /// Letters as spreadsheets show them; empty for the whole row or file.
    public let column: String
    /// The column's heading.
    public let heading: String
    /// What stands in the cell.
    public let value: String
    /// What is wrong, or was understood, and what to do; Vietnamese.
    public let message: String

    public init(
        sheet: String = "", row: Int, column: String = "", heading: String = "", value: String = "", message: String
    ) {
        self.sheet = sheet
        self.row = row
        self.column = column
        self.heading = heading
        self.value = value
        self.message = message
    }

    /// `Trang “Biểu 1”, dòng 13, cột D (BHXH TN): …`
    public var sentence: String {
        var place: [String] = []
        if !sheet.isEmpty { place.append("trang “\(sheet)”") }
        if row > 0 { place.append("dòng \(row)") }
        if !column.isEmpty { place.append("cột \(column)" + (heading.isEmpty ? "" : " (\(heading))")) }
        let start = place.isEmpty ? "" : VietnameseText.sentence(place.joined(separator: ", ")) + ": "
        return start + (value.isEmpty ? message : "“\(value)” \(message)")
    }
}

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
public struct FigureReading: Sendable {
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
