public import Access
public import Amendments
import Charts
import Components
public import Figures
import Foundation
import HTTPTypes
public import Hummingbird
import Kernel
import Logging
import NIOCore
public import Plan
public import Reports
import Territory

/// What the site is told by the configuration.
public struct SiteSettings: Sendable {
    /// The address under which people reach it, without a slash at the end.
    public var publicURL = "http://127.0.0.1:8080"
    /// The largest file taken, in bytes.
    public var uploadBytes = 25 << 20
    /// Where files stand while they stream in.
    public var temporaryDirectory = NSTemporaryDirectory()
    /// Whether all data is invented: every page says so.
    public var illustrative = false
    /// Forms taken from one address in a minute.
    public var formsPerMinute = 300
    /// Believe `X-Forwarded-For`: only behind a proxy that sets it.
    public var behindProxy = false

    public init() {}

    var secure: Bool { publicURL.hasPrefix("https://") }
}

/// The officers' pages. Thin: reads the request, calls one domain function, renders.
public struct Site: Sendable {
    let access: AccessService
    let plan: PlanService
    let figures: FigureService
    let renderer: PageRenderer
    let settings: SiteSettings
    let assets: Assets
    let limiter: RateLimiter
    /// The law behind the open pages; nil without its tables.
    let law: LawService?
    /// Official documents; nil without their templates.
    let documents: DocumentService?
    let fragments = FragmentCache(capacity: 400)
    /// The map of the communes, laid out once; nil when the plan gives no places.
    let cartogram: Cartogram?

    /// - Throws: when templates or assets are missing from the installation.
    public init(
        access: AccessService, plan: PlanService, figures: FigureService, law: LawService? = nil,
        documents: DocumentService? = nil, settings: SiteSettings
    ) throws {
        self.law = law
        self.documents = documents
        self.access = access
        self.plan = plan
        self.figures = figures
        self.settings = settings
        renderer = try PageRenderer()
        assets = try Assets()
        limiter = RateLimiter(perMinute: settings.formsPerMinute)
        cartogram = Self.cartogram(of: plan.plan.communes)
    }

    private static func cartogram(of directory: CommuneDirectory) -> Cartogram? {
        let areas = directory.communes.compactMap { commune in
            commune.point.map {
                Cartogram.Area(
                    id: commune.code.text, latitude: $0.latitude, longitude: $0.longitude,
                    squareKilometres: commune.mappedArea ?? commune.area)
            }
        }
        // A map that lacks units would hide them.
        guard !areas.isEmpty, areas.count == directory.communes.count else { return nil }
        return Cartogram(areas: areas, neighbours: directory.neighbours.map { ($0.first.text, $0.second.text) })
    }

    var definition: PlanDefinition { plan.plan }
    var today: Day { plan.clock.today }

    /// All routes, each declared once in the file of its page.
    var routes: [Route] {
        entranceRoutes + homeRoutes + dashboardRoutes + workListRoutes + workRoutes + fileRoutes + unitRoutes
            + taskRoutes
            + calendarRoutes
            + planRoutes + figureRoutes + targetRoutes + scoreRoutes + groupRoutes + obstacleRoutes + outboxRoutes
            + ownAccountRoutes + accountRoutes + auditRoutes + lawRoutes
            + amendmentRoutes + allocationRoutes + documentRoutes + steeringRoutes + forecastRoutes
    }

    /// What the route tests walk.
    public var declarations: [RouteDeclaration] { routes.map(\.declaration) }

