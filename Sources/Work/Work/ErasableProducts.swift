import Access
import Database
public import Files
public import Kernel
import Notices
import PlanText

/// A file that was handed in and then replaced or taken back: kept, and able to be erased.
public struct FormerProduct: Sendable, Equatable {
    public let file: StoredFile
    /// Index of the slot in the task's list.
    public let slot: Int
    public let addedAt: Timestamp
    public let addedBy: String
    public let replacedAt: Timestamp

    static func all(of instance: String, on connection: any SQLConnection) throws -> [FormerProduct] {
        let rows = try connection.rows(
            """
            SELECT file, slot, added_at, added_by_name, replaced_at FROM product
            WHERE instance = ? AND replaced_at IS NOT NULL AND file IS NOT NULL ORDER BY id DESC LIMIT 50
            """, instance)
        let files = try StoredFiles.find(rows.map { try $0.recordID("file") }, on: connection)
        return try rows.compactMap { row in
            guard let file = files[try row.recordID("file")] else { return nil }
            return FormerProduct(
                file: file, slot: try row.integer("slot"), addedAt: try row.timestamp("added_at"),
                addedBy: try row.text("added_by_name"), replacedAt: try row.timestamp("replaced_at"))
        }
    }
}

extension WorkService {
    /// Files of products, those that were replaced too, to whoever sees the work; its lead and its reviewer may ask that one
    /// be erased.
    public var productKeeper: FileKeeper {
        { id, viewer, connection in
            guard let row = try connection.row("SELECT instance, slot FROM product WHERE file = ? ORDER BY id", id),
                let item = try? self.item(try row.text("instance"), for: viewer, on: connection)
            else { return nil }
            let holding = try itemsHolding(id, on: connection)
            let slots = plan.task(item.task)?.slots ?? []
            let slot = try row.integer("slot")
            return FileHolder(
                subject: Subject(.instance, item.id),
                words:
                    "sản phẩm “\(slots.indices.contains(slot) ? slots[slot].text : "khác")” của việc \(item.task) (\(item.periodTitle)), \(plan.name(of: item.lead))",
                unit: item.lead, mayAsk: viewer.worksFor(item.lead) || viewer.reviews(item),
                undoes: holding.map(self.undone), needsOutsider: holding.contains { $0.state == .accepted })
        }
    }

    /// What erasing a file undoes of a piece of work that it stands in as a product.
    private func undone(_ item: WorkItem) -> String {
        let work = "\(Self.named(item)), \(plan.name(of: item.lead))"
        let back =
            "việc trở lại “\(WorkStatus.returned.title)”, đơn vị phải nộp sản phẩm khác; lịch sử việc ghi lại, đơn vị và cơ quan duyệt được báo"
        return switch item.state {
        case .accepted:
            "\(work), đã được chấp nhận: huỷ tệp thì \(back). Vì vậy người xác nhận phải ở ngoài đơn vị chủ trì."
        case .submitted: "\(work), đang chờ duyệt: huỷ tệp thì \(back)."
        case .none, .returned: "\(work): sản phẩm này không còn được tính, phải nộp lại."
        }
    }

    /// Work whose product's file was erased: its history says so; what was handed in with it comes back, and the lead and
    /// those who review, or accepted, are told.
    public var productLoss: FileLoss {
        { erased, submission, now, connection in
            for item in try itemsHolding(erased.file.id, on: connection) {
                try record(.productErased, of: item, note: erased.words, by: submission, at: now, on: connection)
                let cameBack = try bringBack(item, words: erased.words, by: submission, at: now, on: connection)
                func tell(_ addressees: [Addressee], _ words: String) throws {
                    try NoticeBoard.tellErased(
                        erased.file.id, of: Subject(.instance, item.id), to: addressees,
                        "\(Self.named(item)): \(words)", detail: erased.words, author: submission.viewer.account,
                        at: now, on: connection)
                }
                guard cameBack else {
                    try tell(Self.workers(of: item.lead), "tệp sản phẩm đã huỷ, phải nộp lại")
                    continue
                }
                let reviewers = item.superior.map { [Addressee.everybody(of: $0, holding: .review)] } ?? []
                let acceptor = try acceptor(of: item, on: connection).map { [Addressee.account($0)] } ?? []
                guard !(reviewers + acceptor).isEmpty else { continue }
                try tell(
                    reviewers + acceptor,
                    "tệp sản phẩm của \(plan.name(of: item.lead)) đã huỷ, việc trở lại chưa xong")
            }
        }
    }

    /// Who accepted the work last; nil where nobody did.
    private func acceptor(of item: WorkItem, on connection: any SQLConnection) throws -> RecordID? {
        guard item.state == .accepted else { return nil }
        return try connection.row(
            """
            SELECT account FROM instance_event WHERE instance = ? AND kind = 'accepted' AND account IS NOT NULL
            ORDER BY at DESC, id DESC LIMIT 1
            """, item.id
        ).map { try $0.recordID("account") }
    }
}

extension UnitListService {
    /// Tables of units that were sent.
    public var tableKeeper: FileKeeper {
        { id, viewer, connection in
            guard viewer.may(.keepUnits),
                let row = try connection.row("SELECT id FROM unit_list WHERE file = ?", id)
            else { return nil }
            return FileHolder(
                subject: Subject(.unitList, try row.text("id")), words: "bảng đơn vị trực thuộc", unit: nil,
                mayAsk: true)
        }
    }
}
