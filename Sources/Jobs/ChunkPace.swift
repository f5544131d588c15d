/// How many rows the next chunk takes, so that on any machine it keeps other writers waiting for a moment only: chunks grow
/// while they are quick and shrink at once when they are not.
public struct ChunkPace: Sendable, Equatable {
    /// How long a chunk may hold the database.
    public static let aim = Duration.milliseconds(60)
    public static let bounds = 100...50_000

    public private(set) var rows: Int
    private let aim: Duration

    /// - Parameter aim: longer than usual where many small chunks would write the same pages again and again.
    public init(rows: Int = 1_000, aim: Duration = ChunkPace.aim) {
        self.aim = aim
        self.rows = min(max(rows, Self.bounds.lowerBound), Self.bounds.upperBound)
    }

    /// - Parameter held: how long the last chunk, of ``rows`` rows, held the database.
    public mutating func adapt(to held: Duration) {
        let share = aim / max(held, .microseconds(1))
        // Never more than twice as many at once: the first rows of a table are the quickest.
        let wanted = Double(rows) * min(max(share, 0.1), 2)
        rows = min(max(Int(wanted), Self.bounds.lowerBound), Self.bounds.upperBound)
    }
}

/// What ``JobRun/write(_:_:)`` carried out.
public struct FinishedChunk<Checkpoint: Sendable>: Sendable {
    public let checkpoint: Checkpoint
    /// How long other writers were kept waiting, without the commit.
    public let held: Duration
}
