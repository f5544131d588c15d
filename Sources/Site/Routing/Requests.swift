import Access
import Foundation
public import Hummingbird
import Kernel
import NIOCore
import Plan

/// What Hummingbird carries with a request: its own part, and the peer's address.
public struct SiteContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Of the peer of the connection; `unknown` where there is none (tests in memory).
    let peer: String

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }
}

/// A request as pages see it, from anybody.
struct OpenRequest: Sendable {
    let request: Request
    let parameters: Parameters
    let query: FormContent
    let address: String
    let device: String
    /// The value that forms of visitors must repeat: a cookie of their own.
    let visitorToken: String
    /// Of a POST; empty otherwise.
    var form = FormContent()

    var path: String { request.uri.path }

    func parameter(_ name: String) -> String {
        let raw = parameters.get(name) ?? ""
        return raw.removingPercentEncoding ?? raw
    }

    /// Path and query, as a link to the page at hand.
    var here: String { request.uri.query.map { "\(path)?\($0)" } ?? path }
}

/// A request of somebody who is signed in completely. There is no other way to make one than ``Site/member(_:)``, so a
/// handler that takes it cannot be reached without.
struct MemberRequest: Sendable {
    var base: OpenRequest
    let viewer: Viewer
    /// The session's token: the source of the forms' proof.
    let token: String
    let formToken: String
    /// The number of the audit trail's last entry when the session was looked up.
    let revision: Int

    var form: FormContent { base.form }
    var query: FormContent { base.query }

    func parameter(_ name: String) -> String { base.parameter(name) }

    /// Who sent the form, for the domain.
    var submission: PlanService.Submission {
        PlanService.Submission(viewer: viewer, address: base.address, form: form.mark)
    }

    var actor: Actor { Actor(viewer, address: base.address) }
}
