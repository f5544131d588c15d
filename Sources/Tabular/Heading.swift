import Kernel

/// Rows of a table that stand together and are looked at as its heading: the one finder of headings asks of each what it says.
public struct Heading: Sendable {
    /// Index into the table's rows of the first of them.
    public let first: Int
    public let depth: Int
    /// What stands over each column, from the upmost row down: merged cells count for every column they cover.
    public let paths: [[String]]
    /// What the lowest row itself says over each column; empty where it says nothing.
    public let own: [String]

    /// Index of the first row of data.
    public var firstRow: Int { first + depth }
    /// Columns up to the last that is headed.
    public var width: Int { (paths.lastIndex { !$0.isEmpty } ?? -1) + 1 }

    /// Rows of a table that its heading may stand among: titles above it are passed over.
    public static let mostRows = 40
    /// Finds the heading that says most; of those that say as much the leaner, then the upper.
    /// - Parameters:
    ///   - depths: how many rows it may have.
    ///   - columns: those beyond are not looked at.
    ///   - readable: what a cell's text means, where it is not what stands there; nothing for nothing.
    ///   - isData: whether a row is known to be data: the search ends there.
    ///   - endsWhenFound: whether rows below a heading that was found are not looked at.
    ///   - read: what a heading says and how much that is; nil for none.
    public static func find<Meaning>(
        in table: Table, depths: ClosedRange<Int> = 1...1, columns: Int = 200,
        readable: (String) -> String = { $0 },
        isData: (TableRow) -> Bool = { _ in false }, endsWhenFound: Bool = false,
        read: (Heading) -> (meaning: Meaning, score: Int)?
    ) -> (heading: Heading, meaning: Meaning)? {
        var best: (heading: Heading, meaning: Meaning, score: Int)?
        // A row stands in several headings: its texts are made once.
        var known: [[String]?] = Array(repeating: nil, count: table.rows.count)
        func texts(_ index: Int) -> [String] {
            if let texts = known[index] { return texts }
            let texts = table.rows[index].cells.prefix(columns).map { VietnameseText.tidy(readable($0.shown)) }
            known[index] = texts
            return texts
        }
        for first in table.rows.indices.prefix(mostRows) {
            if isData(table.rows[first]) { break }
            for depth in depths where first + depth <= table.rows.count {
                if depth > 1, isData(table.rows[first + depth - 1]) { break }
                guard let heading = Heading(table, first: first, depth: depth, texts: texts),
                    let found = read(heading)
                else { continue }
                let isLean = best.map { found.score == $0.score && depth < $0.heading.depth } ?? false
                if isLean || best.map({ found.score > $0.score }) ?? true {
                    best = (heading, found.meaning, found.score)
                }
            }
            if endsWhenFound, let best, first > best.heading.firstRow { break }
        }
        return best.map { ($0.heading, $0.meaning) }
    }

    /// The row that names columns as they are wanted, letter by letter; without one the first row with several cells, which
    /// tells what is missing.
    /// - Parameters:
    ///   - rows: the first of a table.
    ///   - names: of each column those it may have; none for whatever columns there are.
    /// - Returns: its index among the rows; nil without any row.
    public static func place(naming names: [[String]], among rows: [TableRow]) -> Int? {
        find(in: Table(name: "", rows: Array(rows.prefix(mostRows))), columns: .max) { heading in
            let own = Set(heading.own)
            let isWhole = !names.isEmpty && names.allSatisfy { !own.isDisjoint(with: $0) }
            return ((), isWhole ? 3 : heading.own.count { !$0.isEmpty } > 1 ? 2 : 1)
        }?.heading.first
    }

    /// - Parameter texts: of a row of the table, by its index; they end with its cells.
    private init?(_ table: Table, first: Int, depth: Int, texts: (Int) -> [String]) {
        let places = first..<first + depth
        let rows = table.rows[places]
        // Rows of a heading stand together; a gap of blank rows ends it.
        for (row, next) in zip(rows, rows.dropFirst()) where next.number - row.number > 1 { return nil }
        let texts = places.map { texts($0) }
        let width = texts.map(\.count).max() ?? 0
        let spread = places.map { place in
            Self.spread(
                rows[place], texts[place - first], below: place + 1 < places.upperBound ? rows[place + 1] : nil,
                merged: table.merged, width: width)
        }
        self.first = first
        self.depth = depth
        paths = (0..<width).map { column in
            var path: [String] = []
            for row in spread where !row[column].isEmpty && row[column] != path.last { path.append(row[column]) }
            return path
        }
        own = Self.widened(texts.last ?? [], to: width)
    }

