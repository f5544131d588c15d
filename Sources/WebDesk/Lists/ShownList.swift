import Access
public import Components
import Kernel
import Synchronization

/// The columns each person has hidden, kept while nobody chooses: lists are asked for often, and choices are rare.
final class HiddenColumns: Sendable {
    private let capacity: Int
    private let entries = Mutex<[RecordID: (revision: [Int], hidden: [String: Set<String>])]>([:])

    /// - Parameter capacity: how many people's are kept; when full, all are dropped.
    init(capacity: Int) {
        self.capacity = capacity
    }

    func hidden(
        of account: RecordID, revision: [Int], read: () async throws -> [String: Set<String>]
    ) async throws -> [String: Set<String>] {
        let known = entries.withLock { $0[account] }
        if let known, known.revision == revision { return known.hidden }
        let hidden = try await read()
        entries.withLock { entries in
            if entries.count >= capacity { entries = [:] }
            entries[account] = (revision, hidden)
        }
        return hidden
    }
}

extension PageArea {
    /// How somebody looks at a list: what the address says, and the columns they have chosen.
    public func query(_ outline: TableOutline, of request: MemberRequest) async throws -> TableQuery {
        let hidden = try await desk.hiddenColumns.hidden(
            of: request.viewer.account, revision: request.revisions.of([.listColumns])
        ) {
            try await desk.access.hiddenColumns(of: request.viewer)
        }
        return TableQuery(outline, hidden: hidden[outline.key] ?? []) { request.query[$0] }
    }

    /// A page with a list, kept; unless words were typed: there are too many of them to keep.
    public func kept(
        _ place: String, _ query: TableQuery, revision: [Int], make: () async throws -> String
    ) async throws -> String {
        guard !query.isNarrowed else { return try await make() }
        return try await fragments.fragment("\(place)|\(query.key)", revision: revision, make: make)
    }

    /// A list on a page.
    /// - Parameters:
    ///   - own: selects of the page's own in the form that narrows the list.
    ///   - tools: the form, where it was rendered before or is kept.
    ///   - keepsRows: whether equal rows are rendered once; rows with forms are never equal.
    ///   - workbook: where the list is had as a workbook.
    public func list<Row>(
        _ table: ListTable<Row>, _ page: TablePage<Row>, _ query: TableQuery, at place: TablePlace, own: [Field] = [],
        tools: String? = nil, keepsRows: Bool = true, workbook: Address? = nil, caption: String? = nil,
        nothing: String = "Chưa có gì trong danh sách này."
    ) throws -> TableModel {
        let isWorthNarrowing = query.isNarrowed || !own.isEmpty || page.total > 1
        let rows = table.tableRows(page.rows, hiding: query.hidden)
        return table.model(
            page, query, at: place,
            rows: try keepsRows ? desk.rows.html(rows) : rows.map { try renderer.render($0) }.joined(),
            tools: try tools
                ?? (isWorthNarrowing
                    ? renderer.render(table.tools(query, at: place, own: own, choices: page.choices)) : ""),
            workbook: workbook, isLong: page.total > ListWorkbook.mostAtOnce, caption: caption, nothing: nothing)
    }

    /// A list that is small enough to be read whole.
    public func list<Row>(
        _ table: ListTable<Row>, of rows: [Row], _ query: TableQuery, at place: TablePlace, own: [Field] = [],
        keepsRows: Bool = true, workbook: Address? = nil, caption: String? = nil,
        nothing: String = "Chưa có gì trong danh sách này."
    ) throws -> TableModel {
        try list(
            table, table.page(of: rows, by: query), query, at: place, own: own, keepsRows: keepsRows,
            workbook: workbook, caption: caption,
            nothing: nothing)
    }
}
