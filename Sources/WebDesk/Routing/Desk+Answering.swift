import Access
import Components
import Database
import Files
import Foundation
import HTTPTypes
public import Hummingbird
import Kernel
import Logging
import NIOCore
import Overview
import PlanText
import Province
import Targets
import Work

// The way of every request.
extension Desk {
    /// Settles who asks and what they may, runs the route, and answers refusals and failures with pages of their own.
    public func answer(_ request: Request, _ context: SiteContext, _ route: Route) async -> Response {
        await PageHelp.$pattern.withValue(route.declaration.page ?? route.declaration.path) {
            await answered(request, context, route)
        }
    }

    private func answered(_ request: Request, _ context: SiteContext, _ route: Route) async -> Response {
        var response: Response
        do {
            response = try await handle(request, context, route)
        } catch let refusal as Refusal {
            response = await page(for: refusal, request: request, context: context)
        } catch {
            response = failure(error, request, context, route: route.declaration.path)
        }
        protect(&response, forPrograms: Addresses.isForPrograms(request.uri.path))
        return response
    }

    private func handle(_ request: Request, _ context: SiteContext, _ route: Route) async throws -> Response {
        let visitor = kept(Self.visitorCookie, in: request) ?? ""
        let isOpen = if case .open = route.handler { true } else { false }
        let fresh = isOpen && visitor.utf8.count < 40
        var open = OpenRequest(
            request: request, parameters: context.parameters, query: FormContent(query: request.uri.query ?? ""),
            address: address(of: request, context), device: request.headers[.userAgent] ?? "",
            visitorToken: fresh ? SecretToken.make() : visitor)
        let writes = route.declaration.method == .post
        if writes { try refuseForeignOrigin(request) }
        let doubted = try await lookAtClock(route, writes: writes)
        switch route.handler {
        case .open(let handle):
            if let doubted { throw doubted }
            if writes {
                try admit(NetworkAddress.place(of: open.address))
                open.form = try await content(of: request)
            }
            defer { open.form.discard() }
            if writes, !SecretToken.matches(open.form["_csrf"], open.visitorToken) { throw Self.foreignForm }
            var response = try await handle(open)
            if fresh { response.setCookie(cookie(Self.visitorCookie, open.visitorToken)) }
            return response
        case .member(let handle):
            // The right to the route is settled before the body is read: nobody fills the disk by guessing addresses.
            guard var member = try await member(open) else {
                if writes { try admit(NetworkAddress.place(of: open.address)) }
                // A clock that leapt ahead ends sessions that are not over.
                if let doubted { throw doubted }
                return toSignIn(open)
            }
            context.notes.account = member.viewer.account
            if writes { try admit(member.viewer.account.text) }
            try require(route, of: member)
            if writes { member.base.form = try await content(of: request) }
            defer { member.form.discard() }
            if writes, !SecretToken.matches(member.form["_csrf"], member.formToken) { throw Self.foreignForm }
            if let doubted { return try await givenBack(doubted, to: member, on: route) }
            if let refused = try await refusedFile(of: &member, on: route) { return refused }
            if let warned = try await warning(of: &member, on: route) { return warned }
            let hasJustSaved = writes || kept(Self.savedCookie, in: request) != nil
            var response = try await FragmentCache.$mustBeCurrent.withValue(hasJustSaved) { try await handle(member) }
            if writes { response.setCookie(cookie(Self.savedCookie, "1", maxAge: 5)) }
            if member.hasPlainCookie {
                response.setCookie(cookie(Self.sessionCookie, member.token))
                response.setCookie(plainCookie(Self.sessionCookie, "", maxAge: 0))
            }
            return response
        case .file(let record, let handle):
            guard let member = try await member(open) else { return toSignIn(open) }
            context.notes.account = member.viewer.account
            var isRecorded = false
            do {
                try require(route, of: member)
                isRecorded = record == .byUseCase
                let download = try await handle(member)
                isRecorded = false
                return try await answer(download, to: member, record)
            } catch let refusal as Refusal {
                if !isRecorded { try await recordRefusal(of: member, refusal) }
                throw refusal
            }
        }
    }

    /// Nothing is taken by a clock that is not believed, but what lets somebody in who confirms it.
    /// - Returns: why a form is not taken.
    private func lookAtClock(_ route: Route, writes: Bool) async throws -> Refusal? {
        let now = clock.now
        let verdict = try await doubt.look(at: now, in: access.store, anew: writes)
        guard writes, verdict != .sound else { return nil }
        guard route.takesDoubtedClock else { return ClockProblem(now: now, verdict: verdict).refusal }
        try await access.store.write { try ClockState.hold(on: $0) }
        return nil
    }

    /// The same for programs.
    /// - Throws: a refusal while the machine's clock is not believed.
    public func requireBelievedClock() async throws {
        let now = clock.now
        let verdict = try await doubt.look(at: now, in: access.store, anew: true)
        guard verdict == .sound else { throw ClockProblem(now: now, verdict: verdict).refusal }
    }

