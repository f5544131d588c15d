import Components
import CoreMetrics
import HTTPTypes
import Hummingbird
import Logging
import Telemetry
import WebDesk

/// Measures every request and writes its line into the log: route, status, time and account – never the address asked for,
/// which may hold a secret link, and never a name.
struct RequestRecord: RouterMiddleware {
    typealias Context = SiteContext

    let meters: MeterRegistry
    /// What a request line's method is told as; any other is `other`, so that nobody can make series.
    private static let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        do {
            let response = try await next(request, context)
            note(request, context, response.status, since: start)
            return response
        } catch {
            note(request, context, (error as? any HTTPResponseError)?.status ?? .internalServerError, since: start)
            throw error
        }
    }

    private func note(
        _ request: Request, _ context: SiteContext, _ status: HTTPResponse.Status, since start: ContinuousClock.Instant
    ) {
        let method = Self.methods.contains(request.method) ? request.method.rawValue : "other"
        let route = context.endpointPath ?? "none"
        meters.counter(.requests, method, route, String(status.code)).increment()
        meters.timer(.requestSeconds, method, route).record(since: start)
        if request.method == .post, Self.isSignIn(route), status.kind == .clientError {
            meters.counter(.signInFailures).increment()
        }
        var metadata: Logger.Metadata = [
            "method": "\(method)", "route": "\(route)", "status": .stringConvertible(status.code),
            "milliseconds": .stringConvertible(Int(start.duration(to: .now) / .milliseconds(1))),
        ]
        if let account = context.notes.account { metadata["account"] = "\(account)" }
        context.logger.info("request", metadata: metadata)
    }

    private static func isSignIn(_ route: String) -> Bool {
        route == Addresses.signIn.pattern || route == Addresses.secondFactor.pattern
    }
}
