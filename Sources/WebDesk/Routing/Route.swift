public import Access
public import Components
public import HTTPTypes
public import Hummingbird
public import Kernel

/// Who may ask for a route.
public enum RouteAccess: Sendable, Equatable {
    case everybody
    /// Anybody signed in.
    case member
    /// Anybody with one of these rights; which object, is for the use case to say.
    case rights([Right])

    public static func right(_ rights: Right...) -> RouteAccess { .rights(rights) }

    public func allows(_ viewer: Viewer?) -> Bool {
        switch self {
        case .everybody: true
        case .member: viewer != nil
        case .rights(let rights): rights.contains { viewer?.may($0) ?? false }
        }
    }
}

/// What is known of a route without running it.
public struct RouteDeclaration: Sendable, Equatable {
    public let method: HTTPRequest.Method
    /// In the router's notation: `/viec/{task}/{period}/{lead}`.
    public let path: String
    public let access: RouteAccess
    /// Of a form: the pattern of the page it stands on.
    public let page: String?
    /// Of a form: whether it decides on what its page showed, and says which version that was.
    public let decides: Bool
    /// Whether it answers with a file.
    public let isFile: Bool

    init(
        method: HTTPRequest.Method, path: String, access: RouteAccess, page: String? = nil, decides: Bool = false,
        isFile: Bool = false
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.page = page
        self.decides = decides
        self.isFile = isFile
    }
}

/// A route: declared once, with who may use it and what it does.
public struct Route: Sendable {
    public enum Handler: Sendable {
        case open(@Sendable (OpenRequest) async throws -> Response)
        case member(@Sendable (MemberRequest) async throws -> Response)
        case file(DownloadRecord, @Sendable (MemberRequest) async throws -> Download)
    }

    public let declaration: RouteDeclaration
    let handler: Handler
    /// Shows the page of a form again; nil for what is no such form.
    var again: (@Sendable (MemberRequest, FormModel.Failure) async throws -> Response)?
    /// Fields in which numbers of persons belong.
    var ownNumbers: @Sendable (MemberRequest) async throws -> Set<String> = { _ in [] }

    /// Of a form: whether it is taken while the machine's clock is doubted.
    var takesDoubtedClock = false

    init(declaration: RouteDeclaration, handler: Handler) {
        self.declaration = declaration
        self.handler = handler
    }

    /// A form in some of whose fields numbers of persons belong, or what only looks like them: a telephone, a password. Texts
    /// and tables in all others are searched for them (``Desk/warning(of:on:)``).
    public func takingNumbers(in keys: any FormKey...) -> Route {
        let names = Set(keys.map { $0.rawValue })
        return takingNumbers { _ in names }
    }

    /// The same where it depends on what the form is about.
    public func takingNumbers(
        where fields: @escaping @Sendable (MemberRequest) async throws -> Set<String>
    ) -> Route {
        var route = self
        route.ownNumbers = fields
        return route
    }

    /// A form that is taken even while the machine's clock is not believed: without it nobody could come in and confirm it.
    public func whateverTheClock() -> Route {
        var route = self
        route.takesDoubtedClock = true
        return route
    }

    /// A page for everybody.
    public static func open<each Part>(
        _ place: Place<repeat each Part>, _ handle: @escaping @Sendable (OpenRequest) async throws -> Response
    ) -> Route {
        Route(declaration: .init(method: .get, path: place.pattern, access: .everybody), handler: .open(handle))
    }

    /// A form of somebody not signed in. Its handler answers refusals itself.
    public static func openForm<each Part>(
        _ place: FormPlace<repeat each Part>, _ handle: @escaping @Sendable (OpenRequest) async throws -> Response
    ) -> Route {
        Route(
            declaration: .init(method: .post, path: place.place.pattern, access: .everybody, page: place.page),
            handler: .open(handle))
    }

    public static func page<each Part>(
        _ place: Place<repeat each Part>, _ access: RouteAccess,
        _ handle: @escaping @Sendable (MemberRequest) async throws -> Response
    ) -> Route {
        Route(declaration: .init(method: .get, path: place.pattern, access: access), handler: .member(handle))
    }

