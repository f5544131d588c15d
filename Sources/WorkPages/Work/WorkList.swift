import Access
import Components
import Kernel
import PlanText
import Province
import WebDesk
import Work

// Work as a list: of everybody's, of a unit's, of a task's.
extension WorkPages {
    /// A piece of work with its row in words.
    struct WorkLine: Sendable {
        let item: WorkItem
        let row: WorkRow
        /// Its task's place in the plan.
        let rank: Int
        let status: WorkStatus
        /// How much was said of it.
        var said = 0

        var saidLinks: [Frame.Link] { ThreadPart.links(said, to: Addresses.work(item.id)) }
    }

    typealias WorkColumn = TableColumn<WorkLine>

    private static let code = WorkColumn(
        "nhiem-vu", "Nhiệm vụ", width: 10, cell: { TableCell($0.row.task, address: $0.row.address) },
        value: { .ranked($0.rank, $0.row.task) })
    private static let text = WorkColumn(
        "noi-dung", "Nội dung", sorted: false, width: 60,
        cell: { TableCell($0.row.text, strong: $0.row.note, links: $0.saidLinks) }, value: { .text($0.row.text) })
    private static let lead = WorkColumn("chu-tri", "Chủ trì", width: 32, value: { .text($0.row.lead) })
    private static let linkedLead = WorkColumn(
        "chu-tri", "Chủ trì", width: 32,
        cell: { line in
            var cell = TableCell(line.row.lead, address: line.row.address, strong: line.row.note)
            cell.links = line.saidLinks
            return cell
        }, value: { .text($0.row.lead) })
    private static let period = WorkColumn(
        "ky", "Kỳ", width: 16, value: { .ranked($0.item.opensOn.daysSinceEpoch, $0.row.period) })
    private static let due = WorkColumn(
        "han", "Hạn", width: 14,
        cell: { TableCell($0.row.due, quiet: $0.row.distance.isEmpty ? nil : $0.row.distance) },
        value: { TableValue($0.item.due) })
    private static let status = WorkColumn(
        "tinh-trang", "Tình trạng", width: 18, cell: { TableCell(badge: $0.row.status) },
        value: { .ranked($0.status.rank, $0.status.title) })

    static let workTable = ListTable<WorkLine>(
        "viec", "Danh sách việc", standing: TableOrder("han"), printedRows: 50,
        columns: [code, text, lead, period, due, status])
    /// A unit's own says nothing of who leads.
    static let unitWorkTable = ListTable<WorkLine>(
        "viec-don-vi", "Việc của đơn vị", standing: TableOrder("han"), printedRows: 70,
        columns: [code, text, period, due, status])
    static let taskWorkTable = ListTable<WorkLine>(
        "viec-nhiem-vu", "Việc của nhiệm vụ", standing: TableOrder("han"), columns: [linkedLead, period, due, status])

    func lines(_ items: [WorkItem]) -> [WorkLine] {
        let today = today
        let ranks = Dictionary(
            definition.tasks.enumerated().map { ($0.element.code, $0.offset) }, uniquingKeysWith: { first, _ in first })
        return items.map { item in
            WorkLine(
                item: item, row: WorkRow(item, plan: definition, today: today), rank: ranks[item.task] ?? ranks.count,
                status: item.status(on: today))
        }
    }

    static func order(_ query: TableQuery) -> WorkOrder? {
        query.order.flatMap { order in
            let parts: [String: WorkOrder.Part] = [
                "nhiem-vu": .task, "chu-tri": .lead, "ky": .period, "han": .due, "tinh-trang": .status,
            ]
            return parts[order.column].map { WorkOrder($0, descending: order.isDescending) }
        }
    }

    /// The page of a list that a query asks for.
    func workPage(
        _ filter: WorkFilter, _ query: TableQuery, for viewer: Viewer
    ) async throws -> (listing: WorkListing, page: TablePage<WorkLine>) {
        var filter = filter
        filter.words = query.words
        let found = try await work.page(
            filter, by: Self.order(query), for: viewer, page: query.page, size: query.rowsAtOnce)
        var rows = lines(found.items)
        let said = try await remarks.counts(rows.map { Subject(.instance, $0.item.id) }, viewer)
        for index in rows.indices { rows[index].said = said[Subject(.instance, rows[index].item.id)] ?? 0 }
        return (found, TablePage(rows: rows, total: found.total, page: found.page, pages: found.pages))
    }

    /// Work as a workbook.
    /// - Parameter list: the outline of one of the lists of work; all have the filter of the list of work in their address.
    private func workbook(_ table: ListTable<WorkLine>) -> ListWorkbook {
        ListWorkbook(table.outline, of: Subject(.plan), .right(.viewWork)) { reader in
            let address = WorkAddress(reader.query, plan: definition, today: today)
            let query = reader.selection(table.outline)
            var filter = address.filter
            filter.words = query.words
            let items = try await work.items(
                filter, by: Self.order(query), for: reader.viewer, limit: reader.most + 1)
            return reader.sheet(table, lines(items), narrowed: words(of: filter))
        }
    }

    var listWorkbook: ListWorkbook { workbook(Self.workTable) }
    var unitWorkbook: ListWorkbook { workbook(Self.unitWorkTable) }
    var taskWorkbook: ListWorkbook { workbook(Self.taskWorkTable) }

    /// What a list was narrowed to, for the head of its workbook.
    private func words(of filter: WorkFilter) -> [String] {
        [
            filter.year.map { "năm \($0)" }, filter.lead.map { definition.name(of: $0) },
            filter.task.map { "nhiệm vụ \($0)" }, filter.group.map { "nhóm \($0)" },
            filter.undated ? "chưa ấn định hạn" : filter.status?.title.lowercased(),
            filter.superior.map { "chờ \(definition.name(of: .agency($0))) duyệt" },
        ].compactMap(\.self)
    }
}
