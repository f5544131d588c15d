import Tabular

/// Reads the cells of one column and keeps what it read: lists say the same again and again.
final class ColumnReader {
    let reader: CellReader
    private var known: [TextBytes: CellReading] = [:]
    private var (asked, met) = (0, 0)

    /// What is kept of a column: its months, communes, firms and streets, not its names.
    private static let most = 4_096

    init(_ reader: CellReader) { self.reader = reader }

    var column: FormatColumn { reader.column }

    func read(_ cell: Cell) -> CellReading {
        guard case .text(let text) = cell, isWorthAsking else { return reader.read(cell) }
        let key = TextBytes(text)
        asked += 1
        if let reading = known[key] {
            met += 1
            return reading
        }
        let reading = reader.read(cell)
        if known.count < Self.most { known[key] = reading }
        return reading
    }

    /// In a column of numbers that are all different, looking costs more than it saves.
    private var isWorthAsking: Bool { asked < 2_000 || met * 4 > asked }
}
