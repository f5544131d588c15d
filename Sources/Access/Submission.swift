public import Database
public import Kernel

/// A form that was sent: who sent it, from where, with its one-time mark. Carrying out the same form again does nothing.
public struct Submission: Sendable {
    public let viewer: Viewer
    public let address: String
    /// The one-time mark of the form; nil when there is none (command line, tests).
    public let form: String?

    public init(viewer: Viewer, address: String = "", form: String? = nil) {
        self.viewer = viewer
        self.address = address
        self.form = form
    }

    public var actor: Actor { Actor(viewer, address: address) }
}

extension DataStore {
    /// Runs a change in one transaction, unless the same form was carried out before.
    /// - Returns: what the change is about: the subject given, or that of the first time.
    @discardableResult
    public func once(
        _ submission: Submission, about subject: Subject, at now: Timestamp,
        _ body: @escaping @Sendable (any SQLConnection, Timestamp) throws -> Void
    ) async throws -> Subject {
        try await write { connection in
            if let form = submission.form,
                let first = try AccessService.receipt(
                    form: form, of: submission.viewer.account, about: subject, at: now, on: connection)
            {
                return first
            }
            try body(connection, now)
            return subject
        }
    }
}
