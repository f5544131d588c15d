import Components
import ExchangeAPI
import HTTPTypes
import Hummingbird
import Kernel
import WebDesk

/// Answers what no route took: 405 with the methods there are where an address has others (RFC 9110, 15.5.6), otherwise that
/// there is none. Programs are answered in their own form.
struct UnroutedAnswers: RouterMiddleware {
    typealias Context = SiteContext

    private let desk: Desk
    private let places: [(steps: [Substring], methods: Set<HTTPRequest.Method>)]

    /// - Parameter places: the addresses there are, as the router writes them, each with its methods.
    init(desk: Desk, places: [String: Set<HTTPRequest.Method>]) {
        self.desk = desk
        self.places = places.map { (Self.steps($0.key[...]), $0.value) }
    }

    private static func steps(_ path: Substring) -> [Substring] { path.split(separator: "/") }

    func handle(
        _ request: Request, context: SiteContext,
        next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            return await answer(request, context)
        }
    }

    private func answer(_ request: Request, _ context: SiteContext) async -> Response {
        let allowed = methods(at: request.uri.path)
        let refusal = Refusal(
            .notFound,
            allowed.isEmpty
                ? "Không có trang này. Hãy kiểm tra lại địa chỉ."
                : "Địa chỉ này không nhận yêu cầu \(request.method.rawValue.prefix(20)); chỉ nhận \(allowed).")
        var response: Response
        if Addresses.isExchange(request.uri.path) {
            response = ExchangeAPI.problem(allowed.isEmpty ? .notFound : .methodNotAllowed, refusal.message)
            desk.protect(&response, forPrograms: true)
        } else if Addresses.isForPrograms(request.uri.path) {
            response = Desk.json(status: .notFound, error: refusal.message)
            desk.protect(&response)
        } else {
            response = await desk.answer(request, context, .open(Addresses.anywhere) { _ in throw refusal })
        }
        if !allowed.isEmpty {
            response.status = .methodNotAllowed
            response.headers[.allow] = allowed
        }
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// `GET, HEAD`; empty for an address that is none.
    private func methods(at path: String) -> String {
        let asked = Self.steps(path[...])
        var allowed: Set<HTTPRequest.Method> = []
        for place in places
        where place.steps.count == asked.count && zip(place.steps, asked).allSatisfy({ $0.first == "{" || $0 == $1 }) {
            allowed.formUnion(place.methods)
        }
        if allowed.contains(.get) { allowed.insert(.head) }
        return allowed.map(\.rawValue).sorted().joined(separator: ", ")
    }
}
