import Exchange
import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import WebDesk

// Client credentials (RFC 6749, 4.4).
extension ExchangeAPI {
    private struct Answer: Encodable {
        let access_token: String
        let token_type = "Bearer"
        let expires_in: Int
        let scope: String
    }

    func token(_ request: Request, _ context: SiteContext) async throws -> Response {
        let type = (request.headers[.contentType] ?? "").lowercased().prefix { $0 != ";" }
        guard type.trimmingCharacters(in: .whitespaces) == "application/x-www-form-urlencoded" else {
            return Self.problem(
                .unsupportedMediaType, "Hãy gửi application/x-www-form-urlencoded với grant_type=client_credentials.",
                error: "invalid_request")
        }
        let fields = try Self.fields(of: try await Self.small(request))
        guard fields["grant_type"] == "client_credentials" else {
            return Self.problem(
                Refusal(.invalid, "grant_type phải là client_credentials."), error: "unsupported_grant_type")
        }
        do {
            let (issued, _) = try await programs.token(
                client: fields["client_id"] ?? "", secret: fields["client_secret"] ?? "", scope: fields["scope"] ?? "",
                agreement: try fields["agreement"].map { text in
                    guard let number = Int(text), number > 0 else {
                        throw Refusal(.invalid, "agreement phải là số nguyên dương.")
                    }
                    return number
                }, purpose: fields["purpose"], from: desk.callerAddress(of: request, context))
            return try Self.encoded(Answer(access_token: issued.token, expires_in: issued.seconds, scope: issued.scope))
        } catch let unknown as UnknownProgram {
            try desk.admit(request, context)
            return Self.problem(.unauthorized, unknown.message, error: "invalid_client")
        } catch let refusal as Refusal where refusal.kind == .invalid {
            return Self.problem(refusal, error: "invalid_scope")
        }
    }

    private static func fields(of body: [UInt8]) throws(Refusal) -> [String: String] {
        guard let text = String(validating: body, as: UTF8.self) else {
            throw Refusal(.invalid, "Nội dung không phải UTF-8.")
        }
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { unescaped(String($0).replacing("+", with: " ")) }
            fields[parts[0]] = parts.count > 1 ? parts[1] : ""
        }
        return fields
    }

    private static func small(_ request: Request) async throws -> [UInt8] {
        do {
            return Array(try await request.body.collect(upTo: 16 << 10).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Refusal(.tooLarge, "Nội dung lớn hơn 16 KB.")
        }
    }
}
