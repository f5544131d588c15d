public import Access
import Components
import Foundation
public import Hummingbird
public import Kernel
import NIOCore

/// What Hummingbird carries with a request: its own part, and the peer's address.
public struct SiteContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Of the peer of the connection; nil where there is none (a local socket, tests in memory).
    public let peer: String?
    public let notes = RequestNotes()

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }
}

/// A request as pages see it, from anybody.
public struct OpenRequest: Sendable {
    public let request: Request
    let parameters: Parameters
    public let query: FormContent
    /// Of the sender, on the network.
    public let address: String
    public let device: String
    /// The value that forms of visitors must repeat: a cookie of their own.
    public let visitorToken: String
    /// Of a POST; empty otherwise.
    public var form = FormContent()

    public var path: String { request.uri.path }

    public func parameter(_ name: String) -> String {
        let raw = parameters.get(name) ?? ""
        return raw.removingPercentEncoding ?? raw
    }

    /// Path and query, as a link to the page at hand.
    public var here: String { request.uri.query.map { "\(path)?\($0)" } ?? path }
}

/// A request of somebody who is signed in completely. There is no other way to make one than ``Desk/member(_:)``, so a
/// handler that takes it cannot be reached without.
public struct MemberRequest: Sendable {
    public var base: OpenRequest
    public let viewer: Viewer
    /// The session's token: the source of the forms' proof.
    public let token: String
    public let formToken: String
    /// As they stood when the session was looked up.
    public let revisions: Revisions
    /// How many notices the person has not read.
    public let unread: Int
    /// How much waits for the person, as the day's list has it.
    public let waiting: Int
    /// Whether the session came by the name that its cookie had under https before.
    let hasPlainCookie: Bool
    /// Whether the first tour stands on the page asked for.
    let showsTour: Bool
    /// Set when the page of a refused form is shown again.
    var failure: FormModel.Failure?

    public var form: FormContent { base.form }
    public var query: FormContent { base.query }

    public func parameter(_ name: String) -> String { base.parameter(name) }

    /// An identifier in the address.
    /// - Parameter missing: what is said when it is none.
    public func recordID(_ name: String = "id", missing: String) throws(Refusal) -> RecordID {
        guard let id = RecordID(parameter(name)) else { throw Refusal(.notFound, missing) }
        return id
    }

    /// Who sent the form, for the domain.
    public var submission: Submission {
        Submission(viewer: viewer, address: base.address, form: form.mark)
    }

    public var actor: Actor { Actor(viewer, address: base.address) }
}
