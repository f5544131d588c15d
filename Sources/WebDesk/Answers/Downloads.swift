import Access
import Database
public import Files
import Foundation
import HTTPTypes
import Hummingbird
public import Kernel
import NIOCore

/// A file on its way out. Only a route of files takes it (``Route/file(_:_:recorded:_:)``), which records who got what before the
/// first byte, and who was refused.
public struct Download: Sendable {
    enum Content: Sendable {
        case stored(StoredFile)
        case made(name: String, mediaType: String, bytes: [UInt8])
    }

    let content: Content
    /// What the file is of.
    let subject: Subject
    /// The upload whose name a made file repeats.
    let source: StoredFile?

    /// A stored file.
    public init(_ file: StoredFile, of subject: Subject) {
        content = .stored(file)
        self.subject = subject
        source = nil
    }

    /// A file made for this request.
    /// - Parameter source: the upload that gave it its name.
    public init(name: String, mediaType: String, bytes: [UInt8], of subject: Subject, source: StoredFile? = nil) {
        content = .made(name: name, mediaType: mediaType, bytes: bytes)
        self.subject = subject
        self.source = source
    }

    /// What the audit trail says of it.
    var trailWords: String {
        switch content {
        case .stored(let file): FileMention.words(file)
        case .made(let name, _, _): source.map { "làm từ \(FileMention.words($0))" } ?? name
        }
    }

    static let erased = Refusal(
        .expired, "Tệp này đã huỷ theo biên bản hai người ký, nội dung không còn trong hệ thống.")
}

/// Who writes an opening and a refusal into the audit trail.
public enum DownloadRecord: Sendable {
    case here
    /// The use case does, which knows more of them.
    case byUseCase
}

// Handing out files.
extension Desk {
    /// Answers with a file, once it is recorded.
    func answer(_ download: Download, to request: MemberRequest, _ record: DownloadRecord) async throws -> Response {
        if case .stored(let file) = download.content {
            // The last of many places that ask: a guard holds whichever record a file is reached by.
            guard file.isOpen(to: request.viewer) else {
                throw Refusal(.forbidden, "Tệp này có thông tin được che với bạn.")
            }
            guard !file.isErased else { throw Download.erased }
        }
        if record == .here {
            let (actor, now, words) = (request.actor, clock.now, download.trailWords)
            try await access.store.write { [subject = download.subject] connection in
                try AuditTrail.append(
                    AuditEvent("file.taken", subject: Subject(.file, subject), detail: words), by: actor, at: now,
                    on: connection)
            }
        }
        switch download.content {
        case .stored(let file): return stream(file)
        case .made(let name, let mediaType, let bytes):
            return Response(
                status: .ok, headers: Self.attachment(name, mediaType: mediaType),
                body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }

    /// Records that somebody was not given a file.
    func recordRefusal(of request: MemberRequest, _ refusal: Refusal) async throws {
        guard refusal.kind == .forbidden || refusal.kind == .notFound || refusal.kind == .expired else { return }
        let (actor, now, path) = (request.actor, clock.now, request.base.path)
        try await access.store.write { connection in
            try AuditTrail.append(
                AuditEvent("file.not-given", subject: Subject(.address, path), detail: refusal.message), by: actor,
                at: now, on: connection)
        }
    }

    /// A stored file, part by part.
    private func stream(_ file: StoredFile) -> Response {
        let store = access.store
        let body = ResponseBody(contentLength: file.size) { writer in
            var position = 0
            while true {
                let part = position
                guard let bytes = try await store.read({ try StoredFiles.part(part, of: file.id, on: $0) }) else {
                    break
                }
                try await writer.write(ByteBuffer(bytes: bytes))
                position += 1
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: Self.attachment(file.name, mediaType: file.mediaType), body: body)
    }

    /// Always a download: a file of somebody else's making never runs as a page of ours. RFC 6266.
    private static func attachment(_ name: String, mediaType: String) -> HTTPFields {
        let ascii = VietnameseText.fold(name).unicodeScalars.map { scalar in
            scalar.isASCII && (CharacterSet.alphanumerics.contains(scalar) || "-._ ".unicodeScalars.contains(scalar))
                ? String(scalar) : "_"
        }.joined()
        let encoded = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ascii
        return [
            .contentType: mediaType, .cacheControl: "private, no-store",
            .contentDisposition: "attachment; filename=\"\(ascii)\"; filename*=UTF-8''\(encoded)",
        ]
    }
}
