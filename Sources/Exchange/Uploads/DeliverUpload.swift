public import Access
public import Database
import Files
import Foundation
public import Jobs
public import Kernel
import Registry
import Vault

extension JobName<UploadJob> {
    static let deliverUpload = JobName("exchange.deliver-upload")
}

extension DeliveryService {
    /// Hands a file over as it was read: a job puts it in, and another keeps its rows.
    public func deliver(
        _ id: RecordID, version: Int, with jobs: JobService, by submission: Submission
    ) async throws {
        guard let look = try await look(at: id, for: submission.viewer), look.isReady else {
            throw Refusal(.stale, "Tệp chưa đọc xong hoặc chưa nhận được. Hãy mở lại trang.")
        }
        let upload = try await upload(id, for: submission.viewer)
        try await store.read { try Self.requireWaiting(upload, version: version, on: $0) }
        _ = try await jobs.start(
            .deliverUpload, UploadJob(upload: id.text, version: version), title: "Giao \(upload.fileName)",
            key: "\(id)", by: Submission(viewer: submission.viewer, address: submission.address)
        ) { job, connection in
            let now = try Self.upload(id, for: submission.viewer, on: connection)
            try Self.requireWaiting(now, version: version, on: connection)
            try connection.execute("UPDATE delivery_upload SET job = ? WHERE id = ?", job, id)
        }
    }

    var deliveringUploads: JobKind {
        JobKind(.deliverUpload, title: "Giao danh sách đã xem", lane: .heavy, right: .deliverLists) { parameters, run in
            guard let id = RecordID(parameters.upload) else { throw Self.noUpload }
            let viewer = try run.submission().viewer
            keys?.refresh()
            let (keys, upload, look) = try await store.read { [keys] connection in
                let keys = try RegisterKeys.require(keys, on: connection)
                return (
                    keys, try Self.upload(id, for: viewer, on: connection),
                    try Self.look(at: id, keys: keys, on: connection)
                )
            }
            // A run that died after its last write.
            if case .delivered(let number) = upload.stage {
                try await removeParts(of: id)
                return JobResult("Đã giao \(upload.fileName).", subject: Subject(.delivery, number))
            }
            try await store.read { try Self.requireWaiting(upload, version: parameters.version, on: $0) }
            guard let look, look.isReady, let format = look.format else {
                throw Refusal(.stale, "Tệp chưa đọc xong hoặc chưa nhận được.")
            }
            let path = try await unsealed(id, with: keys)
            defer { try? FileManager.default.removeItem(atPath: path) }
            let (delivery, isRepeated) = try await arrive(
                Self.file(path, of: upload), try await draft(of: upload, look, format), by: run.actor)
            try await run.write(JobProgress(1, of: 1)) { connection in
                try connection.execute(
                    "UPDATE delivery_upload SET delivery = ?, ended_at = ?, look = NULL WHERE id = ?",
                    delivery.number, clock.now, id)
            }
            try await removeParts(of: id)
            return JobResult(
                isRepeated
                    ? "Đúng tệp này đã được giao cho kỳ này: phiếu \(delivery.receipt). Không có gì thay đổi."
                    : "Đã giao \(upload.fileName): phiếu \(delivery.receipt).",
                subject: Subject(.delivery, delivery.number))
        }
    }

    /// What the delivery is read by: as somebody explained it, now or before.
    func draft(of upload: DeliveryUpload, _ look: UploadLook, _ format: String) async throws -> DeliveryDraft {
        var mapping = upload.mapping
        if mapping == nil, look.isRemembered, let shape = look.shape {
            mapping = try await store.read { try SenderLayouts.find(shape, of: upload.sender, on: $0) }?.mapping
        }
        let mended: Int? = if case .mends(let number) = upload.mode { number } else { nil }
        return DeliveryDraft(
            format: format, sender: upload.sender, period: upload.period, agreement: upload.agreement,
            replacesPeriod: upload.mode == .replaces, accepted: upload.accepted, mapping: mapping, mends: mended)
    }

    private static func file(_ path: String, of upload: DeliveryUpload) -> IncomingFile {
        IncomingFile(name: upload.fileName, mediaType: "application/octet-stream", size: upload.size) {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            return { try handle.read(upToCount: 1 << 20).flatMap { $0.isEmpty ? nil : Array($0) } }
        }
    }

    /// Throws a file away that was not delivered.
    public func discard(_ id: RecordID, by submission: Submission) async throws {
        try submission.viewer.require(.deliverLists)
        try await store.once(submission, about: Subject(.deliveryUpload, id), at: clock.now) { connection, now in
            let upload = try Self.upload(id, for: submission.viewer, on: connection)
            try Self.requireWaiting(upload, version: upload.version, on: connection)
            if let job = upload.job, try JobService.isLive(job, on: connection) {
                throw Refusal(.stale, "Tệp đang được đọc hoặc giao; hãy đợi xong rồi bỏ.")
            }
            try Self.end(id, at: now, on: connection)
            try AuditTrail.append(
                AuditEvent("delivery.discarded", subject: Subject(.deliveryUpload, id)), by: submission.actor, at: now,
                on: connection)
        }
        try await removeParts(of: id)
    }

    private static func end(_ id: RecordID, at now: Timestamp, on connection: any SQLConnection) throws {
        try connection.execute("UPDATE delivery_upload SET ended_at = ?, look = NULL WHERE id = ?", now, id)
    }

    /// How long a file waits to be delivered: it holds persons' numbers.
    public static let waitingDays = 14

    /// Throws away what nobody delivered in time. Part of the caller's transaction.
    /// - Returns: how many files something was done to.
    @Sendable public static func forgetUploads(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        let before = now.adding(seconds: Int64(-waitingDays) * 86_400)
        let late = try connection.rows(
            "SELECT id, job FROM delivery_upload WHERE ended_at IS NULL AND at < ? ORDER BY at LIMIT ?", before, limit
        ).filter { try $0.optionalRecordID("job").map { try !JobService.isLive($0, on: connection) } ?? true }
        for row in late {
            let id = try row.recordID("id")
            try end(id, at: now, on: connection)
            try AuditTrail.append(
                AuditEvent(
                    "delivery.discarded", subject: Subject(.deliveryUpload, id),
                    detail: "quá \(waitingDays) ngày chưa giao"), by: .system, at: now, on: connection)
        }
        // Their content goes here too, a little at a time, with what a discarding that died left.
        let parts = try connection.execute(
            """
            DELETE FROM delivery_upload_part WHERE (upload, position) IN (
                SELECT p.upload, p.position FROM delivery_upload_part p JOIN delivery_upload u ON u.id = p.upload
                WHERE u.ended_at IS NOT NULL LIMIT \(partsAtOnce))
            """)
        return late.count + parts
    }

    private static let partsAtOnce = 16
}
