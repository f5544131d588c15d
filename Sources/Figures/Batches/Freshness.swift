import Database
public import Kernel

/// How fresh the figures are.
public struct FigureFreshness: Sendable, Equatable {
    /// The latest month that a figure holds for; nil without figures.
    public let newestMonth: Month?
    /// When a batch was last taken that was not withdrawn.
    public let lastTaken: Timestamp?
}

extension FigureService {
    public func freshness() async throws -> FigureFreshness {
        try await store.read { connection in
            FigureFreshness(
                newestMonth: try connection.row("SELECT month FROM participant_figure ORDER BY month DESC LIMIT 1")?
                    .month("month"),
                lastTaken: try connection.row("SELECT MAX(at) AS at FROM figure_batch WHERE withdrawn_at IS NULL")?
                    .optionalTimestamp("at"))
        }
    }
}
