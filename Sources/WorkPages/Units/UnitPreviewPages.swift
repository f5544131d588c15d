import Access
import Components
import Hummingbird
import Kernel
import PlanText
import Province
import WebDesk
import Work

/// A table that was sent, with what taking it would change.
struct UnitPreviewPage: Page {
    static let template: PageTemplate = "unit-preview"

    struct Change: Sendable {
        let mark: String
        let name: String
        let agency: String
        let detail: String
    }

    struct Effect: Sendable {
        let heading: String
        let items: [String]
    }

    let back: Frame.Link
    let fileName: String
    let summary: String
    let changes: [Change]
    let hasChanges: Bool
    let moreChanges: String?
    let shared: [String]
    let hasShared: Bool
    let effects: [Effect]
    let noEffect: Bool
    let keep: FormModel?
    let drop: FormModel
}

extension WorkPages {
    func unitPreviewPage(_ request: MemberRequest) async throws -> Response {
        let id = try Self.unitList(request)
        let preview = try await unitLists.preview(id, for: request.viewer)
        guard preview.loaded.state == .draft else {
            return .redirect(to: Addresses.unitLists().text, type: .normal)
        }
        let effects = [
            ("Việc mới của các đơn vị", preview.effect.appearing),
            ("Việc chưa ai bắt đầu, sẽ được rút", preview.effect.leaving),
            ("Việc đang làm dở, vẫn giữ nguyên để làm tiếp", preview.effect.staying),
            ("Việc đổi cơ quan duyệt hoặc thời gian", preview.effect.moving),
        ].filter { !$0.1.isEmpty }.map { heading, counts in
            UnitPreviewPage.Effect(
                heading: "\(heading): \(counts.map(\.pieces).reduce(0, +))",
                items: counts.map { count in
                    "\(count.task) \(definition.task(count.task)?.text ?? ""): \(count.pieces) việc"
                })
        }
        let model = UnitPreviewPage(
            back: Frame.Link("Đơn vị trực thuộc", Addresses.unitLists()), fileName: preview.fileName,
            summary: preview.changes.isEmpty
                ? "Bảng giống hệt danh sách hiện nay; không có gì để lưu."
                : "Chưa lưu gì. \(preview.changes.count) thay đổi, \(preview.unchanged) đơn vị giữ nguyên.",
            changes: preview.changes.prefix(Self.mostShown).map { change in
                .init(
                    mark: change.kind.mark, name: change.unit.name,
                    agency: definition.name(of: .agency(change.unit.code.agency)),
                    detail: change.kind.detail(change.unit, areas: definition.communes))
            }, hasChanges: !preview.changes.isEmpty,
            moreChanges: Self.more(than: preview.changes.count, "thay đổi"),
            shared: preview.shared.map { shared in
                "\(communeName(shared.commune)) có ở địa bàn của hai đơn vị thuộc \(definition.name(of: .agency(shared.agency)))."
            }, hasShared: !preview.shared.isEmpty, effects: effects, noEffect: effects.isEmpty,
            keep: preview.changes.isEmpty
                ? nil
                : form(
                    "luu-don-vi", Addresses.keepUnitList(id), "Xác nhận, áp dụng ngay", version: preview.version,
                    for: request),
            drop: form(
                "bo-don-vi", Addresses.dropUnitList(id), "Bỏ, không lưu", look: "secondary",
                asks: "Bảng vừa gửi bị bỏ; danh sách đang dùng không đổi.", for: request))
        return try page("Xem trước bảng đơn vị", model, for: request)
    }
}

extension UnitChange.Kind {
    fileprivate var mark: String {
        switch self {
        case .added: "Mới"
        case .back: "Hoạt động lại"
        case .renamed: "Đổi tên"
        case .changed: "Sửa thông tin"
        case .ended: "Thôi hoạt động"
        }
    }

    fileprivate func detail(_ unit: AgencyUnit, areas: CommuneDirectory) -> String {
        switch self {
        case .added, .back:
            unit.communes.isEmpty
                ? ""
                : "địa bàn: "
                    + unit.communes.map { areas[$0]?.shortName ?? $0.text }.joined(separator: ", ")
        case .renamed(let old): "tên cũ: \(old)"
        case .changed(let columns): columns.joined(separator: ", ")
        case .ended: "giữ việc đã làm, không nhận việc mới"
        }
    }
}
