public import Access
import Database
public import Formats
public import Jobs
public import Kernel
import Registry

extension DeliveryService {
    /// Says which kind of list a file is, where it was not recognised or not rightly.
    public func choose(
        _ format: String, for id: RecordID, version: Int, with jobs: JobService, by submission: Submission
    ) async throws {
        guard formats[format] != nil else {
            throw Refusal(fields: [.init(DeliveryField.format, "Hãy chọn một loại danh sách trong danh mục.")])
        }
        try await change(id, version: version, "loại danh sách: \(format)", with: jobs, by: submission) {
            try $0.execute("UPDATE delivery_upload SET format = ?, mapping = NULL WHERE id = ?", format, id)
        }
    }

    /// Agrees to read a file's text from an encoding of before Unicode, after a look at a sample.
    public func accept(
        _ encoding: OldEncoding, for id: RecordID, version: Int, with jobs: JobService, by submission: Submission
    ) async throws {
        try await change(id, version: version, "bảng mã \(encoding.rawValue)", with: jobs, by: submission) {
            try $0.execute("UPDATE delivery_upload SET old_encoding = ? WHERE id = ?", encoding.rawValue, id)
        }
    }

    /// Says which field each column of the file fills. Kept for the sender's layout too: whoever sends the same columns again is
    /// not asked.
    /// - Parameter fields: of the columns that ``UploadLook/layout`` has, in their order; nil for one that is passed over.
    public func explain(
        _ fields: [RecordField?], for id: RecordID, version: Int, with jobs: JobService, by submission: Submission
    ) async throws {
        guard let look = try await look(at: id, for: submission.viewer), let layout = look.layout,
            let format = look.format.flatMap({ formats[$0] }), let shape = look.shape
        else {
            throw Refusal(.stale, "Tệp đang được đọc lại, hoặc chưa chọn loại danh sách. Hãy mở lại trang.")
        }
        try Self.check(fields, of: layout, for: format)
        let mapping = ColumnMapping(
            zip(layout.columns, fields).map { .init(path: $0.path, title: $0.title, field: $1) })
        let text = try mapping.json
        try await change(id, version: version, "ý nghĩa các cột", with: jobs, by: submission) { connection in
            let upload = try Self.upload(id, for: submission.viewer, on: connection)
            try connection.execute(
                "UPDATE delivery_upload SET format = ?, mapping = ? WHERE id = ?", format.key, text, id)
            try SenderLayouts.remember(
                .init(format: format.key, mapping: mapping), as: shape, of: upload.sender,
                by: submission.viewer.name, at: clock.now, on: connection)
        }
    }

    /// The name under which a form has the column of a number.
    public static func columnField(_ place: Int) -> String { "cot-\(place)" }

    private static func check(_ fields: [RecordField?], of layout: ListLook, for format: Format) throws(Refusal) {
        guard fields.count == layout.columns.count else {
            throw Refusal(.stale, "Tệp đã được đọc lại theo cách khác. Hãy mở lại trang.")
        }
        var problems: [Refusal.FieldProblem] = []
        var first: [RecordField: Int] = [:]
        for (place, field) in fields.enumerated() {
            guard let field else { continue }
            if let other = first[field] {
                problems.append(
                    .init(
                        columnField(place),
                        "Cột \(layout.columns[place].letters) và cột \(layout.columns[other].letters) không thể cùng một ý nghĩa; hãy chọn “không dùng” cho một cột."
                    ))
            } else {
                first[field] = place
            }
        }
        let chosen = Set(first.keys)
        let missing = format.needed.filter { column in !column.fields.contains { chosen.contains($0) } }.map {
            "“\($0.leaf)”"
        }
        if !missing.isEmpty {
            problems.append(
                .init(
                    columnField(0),
                    "“\(format.title)” cần cột \(missing.joined(separator: ", ")); hãy chọn cột của tệp cho từng cột đó, hoặc chọn loại danh sách khác."
                ))
        }
        guard problems.isEmpty else { throw Refusal(fields: problems) }
    }

    /// Changes what a file that waits is read by, and has it read anew.
    private func change(
        _ id: RecordID, version: Int, _ words: String, with jobs: JobService, by submission: Submission,
        _ body: @escaping @Sendable (any SQLConnection) throws -> Void
    ) async throws {
        try submission.viewer.require(.deliverLists)
        try await store.once(submission, about: Subject(.deliveryUpload, id), at: clock.now) { connection, now in
            let upload = try Self.upload(id, for: submission.viewer, on: connection)
            try Self.requireWaiting(upload, version: version, on: connection)
            try body(connection)
            try connection.execute(
                "UPDATE delivery_upload SET version = version + 1, look = NULL WHERE id = ?", id)
            try AuditTrail.append(
                AuditEvent("delivery.explained", subject: Subject(.deliveryUpload, id), detail: words),
                by: submission.actor, at: now, on: connection)
        }
        try await look(at: id, with: jobs, by: submission)
    }

    static func requireWaiting(_ upload: DeliveryUpload, version: Int, on connection: any SQLConnection) throws {
        switch upload.stage {
        case .waiting: break
        case .delivered(let number):
            throw Refusal(.stale, "Tệp này đã được giao: phiếu số \(number).")
        case .discarded: throw Refusal(.stale, "Tệp này đã bỏ. Hãy gửi lại tệp.")
        }
        guard upload.version == version else {
            throw Refusal(.stale, "Tệp đã được đọc lại theo cách khác lúc bạn xem trang.")
        }
    }
}
