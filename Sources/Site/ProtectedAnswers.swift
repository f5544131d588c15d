import Hummingbird
import WebDesk

/// Puts the headers that protect browsers on every answer, whoever made it.
struct ProtectedAnswers: RouterMiddleware {
    let desk: Desk

    func handle(
        _ request: Request, context: SiteContext,
        next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as any HTTPResponseError {
            response = try error.response(from: request, context: context)
        }
        desk.protect(&response)
        return response
    }
}
