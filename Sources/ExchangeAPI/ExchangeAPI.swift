public import Components
public import Exchange
import Foundation
public import HTTPTypes
public import Hummingbird
import Kernel
public import WebDesk

/// The exchange for programs of other agencies: lists handed over in pieces (tus 1.0.0), what became of them, numbers, under
/// agreements.
public struct ExchangeAPI: Sendable {
    let desk: Desk
    let programs: ProgramService
    let publicURL: String

    public init(desk: Desk, programs: ProgramService, publicURL: String) {
        (self.desk, self.programs, self.publicURL) = (desk, programs, publicURL)
    }

    /// Each address with its methods: what a request by another is told.
    public static let places: [String: Set<HTTPRequest.Method>] = [
        Addresses.exchangeOpenAPI.pattern: [.get], Addresses.exchangeToken.pattern: [.post],
        Addresses.exchangeAgreement.pattern: [.get], Addresses.exchangeUploads.pattern: [.post, .options],
        Addresses.exchangeUpload.pattern: [.get, .patch, .delete], Addresses.exchangeDeliveries.pattern: [.get],
        Addresses.exchangeDelivery.pattern: [.get], Addresses.exchangeReceipt.pattern: [.get],
        Addresses.exchangeQuality.pattern: [.get], Addresses.exchangeReturned.pattern: [.get],
        Addresses.exchangeAggregates.pattern: [.get],
    ]

    public func add(to router: Router<SiteContext>) {
        open(router, Addresses.exchangeOpenAPI.pattern, .get) { _, _ in
            Desk.json(data: try ExchangeOpenAPI(publicURL: publicURL).json())
        }
        open(router, Addresses.exchangeToken.pattern, .post, token)
        open(router, Addresses.exchangeUploads.pattern, .options) { _, _ in Self.tusOptions }
        on(router, Addresses.exchangeAgreement.pattern, .get, showAgreement)
        on(router, Addresses.exchangeUploads.pattern, .post, beginUpload)
        on(router, Addresses.exchangeUpload.pattern, .get, showUpload)
        on(router, Addresses.exchangeUpload.pattern, .patch, addToUpload)
        on(router, Addresses.exchangeUpload.pattern, .delete, abandonUpload)
        on(router, Addresses.exchangeDeliveries.pattern, .get, listDeliveries)
        on(router, Addresses.exchangeDelivery.pattern, .get, showDelivery)
        on(router, Addresses.exchangeReceipt.pattern, .get, showReceipt)
        on(router, Addresses.exchangeQuality.pattern, .get, showQuality)
        on(router, Addresses.exchangeReturned.pattern, .get, listReturned)
        on(router, Addresses.exchangeAggregates.pattern, .get, showAggregates)
    }

    /// For everybody.
    private func open(
        _ router: Router<SiteContext>, _ path: String, _ method: HTTPRequest.Method,
        _ body: @escaping @Sendable (Request, SiteContext) async throws -> Response
    ) {
        router.on(RouterPath(path), method: method) { request, context in
            var response = await answer(request, context, path) { try await body(request, context) }
            finish(&response, path)
            return response
        }
    }

    /// For a program that shows a key or a token.
    private func on(
        _ router: Router<SiteContext>, _ path: String, _ method: HTTPRequest.Method,
        _ body: @escaping @Sendable (Request, SiteContext, ProgramCaller) async throws -> Response
    ) {
        router.on(RouterPath(path), method: method) { request, context in
            var found: ProgramCaller?
            var response = await answer(request, context, path) {
                let caller = try await caller(request, context)
                found = caller
                return try await body(request, context, caller)
            }
            if let found { Self.tellPace(of: found, in: &response) }
            finish(&response, path)
            return response
        }
    }

    private func answer(
        _ request: Request, _ context: SiteContext, _ path: String, _ body: () async throws -> Response
    ) async -> Response {
        do {
            return try await body()
        } catch let refusal as Refusal {
            return Self.problem(refusal)
        } catch let unknown as UnknownProgram {
            return Self.problem(.unauthorized, unknown.message)
        } catch let many as TooManyCalls {
            var response = Self.problem(.tooManyRequests, many.message, seconds: Int64(many.caller.resetSeconds))
            Self.tellPace(of: many.caller, in: &response)
            return response
        } catch is BrokenBody {
            // Nobody may be there to read it.
            return Self.problem(.badRequest, "Kết nối bị ngắt giữa chừng; hãy hỏi lại bằng HEAD rồi gửi tiếp.")
        } catch {
            let failed = desk.failure(error, request, context, route: path)
            var response = Self.problem(failed.status, "Hệ thống gặp trục trặc, mã \(context.id); hãy thử lại sau.")
            response.headers[.retryAfter] = failed.headers[.retryAfter]
            return response
        }
    }

