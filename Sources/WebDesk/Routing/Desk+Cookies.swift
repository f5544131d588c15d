public import Access
import Components
public import Hummingbird

// Cookies. Under https their names begin with `__Host-`: browsers then take them from this very host alone, sent over https,
// so that no neighbour under the same domain can set one.
extension Desk {
    static let visitorCookie = "baophu_khach"
    /// The name of the cookie that carries a session.
    public static let sessionCookie = "baophu_phien"
    /// Of the cookie by which a browser is known at a later sign-in.
    public static let browserCookie = "baophu_may"
    /// For some seconds after a save: its sender is shown what holds now, however busy the server is.
    static let savedCookie = "baophu_vua_luu"

    public func cookie(_ name: String, _ value: String, maxAge: Int? = nil) -> Cookie {
        plainCookie(settings.secure ? "__Host-\(name)" : name, value, maxAge: maxAge)
    }

    func plainCookie(_ name: String, _ value: String, maxAge: Int?) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: maxAge, path: Addresses.home().text, secure: settings.secure,
            httpOnly: true, sameSite: .lax)
    }

    /// What a browser keeps under a name; nil for nothing.
    public func kept(_ name: String, in request: Request) -> String? {
        let value = request.cookies[settings.secure ? "__Host-\(name)" : name]?.value ?? ""
        return value.isEmpty ? nil : value
    }

    /// The session that a request comes with. Under https, one that began before cookies had their prefix is taken by the old
    /// name too; none begins so any more, and sessions last half a day.
    public func session(of request: Request) async throws -> (token: String, session: LiveSession)? {
        if let token = kept(Self.sessionCookie, in: request) {
            return try await access.session(token: token).map { (token, $0) }
        }
        guard settings.secure, let token = request.cookies[Self.sessionCookie]?.value, !token.isEmpty,
            let session = try await access.session(token: token), session.hasPlainCookie
        else { return nil }
        return (token, session)
    }
}
