import Components
import Crypto
import Exchange
import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import WebDesk

// Lists in pieces: the protocol tus 1.0.0 (creation, expiration, checksum, termination).
extension ExchangeAPI {
    private struct Upload: Encodable {
        let id: String
        let state: String
        let words: String
        /// Why it was refused.
        let problem: String?
        let offset: Int
        let length: Int
        let fileName: String
        let period: String
        let agreement: Int
        /// The number of the receipt, once the list was understood.
        let delivery: Int?
    }

    static var tusOptions: Response {
        var response = Response(status: .noContent)
        response.headers[tusVersion] = tus
        response.headers[tusExtension] = "creation,expiration,checksum,termination"
        response.headers[tusMaxSize] = String(ProgramUploadDraft.mostBytes)
        response.headers[tusChecksums] = PieceChecksum.Algorithm.allCases.map(\.rawValue).joined(separator: ",")
        return response
    }

    func beginUpload(_ request: Request, _ context: SiteContext, _ caller: ProgramCaller) async throws -> Response {
        guard request.headers[Self.tusResumable] == Self.tus else { return try Self.otherVersion(request) }
        try await desk.requireBelievedClock()
        let errand = try errand(request, caller)
        guard let size = request.headers[Self.uploadLength].flatMap({ Int($0) }) else {
            throw Refusal(.invalid, "Thiếu cỡ tệp; hãy ghi số byte trong tiêu đề Upload-Length.")
        }
        let name = request.headers[Self.idempotencyKey] ?? ""
        guard name.wholeMatch(of: /[A-Za-z0-9._-]{8,100}/) != nil else {
            throw Refusal(.invalid, "Idempotency-Key phải có 8 đến 100 chữ, số, dấu chấm, gạch ngang, gạch dưới.")
        }
        let metadata = try Self.metadata(request.headers[Self.uploadMetadata] ?? "")
        let draft = try ProgramUploadDraft(
            idempotency: name, period: metadata["period"] ?? "",
            fileName: metadata["filename"] ?? "", size: size, replacesPeriod: metadata["correction"] == "true",
            sha256: metadata["sha256"])
        let (upload, isRepeated) = try await programs.begin(draft, by: caller, errand)
        var response = Response(status: isRepeated ? .ok : .created)
        response.headers[.location] = Addresses.exchangeUpload(upload.id).text
        Self.tell(upload, in: &response)
        return response
    }

    func showUpload(_ request: Request, _ context: SiteContext, _ caller: ProgramCaller) async throws -> Response {
        let upload = try await programs.upload(try Self.id(context), of: caller)
        var response = try Self.encoded(
            Upload(
                id: upload.id.text, state: upload.state.rawValue, words: upload.state.words,
                problem: upload.problem.isEmpty ? nil : upload.problem, offset: upload.taken, length: upload.size,
                fileName: upload.fileName, period: upload.period.description, agreement: upload.agreement,
                delivery: upload.delivery))
        Self.tell(upload, in: &response)
        response.headers[Self.uploadLength] = String(upload.size)
        return response
    }

    func addToUpload(_ request: Request, _ context: SiteContext, _ caller: ProgramCaller) async throws -> Response {
        guard request.headers[Self.tusResumable] == Self.tus else { return try Self.otherVersion(request) }
        guard request.headers[.contentType] == "application/offset+octet-stream" else {
            return Self.problem(.unsupportedMediaType, "Content-Type phải là application/offset+octet-stream.")
        }
        guard let offset = request.headers[Self.uploadOffset].flatMap({ Int($0) }), offset >= 0 else {
            throw Refusal(.invalid, "Thiếu vị trí; hãy ghi số byte đã gửi trong tiêu đề Upload-Offset.")
        }
        try await desk.requireBelievedClock()
        let checksum = try request.headers[Self.uploadChecksum].map { try PieceChecksum($0) }
        let id = try Self.id(context)
        let standing = try await programs.permitMore(of: id, at: offset, by: caller)
        let upload: ProgramUpload
        if let checksum {
            // All of it is looked at before any of it is kept.
            let bytes = try await Self.checked(request)
            guard checksum.fits(bytes) else {
                return Self.problem(
                    Self.checksumMismatch, "Phần gửi lên không khớp Upload-Checksum; hãy gửi lại phần này.")
            }
            var rest: [UInt8]? = bytes
            upload = try await programs.add(to: standing) {
                defer { rest = nil }
                return rest
            }
        } else {
            var body = request.body.makeAsyncIterator()
            upload = try await programs.add(to: standing) {
                do {
                    return try await body.next().map { Array($0.readableBytesView) }
                } catch {
                    throw BrokenBody()
                }
            }
        }
        var response = Response(status: .noContent)
        Self.tell(upload, in: &response)
        return response
    }

