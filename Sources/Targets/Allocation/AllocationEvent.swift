public import Access
import Database
public import Kernel

/// What became of a scenario's decision, when and by whom.
public struct AllocationEvent: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case decided
        /// Number, day or signer were mended.
        case corrected
        /// Its paper no longer holds: the scenario is open again.
        case reopened
    }

    public let kind: Kind
    public let words: String
    public let at: Timestamp
    public let actorName: String

    static func keep(
        _ kind: Kind, of scenario: RecordID, _ words: String, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO allocation_event (id, scenario, kind, words, at, account, actor_name)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """, RecordID(at: now), scenario, kind.rawValue, words, now, submission.viewer.account,
            submission.viewer.name)
    }
}

extension AllocationService {
    /// What became of a scenario's decisions, the latest first.
    public func events(of id: RecordID, for viewer: Viewer) async throws -> [AllocationEvent] {
        _ = try await scenario(id, for: viewer)
        return try await store.read { connection in
            try connection.rows("SELECT * FROM allocation_event WHERE scenario = ? ORDER BY id DESC", id).map { row in
                AllocationEvent(
                    kind: try row.choice("kind"), words: try row.text("words"), at: try row.timestamp("at"),
                    actorName: try row.text("actor_name"))
            }
        }
    }
}
