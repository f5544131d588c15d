import Access
public import Kernel
import Notices
import Synchronization

/// How many notices each person has not read, kept while none is told, ended or read, and the day is the same: the number
/// stands on every page.
final class UnreadCounts: Sendable {
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
        if let known, known.revision == revision, known.today == today, known.viewer.seesNotices(of: viewer) {
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

extension Viewer {
    /// Whether both see the same notices: another role, agency or area of the account sees others.
    fileprivate func seesNotices(of other: Viewer) -> Bool {
        role == other.role && agency == other.agency && communes == other.communes && rights == other.rights
    }
}

extension Desk {
    /// Marks what the person was told of a thing that its own page has just shown.
    public func seen(_ subject: Subject, by request: MemberRequest) async throws {
        guard request.unread > 0 else { return }
        try await notices.see(subject, by: request.viewer)
    }

    func unread(_ session: LiveSession) async throws -> Int {
        try await unread.count(
            for: session.viewer, revision: session.revisions.of([.notice]), today: today
        ) {
            try await notices.unread(for: session.viewer)
        }
    }
}