    /// The page of a form that is not taken for the present, with what was typed.
    private func givenBack(_ refusal: Refusal, to sender: MemberRequest, on route: Route) async throws -> Response {
        guard let again = route.again else { throw refusal }
        let failure = FormModel.Failure(
            form: sender.form.name, values: sender.form.typed, problems: [("", "Chưa lưu. \(refusal.message)")])
        var request = sender
        request.failure = failure
        var response = try await again(request, failure)
        response.status = .serviceUnavailable
        return response
    }

    private func require(_ route: Route, of member: MemberRequest) throws(Refusal) {
        guard route.declaration.access.allows(member.viewer) else {
            throw Refusal(
                .forbidden,
                "Vai trò “\(member.viewer.role.title)” không dùng được trang này. Nếu cần cho công việc, hãy liên hệ quản trị hệ thống."
            )
        }
    }

    private func admit(_ sender: String) throws(Refusal) { try limiter.admit(sender, at: clock.now) }

    private func content(of request: Request) async throws -> FormContent {
        try await FormContent(
            reading: request, fileBytes: settings.uploadBytes,
            temporaryDirectory: settings.scratch.path(of: "uploads"))
    }

    private static let foreignForm = Refusal(
        .forbidden, "Biểu mẫu này không còn hiệu lực (phiên đăng nhập đã đổi). Hãy quay lại, tải lại trang rồi gửi lại."
    )

    /// Browsers say where a form comes from; another site's forms are refused before anything else is looked at.
    private func refuseForeignOrigin(_ request: Request) throws {
        if request.headers[Self.fetchSite] == "cross-site" { throw Self.foreignForm }
    }

    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site").unsafelyKnown
    private static let forwardedFor = HTTPField.Name("X-Forwarded-For").unsafelyKnown

    /// From where a request comes, whichever proxies of ours handed it on.
    func address(of request: Request, _ context: SiteContext) -> String {
        guard settings.behindProxy else { return context.peer ?? "unknown" }
        return NetworkAddress.caller(
            peer: context.peer, forwarded: request.headers[Self.forwardedFor] ?? "", proxies: settings.proxies)
            ?? "unknown"
    }

    /// The signed-in person of a request; nil without a complete session.
    public func member(_ open: OpenRequest) async throws -> MemberRequest? {
        guard let (token, session) = try await session(of: open.request), session.stage == .complete else { return nil }
        // Units are a part of the plan, and another server may have taken a list of them.
        try await definition.unitsInForce.refresh(from: access.store, revision: session.revisions.of([.plan]))
        return MemberRequest(
            base: open, viewer: session.viewer, token: token, formToken: SecretToken.formToken(session: token),
            revisions: session.revisions, unread: try await unread(session),
            waiting: try await waiting(session, hasJustSaved: kept(Self.savedCookie, in: open.request) != nil),
            hasPlainCookie: kept(Self.sessionCookie, in: open.request) == nil,
            showsTour: try await showsTour(open, to: session.viewer))
    }

    /// To the page of a pattern, its holes filled as they are in the address asked for.
    public func redirect(to pattern: String, _ parameters: Parameters) -> Response {
        let address = pattern.split(separator: "/", omittingEmptySubsequences: false).map { step in
            step.first == "{" ? parameters.get(String(step.dropFirst().dropLast())) ?? "" : String(step)
        }.joined(separator: "/")
        var response = Response.redirect(to: address, type: .normal)
        protect(&response)
        return response
    }

    private func toSignIn(_ open: OpenRequest) -> Response {
        guard [.get, .head].contains(open.request.method) else {
            return .redirect(to: Addresses.signIn().with(.sessionEnded, 1).text, type: .normal)
        }
        return .redirect(to: Addresses.signIn().with(.back, open.here).text, type: .normal)
    }

    /// Adds what browsers are told, where the answer says nothing of its own.
    /// - Parameter forPrograms: whether it answers the interface for programs: a browser keeps it as a file, and shows nothing of it.
    public func protect(_ response: inout Response, forPrograms: Bool = false) {
        if forPrograms, response.headers[.contentDisposition] == nil {
            response.headers[.contentDisposition] = "attachment; filename=\"bao-phu.json\""
        }
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = Self.contentSecurityPolicy
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[Self.referrerPolicy] = "same-origin"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        if settings.secure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    }

    /// An answer after which a browser keeps nothing of what it showed (the cookie of a known browser stays).
    public static func clearing(_ response: Response) -> Response {
        var response = response
        response.headers[Self.clearSiteData] = "\"cache\", \"storage\""
        return response
    }

    private static let clearSiteData = HTTPField.Name("Clear-Site-Data").unsafelyKnown
    private static let contentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    private static let referrerPolicy = HTTPField.Name("Referrer-Policy").unsafelyKnown
}

extension Optional where Wrapped == HTTPField.Name {
    /// For names written here as literals of valid characters, for which the initialiser cannot fail.
    fileprivate var unsafelyKnown: HTTPField.Name { self ?? .userAgent }
}
