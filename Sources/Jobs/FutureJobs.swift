public import Database
public import Kernel

extension JobService {
    /// Puts right what a clock that ran ahead left among the jobs: finished ones no longer stand in the way of their day, what
    /// was put off until that future is due now, and what was leased until then is given back.
    /// - Returns: how many jobs were changed.
    public static func forgetFuture(after now: Timestamp, on connection: any SQLConnection) throws -> Int {
        let day = now.adding(seconds: 86_400)
        var changed = try connection.execute(
            "UPDATE job SET once_key = NULL WHERE created_at > ? AND once_key IS NOT NULL", day)
        changed += try connection.execute(
            "UPDATE job SET not_before = ? WHERE state = 'queued' AND not_before > ?", now, day)
        changed += try connection.execute(
            "UPDATE job SET lease_until = ? WHERE state = 'running' AND lease_until > ?", now, day)
        return changed
    }

    /// For how many seconds the job that is due longest has waited; 0 when none waits.
    public func longestWait() async throws -> Int64 {
        let (now, names) = (clock.now, kinds.keys.sorted())
        guard !names.isEmpty else { return 0 }
        let oldest = try await store.read { connection in
            try connection.rows(
                """
                SELECT MIN(not_before) AS oldest FROM job
                WHERE state = 'queued' AND kind IN (\(names.map { _ in "?" }.joined(separator: ", "))) AND not_before <= ?
                """, names.map(\.sqlValue) + [now.sqlValue]
            ).first?.optionalTimestamp("oldest")
        }
        return oldest.map { now.secondsSinceEpoch - $0.secondsSinceEpoch } ?? 0
    }
}

extension JobService {
    /// Adds the system's own work inside a running write, for a thing that names its job.
    /// - Returns: the job's identifier.
    public static func enter<Parameters>(
        _ name: JobName<Parameters>, _ parameters: Parameters, title: String, notBefore: Timestamp, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> RecordID {
        let id = RecordID(at: now)
        try insert(
            id, kind: name.text, key: nil, title: title, owner: nil, parameters: try JobText.text(parameters),
            notBefore: notBefore, at: now, on: connection)
        return id
    }
}
