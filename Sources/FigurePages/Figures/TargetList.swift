import Figures
import Access
import Components
import Figures
import Kernel
import PlanText
import Targets
import Province
import WebDesk

/// Communes' targets of a year, as a list.
struct TargetLine: Sendable {
    let commune: Commune
    let target: CommuneTarget
    /// Against the year before; nil where that has none.
    let growth: Int?
}

extension FigurePages {
    static let targetList = ListTable<TargetLine>(
        "chi-tieu", "Chỉ tiêu của các xã, phường, đặc khu", look: .frozen, printedRows: 120,
        columns: [
            .init(
                "don-vi", "Đơn vị", width: 28,
                cell: { TableCell($0.commune.shortName, link: Addresses.targetVersions(.commune($0.commune.code))) },
                value: { .text($0.commune.shortName) }),
            .init("tong-so", "Tổng số", number: true, value: { .number($0.target.total) }),
            .init(
                "bat-buoc", "Bắt buộc", number: true, cell: { TableCell(words($0.target.compulsory)) },
                value: { .number($0.target.compulsory.people) }),
            .init("tu-nguyen", "Tự nguyện", number: true, value: { .number($0.target.voluntary) }),
            .init(
                "so-nam-truoc", "So năm trước", number: true,
                cell: { TableCell($0.growth.map { FigureWords.signed($0) } ?? "–") }, value: { TableValue($0.growth) }),
            .init(
                "van-ban", "Văn bản", choice: true, width: 32,
                cell: {
                    TableCell($0.target.document, more: $0.target.version > 1 ? "lần \($0.target.version)" : nil)
                }, value: { .text($0.target.document) }),
        ])

    var targetWorkbook: ListWorkbook {
        ListWorkbook(Self.targetList.outline, of: Subject(.targets), .right(.viewFigures)) { reader in
            let year = targetYear(reader.query)
            guard let lines = try await targetLines(year: year, for: reader.viewer) else { throw Self.yearOutside }
            return reader.sheet(Self.targetList, of: lines, narrowed: ["năm \(year)"])
        }
    }

    static let yearOutside = Refusal(.notFound, "Kế hoạch không có năm này.")

    /// The year of the address, or the year at hand, kept inside the plan.
    func targetYear(_ query: FormContent, loaded: Int? = nil) -> Int {
        let asked = Int(query[.year]) ?? loaded ?? today.year
        return min(max(asked, definition.years.lowerBound), definition.years.upperBound)
    }

    /// Nil for a year that the plan does not have.
    private func targetLines(year: Int, for viewer: Viewer) async throws -> [TargetLine]? {
        guard let table = try await targets.targets(year: year, for: viewer) else { return nil }
        return lines(of: table, after: try await targets.targets(year: year - 1, for: viewer))
    }

    func lines(of table: TargetTable, after previous: TargetTable?) -> [TargetLine] {
        definition.communes.communes.compactMap { commune in
            table.targets[commune.code].map { target in
                TargetLine(
                    commune: commune, target: target,
                    growth: previous?.targets[commune.code].map { target.total - $0.total })
            }
        }
    }

    /// `1.162`, or `1.162 (suy ra)` where no decision gave it.
    static func words(_ compulsory: CompulsoryTarget) -> String {
        VietnameseText.grouped(compulsory.people) + (compulsory.basis == .assigned ? "" : " (suy ra)")
    }
}
