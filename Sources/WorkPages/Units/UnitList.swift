import Access
import Components
import Kernel
import PlanText
import Province
import WebDesk
import Work

/// A unit with its work of a year, as a line of the list of units.
struct UnitLine: Sendable {
    let overview: UnitOverview
    let year: Int
    let name: String
    /// How much was said of it.
    var said = 0

    var counts: WorkCounts { overview.counts }
    var isCommune: Bool { if case .commune = overview.unit { true } else { false } }
}

extension WorkPages {
    static let unitTable = ListTable<UnitLine>(
        "don-vi", "Đơn vị và việc trong năm", look: .frozen, printedRows: 130,
        columns: [
            .init(
                "don-vi", "Đơn vị", width: 40,
                cell: {
                    TableCell(
                        $0.name, link: Addresses.unit($0.overview.unit).with(.year, $0.year),
                        links: ThreadPart.links($0.said, to: Addresses.unit($0.overview.unit)))
                },
                value: { .text($0.name) }),
            .init("qua-han", "Quá hạn", number: true, value: { .number($0.counts.late) }),
            .init("bi-tra", "Bị trả", number: true, value: { .number($0.counts.returned) }),
            .init("cho-duyet", "Chờ duyệt", number: true, value: { .number($0.counts.submitted) }),
            .init(
                "dang-lam", "Đang làm, gia hạn", number: true, value: { .number($0.counts.open + $0.counts.extended) }),
            .init("hoan-thanh", "Hoàn thành", number: true, value: { .number($0.counts.accepted) }),
            .init("tat-ca", "Tất cả", number: true, value: { .number($0.counts.all) }),
            .init(
                "loai", "Loại", choice: true, width: 22,
                value: { $0.isCommune ? .ranked(1, "Xã, phường, đặc khu") : .ranked(0, "Cơ quan, tổ chức") }),
        ])

    /// The units whose work somebody may see: agencies in the plan's order, then communes by code.
    func unitLines(year: Int, for viewer: Viewer) async throws -> [UnitLine] {
        try await work.units(year: year, for: viewer).map { overview in
            let name: String =
                switch overview.unit {
                case .commune(let code): definition.communes[code]?.shortName ?? code.text
                case .agency, .agencyUnit: VietnameseText.sentence(definition.name(of: overview.unit))
                }
            return UnitLine(overview: overview, year: year, name: name)
        }
    }

    /// The year of a page: from the address, or the year at hand kept inside the plan.
    func year(_ query: FormContent) -> Int {
        let asked = Int(query[.year]) ?? today.year
        return min(max(asked, definition.years.lowerBound), definition.years.upperBound + 1)
    }

    var unitsWorkbook: ListWorkbook {
        ListWorkbook(Self.unitTable.outline, of: Subject(.plan), .right(.viewWork)) { reader in
            let year = year(reader.query)
            return reader.sheet(
                Self.unitTable, of: try await unitLines(year: year, for: reader.viewer), narrowed: ["năm \(year)"])
        }
    }
}
