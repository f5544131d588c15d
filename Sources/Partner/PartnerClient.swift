import AsyncHTTPClient
public import Foundation
import NIOCore
import NIOHTTP1

/// Who a partner's program is, for whom it asks, where.
public struct PartnerSettings: Sendable {
    /// `https://…`, without a slash at its end.
    public let url: String
    public let client: String
    public let key: String
    public let agreement: Int
    public let purpose: String

    public init(url: String, client: String, key: String, agreement: Int, purpose: String) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        (self.client, self.key, self.agreement, self.purpose) = (client, key, agreement, purpose)
    }
}

/// What the other side answered instead of what was asked for.
public struct PartnerRefusal: Error, Sendable, CustomStringConvertible {
    public let status: Int
    /// Of the problem's body (RFC 9457), in Vietnamese.
    public let detail: String
    /// How long to wait, where it says so.
    public let retrySeconds: Int?

    public var description: String { "\(status): \(detail)" }
}

/// The connection was broken on purpose.
struct BrokenOnPurpose: Error {}

/// Speaks the exchange for programs (`/api/v1/exchange`) as a program of another agency does. Nothing of the system's own is used:
/// what this can, any program can.
public actor PartnerClient {
    public let settings: PartnerSettings
    private let http: HTTPClient
    private var token: (text: String, until: Date)?

    static let root = "/api/v1/exchange"

    public init(_ settings: PartnerSettings) {
        self.settings = settings
        var configuration = HTTPClient.Configuration()
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(120))
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    public func close() async throws { try await http.shutdown() }

    /// A token of client credentials, asked for anew a minute before its end.
    public func authorisation() async throws -> String {
        if let token, token.until > Date() { return "Bearer \(token.text)" }
        struct Answer: Decodable {
            let access_token: String
            let expires_in: Int
        }
        var request = HTTPClientRequest(url: settings.url + Self.root + "/token")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        request.body = .bytes(
            ByteBuffer(
                string: "grant_type=client_credentials&client_id=\(settings.client)&client_secret=\(settings.key)"))
        let (_, body) = try await perform(request)
        let answer = try JSONDecoder().decode(Answer.self, from: body)
        token = (answer.access_token, Date(timeIntervalSinceNow: Double(max(answer.expires_in - 60, 1))))
        return "Bearer \(answer.access_token)"
    }

    /// - Parameter path: below the exchange's root.
    public func get<Answer: Decodable & Sendable>(_ path: String, as type: Answer.Type) async throws -> Answer {
        let request = try await request(.GET, settings.url + Self.root + path)
        return try JSONDecoder().decode(Answer.self, from: try await perform(request).body)
    }

    /// Begins an upload, or finds it under the same name.
    /// - Returns: its address, and how far it is.
    func begin(_ list: PartnerList, size: Int, sha256: String) async throws -> (address: String, offset: Int) {
        func coded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
        var metadata = "filename \(coded(list.name)),period \(coded(list.period)),sha256 \(coded(sha256))"
        if list.isCorrection { metadata += ",correction \(coded("true"))" }
        var request = try await request(.POST, settings.url + Self.root + "/uploads")
        request.headers.add(name: "Tus-Resumable", value: "1.0.0")
        request.headers.add(name: "Idempotency-Key", value: list.idempotency)
        request.headers.add(name: "Upload-Length", value: String(size))
        request.headers.add(name: "Upload-Metadata", value: metadata)
        let headers = try await perform(request).headers
        guard let location = headers.first(name: "Location"),
            let offset = headers.first(name: "Upload-Offset").flatMap({ Int($0) })
        else { throw PartnerRefusal(status: 0, detail: "no Location", retrySeconds: nil) }
        return (location.hasPrefix("/") ? settings.url + location : location, offset)
    }

    func offset(of address: String) async throws -> Int {
        var request = try await request(.HEAD, address)
        request.headers.add(name: "Tus-Resumable", value: "1.0.0")
        guard let offset = try await perform(request).headers.first(name: "Upload-Offset").flatMap({ Int($0) }) else {
            throw PartnerRefusal(status: 0, detail: "no Upload-Offset", retrySeconds: nil)
        }
        return offset
    }

    /// Sends a piece.
    /// - Parameter breaking: after how many of its bytes the connection breaks; nil for never.
    /// - Returns: where the upload stands.
    func send(
        _ path: String, from offset: Int, count: Int, to address: String, breaking: Int?, sent: SentBytes
    ) async throws -> Int {
        var request = try await request(.PATCH, address)
        request.headers.add(name: "Tus-Resumable", value: "1.0.0")
        request.headers.add(name: "Upload-Offset", value: String(offset))
        request.headers.add(name: "Content-Type", value: "application/offset+octet-stream")
        request.body = .stream(
            FilePiece(path: path, offset: offset, count: count, breaking: breaking, sent: sent),
            length: .known(Int64(count)))
        let headers = try await perform(request).headers
        return headers.first(name: "Upload-Offset").flatMap { Int($0) } ?? offset + count
    }

    // MARK: Parts

    private func request(_ method: HTTPMethod, _ address: String) async throws -> HTTPClientRequest {
        var request = HTTPClientRequest(url: address)
        request.method = method
        request.headers.add(name: "Authorization", value: try await authorisation())
        request.headers.add(name: "Exchange-Agreement", value: String(settings.agreement))
        let purpose = settings.purpose.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        request.headers.add(name: "Exchange-Purpose", value: purpose)
        return request
    }

    private func perform(_ request: HTTPClientRequest) async throws -> (headers: HTTPHeaders, body: Data) {
        struct Problem: Decodable {
            let detail: String
        }
        let response = try await http.execute(request, timeout: .seconds(600))
        let body = Data(buffer: try await response.body.collect(upTo: 8 << 20))
        guard (200..<300).contains(response.status.code) else {
            throw PartnerRefusal(
                status: Int(response.status.code),
                detail: (try? JSONDecoder().decode(Problem.self, from: body))?.detail ?? "",
                retrySeconds: response.headers.first(name: "Retry-After").flatMap { Int($0) })
        }
        return (response.headers, body)
    }
}

extension Data {
    fileprivate init(buffer: ByteBuffer) { self.init(buffer.readableBytesView) }
}