    private func finish(_ response: inout Response, _ path: String) {
        if path.hasPrefix(Addresses.exchangeUploads.pattern) { response.headers[Self.tusResumable] = Self.tus }
        desk.protect(&response, forPrograms: true)
    }

    // MARK: What all share

    static let tus = "1.0.0"
    static let tusResumable = HTTPField.Name.known("Tus-Resumable")
    static let tusVersion = HTTPField.Name.known("Tus-Version")
    static let tusExtension = HTTPField.Name.known("Tus-Extension")
    static let tusMaxSize = HTTPField.Name.known("Tus-Max-Size")
    static let tusChecksums = HTTPField.Name.known("Tus-Checksum-Algorithm")
    static let uploadOffset = HTTPField.Name.known("Upload-Offset")
    static let uploadLength = HTTPField.Name.known("Upload-Length")
    static let uploadMetadata = HTTPField.Name.known("Upload-Metadata")
    static let uploadExpires = HTTPField.Name.known("Upload-Expires")
    static let uploadChecksum = HTTPField.Name.known("Upload-Checksum")
    static let idempotencyKey = HTTPField.Name.known("Idempotency-Key")
    static let agreement = HTTPField.Name.known("Exchange-Agreement")
    static let purpose = HTTPField.Name.known("Exchange-Purpose")
    static let rateLimit = HTTPField.Name.known("RateLimit-Limit")
    static let rateLeft = HTTPField.Name.known("RateLimit-Remaining")
    static let rateReset = HTTPField.Name.known("RateLimit-Reset")

    /// Who calls, by `Authorization: Bearer …`. Who shows none that holds is counted by address, against guessing.
    private func caller(_ request: Request, _ context: SiteContext) async throws -> ProgramCaller {
        let parts = (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        do {
            guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw UnknownProgram() }
            return try await programs.caller(
                bearer: parts[1].trimmingCharacters(in: .whitespaces), from: desk.callerAddress(of: request, context))
        } catch let unknown as UnknownProgram {
            try desk.admit(request, context)
            throw unknown
        }
    }

    /// Which agreement and purpose a call names. A purpose is written as in an address (`ra%20so%C3%A1t`): headers are ASCII.
    func errand(_ request: Request, _ caller: ProgramCaller) throws -> ProgramErrand {
        let number = try request.headers[Self.agreement].map { text in
            guard let number = Int(text) else {
                throw Refusal(.invalid, "Exchange-Agreement phải là số nguyên dương, không phải “\(text.prefix(20))”.")
            }
            return number
        }
        let purpose = request.headers[Self.purpose]
        guard
            purpose?.wholeMatch(of: /(?:[A-Za-z0-9._~-]|%(?:[2-689A-F][0-9A-F]|7[0-9A-E])){1,200}/) != nil
                || purpose == nil
        else {
            throw Refusal(
                .invalid,
                "Exchange-Purpose phải viết theo mã phần trăm của UTF-8, không quá 200 ký tự: ra%20so%C3%A1t là “ra soát”."
            )
        }
        return try caller.errand(agreement: number, purpose: purpose.map(Self.unescaped))
    }

    static func unescaped(_ text: String) -> String { text.removingPercentEncoding ?? text }

    private static func tellPace(of caller: ProgramCaller, in response: inout Response) {
        response.headers[rateLimit] = String(caller.program.perMinute)
        response.headers[rateLeft] = String(caller.left)
        response.headers[rateReset] = String(caller.resetSeconds)
    }

    static func encoded(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Desk.json(data: try encoder.encode(value), status: status)
    }

    /// A whole number from 1 of the address; nil where it is left out.
    static func number(_ name: String, _ request: Request, most: Int = Int.max) throws(Refusal) -> Int? {
        guard let text = request.uri.queryParameters[name[...]].map(String.init) else { return nil }
        guard let number = Int(text), number > 0, number <= most else {
            throw Refusal(
                .invalid,
                "“\(name)” phải là số nguyên từ 1\(most == Int.max ? "" : " đến \(most)"), không phải “\(text.prefix(40))”."
            )
        }
        return number
    }
}

/// A body whose connection was lost.
struct BrokenBody: Error {}

extension HTTPField.Name {
    /// - Precondition: a literal of letters and dashes, which every field name may be.
    fileprivate static func known(_ name: String) -> HTTPField.Name {
        guard let known = HTTPField.Name(name) else { preconditionFailure("\(name) is no name of a header") }
        return known
    }
}
