public import Foundation
public import HTTPTypes
public import Hummingbird
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
}
