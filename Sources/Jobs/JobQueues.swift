import Database
import Kernel

/// How much long work of a lane waits, runs, or failed and is still kept.
public struct JobQueue: Sendable, Equatable {
    public let lane: JobLane
    public var counts: [JobState: Int] = [:]
    /// Since when the oldest job that is due waits, in seconds; 0 when none does.
    public var waitSeconds: Int64 = 0
}

extension JobService {
    /// The queues of all lanes, for whoever keeps the server. Kinds that this release does not know count as light.
    public func queues() async throws -> [JobQueue] {
        let (now, kinds) = (clock.now, kinds)
        return try await store.read { connection in
            var queues = Dictionary(uniqueKeysWithValues: JobLane.allCases.map { ($0, JobQueue(lane: $0)) })
            let states: [JobState] = [.queued, .running, .failed]
            let rows = try connection.rows(
                """
                SELECT kind, state, COUNT(*) AS number, MIN(CASE WHEN not_before <= ? THEN not_before END) AS oldest
                FROM job WHERE state IN (?, ?, ?) GROUP BY kind, state
                """, [now.sqlValue] + states.map(\.rawValue.sqlValue))
            for row in rows {
                let lane = kinds[try row.text("kind")]?.lane ?? .light
                let state: JobState = try row.choice("state")
                queues[lane]?.counts[state, default: 0] += try row.integer("number")
                if state == .queued, let oldest = try row.optionalTimestamp("oldest") {
                    let waited = now.secondsSinceEpoch - oldest.secondsSinceEpoch
                    let longest = queues[lane]?.waitSeconds ?? 0
                    queues[lane]?.waitSeconds = max(longest, waited)
                }
            }
            return JobLane.allCases.compactMap { queues[$0] }
        }
    }
}
