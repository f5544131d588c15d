/// A column of a list: what it holds of a row, from which order, filter, page and workbook follow.
public struct TableColumn<Row: Sendable>: Sendable {
    /// Stands in addresses and is remembered for each account: it never changes.
    public let key: String
    public let title: String
    /// Aligned to the right.
    public let isNumber: Bool
    public let isSorted: Bool
    /// Whether the list is narrowed by choosing one of its values.
    public let isChoice: Bool
    /// Characters, in a workbook.
    public let width: Double
    public let value: @Sendable (Row) -> TableValue
    let cell: (@Sendable (Row) -> TableCell)?
    /// Whether it stands in workbooks: forms do not.
    public let isData: Bool

    /// - Parameters:
    ///   - cell: what the page shows, where that is more than the value's words.
    ///   - data: whether it stands in workbooks.
    ///   - value: nothing that the page would not show: whoever sees the page may take the workbook.
    public init(
        _ key: String, _ title: String, number: Bool = false, sorted: Bool = true, choice: Bool = false,
        data: Bool = true, width: Double? = nil, cell: (@Sendable (Row) -> TableCell)? = nil,
        value: @escaping @Sendable (Row) -> TableValue
    ) {
        self.key = key
        self.title = title
        isNumber = number
        isSorted = sorted
        isChoice = choice
        isData = data
        self.width = width ?? (number ? 14 : 24)
        self.cell = cell
        self.value = value
    }
}

/// What is known of a list without its rows.
public struct TableOutline: Sendable {
    public struct Column: Sendable {
        public let key: String
        public let title: String
        let isSorted: Bool
        let isChoice: Bool
    }

    public let key: String
    public let title: String
    /// The first is always shown.
    public let columns: [Column]
    /// The order in which rows come when nobody asks for another.
    let standing: TableOrder?
    let usualRows: Int
    /// So many rows on a page to be printed.
    let printedRows: Int
    /// Of the names in the address, where a page has more than one list.
    let suffix: String

    /// The name of a value of this list in the address.
    func named(_ key: QueryKey) -> QueryKey { suffix.isEmpty ? key : QueryKey("\(key.name)-\(suffix)") }
}