    /// A file. Who takes it is recorded before its first byte, and who is refused.
    public static func file<each Part>(
        _ place: Place<repeat each Part>, _ access: RouteAccess, recorded record: DownloadRecord = .here,
        _ handle: @escaping @Sendable (MemberRequest) async throws -> Download
    ) -> Route {
        Route(
            declaration: .init(method: .get, path: place.pattern, access: access, isFile: true),
            handler: .file(record, handle))
    }

    /// A form whose handler answers by itself, always with a page.
    public static func action<each Part>(
        _ place: FormPlace<repeat each Part>, _ access: RouteAccess,
        _ handle: @escaping @Sendable (MemberRequest) async throws -> Response
    ) -> Route {
        Route(
            declaration: .init(method: .post, path: place.place.pattern, access: access, page: place.page),
            handler: .member(handle))
    }

    /// A form: carried out, then answered with the address to go to; when its fields are wrong, its page is shown again
    /// with what was typed and what is wrong.
    public static func form<each Part>(
        _ place: FormPlace<repeat each Part>, _ access: RouteAccess,
        perform: @escaping @Sendable (MemberRequest) async throws -> Address,
        again: @escaping @Sendable (MemberRequest, FormModel.Failure) async throws -> Response
    ) -> Route {
        answeringForm(
            place, access, perform: { .redirect(to: try await perform($0).text, type: .normal) }, again: again)
    }

    /// A form that decides on what its page showed: accepts, returns, withdraws, corrects, publishes. It says which version
    /// that was; without one it is refused as out of date.
    /// - Parameter perform: is handed the version, and compares it with the stored one inside its transaction.
    public static func decision<each Part>(
        _ place: FormPlace<repeat each Part>, _ access: RouteAccess,
        perform: @escaping @Sendable (MemberRequest, _ seen: Int) async throws -> Address,
        again: @escaping @Sendable (MemberRequest, FormModel.Failure) async throws -> Response
    ) -> Route {
        answeringDecision(
            place, access, perform: { .redirect(to: try await perform($0, $1).text, type: .normal) }, again: again)
    }

    /// The same for a decision that is answered with a page of its own.
    public static func answeringDecision<each Part>(
        _ place: FormPlace<repeat each Part>, _ access: RouteAccess,
        perform: @escaping @Sendable (MemberRequest, _ seen: Int) async throws -> Response,
        again: @escaping @Sendable (MemberRequest, FormModel.Failure) async throws -> Response
    ) -> Route {
        let form = answeringForm(
            place, access,
            perform: { request in
                guard let seen = request.form.version else {
                    throw Refusal(
                        .stale, "Biểu mẫu không cho biết bạn đã xem bản nào. Hãy tải lại trang, xem lại rồi làm lại.")
                }
                return try await perform(request, seen)
            }, again: again)
        var route = Route(
            declaration: .init(
                method: .post, path: place.place.pattern, access: access, page: place.page, decides: true),
            handler: form.handler)
        // Its texts and files are looked at like any form's.
        route.again = form.again
        return route
    }

    /// The same for a form that is answered with a page of its own: what is told once, or what came of a file.
    public static func answeringForm<each Part>(
        _ place: FormPlace<repeat each Part>, _ access: RouteAccess,
        perform: @escaping @Sendable (MemberRequest) async throws -> Response,
        again: @escaping @Sendable (MemberRequest, FormModel.Failure) async throws -> Response
    ) -> Route {
        var route = action(place, access) { request in
            do {
                return try await perform(request)
            } catch let refusal as Refusal where refusal.kind == .invalid && !refusal.fields.isEmpty {
                let failure = FormModel.Failure(
                    form: request.form.name, values: request.form.typed,
                    problems: refusal.fields.map { ($0.field, $0.message) })
                var request = request
                request.failure = failure
                var response = try await again(request, failure)
                response.status = .unprocessableContent
                return response
            }
        }
        route.again = again
        return route
    }
}
