import Access
import Components
import Figures
import Kernel
import PlanText
import Province
import WebDesk

/// A figure of a batch, as a line.
struct BatchLineRow: Sendable {
    let name: String
    let line: BatchLine

    var earlier: String {
        line.earlier.map { $0 == line.people ? "không đổi" : VietnameseText.grouped($0) } ?? "mới"
    }
    var isChanged: Bool { line.earlier.map { $0 != line.people } ?? false }
}

// The figures that a batch brought: sorted, narrowed and paged in SQL, for a file may bring years of them.
extension FigurePages {
    static let batchLineList = ListTable<BatchLineRow>(
        "so-lieu-lo", "Số liệu của lô", look: .frozen, standing: TableOrder("thang"), printedRows: 400,
        columns: [
            .init(
                "don-vi", "Đơn vị", sorted: false, width: 28,
                cell: {
                    TableCell(
                        $0.name,
                        link: Addresses.figure($0.line.commune, $0.line.month, FigureWords.slug($0.line.scheme)))
                }, value: { .text($0.name) }),
            .init("thang", "Tháng", width: 12, value: { TableValue($0.line.month) }),
            .init("loai-hinh", "Loại hình", sorted: false, choice: true, value: { .text($0.line.scheme.word) }),
            .init("so-nguoi", "Số người", number: true, value: { .number($0.line.people) }),
            .init(
                "truoc-do", "Trước đó", number: true, sorted: false,
                cell: { $0.isChanged ? TableCell(strong: $0.earlier) : TableCell($0.earlier) },
                value: { TableValue($0.line.earlier) }),
        ])

    /// Words narrow the list by the communes' names.
    private func selection(_ query: TableQuery) -> BatchLineSelection {
        let words = VietnameseText.fold(query.words).split(separator: " ")
        let communes = definition.communes.communes.filter { commune in
            let name = VietnameseText.fold(commune.shortName)
            return words.allSatisfy { name.contains($0) }
        }
        return BatchLineSelection(
            order: query.order?.column == "so-nguoi" ? .people : .month,
            descending: query.order?.isDescending ?? false, communes: words.isEmpty ? nil : communes.map(\.code),
            scheme: Scheme.allCases.first { $0.word == query.choices["loai-hinh"] })
    }

    private func rows(_ lines: [BatchLine]) -> [BatchLineRow] {
        lines.map {
            BatchLineRow(name: definition.communes[$0.commune]?.shortName ?? $0.commune.text, line: $0)
        }
    }

    func batchLines(_ batch: FigureBatch, _ request: MemberRequest) async throws -> TableModel {
        let query = try await query(Self.batchLineList.outline, of: request)
        let found = try await figures.lines(
            ofBatch: batch.number, selection(query), limit: query.rowsAtOnce,
            offset: (query.page - 1) * query.rowsAtOnce, for: request.viewer)
        let page = TablePage(
            rows: rows(found.lines), total: found.total, page: query.page, pages: query.pages(of: found.total),
            all: found.all, choices: ["loai-hinh": Scheme.allCases.map(\.word)])
        return try list(
            Self.batchLineList, page, query, at: TablePlace(Addresses.figureBatch(batch.number)),
            workbook: Addresses.batchLinesWorkbook().with(.batch, batch.number), caption: "Số liệu của lô",
            nothing: "Lô này không có số liệu nào.")
    }

    var batchLineWorkbook: ListWorkbook {
        ListWorkbook(Self.batchLineList.outline, of: Subject(.figureBatch), .right(.viewFigures)) { reader in
            let batch = try await figures.batch(Int(reader.query[.batch]) ?? 0, for: reader.viewer)
            let found = try await figures.lines(
                ofBatch: batch.number, selection(reader.selection(Self.batchLineList.outline)), limit: reader.most + 1,
                for: reader.viewer)
            return reader.sheet(Self.batchLineList, rows(found.lines), narrowed: ["lô \(batch.number)"])
        }
    }
}