    public func router() -> Router<SiteContext> {
        let router = Router(context: SiteContext.self)
        for route in routes {
            router.on(RouterPath(route.declaration.path), method: route.declaration.method) { request, context in
                await self.answer(request, context, route)
            }
        }
        router.post("/api/v1/law/calculate/{name}") { request, context in await self.calculate(request, context) }
        router.get("/tinh/{file}") { _, context in self.assets.response(for: context.parameters.get("file") ?? "") }
        // Programs are answered in their own form.
        router.get("/api/**") { _, _ in
            var response = Self.json(status: .notFound, error: "Không có địa chỉ này; xem /api/v1/law/openapi.json.")
            self.protect(&response)
            return response
        }
        router.get("/**") { request, context in
            await self.answer(
                request, context,
                .open("/**") { _ in throw Refusal(.notFound, "Không có trang này. Hãy kiểm tra lại địa chỉ.") })
        }
        router.get("/suc-khoe") { _, _ in Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "ok\n"))) }
        return router
    }

    // MARK: The way of every request

    private func answer(_ request: Request, _ context: SiteContext, _ route: Route) async -> Response {
        var response: Response
        do {
            response = try await handle(request, context, route)
        } catch let refusal as Refusal {
            response = await page(for: refusal, request: request, context: context)
        } catch {
            // The cause goes into the log with the request's id; the person gets the id, never the cause.
            context.logger.error(
                "request failed", metadata: ["error": "\(error)", "route": "\(route.declaration.path)"])
            response = failurePage(id: context.id)
        }
        protect(&response)
        return response
    }

    private func handle(_ request: Request, _ context: SiteContext, _ route: Route) async throws -> Response {
        let visitor = request.cookies[Self.visitorCookie]?.value ?? ""
        let isOpen = if case .open = route.handler { true } else { false }
        let fresh = isOpen && visitor.utf8.count < 40
        var open = OpenRequest(
            request: request, parameters: context.parameters, query: FormContent(query: request.uri.query ?? ""),
            address: address(of: request, context), device: request.headers[.userAgent] ?? "",
            visitorToken: fresh ? SecretToken.make() : visitor)
        let writes = route.declaration.method == .post
        if writes {
            try refuseForeignOrigin(request)
            guard limiter.admits(open.address, at: plan.clock.now) else {
                throw Refusal(.tooMany, "Gửi quá nhiều lần trong một phút. Hãy đợi một phút rồi thử lại.")
            }
        }
        switch route.handler {
        case .open(let handle):
            if writes { open.form = try await content(of: request) }
            defer { open.form.discard() }
            if writes, !SecretToken.matches(open.form["_csrf"], open.visitorToken) { throw Self.foreignForm }
            var response = try await handle(open)
            if fresh { response.setCookie(cookie(Self.visitorCookie, open.visitorToken)) }
            return response
        case .member(let handle):
            // The right to the route is settled before the body is read: nobody fills the disk by guessing addresses.
            guard var member = try await member(open) else { return toSignIn(open) }
            guard route.declaration.access.allows(member.viewer.role) else {
                throw Refusal(
                    .forbidden,
                    "Vai trò “\(member.viewer.role.title)” không dùng được trang này. Nếu cần cho công việc, hãy liên hệ quản trị hệ thống."
                )
            }
            if writes { member.base.form = try await content(of: request) }
            defer { member.form.discard() }
            if writes, !SecretToken.matches(member.form["_csrf"], member.formToken) { throw Self.foreignForm }
            return try await handle(member)
        }
    }

    private func content(of request: Request) async throws -> FormContent {
        try await FormContent(
            reading: request, fileBytes: settings.uploadBytes, temporaryDirectory: settings.temporaryDirectory)
    }

    private static let foreignForm = Refusal(
        .forbidden, "Biểu mẫu này không còn hiệu lực (phiên đăng nhập đã đổi). Hãy quay lại, tải lại trang rồi gửi lại."
    )

    /// Browsers say where a form comes from; another site's forms are refused before anything else is looked at.
    private func refuseForeignOrigin(_ request: Request) throws {
        if request.headers[Self.fetchSite] == "cross-site" { throw Self.foreignForm }
    }

    static let visitorCookie = "baophu_khach"
    static let sessionCookie = "baophu_phien"
    /// The name of the cookie that carries a session, for whoever drives the site from outside.
    public static var sessionCookieName: String { sessionCookie }
    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site").unsafelyKnown
    private static let forwardedFor = HTTPField.Name("X-Forwarded-For").unsafelyKnown

    func cookie(_ name: String, _ value: String, maxAge: Int? = nil) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: maxAge, path: "/", secure: settings.secure, httpOnly: true, sameSite: .lax
        )
    }

    private func address(of request: Request, _ context: SiteContext) -> String {
        if settings.behindProxy, let last = request.headers[Self.forwardedFor]?.split(separator: ",").last {
            return VietnameseText.tidy(last)
        }
        return context.peer
    }

    /// The signed-in person of a request; nil without a complete session.
    func member(_ open: OpenRequest) async throws -> MemberRequest? {
        guard let token = open.request.cookies[Self.sessionCookie]?.value, !token.isEmpty,
            let session = try await access.session(token: token), session.stage == .complete
        else { return nil }
        return MemberRequest(
            base: open, viewer: session.viewer, token: token, formToken: SecretToken.formToken(session: token),
            revision: session.revision)
    }

    private func toSignIn(_ open: OpenRequest) -> Response {
        guard open.request.method == .get else { return .redirect(to: "/dang-nhap?het-phien=1", type: .normal) }
        return .redirect(to: "/dang-nhap?ve=\(Self.encoded(open.here))", type: .normal)
    }

    /// One value of a query string.
    static func encoded(_ value: String) -> String {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~/")
        return value.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }

    func protect(_ response: inout Response) {
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[Self.referrerPolicy] = "same-origin"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        if settings.secure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    }

    private static let referrerPolicy = HTTPField.Name("Referrer-Policy").unsafelyKnown
}

extension Optional where Wrapped == HTTPField.Name {
    /// For names written here as literals of valid characters, for which the initialiser cannot fail.
    fileprivate var unsafelyKnown: HTTPField.Name { self ?? .userAgent }
}
