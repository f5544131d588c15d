import Access
public import Kernel
import Notices
import Synchronization

/// A number that stands on every page, of each person's own: how many notices are unread. Kept while nothing that it counts
/// changes and the day is the same.
final class OwnCounts: Sendable {
    private struct Entry {
        let viewer: Viewer
        let revision: [Int]
        let today: Day
        let count: Int
    }

    private let capacity: Int
    private let entries = Mutex<[RecordID: Entry]>([:])

    /// - Parameter capacity: how many people's are kept; when full, all are dropped.
    init(capacity: Int) {
        self.capacity = capacity
    }

    func count(for viewer: Viewer, revision: [Int], today: Day, make: () async throws -> Int) async throws -> Int {
        let known = entries.withLock { $0[viewer.account] }
        if let known, known.revision == revision, known.today == today, known.viewer.isCounted(as: viewer) {
            return known.count
        }
        let count = try await make()
        entries.withLock { entries in
            if entries.count >= capacity { entries = [:] }
            entries[viewer.account] = Entry(viewer: viewer, revision: revision, today: today, count: count)
        }
        return count
    }
}

extension Desk {
    /// Marks what the person was told of a thing that its own page has just shown.
    public func seen(_ subject: Subject, by request: MemberRequest) async throws {
        guard request.unread > 0 else { return }
        try await notices.see(subject, by: request.viewer)
    }

    /// How much waits for the person, without notices, which have a number of their own.
    func waiting(_ session: LiveSession, hasJustSaved: Bool) async throws -> Int {
        try await waiting.count(for: session.viewer, at: session.revisions, mustBeCurrent: hasJustSaved)
    }

    func unread(_ session: LiveSession) async throws -> Int {
        try await unread.count(
            for: session.viewer, revision: session.revisions.of([.notice]), today: today
        ) {
            try await notices.unread(for: session.viewer)
        }
    }
}
