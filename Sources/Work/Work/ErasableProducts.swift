import Access
import Database
public import Files
public import Kernel
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
            let slots = plan.task(item.task)?.slots ?? []
            let slot = try row.integer("slot")
            return FileHolder(
                subject: Subject(.instance, item.id),
                words:
                    "sản phẩm “\(slots.indices.contains(slot) ? slots[slot].text : "khác")” của việc \(item.task) (\(item.periodTitle)), \(plan.name(of: item.lead))",
                unit: item.lead, mayAsk: viewer.worksFor(item.lead) || viewer.reviews(item))
        }
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
