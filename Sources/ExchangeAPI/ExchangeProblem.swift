import Foundation
public import HTTPTypes
public import Hummingbird
public import Kernel
import WebDesk

// What went wrong, in the form of RFC 9457.
extension ExchangeAPI {
    /// - Parameters:
    ///   - detail: what is wrong and what to do, in Vietnamese.
    ///   - seconds: how long to wait.
    ///   - error: the word of OAuth 2.0 (RFC 6749, 5.2), for whoever asked for a token.
    public static func problem(
        _ status: HTTPResponse.Status, _ detail: String, seconds: Int64? = nil, error: String? = nil
    ) -> Response {
        var body: [String: Any] = [
            "type": "about:blank", "title": status.reasonPhrase, "status": status.code, "detail": detail,
        ]
        if let error { body["error"] = error }
        let data = (try? JSONSerialization.data(withJSONObject: body, options: [.sortedKeys, .withoutEscapingSlashes]))
        var response = Desk.json(data: data ?? Data(), status: status)
        response.headers[.contentType] = "application/problem+json"
        if let seconds { response.headers[.retryAfter] = String(seconds) }
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer realm=\"baophu\"" }
        return response
    }

    public static func problem(_ refusal: Refusal, error: String? = nil) -> Response {
        let status: HTTPResponse.Status =
            switch refusal.kind {
            case .invalid: .badRequest
            case .forbidden: .forbidden
            case .notFound: .notFound
            case .stale: .conflict
            case .expired: .gone
            case .tooLarge: .contentTooLarge
            case .tooMany: .tooManyRequests
            case .notNow: .serviceUnavailable
            }
        return problem(status, refusal.message, seconds: refusal.retrySeconds, error: error)
    }
}
