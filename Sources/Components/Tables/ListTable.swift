import Kernel

/// How a table looks on a phone.
public enum TableLook: String, Sendable {
    /// Each row becomes a card: tables of words.
    case cards
    /// The first column stays, the others move behind it: tables of numbers, and long ones.
    case frozen = "frozen dense"
}

/// A list described once, by its columns. Its page, its order, its filter and its workbook follow from them.
public struct ListTable<Row: Sendable>: Sendable {
    public let key: String
    /// Of the workbook.
    public let title: String
    public let look: TableLook
    public let columns: [TableColumn<Row>]
    /// The order in which the rows come; nil where it is no column's.
    public let standing: TableOrder?
    let usualRows: Int
    /// So many rows on a page to be printed: it stays below 100 KB.
    let printedRows: Int
    let suffix: String
    let hasWords: Bool
    let mark: (@Sendable (Row) -> String?)?

    /// - Parameters:
    ///   - key: stands in addresses and is remembered with each account: it never changes.
    ///   - suffix: of the names in the address, for a page's second list.
    ///   - hasWords: whether it is narrowed by words; a page may have a search of its own.
    ///   - mark: a class of a row.
    public init(
        _ key: String, _ title: String, look: TableLook = .cards, standing: TableOrder? = nil, usualRows: Int = 50,
        printedRows: Int = 90, suffix: String = "", hasWords: Bool = true, mark: (@Sendable (Row) -> String?)? = nil,
        columns: [TableColumn<Row>]
    ) {
        self.key = key
        self.title = title
        self.look = look
        self.columns = columns
        self.standing = standing
        self.usualRows = usualRows
        self.printedRows = printedRows
        self.suffix = suffix
        self.hasWords = hasWords
        self.mark = mark
    }

    public var outline: TableOutline {
        TableOutline(
            key: key, title: title,
            columns: columns.map {
                .init(key: $0.key, title: $0.title, isSorted: $0.isSorted, isChoice: $0.isChoice)
            }, standing: standing, usualRows: usualRows, printedRows: printedRows, suffix: suffix)
    }

    // MARK: In memory

    /// The rows that a query selects, in its order: for lists that are small enough to be read whole.
    public func arranged(_ rows: [Row], by query: TableQuery) -> [Row] {
        var rows = rows
        let words = VietnameseText.fold(query.words).split(separator: " ")
        if !words.isEmpty {
            rows = rows.filter { row in
                let text = VietnameseText.fold(columns.map { searched($0, of: row) }.joined(separator: " "))
                return words.allSatisfy { text.contains($0) }
            }
        }
        for column in columns where column.isChoice {
            guard let choice = query.choices[column.key] else { continue }
            rows = rows.filter { column.value($0).words == choice }
        }
        return sorted(rows, by: query.order)
    }

    /// What a person reads in a cell.
    private func searched(_ column: TableColumn<Row>, of row: Row) -> String {
        guard let cell = column.cell?(row) else { return column.value(row).words }
        return [column.value(row).words, cell.text, cell.more, cell.strong, cell.quiet, cell.below].compactMap(\.self)
            .joined(separator: " ")
    }

    private func sorted(_ rows: [Row], by order: TableOrder?) -> [Row] {
        guard let order, let column = columns.first(where: { $0.key == order.column && $0.isSorted }) else {
            return rows
        }
        let keyed = rows.enumerated().map { (index: $0.offset, row: $0.element, key: column.value($0.element).sortKey) }
        return keyed.sorted { left, right in
            switch (left.key, right.key) {
            case (let one?, let other?) where one != other: order.isDescending ? one > other : one < other
            case (.some, nil): true
            case (nil, .some): false
            // What is equal stays as it came.
            default: left.index < right.index
            }
        }.map(\.row)
    }

    /// The page that a query asks for.
    public func page(of rows: [Row], by query: TableQuery) -> TablePage<Row> {
        let found = arranged(rows, by: query)
        let pages = query.pages(of: found.count)
        let page = min(query.page, pages)
        var choices: [String: [String]] = [:]
        for column in columns where column.isChoice {
            var seen: Set<String> = []
            choices[column.key] = sorted(rows, by: TableOrder(column.key)).map { column.value($0).words }.filter {
                seen.insert($0).inserted
            }
        }
        return TablePage(
            rows: Array(found.dropFirst((page - 1) * query.rowsAtOnce).prefix(query.rowsAtOnce)), total: found.count,
            page: page, pages: pages, all: rows.count, choices: choices)
    }

    // MARK: On the page

    /// The rows as they are rendered.
    public func tableRows(_ rows: [Row], hiding hidden: Set<String> = []) -> [ListRow] {
        let columns = shown(hidden)
        return rows.map { row in
            ListRow(
                cells: columns.enumerated().map { index, column in
                    var cell = column.cell?(row) ?? TableCell(column.value(row))
                    cell.isHead = index == 0
                    cell.isNumber = column.isNumber
                    if look == .cards, index > 0 { cell.label = column.title }
                    return cell
                }, mark: mark?(row))
        }
    }

    func shown(_ hidden: Set<String>) -> [TableColumn<Row>] {
        columns.enumerated().filter { $0.offset == 0 || !hidden.contains($0.element.key) }.map(\.element)
    }
}
