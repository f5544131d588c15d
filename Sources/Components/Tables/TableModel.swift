import Kernel
public import Mustache

/// A list on a page: a part of the page's template, `{{#table}}{{>table}}{{/table}}`.
public struct TableModel: Sendable, MustacheParent {
    struct Heading: Sendable, MustacheParent {
        let title: String
        let isNumber: Bool
        /// `ascending` or `descending`: of the column that the rows are sorted by.
        let sorting: String?
        let sortAddress: String?

        func child(named name: String) -> Any? {
            switch name {
            case "title": title
            case "isNumber": isNumber
            case "sorting": sorting
            case "sortAddress": sortAddress
            default: nil
            }
        }
    }

    let look: String
    let headings: [Heading]
    /// HTML of ``TableTools`` and of ``ListRow``s; empty tools where nothing is there to be narrowed.
    let tools: String
    let rowsHTML: String
    /// How many rows there are; nil where there is nothing to tell of.
    let told: String?
    let hasRows: Bool
    let captionText: String?
    let emptyWords: String?
    let clearAddress: String?
    let workbookAddress: String?
    let columnsAddress: String?
    let allRowsAddress: String?
    let turner: Pager?

    public func child(named name: String) -> Any? {
        switch name {
        case "look": look
        case "headings": headings
        case "tools": tools
        case "rowsHTML": rowsHTML
        case "told": told
        case "hasRows": hasRows
        case "captionText": captionText
        case "emptyWords": emptyWords
        case "clearAddress": clearAddress
        case "workbookAddress": workbookAddress
        case "columnsAddress": columnsAddress
        case "allRowsAddress": allRowsAddress
        case "turner": turner
        default: nil
        }
    }
}

extension ListTable {
    /// - Parameters:
    ///   - rows: HTML of ``tableRows(_:hiding:)``.
    ///   - tools: HTML of ``tools(_:at:own:choices:)``.
    ///   - workbook: where the list is had as a workbook, without values; nil where it is not.
    ///   - isLong: whether a job makes the workbook.
    ///   - nothing: what is said where there are no rows at all.
    public func model(
        _ page: TablePage<Row>, _ query: TableQuery, at place: TablePlace, rows: String, tools: String = "",
        workbook: Address? = nil, isLong: Bool = false, caption: String? = nil,
        nothing: String = "Chưa có gì trong danh sách này."
    ) -> TableModel {
        let base = place.address
        let order = query.order ?? standing
        let headings = shown(query.hidden).map { column in
            let isSorting = order?.column == column.key && column.isSorted
            // Numbers and days are looked at from the top.
            let next = isSorting ? !(order?.isDescending ?? false) : column.isNumber
            return TableModel.Heading(
                title: column.title, isNumber: column.isNumber,
                sorting: isSorting ? (order?.isDescending ?? false) ? "descending" : "ascending" : nil,
                sortAddress: column.isSorted && page.total > 1
                    ? query.with { $0.order = TableOrder(column.key, descending: next) }.address(base).text : nil)
        }
        let count = VietnameseText.grouped(page.total)
        let of = page.all.flatMap { $0 == page.total ? nil : "\(count) trong \(VietnameseText.grouped($0)) dòng" }
        let hasMore = page.total > usualRows && query.rowsAtOnce == usualRows && printedRows > usualRows
        let file = workbook.map { query.selection(place.values(at: $0)) }.map {
            isLong ? Addresses.longWorkbook(key).with(.selection, $0.queryText) : $0
        }
        return TableModel(
            look: look.rawValue, headings: headings, tools: tools, rowsHTML: rows,
            told: page.rows.isEmpty && !query.isNarrowed ? nil : of ?? "\(count) dòng",
            hasRows: !page.rows.isEmpty, captionText: caption,
            emptyWords: page.rows.isEmpty
                ? query.isNarrowed || (page.all ?? 0) > 0 ? "Không có dòng nào khớp với lựa chọn này." : nothing : nil,
            clearAddress: query.isNarrowed
                ? query.with {
                    $0.words = ""
                    $0.choices = [:]
                }.address(base).text : nil,
            workbookAddress: page.rows.isEmpty ? nil : file?.text,
            // The page of columns knows lists by their workbooks.
            columnsAddress: columns.count > 2 && workbook != nil
                ? Addresses.tableColumns(key).with(.back, query.address(base).text).text : nil,
            allRowsAddress: hasMore ? query.with { $0.rowsAtOnce = printedRows }.address(base).text : nil,
            turner: Pager(page: page.page, pages: page.pages) { number in
                var turned = query
                turned.page = number
                return turned.address(base).text
            })
    }
}
