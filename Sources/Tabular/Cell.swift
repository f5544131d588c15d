public import Kernel

/// The content of one cell of a table, as the file holds it.
public enum Cell: Sendable, Equatable {
    case empty
    case text(String)
    /// A number of a workbook; CSV has only text.
    case number(Double)
    /// A number that the workbook shows as a per cent: 0.25 is 25 %.
    case percent(Double)
    /// A number that the workbook shows as a day.
    case day(Day)
    case truth(Bool)
    /// An error a formula ended in: `#REF!`.
    case failed(String)
    /// A formula whose result the file does not hold.
    case uncomputed(String)

    /// As a person sees it; whole numbers without a fraction, days as `dd/MM/yyyy`.
    public var shown: String {
        switch self {
        case .empty: ""
        case .text(let text): text
        case .number(let number): Self.shown(number)
        case .percent(let share): "\(Self.shown(Self.asShown(share * 100)).replacing(".", with: ",")) %"
        case .day(let day): day.vietnamese
        case .truth(let truth): truth ? "TRUE" : "FALSE"
        case .failed(let error): error
        case .uncomputed(let formula): "=\(formula)"
        }
    }

    /// Whether there is nothing to read: empty, or text of white space and marks that take no room.
    public var isBlank: Bool {
        switch self {
        case .empty: true
        case .text(let text):
            // Most texts begin with a letter or digit of ASCII.
            text.utf8.first.map { $0 > 32 && $0 < 127 } != true
                && text.unicodeScalars.allSatisfy {
                    $0.properties.isWhitespace || $0.properties.isDefaultIgnorableCodePoint
                }
        default: false
        }
    }

    private static func shown(_ number: Double) -> String {
        let number = asShown(number)
        // Whole numbers up to 2^53 are exact in a workbook.
        return number.magnitude < 9e15 && number == number.rounded() ? String(Int64(number)) : String(number)
    }

    /// A number that differs from a whole one past the fifteen digits a spreadsheet shows, as that whole number: what sums
    /// of fractions leave behind.
    static func asShown(_ number: Double) -> Double {
        let whole = number.rounded()
        return abs(number - whole) <= abs(whole) * 5e-15 ? whole : number
    }
}

/// One row of a table with its number in the file: the row of a workbook, the line of a CSV file.
public struct TableRow: Sendable, Equatable {
    /// 1-based.
    public let number: Int
    /// From the first column on; rows may differ in length.
    public var cells: [Cell]

    public init(number: Int, cells: [Cell]) {
        self.number = number
        self.cells = cells
    }

    /// The cell of a column (0-based); empty past the row's end.
    public subscript(column: Int) -> Cell { cells.indices.contains(column) ? cells[column] : .empty }

    public var isBlank: Bool { cells.allSatisfy(\.isBlank) }
}

/// A rectangle of merged cells; rows as numbered in the file, columns 0-based.
public struct CellRange: Sendable, Equatable {
    public let rows: ClosedRange<Int>
    public let columns: ClosedRange<Int>

    public init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
        self.rows = rows
        self.columns = columns
    }
}

/// One sheet of a workbook, or the one table of a CSV file.
public struct Table: Sendable {
    /// Of the sheet; empty for CSV.
    public let name: String
    public let rows: [TableRow]
    public let merged: [CellRange]

    public init(name: String, rows: [TableRow], merged: [CellRange] = []) {
        self.name = name
        self.rows = rows
        self.merged = merged
    }
}

/// The letters of a column as spreadsheets show them: 0 → `A`, 26 → `AA`.
public func columnLetters(_ column: Int) -> String {
    var letters = ""
    var rest = column
    repeat {
        letters = String(UnicodeScalar(UInt8(65 + rest % 26))) + letters
        rest = rest / 26 - 1
    } while rest >= 0
    return letters
}
