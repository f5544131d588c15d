import Access
import Database
import Files
import Formats
import Foundation
public import Jobs
import Kernel
import Registry
import Vault

/// Which whole upload of a program a job works on.
struct ProgramUploadJob: Codable, Sendable {
    let upload: String
}

extension JobName<ProgramUploadJob> {
    static let handOverUpload = JobName("exchange.program-upload")
}

enum JobOfUpload {
    /// Notes that all of an upload is there, with the job that hands it over.
    static func enter(_ upload: ProgramUpload, at now: Timestamp, on connection: any SQLConnection) throws {
        let job = try JobService.enter(
            .handOverUpload, ProgramUploadJob(upload: upload.id.text), title: "Đọc thử, giao \(upload.fileName)",
            notBefore: now, at: now, on: connection)
        try connection.execute(
            "UPDATE program_upload SET state = ?, job = ? WHERE id = ?", ProgramUpload.State.whole.rawValue, job,
            upload.id)
    }

    static func isLive(_ job: RecordID, on connection: any SQLConnection) throws -> Bool {
        try JobService.isLive(job, on: connection)
    }
}

// A whole upload goes through the door that the page's uploads go through: it is looked at, and delivered where all of it is
// understood. Nobody is there to be asked: what would be a question on the page is a refusal with its remedy here.
extension ProgramService {
    public var jobKinds: [JobKind] {
        [
            JobKind(.handOverUpload, title: "Nhận danh sách do chương trình gửi", lane: .heavy, right: nil) {
                parameters, run in
                guard let id = RecordID(parameters.upload) else {
                    throw Refusal(.notFound, "Không có lần tải lên này.")
                }
                return try await handOver(id, run)
            }
        ]
    }

    private func handOver(_ id: RecordID, _ run: JobRun) async throws -> JobResult {
        exchange.keys?.refresh()
        let (keys, upload, program, agreement) = try await store.read { [keys = exchange.keys] connection in
            guard let row = try connection.row("SELECT * FROM program_upload WHERE id = ?", id) else {
                throw Refusal(.notFound, "Không có lần tải lên này.")
            }
            let upload = try ProgramUpload(row)
            return (
                try RegisterKeys.require(keys, on: connection), upload,
                try Programs.require(upload.program, on: connection),
                try Agreements.require(upload.agreement, on: connection)
            )
        }
        switch upload.state {
        case .open: throw Refusal(.stale, "Tệp chưa đủ.")
        case .whole: break
        case .delivered, .refused:
            // A run that died after its last write.
            try await removePieces(of: id)
            return JobResult(upload.state.words, subject: upload.delivery.map { Subject(.delivery, $0) })
        }
        let folder = try exchange.deliveries.scratch.path(of: "deliveries")
        let path = "\(folder)/\(id.text)-\(UInt64.random(in: .min ... .max))"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await unseal(upload, to: path, with: keys)
        do {
            let delivery = try await deliver(upload, at: path, program, agreement, run)
            try await run.write(JobProgress(1, of: 1)) { connection in
                try connection.execute(
                    "UPDATE program_upload SET state = ?, delivery = ? WHERE id = ?",
                    ProgramUpload.State.delivered.rawValue, delivery.number, id)
                return id.text
            }
            try await removePieces(of: id)
            return JobResult("Phiếu \(delivery.receipt).", subject: Subject(.delivery, delivery.number))
        } catch let refusal as Refusal where refusal.kind == .invalid || refusal.kind == .stale {
            let words = refusal.message
            try await run.write(JobProgress(1, of: 1)) { connection in
                try connection.execute(
                    "UPDATE program_upload SET state = ?, problem = ? WHERE id = ?",
                    ProgramUpload.State.refused.rawValue, words, id)
                try AuditTrail.append(
                    AuditEvent(
                        "program.upload-refused", subject: Subject(.program, program.id.text), detail: agreement.name),
                    by: program.actor, at: clock.now, on: connection)
                return id.text
            }
            try await removePieces(of: id)
            return JobResult("Không nhận được \(upload.fileName): \(words)")
        }
    }

    private func deliver(
        _ upload: ProgramUpload, at path: String, _ program: Program, _ agreement: Agreement, _ run: JobRun
    ) async throws -> Delivery {
        guard agreement.inForce(on: clock.today) != nil else {
            throw Refusal(.stale, "\(agreement.name) không còn hiệu lực.")
        }
        let file = IncomingFile(name: upload.fileName, mediaType: "application/octet-stream", size: upload.size) {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            return { try handle.read(upToCount: Self.pieceBytes).flatMap { $0.isEmpty ? nil : Array($0) } }
        }
        let (hash, size) = try DeliveryService.hash(file)
        guard size == upload.size, upload.sha256.map({ $0 == hash }) ?? true else {
            throw Refusal(.invalid, "Tệp nhận được có mã băm \(hash), không phải mã đã báo; hãy gửi lại từ đầu.")
        }
        let deliveries = exchange.deliveries
        let waiting = DeliveryUpload(upload, of: program.unit, as: agreement.format, agreement.name, hash: hash)
        let look = try await deliveries.look(at: waiting, path, run)
        guard look.isReady else { throw Refusal(.invalid, Self.why(look)) }
        let draft = try await deliveries.draft(of: waiting, look, agreement.format)
        return try await deliveries.arrive(file, draft, by: program.actor).delivery
    }

    /// Why a file is not delivered as it was read.
    private static func why(_ look: UploadLook) -> String {
        if let problem = look.problem {
            return ([problem] + look.returned.prefix(5)).joined(separator: " ")
        }
        if look.oldText != nil {
            return "Tệp viết bằng bảng mã cũ (không phải Unicode); hãy xuất lại bằng UTF-8."
        }
        return
            "Chưa hiểu hết các cột của tệp; hãy giao một lần trên trang “Giao danh sách” và cho biết ý nghĩa từng cột, từ lần sau chương trình gửi được."
    }

    private func unseal(_ upload: ProgramUpload, to path: String, with keys: NumberKeys) async throws {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw CocoaError(.fileWriteUnknown) }
        defer { try? handle.close() }
        var position = 0
        while position < upload.size {
            let start = position
            let row = try await store.read {
                try $0.row("SELECT bytes FROM program_upload_part WHERE upload = ? AND start = ?", upload.id, start)
            }
            let place = Self.place(of: upload.id, at: start)
            guard let bytes = try row?.bytes("bytes"), let sealed = SealedText(bytes) else {
                throw VaultError.damaged(place: place)
            }
            let open = try keys.open(sealed, for: place)
            try handle.write(contentsOf: open)
            position += open.count
        }
    }
}

extension DeliveryUpload {
    /// A program's file, as the look at an upload takes one.
    init(_ upload: ProgramUpload, of sender: UnitCode, as format: String, _ agreement: String, hash: String) {
        (id, self.sender, self.format, period) = (upload.id, sender, format, upload.period)
        (self.agreement, mode) = (agreement, upload.replacesPeriod ? .replaces : .adds)
        (accepted, fileName, sha256, size) = (nil, upload.fileName, hash, upload.size)
        (mapping, version, job, stage) = (nil, 1, upload.job, .waiting)
        (at, byName, isRead) = (upload.createdAt, "", false)
    }
}
