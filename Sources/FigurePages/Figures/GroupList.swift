import Access
import Components
import Figures
import Kernel
import PlanText
import Province
import Targets
import WebDesk

/// A residential group as a line.
struct GroupLine: Sendable {
    let group: ResidentialGroup
    /// Where it can be corrected; nil for whoever may not.
    let editing: Address?

    /// What is reached of the target, in per cent.
    var reached: Double? {
        group.voluntaryNow.flatMap { now in
            group.voluntaryTarget.flatMap { TenthsOfPercent.of(now, in: $0) }.map { Double($0) / 10 }
        }
    }
}

extension FigurePages {
    static let groupList = ListTable<GroupLine>(
        "to-dan-pho", "Tổ dân phố, thôn", standing: TableOrder("to"), printedRows: 200,
        columns: [
            .init(
                "to", "Tổ dân phố, thôn", width: 32,
                cell: { TableCell($0.group.name, links: $0.editing.map { [Frame.Link("Sửa", $0)] } ?? []) },
                value: { .text($0.group.name) }),
            .init("so-ho", "Số hộ", number: true, value: { TableValue($0.group.households) }),
            .init("so-dan", "Số dân", number: true, value: { TableValue($0.group.people) }),
            .init(
                "chi-tieu", "Chỉ tiêu tự nguyện", number: true,
                cell: { TableCell($0.group.voluntaryTarget.map { VietnameseText.grouped($0) } ?? "chưa giao") },
                value: { TableValue($0.group.voluntaryTarget) }),
            .init(
                "dang-tham-gia", "Đang tham gia", number: true,
                cell: { TableCell(FigureWords.people($0.group.voluntaryNow)) },
                value: { TableValue($0.group.voluntaryNow) }),
            .init("ngay-chot", "Ngày chốt", width: 14, value: { TableValue($0.group.countedOn) }),
            .init(
                "dat", "Đạt (%)", number: true,
                cell: { TableCell($0.reached.map { FigureWords.percent($0 / 100) } ?? "–") },
                value: { $0.reached.map { .decimal($0) } ?? TableValue.none }),
        ])

    var groupWorkbook: ListWorkbook {
        ListWorkbook(Self.groupList.outline, of: Subject(.groups), .right(.viewFigures)) { reader in
            guard let commune = CommuneCode(reader.query[.unit]), definition.communes[commune] != nil else {
                throw Refusal(.notFound, "Không có đơn vị này trong kế hoạch.")
            }
            let groups = try await groups.groups(of: commune, for: reader.viewer)
            return reader.sheet(
                Self.groupList, of: groups.map { GroupLine(group: $0, editing: nil) },
                narrowed: [definition.communes[commune]?.fullName ?? ""])
        }
    }
}
