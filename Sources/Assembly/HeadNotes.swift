import Access
import Database
import Exchange
import Foundation
import Jobs
import Kernel
import Mail
import Targets
import Reports

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension PairedAct {
    /// The acts that the settings may give to two people.
    static let choosable: [PairedAct] = [.decideTargets, .issueDocument, .issueProgramKey]
}

/// Where the newest head of the audit trail is noted each day, outside the database: whoever rewrites the whole chain has to
/// find these too.
public struct HeadNotes: Sendable, Equatable {
    /// Lines are added to it: the moment and the head. Nil keeps none.
    public var file: String?
    /// Who gets a letter.
    public var address: String?
    public var usesSyslog = false

    public init() {}

    static let name = JobName<NoParameters>("audit.note-head")
    static let title = "Ghi mốc nhật ký ra ngoài cơ sở dữ liệu"

    /// Heads noted in the file, the oldest first; empty where there is none.
    public func noted() -> [String] {
        guard let file, let data = FileManager.default.contents(atPath: file) else { return [] }
        return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
            line.split(separator: " ").last.map(String.init).flatMap { $0.contains(":") ? $0 : nil }
        }
    }

    /// The daily deed.
    func noting(by mail: (any MailSending)?) -> JobKind {
        let notes = self
        return JobKind(Self.name, title: Self.title, right: nil) { _, run in
            let now = run.clock.now
            let head = try await run.store.read { try AuditTrail.recordedHead(on: $0) }
            guard !head.hasPrefix("0:") else {
                return JobResult("Nhật ký chưa có dòng nào.")
            }
            let line = "\(now) \(head)"
            if let file = notes.file { try Self.append(line, to: file) }
            if notes.usesSyslog { Self.log(line) }
            if let address = notes.address, let mail {
                try await mail.send(
                    MailMessage(
                        recipient: address, subject: "Mốc nhật ký Bao Phủ ngày \(now.day.vietnamese)",
                        body:
                            "Mốc của nhật ký lúc \(now.vietnamese):\n\n\(head)\n\nHãy giữ thư này. Khi cần kiểm tra: baophu audit verify --expect \(head)\n",
                        date: now.secondsSinceEpoch, identifier: "audit-head-\(run.job.id)"))
            }
            return JobResult("Đã ghi mốc \(head.prefix(20))….")
        }
    }

    /// Adds a line to a file that only its owner may read, made when it is missing.
    private static func append(_ line: String, to path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data((line + "\n").utf8))
        try handle.synchronize()
    }

    private static func log(_ line: String) {
        "baophu audit head \(line)".withCString { text in
            withVaList([text]) { vsyslog(LOG_NOTICE | LOG_AUTH, "%s", $0) }
        }
    }
}
