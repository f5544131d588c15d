import Synchronization

/// Pages' inner HTML, kept while nothing changes.
///
/// The key carries the number of the last entry of the audit trail: every change of stored work writes one in its own
/// transaction, so a fragment made under a number is right for as long as that number is the last, whichever program or
/// machine made the change.
public final class FragmentCache: Sendable {
    private let capacity: Int
    private let state = Mutex<[String: String]>([:])

    /// - Parameter capacity: how many fragments are kept; when full, all are dropped (most are of an old number anyway).
    init(capacity: Int) {
        self.capacity = capacity
    }

    public func fragment(_ key: String, make: () async throws -> String) async throws -> String {
        if let known = state.withLock({ $0[key] }) { return known }
        let fresh = try await make()
        state.withLock { fragments in
            if fragments.count >= capacity { fragments.removeAll(keepingCapacity: true) }
            fragments[key] = fresh
        }
        return fresh
    }
}
