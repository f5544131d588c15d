// One of each model, complete: see ``Page/sample``.

extension TableCell {
    public static let sample: TableCell = {
        var cell = TableCell(
            "Phường An Biên", link: Addresses.home(), badge: .sample, more: "lần 2", strong: "Bị trả lại",
            quiet: "còn 5 ngày", below: "Số tạm tính", links: [.sample])
        (cell.isHead, cell.isNumber, cell.label, cell.markup) = (true, true, "Đơn vị", "<form></form>")
        return cell
    }()
}

extension ListRow {
    public static let sample = ListRow(cells: [.sample], mark: "wrong")
}

extension TableTools {
    public static let sample = TableTools(
        action: "/dia-chi", hidden: [.sample],
        entries: [
            .init(
                id: "bang-loc", name: "loc", label: "Có chữ", value: "an biên", isText: true, options: [.sample],
                isForPhones: true)
        ])
}

extension TableModel {
    public static let sample = TableModel(
        look: "cards",
        headings: [.init(title: "Đơn vị", isNumber: true, sorting: "ascending", sortAddress: "/dia-chi")],
        tools: "<form></form>", rowsHTML: "<tr><td>Việc</td></tr>", told: "114 dòng", hasRows: true,
        captionText: "Chỉ tiêu", emptyWords: "Chưa có gì.", clearAddress: "/dia-chi", workbookAddress: "/dia-chi",
        columnsAddress: "/dia-chi", allRowsAddress: "/dia-chi", turner: .sample)
}
