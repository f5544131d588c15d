public import Access
public import Database
public import Kernel

/// What one part of the house finds waiting for a person.
public struct DaySource: Sendable {
    /// The units, by their codes, whose list a deed about a thing may alter; nil for everybody's.
    public typealias Concerned = @Sendable (_ key: String, _ action: String, any SQLConnection) throws -> Set<String>?

    /// The kinds of things it looks at: while none changes, and the day is the same, so is what it finds.
    let kinds: [Subject.Kind]
    /// For whom it may find anything.
    let isFor: @Sendable (Viewer) -> Bool
    /// Kinds that change often: of these the audit trail is followed, to tell whom a change concerns.
    let follows: [Subject.Kind: Concerned]
    let items: @Sendable (Viewer, _ today: Day, any SQLConnection) throws -> [DayItem]
    /// How many of them wait, by less work than finding them; nil where they are few.
    let count: (@Sendable (Viewer, _ today: Day, any SQLConnection) throws -> Int)?

    /// - Parameters:
    ///   - kinds: all changes of them are everybody's for whom the source is.
    ///   - count: as many as `items` without what only comes next.
    ///   - follows: each change of theirs that alters what is found has an entry in the audit trail of its own.
    public init(
        _ kinds: [Subject.Kind], follows: [Subject.Kind: Concerned] = [:],
        isFor: @escaping @Sendable (Viewer) -> Bool = { _ in true },
        count: (@Sendable (Viewer, _ today: Day, any SQLConnection) throws -> Int)? = nil,
        items: @escaping @Sendable (Viewer, _ today: Day, any SQLConnection) throws -> [DayItem]
    ) {
        self.kinds = kinds
        self.follows = follows
        self.isFor = isFor
        self.count = count
        self.items = items
    }
}

/// All that waits for one person on a day: the one list that the page, the number beside its name, letters, texts for Zalo
/// and calendars are made of.
public struct DayList: Sendable, Equatable {
    public let today: Day
    /// By sort, then by day.
    public let items: [DayItem]
    /// What comes next where nothing waits; nil where nothing is known.
    public let next: DayItem?

    public init(_ found: [DayItem], on today: Day) {
        self.today = today
        items = found.filter { $0.kind != .coming }.enumerated().sorted { left, right in
            let (first, second) = (left.element, right.element)
            if first.kind != second.kind { return first.kind < second.kind }
            // What has no day keeps the order in which it was found.
            return (first.due ?? today, left.offset) < (second.due ?? today, right.offset)
        }.map(\.element)
        next = found.filter { $0.kind == .coming }.min { ($0.due ?? today) < ($1.due ?? today) }
    }

    public var isEmpty: Bool { items.isEmpty }

    /// The sorts there are, each with its things.
    public var sections: [(kind: DayKind, items: [DayItem])] {
        DayKind.allCases.compactMap { kind in
            let own = items.filter { $0.kind == kind }
            return own.isEmpty ? nil : (kind, own)
        }
    }

    /// The most things of a sort that a text lists; it counts the others.
    static let mostLines = 10

    /// As plain text, for letters and Zalo.
    public static func lines(_ sections: [(kind: DayKind, items: [DayItem])]) -> [String] {
        sections.flatMap { kind, items in
            ["\(kind.title):"] + items.prefix(mostLines).map { "- \($0.sentence)" }
                + (items.count > mostLines ? ["và \(items.count - mostLines) mục khác."] : [])
        }
    }
}

public struct DayService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    let sources: [DaySource]

    /// The most things of one sort that a source looks for; there may be more.
    public static let most = 100

    public init(store: any DataStore, clock: Clock, sources: [DaySource]) {
        self.store = store
        self.clock = clock
        self.sources = sources
    }

    /// The kinds of things all of whose changes count for a person.
    func watched(by viewer: Viewer) -> [Subject.Kind] {
        Array(Set(sources.filter { $0.isFor(viewer) }.flatMap(\.kinds))).sorted { $0.word < $1.word }
    }

    public func list(of viewer: Viewer) async throws -> DayList {
        try await store.read { try self.list(of: viewer, on: $0) }
    }

    public func list(of viewer: Viewer, on connection: any SQLConnection) throws -> DayList {
        let today = clock.today
        return DayList(
            try sources.filter { $0.isFor(viewer) }.flatMap { try $0.items(viewer, today, connection) }, on: today)
    }

    /// How much the list holds.
    func count(of viewer: Viewer, on connection: any SQLConnection) throws -> Int {
        let today = clock.today
        return try sources.filter { $0.isFor(viewer) }.reduce(0) { sum, source in
            try sum
                + (source.count?(viewer, today, connection)
                    ?? source.items(viewer, today, connection).count { $0.kind != .coming })
        }
    }
}
