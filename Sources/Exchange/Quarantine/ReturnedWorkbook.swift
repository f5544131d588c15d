public import Access
import Database
public import Formats
import Foundation
import Jobs
public import Kernel
import Registry
public import Tabular
import Vault

extension DeliveryService {
    /// Rows that a workbook takes; what is more goes back in the next one, when these were settled.
    public static let mostInWorkbook = 20_000

    /// The open returned rows of a delivery in the sender's own layout, the reason beside each: put right, they are sent again.
    /// - Returns: a sheet for each of the file's, and how many more wait.
    public func returnedSheets(of number: Int, for viewer: Viewer) async throws -> (sheets: [Sheet], more: Int) {
        try viewer.require(.openReturnedRows)
        return try await store.read { [keys] connection in
            let keys = try RegisterKeys.require(keys, on: connection)
            guard let delivery = try Deliveries.find(number, on: connection),
                viewer.returnedScope.covers(delivery.sender)
            else { throw Refusal(.notFound, "Không có lần giao này trong phạm vi bạn được xem.") }
            let rows = try connection.rows(
                "SELECT * FROM returned_row WHERE delivery = ? AND state = ? ORDER BY position LIMIT ?", number,
                QuarantinedRow.State.open.rawValue, Self.mostInWorkbook + 1
            ).map { try ReturnedRows.open($0, keys: keys) }
            let tops = try Layouts.tops(of: number, keys: keys, on: connection)
            let open = try connection.integer(
                "SELECT COUNT(*) FROM returned_row WHERE delivery = ? AND state = ?", number,
                QuarantinedRow.State.open.rawValue)
            return (
                Self.sheets(Array(rows.prefix(Self.mostInWorkbook)), tops: tops),
                max(0, (open ?? 0) - Self.mostInWorkbook)
            )
        }
    }

    /// - Parameter tops: what stood above the rows of each sheet.
    static func sheets(_ rows: [ReturnedRow], tops: [String: [[String]]]) -> [Sheet] {
        var names: [String] = []
        for row in rows where !names.contains(row.sheet) { names.append(row.sheet) }
        return names.map { name in
            let own = rows.filter { $0.sheet == name }
            let top = tops[name] ?? []
            let width = (top.map(\.count) + own.map(\.cells.count)).max() ?? 0
            func padded(_ cells: [SheetCell]) -> [SheetCell] {
                cells + repeatElement(.text(""), count: max(0, width - cells.count))
            }
            var lines = top.enumerated().map { index, cells in
                let told: [SheetCell] =
                    index == top.count - 1
                    ? [.text("Dòng trong tệp đã giao", look: .heading), .text("Lý do trả lại", look: .heading)] : []
                return padded(cells.map { .text($0) }) + told
            }
            for row in own {
                let wrong = columnIndex(row.column)
                lines.append(
                    padded(row.cells.enumerated().map { .text($1, look: $0 == wrong ? .problem : .plain) })
                        + [.number(row.row), .text("\(row.words); \(row.remedy)", look: .problem)])
            }
            return Sheet(
                name: name.isEmpty ? "Dòng trả lại" : name, rows: lines, widths: [width: 14, width + 1: 70],
                headingRows: top.count)
        }
    }

    /// The index of a column by its letters; nil for none.
    private static func columnIndex(_ letters: String) -> Int? {
        guard !letters.isEmpty else { return nil }
        return letters.utf8.reduce(0) { $0 * 26 + Int($1) - 64 } - 1
    }
}
