public import Foundation
public import HTTPTypes
public import Hummingbird
public import Kernel
import NIOCore

// Answers to programs.
extension Desk {
    public static func json(data: Data, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }

    /// Whether a request's body is announced as JSON.
    public static func isJSON(_ request: Request) -> Bool {
        let type = (request.headers[.contentType] ?? "").lowercased().prefix { $0 != ";" }
        return type.trimmingCharacters(in: .whitespaces) == "application/json"
    }

    /// What is wrong, in Vietnamese.
    public static func json(status: HTTPResponse.Status, error: String) -> Response {
        json(data: (try? JSONEncoder().encode(["error": error])) ?? Data(), status: status)
    }

    /// The answer to who sent too much, with the time to wait.
    public static func json(tooMany refusal: Refusal) -> Response {
        var response = json(status: .tooManyRequests, error: refusal.message)
        tellWait(of: refusal, in: &response)
        return response
    }

    /// `Retry-After`, where a refusal knows it.
    static func tellWait(of refusal: Refusal, in response: inout Response) {
        if let seconds = refusal.retrySeconds { response.headers[.retryAfter] = String(seconds) }
    }
}
