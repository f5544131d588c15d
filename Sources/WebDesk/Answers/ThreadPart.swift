public import Kernel

/// What the area of remarks shows on the page of a thing, which belongs to another area.
public struct ThreadPart: Sendable {
    /// Rendered: what was said, and where one says more; empty for whoever may not read it.
    public let thread: @Sendable (Subject, MemberRequest) async throws -> String
    /// Rendered: where a leader writes a line, for the top of a long page, and what was said without that.
    public let split: @Sendable (Subject, MemberRequest) async throws -> (panel: String, thread: String)

    public init(
        thread: @escaping @Sendable (Subject, MemberRequest) async throws -> String,
        split: @escaping @Sendable (Subject, MemberRequest) async throws -> (panel: String, thread: String)
    ) {
        self.thread = thread
        self.split = split
    }
}
