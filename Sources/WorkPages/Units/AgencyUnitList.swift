import Access
import Components
import Kernel
import PlanText
import Province
import WebDesk
import Work

/// A unit of an agency of many units, as a line.
struct AgencyUnitLine: Sendable {
    let unit: AgencyUnit
    let area: String
    let head: String
    let above: String
    let superior: String

    var state: TableValue { unit.isFormer ? .ranked(1, "đã thôi hoạt động") : .ranked(0, "đang hoạt động") }
}

extension WorkPages {
    static let agencyUnitList = ListTable<AgencyUnitLine>(
        "don-vi-truc-thuoc", "Đơn vị trực thuộc", usualRows: 100, printedRows: 200,
        columns: [
            .init(
                "don-vi", "Đơn vị", width: 40,
                cell: { TableCell($0.unit.name, link: Addresses.unit(.agencyUnit($0.unit.code))) },
                value: { .text($0.unit.name) }),
            .init("ma", "Mã", width: 20, value: { .text($0.unit.code.unit) }),
            .init("dia-ban", "Địa bàn", width: 50, value: { .text($0.area) }),
            .init("dung-dau", "Người đứng đầu", value: { .text($0.head) }),
            .init("chu-quan", "Cơ quan chủ quản (trên văn bản)", width: 36, value: { .text($0.above) }),
            .init("duyet", "Cơ quan duyệt việc", choice: true, width: 36, value: { .text($0.superior) }),
            .init("tinh-trang", "Tình trạng", choice: true, value: \.state),
        ])

    private func lines(of agency: Agency) -> [AgencyUnitLine] {
        definition.units.all(of: agency.code).map { unit in
            let identity = unit.identity(in: agency)
            let names = unit.communes.map { definition.communes[$0]?.shortName ?? $0.text }
            return AgencyUnitLine(
                unit: unit, area: names.isEmpty ? "chưa ghi" : names.joined(separator: ", "),
                head: identity.head ?? "chưa ghi",
                above: identity.bodyAbove == .nobody ? "không có" : identity.nameAbove ?? "chưa ghi",
                superior: unit.superior(in: agency).map { definition.name(of: .agency($0)) } ?? "không có")
        }
    }

    /// The units of the agency that was chosen; nil for one without.
    func agencyUnits(_ agency: Agency, _ request: MemberRequest) async throws -> UnitListPage.UnitTableModel? {
        let lines = lines(of: agency)
        guard !lines.isEmpty else { return nil }
        return .init(
            heading: VietnameseText.sentence(agency.name),
            list: try list(
                Self.agencyUnitList, of: lines, try await query(Self.agencyUnitList.outline, of: request),
                at: TablePlace(Addresses.unitLists(), [(.unit, agency.code.text)]),
                workbook: Addresses.agencyUnitsWorkbook()))
    }

    var agencyUnitWorkbook: ListWorkbook {
        ListWorkbook(Self.agencyUnitList.outline, of: Subject(.plan), .right(.keepUnits)) { reader in
            guard let agency = definition.agencies.first(where: { $0.code.text == reader.query[.unit] }) else {
                throw Refusal(.notFound, "Không có cơ quan này trong kế hoạch.")
            }
            return reader.sheet(
                Self.agencyUnitList, of: lines(of: agency), narrowed: [VietnameseText.sentence(agency.name)])
        }
    }
}
