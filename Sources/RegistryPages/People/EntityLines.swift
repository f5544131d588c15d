import Components
import Formats
import Kernel
import PlanText
import Registry
import WebDesk

/// A field with the list that says so.
struct EntityFieldLine: Sendable {
    let label: String
    let value: String
    let source: String
    /// What the list of residents says of it.
    let check: String?
}

/// A record: which list, where in it.
struct EntityRecordLine: Sendable {
    let kind: String
    let month: String
    let source: String
    let place: String
    let commune: String
    let name: String
}

/// Somebody who looked.
struct LookLine: Sendable {
    let at: String
    let name: String
    let what: String

    init(at: String, name: String, what: String) { (self.at, self.name, self.what) = (at, name, what) }

    init(_ look: WhoLooked.Look) {
        (at, name) = (look.at.vietnamese, look.name)
        what =
            (look.isOpened ? "mở số: \(look.purpose)" : "xem, số che")
            + (look.earlier == nil ? "" : " (khi còn là hồ sơ riêng, trước lúc gộp)")
    }
}

extension RegisterPages {
    static let closed = "Máy chủ không có khóa của số định danh: số không hiện được. Hãy báo quản trị hệ thống."

    func line<Value>(_ label: String, _ value: String, _ derived: Derived<Value>) -> EntityFieldLine {
        EntityFieldLine(
            label: label, value: value,
            source: [VietnameseText.sentence(derived.kind.words), derived.month.map { "tháng \($0.vietnamese)" }]
                .compactMap(\.self).joined(separator: ", "),
            check: derived.kind == .resident
                ? nil : derived.isConfirmed.map { $0 ? "đúng với danh sách cư trú" : "danh sách cư trú ghi khác" })
    }

    func line(_ record: RecordLine) -> EntityRecordLine {
        EntityRecordLine(
            kind: VietnameseText.sentence(record.kind.words), month: record.month?.vietnamese ?? "",
            source: record.source.map { definition.name(of: $0.sender) } ?? "",
            place: record.sheet.isEmpty
                ? "dòng \(record.line)" : "trang \(record.sheet), dòng \(record.line)",
            commune: record.commune.map(communeName) ?? "", name: record.name)
    }

    static func told(_ records: Int, elsewhere: Int) -> String {
        VietnameseText.grouped(records) + " bản ghi"
            + (elsewhere > 0 ? "; còn \(VietnameseText.grouped(elsewhere)) bản ghi ngoài địa bàn của bạn" : "")
    }

    /// What happened, from the side of the one that is shown.
    func words(_ change: EntityChange, of entity: EntityID) -> String {
        let gained = change.later == entity && change.earlier != entity
        let words =
            switch change.kind {
            case .merged:
                gained
                    ? "gộp thêm một hồ sơ khác, lập từ phiếu nhận số \(change.earlier.first.delivery)"
                    : "gộp vào hồ sơ lập từ phiếu nhận số \(change.later.first.delivery)"
            case .parted:
                gained
                    ? "tách ra từ hồ sơ lập từ phiếu nhận số \(change.earlier.first.delivery)"
                    : "một phần bản ghi tách thành hồ sơ khác, lập từ phiếu nhận số \(change.later.first.delivery)"
            case .ended: "không còn bản ghi nào"
            }
        return "\(change.at.vietnamese): \(words)."
    }
}
