public import Access
public import Components
public import Kernel

/// What the area of remarks shows on the page of a thing, which belongs to another area.
public struct ThreadPart: Sendable {
    /// Rendered: what was said, and where one says more; empty for whoever may not read it.
    public let thread: @Sendable (Subject, MemberRequest) async throws -> String
    /// Rendered: where a leader writes a line, for the top of a long page, and what was said without that.
    public let split: @Sendable (Subject, MemberRequest) async throws -> (panel: String, thread: String)
    /// How much was said of each of a list's things, in one query; without those of which the person reads nothing.
    public let counts: @Sendable ([Subject], Viewer) async throws -> [Subject: Int]
    /// What changes the counts.
    public let kinds: [Subject.Kind]

    /// The link to what was said of a thing, for its row; none where nothing was.
    public static func links(_ said: Int, to page: Address) -> [Frame.Link] {
        said > 0 ? [Frame.Link("\(said) ý kiến", page.at("y-kien"))] : []
    }

    public init(
        thread: @escaping @Sendable (Subject, MemberRequest) async throws -> String,
        split: @escaping @Sendable (Subject, MemberRequest) async throws -> (panel: String, thread: String),
        counts: @escaping @Sendable ([Subject], Viewer) async throws -> [Subject: Int], kinds: [Subject.Kind]
    ) {
        self.thread = thread
        self.split = split
        self.counts = counts
        self.kinds = kinds
    }
}
