public import Access
import Database
import Kernel

/// The order of a list of jobs; what is equal in it comes latest first.
public struct JobOrder: Sendable, Hashable {
    public enum Part: String, Sendable {
        /// Jobs of one kind beside each other.
        case kind
        case owner
        case asked
        case state
    }

    public let part: Part
    public let isDescending: Bool

    public init(_ part: Part, descending: Bool = false) {
        self.part = part
        isDescending = descending
    }
}

extension JobState {
    /// What runs and what failed comes first in lists: nothing later pushes it out of sight.
    static let pressing: [JobState] = [.failed, .running, .queued, .cancelled, .done]

    /// Its place in lists.
    public var rank: Int { Self.pressing.firstIndex(of: self) ?? Self.pressing.count }
}

extension JobService {
    /// One page of one's own jobs, or of everybody's and the system's for those who keep the system.
    /// - Parameters:
    ///   - order: nil for what runs and what failed, then the others, of each the latest first.
    ///   - page: 1-based; the last one for any beyond it.
    public func page(
        for viewer: Viewer, by order: JobOrder? = nil, page: Int = 1, size: Int = 50
    ) async throws -> (jobs: [Job], total: Int, page: Int) {
        let whose: (sql: String, values: [SQLValue]) =
            viewer.may(.keepJobs) ? ("1 = 1", []) : ("owner = ?", [viewer.account.sqlValue])
        return try await store.read { connection in
            let total =
                try connection.rows("SELECT COUNT(*) AS n FROM job WHERE \(whose.sql)", whose.values).first?
                .integer("n") ?? 0
            let page = min(max(1, page), max(1, (total + size - 1) / size))
            let jobs = try connection.rows(
                "SELECT * FROM job WHERE \(whose.sql) ORDER BY \(Self.ordering(order)) LIMIT ? OFFSET ?",
                whose.values + [size.sqlValue, ((page - 1) * size).sqlValue]
            ).map { try Job($0) }
            return (jobs, total, page)
        }
    }

    private static func ordering(_ order: JobOrder?) -> String {
        guard let order else { return "CASE WHEN state IN ('running', 'failed') THEN 0 ELSE 1 END, id DESC" }
        let direction = order.isDescending ? " DESC" : ""
        switch order.part {
        case .kind: return "kind\(direction), id DESC"
        case .owner: return "owner_name\(direction), id DESC"
        case .asked: return "created_at\(direction), id\(direction)"
        case .state:
            let cases = JobState.pressing.map { "WHEN '\($0.rawValue)' THEN \($0.rank)" }
            return "CASE state \(cases.joined(separator: " ")) ELSE 99 END\(direction), id DESC"
        }
    }
}