    func abandonUpload(_ request: Request, _ context: SiteContext, _ caller: ProgramCaller) async throws -> Response {
        guard request.headers[Self.tusResumable] == Self.tus else { return try Self.otherVersion(request) }
        try await programs.abandon(try Self.id(context), by: caller)
        return Response(status: .noContent)
    }

    /// Of tus, where HTTP has no word.
    private static let checksumMismatch = HTTPResponse.Status(code: 460, reasonPhrase: "Checksum Mismatch")

    private static func tell(_ upload: ProgramUpload, in response: inout Response) {
        response.headers[uploadOffset] = String(upload.taken)
        if let expires = upload.expires { response.headers[uploadExpires] = HTTPDate.text(expires) }
    }

    private static func checked(_ request: Request) async throws -> [UInt8] {
        do {
            return Array(try await request.body.collect(upTo: PieceChecksum.mostBytes).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Refusal(
                .tooLarge,
                "Phần có Upload-Checksum không quá \(VietnameseText.grouped(PieceChecksum.mostBytes)) byte; hãy chia nhỏ hơn."
            )
        }
    }

    private static func otherVersion(_ request: Request) throws(Refusal) -> Response {
        guard request.headers[tusResumable] != nil else {
            throw Refusal(.invalid, "Thiếu tiêu đề Tus-Resumable; hãy ghi Tus-Resumable: \(tus).")
        }
        var response = problem(.preconditionFailed, "Chỉ nhận tus \(tus); hãy gửi tiêu đề Tus-Resumable: \(tus).")
        response.headers[tusVersion] = tus
        return response
    }

    private static func id(_ context: SiteContext) throws(Refusal) -> RecordID {
        guard let id = RecordID(context.parameters.get("id") ?? "") else {
            throw Refusal(.notFound, "Không có lần tải lên này của chương trình.")
        }
        return id
    }

    /// `filename ZC5jc3Y=,period MjAyNi0wOQ==`: values in base 64.
    private static func metadata(_ text: String) throws(Refusal) -> [String: String] {
        var found: [String: String] = [:]
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: " ", omittingEmptySubsequences: true)
            guard let key = parts.first else { continue }
            guard parts.count == 1 || parts.count == 2,
                let data = Data(base64Encoded: parts.count == 2 ? String(parts[1]) : ""),
                let value = String(validating: data, as: UTF8.self)
            else {
                throw Refusal(.invalid, "Upload-Metadata: giá trị của “\(key.prefix(40))” không phải base64 của UTF-8.")
            }
            found[String(key)] = value
        }
        return found
    }
}

/// What a program says of one piece (tus: checksum).
struct PieceChecksum {
    enum Algorithm: String, CaseIterable {
        case sha1, sha256
    }

    /// A piece that is looked at before any of it is kept stands in memory.
    static let mostBytes = 8 << 20

    let algorithm: Algorithm
    let digest: Data

    /// `sha256 47DEQpj8…=`
    init(_ text: String) throws(Refusal) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let algorithm = Algorithm(rawValue: String(parts[0])),
            let digest = Data(base64Encoded: String(parts[1]))
        else {
            throw Refusal(
                .invalid, "Upload-Checksum phải là “sha1” hoặc “sha256”, một dấu cách, rồi mã băm dạng base64.")
        }
        (self.algorithm, self.digest) = (algorithm, digest)
    }

    func fits(_ bytes: [UInt8]) -> Bool {
        switch algorithm {
        case .sha1: Data(Insecure.SHA1.hash(data: bytes)) == digest
        case .sha256: Data(SHA256.hash(data: bytes)) == digest
        }
    }
}

/// A moment as headers say it (RFC 9110, 5.6.7).
enum HTTPDate {
    static func text(_ moment: Timestamp) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.string(from: Date(timeIntervalSince1970: Double(moment.secondsSinceEpoch)))
    }
}
