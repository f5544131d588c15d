public import Database
public import Kernel

/// One stretch in which a server ran, as it noted it itself.
public struct ServerRun: Sendable, Equatable {
    public let id: RecordID
    public let host: String
    public let version: String
    public let startedAt: Timestamp
    /// The last moment at which it was known to run.
    public let seenAt: Timestamp
    /// Nil while it runs, and where it failed: then it was last seen a while ago.
    public let stoppedAt: Timestamp?

    /// How often a running server says so; one that was not seen for three times as long has failed.
    public static let pauseSeconds: Int64 = 60

    public enum End: Sendable, Equatable {
        /// It still runs.
        case running
        /// It was told to stop.
        case stopped(Timestamp)
        /// It was killed, or its machine went.
        case failed(Timestamp)
    }

    public func end(at now: Timestamp) -> End {
        if let stoppedAt { return .stopped(stoppedAt) }
        let isSilent = seenAt.secondsSinceEpoch + 3 * Self.pauseSeconds < now.secondsSinceEpoch
        return isSilent ? .failed(seenAt) : .running
    }

    func last(at now: Timestamp) -> Timestamp {
        switch end(at: now) {
        case .running: now
        case .stopped(let moment), .failed(let moment): moment
        }
    }

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        host = try row.text("host")
        version = try row.text("version")
        startedAt = try row.timestamp("started_at")
        seenAt = try row.timestamp("seen_at")
        stoppedAt = try row.optionalTimestamp("stopped_at")
    }

    public init(
        id: RecordID, host: String, version: String, startedAt: Timestamp, seenAt: Timestamp, stoppedAt: Timestamp?
    ) {
        (self.id, self.host, self.version) = (id, host, version)
        (self.startedAt, self.seenAt, self.stoppedAt) = (startedAt, seenAt, stoppedAt)
    }
}

/// Noting that a server runs.
public enum ServerLog {
    public static func start(
        host: String, version: String, at now: Timestamp, on connection: any SQLConnection
    ) throws -> RecordID {
        let id = RecordID(at: now)
        try connection.execute(
            "INSERT INTO server_run (id, host, version, started_at, seen_at) VALUES (?, ?, ?, ?, ?)", id, host,
            version, now, now)
        return id
    }

    /// It still runs.
    public static func seen(_ id: RecordID, at now: Timestamp, on connection: any SQLConnection) throws {
        try connection.execute(
            "UPDATE server_run SET seen_at = ? WHERE id = ? AND seen_at < ? AND stopped_at IS NULL", now, id, now)
    }

    /// It was told to stop.
    public static func stop(_ id: RecordID, at now: Timestamp, on connection: any SQLConnection) throws {
        try connection.execute("UPDATE server_run SET seen_at = ?, stopped_at = ? WHERE id = ?", now, now, id)
    }

    /// Those that ran at some moment of a stretch, the earliest first.
    static func runs(from: Timestamp, until: Timestamp, on connection: any SQLConnection) throws -> [ServerRun] {
        try connection.rows(
            "SELECT * FROM server_run WHERE seen_at >= ? AND started_at < ? ORDER BY started_at, id", from, until
        ).map { try ServerRun($0) }
    }
}