    /// A row with merged cells written into each column they cover. A text file has no merged cells: there an empty cell
    /// continues the one before it, when the row below has a heading.
    private static func spread(
        _ row: TableRow, _ texts: [String], below: TableRow?, merged: [CellRange], width: Int
    ) -> [String] {
        var texts = widened(texts, to: width)
        for range in merged
        where range.rows.lowerBound == row.number && range.columns.lowerBound < width {
            for column in range.columns where column < width { texts[column] = texts[range.columns.lowerBound] }
        }
        guard merged.isEmpty, let below else { return texts }
        for column in texts.indices.dropFirst()
        where texts[column].isEmpty && !texts[column - 1].isEmpty && !below[column].isBlank
            && !below[column - 1].isBlank
        {
            texts[column] = texts[column - 1]
        }
        return texts
    }

    private static func widened(_ texts: [String], to width: Int) -> [String] {
        texts + repeatElement("", count: width - texts.count)
    }

    /// What a column is called, its parts joined.
    public func title(_ column: Int) -> String {
        paths.indices.contains(column) ? paths[column].joined(separator: " / ") : ""
    }
}

/// Tells rows of a text file whose cells stand in other columns than they should: a separator within a number or a name moves
/// all behind it.
public struct ShiftedRows: Sendable {
    /// Cells of the heading, empty ones behind the last title among them.
    private let cells: Int
    private let headed: Int
    private let figures: Set<Int>
    private let partsNumbers: Bool

    /// - Parameters:
    ///   - form: how the file is written; nil for a workbook, whose cells stand where they stand.
    ///   - figures: the columns that numbers are read from.
    public init?(_ table: Table, _ heading: Heading, form: TextForm?, figures: some Sequence<Int>) {
        guard let form else { return nil }
        self.init(
            cells: table.rows[heading.first..<heading.firstRow].map(\.cells.count).max() ?? 0, headed: heading.width,
            form: form, figures: figures)
    }

    public init(cells: Int, headed: Int, form: TextForm, figures: some Sequence<Int>) {
        self.cells = cells
        self.headed = headed
        self.figures = Set(figures)
        partsNumbers = form.separator == ","
    }

    /// The cell that shows it, and what is to be done; nil for a row that stands right.
    public func problem(of row: TableRow) -> (column: Int, message: String)? {
        if let column = row.cells.indices.last(where: { !row[$0].isBlank }), column >= cells {
            return (
                column,
                "dòng có nhiều ô hơn dòng tiêu đề: có thể trong số có dấu phân cách (1,234); hãy bỏ dấu đó hoặc lưu thành .xlsx"
            )
        }
        guard partsNumbers else { return nil }
        let isLonger = row.cells.indices.contains { $0 >= headed && !row[$0].isBlank }
        for column in row.cells.indices.dropFirst() where figures.contains(column) {
            guard case .text(let start) = row[column - 1], case .text(let end) = row[column], Self.parts(start, end)
            else { continue }
            // `12,000`: no number of people begins with zeros. `12,345`: only where the row is longer than it should be.
            if end.first == "0" || isLonger {
                return (
                    column,
                    "có thể là phần sau của “\(start),\(end)” bị tách làm hai ô; hãy bỏ dấu phân cách trong số hoặc lưu thành .xlsx"
                )
            }
        }
        return nil
    }

    private static func parts(_ start: String, _ end: String) -> Bool {
        func isDigits(_ text: String) -> Bool { text.utf8.allSatisfy { (48...57).contains($0) } }
        return (1...3).contains(start.utf8.count) && end.utf8.count == 3 && start.first != "0" && isDigits(start)
            && isDigits(end)
    }
}
