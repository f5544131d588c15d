import Access
import Components
import Kernel
import PlanText
import Province
import WebDesk
import Work

/// An agency as its papers name it today, as a line.
struct IdentityLine: Sendable {
    let agency: Agency
    let identity: LegalIdentity
    let missing: [String]
    /// Stated on screen; else the plan's folder says it.
    let isStated: Bool

    var above: String { identity.bodyAbove == .nobody ? "không có" : identity.nameAbove ?? "chưa ghi" }
    var symbol: String { identity.symbol ?? (agency.standsForUnits ? "của từng đơn vị" : "chưa ghi") }
    var state: Badge {
        missing.isEmpty
            ? Badge("đủ", look: "accepted") : Badge("thiếu \(missing.joined(separator: ", "))", look: "returned")
    }
}

extension WorkPages {
    static let identityList = ListTable<IdentityLine>(
        "co-quan", "Tên, ký hiệu, chức danh của cơ quan", usualRows: 60,
        columns: [
            .init(
                "co-quan", "Cơ quan", width: 36,
                cell: {
                    TableCell(VietnameseText.sentence($0.agency.name), link: Addresses.identity($0.agency.code))
                }, value: { .text(VietnameseText.sentence($0.agency.name)) }),
            .init("chu-quan", "Cơ quan chủ quản", width: 36, value: { .text($0.above) }),
            .init("ky-hieu", "Ký hiệu", width: 16, value: { .text($0.symbol) }),
            .init("dung-dau", "Người đứng đầu", value: { .text($0.identity.head ?? "chưa ghi") }),
            .init(
                "nguon", "Nguồn", choice: true,
                value: { .text($0.isStated ? "ghi trên màn hình" : "thư mục kế hoạch") }),
            .init(
                "tinh-trang", "Tình trạng", width: 36, cell: { TableCell(badge: $0.state) },
                value: { .ranked($0.missing.isEmpty ? 1 : 0, $0.state.label) }),
        ])

    var identityLines: [IdentityLine] {
        identities.agencies.map { agency in
            let identity = definition.identity(of: .agency(agency.code), on: today)
            return IdentityLine(
                agency: agency, identity: identity, missing: identity.missing(of: agency),
                isStated: definition.unitsInForce.identities.identity(of: agency.code, on: today) != nil)
        }
    }

    var identityWorkbook: ListWorkbook {
        ListWorkbook(Self.identityList.outline, of: Subject(.plan), .right(.keepIdentities)) { reader in
            reader.sheet(Self.identityList, of: identityLines)
        }
    }
}
