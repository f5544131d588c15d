public import Access
public import Database
public import Kernel

/// What the index knows of one thing.
public struct SearchEntry: Sendable, Equatable {
    /// Of its ``SearchSource``'s kind.
    public let key: String
    /// By whom it may be found: marks that ``SearchSource/reach`` names, without white space.
    public let places: [String]
    /// Orders what is found: the newest first.
    public let newness: Timestamp
    /// What it is found by.
    public let texts: [String]

    public init(key: String, places: [String], newness: Timestamp, texts: [String]) {
        self.key = key
        self.places = places
        self.newness = newness
        self.texts = texts
    }
}

/// Whose entries somebody may find.
public enum SearchReach: Sendable, Equatable {
    case everything
    /// Those with any of these marks; without marks, nothing.
    case places([String])
}

/// A kind of thing that the index holds, declared by the target whose things they are.
public struct SearchSource: Sendable {
    let kind: Subject.Kind
    /// Whether a deed of this name, about a thing of the kind, may change what it is found by.
    let concerns: @Sendable (_ action: String) -> Bool
    /// The keys of all things, in order, behind one.
    let keys: @Sendable (_ after: String, _ limit: Int, any SQLConnection) throws -> [String]
    /// What is to be known of a thing after a deed about it, with other things that the deed changed; without the thing itself
    /// it is found no more.
    let entries: @Sendable (_ key: String, any SQLConnection) throws -> [SearchEntry]
    let reach: @Sendable (Viewer) -> SearchReach
    /// Things by their keys as the person sees them, without those that the person may not see: the last word, whatever the
    /// index says.
    let hits: @Sendable (_ keys: [String], Viewer, any SQLConnection) throws -> [String: SearchHit]

    public init(
        _ kind: Subject.Kind, concerns: @escaping @Sendable (_ action: String) -> Bool = { _ in true },
        keys: @escaping @Sendable (_ after: String, _ limit: Int, any SQLConnection) throws -> [String],
        entries: @escaping @Sendable (_ key: String, any SQLConnection) throws -> [SearchEntry],
        reach: @escaping @Sendable (Viewer) -> SearchReach,
        hits: @escaping @Sendable (_ keys: [String], Viewer, any SQLConnection) throws -> [String: SearchHit]
    ) {
        self.kind = kind
        self.concerns = concerns
        self.keys = keys
        self.entries = entries
        self.reach = reach
        self.hits = hits
    }
}

/// One thing that was found.
public struct SearchHit: Sendable, Equatable {
    /// What it leads to.
    public enum Target: Sendable, Equatable {
        case subject(Subject)
        case unit(UnitCode)
        case account(RecordID)
        /// Chapter and section of the users' guide.
        case guide(String, String)
        /// A word of the glossary.
        case word(String)
    }

    public let target: Target
    public let title: String
    /// One line more, in Vietnamese; empty for none.
    public let detail: String

    public init(_ target: Target, title: String, detail: String = "") {
        self.target = target
        self.title = title
        self.detail = detail
    }
}
