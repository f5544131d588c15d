import Access
import HTTPTypes
import Hummingbird
import NIOCore
import WebDesk

/// Answers `/metrics`: to whoever shows the token of the settings, or without one to readers on this machine.
struct MetricsAnswer: Sendable {
    let settings: SiteSettings
    let exposition: @Sendable () async -> String

    func answer(_ request: Request, _ context: SiteContext) async -> Response {
        if let token = settings.metricsToken {
            guard let shown = request.headers[.authorization], SecretToken.matches(shown, "Bearer \(token)") else {
                return Response(status: .unauthorized, headers: [.wwwAuthenticate: "Bearer"])
            }
        } else if !isLocal(request, context) {
            return Response(status: .notFound)
        }
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: await exposition())))
    }

    /// A proxy on this machine is no reader on this machine: it asks for others.
    private func isLocal(_ request: Request, _ context: SiteContext) -> Bool {
        guard !settings.behindProxy else { return false }
        let forwarded = request.headers.contains { field in
            let name = field.name.canonicalName
            return name.hasPrefix("x-forwarded-") || ["forwarded", "via", "x-real-ip"].contains(name)
        }
        let peer = context.peer ?? ""
        return !forwarded && (peer.hasPrefix("127.") || ["::1", "::ffff:127.0.0.1"].contains(peer))
    }
}
