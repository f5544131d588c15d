public import Access
import Database

/// A group of things as the page of results shows it: all that is found of one sort, as the person may see it.
public struct SearchGroup: Sendable {
    /// Stands in addresses; never changes.
    public let slug: String
    /// In Vietnamese: “Văn bản”.
    public let title: String
    let find: @Sendable (SearchWords, Viewer, _ skipping: Int, _ limit: Int) async throws -> [SearchHit]

    /// What is found without the index: by a function of the target whose things they are.
    public init(
        _ slug: String, _ title: String,
        find: @escaping @Sendable (SearchWords, Viewer, _ skipping: Int, _ limit: Int) async throws -> [SearchHit]
    ) {
        self.slug = slug
        self.title = title
        self.find = find
    }

    /// What is found by the index.
    public init(_ slug: String, _ title: String, of source: SearchSource, in index: SearchIndex) {
        self.init(slug, title) { words, viewer, skipping, limit in
            try await index.store.read { connection in
                let keys = try SearchIndex.find(
                    words, of: source.kind, within: source.reach(viewer), skipping: skipping, limit: limit,
                    on: connection)
                let hits = try source.hits(keys, viewer, connection)
                return keys.compactMap { hits[$0] }
            }
        }
    }
}

/// What was found of one group.
public struct SearchFound: Sendable {
    public let slug: String
    public let title: String
    public let hits: [SearchHit]
    /// Whether there are more behind these.
    public let hasMore: Bool
}

/// Looks for things by words, for somebody.
public struct SearchService: Sendable {
    /// How many of each group a page with all groups shows, and how many a page of one group.
    public static let fewOfEach = 6
    public static let pageLength = 30
    /// No page behind this one is asked for.
    public static let lastPage = 30

    let index: SearchIndex
    /// In the order of the page.
    public let groups: [SearchGroup]

    public init(index: SearchIndex, groups: [SearchGroup]) {
        self.index = index
        self.groups = groups
    }

    /// What the person may see of what holds all words, group by group, without the groups that hold nothing.
    public func find(_ words: SearchWords, for viewer: Viewer) async throws -> [SearchFound] {
        guard !words.isEmpty else { return [] }
        try await index.follow()
        var found: [SearchFound] = []
        for group in groups {
            let part = try await find(words, of: group, skipping: 0, limit: Self.fewOfEach, for: viewer)
            if !part.hits.isEmpty { found.append(part) }
        }
        return found
    }

    /// A page of one group; nil for a group that does not exist.
    /// - Parameter page: 1-based.
    public func find(
        _ words: SearchWords, of slug: String, page: Int, for viewer: Viewer
    ) async throws -> SearchFound? {
        guard let group = groups.first(where: { $0.slug == slug }) else { return nil }
        try await index.follow()
        let page = min(max(page, 1), Self.lastPage)
        return try await find(
            words, of: group, skipping: (page - 1) * Self.pageLength, limit: Self.pageLength, for: viewer)
    }

    private func find(
        _ words: SearchWords, of group: SearchGroup, skipping: Int, limit: Int, for viewer: Viewer
    ) async throws -> SearchFound {
        let hits = words.isEmpty ? [] : try await group.find(words, viewer, skipping, limit + 1)
        return SearchFound(
            slug: group.slug, title: group.title, hits: Array(hits.prefix(limit)), hasMore: hits.count > limit)
    }
}
