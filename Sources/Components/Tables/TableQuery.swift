/// By which column a list is sorted, as its address says it: `tong-so`, downwards `-tong-so`.
public struct TableOrder: Sendable, Hashable {
    public let column: String
    public let isDescending: Bool

    public init(_ column: String, descending: Bool = false) {
        self.column = column
        isDescending = descending
    }

    init?(text: String, in outline: TableOutline) {
        let key = text.hasPrefix("-") ? String(text.dropFirst()) : text
        guard outline.columns.contains(where: { $0.key == key && $0.isSorted }) else { return nil }
        self.init(key, descending: text.hasPrefix("-"))
    }

    var text: String { isDescending ? "-\(column)" : column }
}

/// How somebody looks at a list: order, filter and page stand in the address, the columns with the account.
public struct TableQuery: Sendable, Hashable {
    /// Nil: as the list comes.
    public var order: TableOrder?
    public var words: String
    /// By the column's key.
    public var choices: [String: String]
    /// 1-based.
    public var page: Int
    public var rowsAtOnce: Int
    /// Columns that this person does not want to see.
    public let hidden: Set<String>
    private let suffix: String
    private let usualRows: Int

    /// - Parameter read: a value of the address; empty where there is none. Whatever is no order, column or page of the list is
    ///   left out.
    public init(_ outline: TableOutline, hidden: Set<String> = [], read: (QueryKey) -> String) {
        suffix = outline.suffix
        order = TableOrder(text: read(outline.named(.sort)), in: outline)
        words = String(read(outline.named(.filter)).prefix(100))
        var choices: [String: String] = [:]
        for column in outline.columns where column.isChoice {
            let choice = read(outline.named(.choice(of: column.key)))
            if !choice.isEmpty { choices[column.key] = choice }
        }
        self.choices = choices
        page = max(1, Int(read(outline.named(.page))) ?? 1)
        rowsAtOnce = read(outline.named(.rows)) == String(outline.printedRows) ? outline.printedRows : outline.usualRows
        usualRows = outline.usualRows
        self.hidden = hidden.intersection(outline.columns.dropFirst().map(\.key))
    }

    /// How many pages so many rows come to; one where there are none.
    public func pages(of total: Int) -> Int { max(1, (total + rowsAtOnce - 1) / rowsAtOnce) }

    public var isNarrowed: Bool { !words.isEmpty || !choices.isEmpty }

    /// What tells the page from others that are kept: all of it.
    public var key: String {
        let chosen = choices.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        return "\(order?.text ?? "")|\(words)|\(chosen)|\(page)|\(rowsAtOnce)|\(hidden.sorted().joined(separator: ","))"
    }

    /// The address of the list looked at in this way.
    public func address(_ base: Address) -> Address {
        selection(base).with(named(.rows), rowsAtOnce == usualRows ? nil : rowsAtOnce)
            .with(named(.page), page > 1 ? page : nil)
    }

    /// The same rows in the same order, whichever page of them.
    public func selection(_ base: Address) -> Address {
        var address = base.with(named(.sort), order?.text).with(named(.filter), words)
        for (key, value) in choices.sorted(by: { $0.key < $1.key }) {
            address = address.with(named(.choice(of: key)), value)
        }
        return address
    }

    private func named(_ key: QueryKey) -> QueryKey {
        suffix.isEmpty ? key : QueryKey("\(key.name)-\(suffix)")
    }

    func with(_ change: (inout TableQuery) -> Void) -> TableQuery {
        var query = self
        query.page = 1
        change(&query)
        return query
    }
}

/// Where a list stands: its page, and the values of the page's own that its links keep.
public struct TablePlace: Sendable {
    public let page: Address
    public let values: [(key: QueryKey, value: String)]

    /// - Parameter values: empty ones are left out.
    public init(_ page: Address, _ values: [(QueryKey, String)] = []) {
        self.page = page
        self.values = values.filter { !$0.1.isEmpty }.map { (key: $0.0, value: $0.1) }
    }

    public var address: Address { values.reduce(page) { $0.with($1.key, $1.value) } }

    /// The same values at another address.
    public func values(at address: Address) -> Address { values.reduce(address) { $0.with($1.key, $1.value) } }
}

/// One page of a list, as it came from wherever it is kept.
public struct TablePage<Row: Sendable>: Sendable {
    public let rows: [Row]
    /// How many the selection holds.
    public let total: Int
    /// 1-based.
    public let page: Int
    public let pages: Int
    /// How many there are without filter; nil where nobody counted.
    public let all: Int?
    /// What the columns of choices may be narrowed to, by key.
    public let choices: [String: [String]]

    public init(rows: [Row], total: Int, page: Int, pages: Int, all: Int? = nil, choices: [String: [String]] = [:]) {
        self.rows = rows
        self.total = total
        self.page = page
        self.pages = pages
        self.all = all
        self.choices = choices
    }
}
