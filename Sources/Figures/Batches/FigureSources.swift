public import Database
public import Kernel

/// Where figures come from, for saying so beside them.
public struct FigureSource: Sendable, Equatable {
    public let source: String
    public let cutoff: Day
    /// The latest batch of the source.
    public let batch: Int
    public let figures: Int
}

extension FigureService {
    /// Where the figures of a month come from, the source of most figures first.
    public static func sources(of month: Month, on connection: any SQLConnection) throws -> [FigureSource] {
        var found: [String: FigureSource] = [:]
        for row in try connection.rows(
            """
            SELECT b.number, b.source, b.cutoff, COUNT(*) AS figures FROM participant_figure p
                JOIN figure_batch b ON b.number = p.batch WHERE p.month = ? GROUP BY b.number, b.source, b.cutoff ORDER BY b.number
            """, month)
        {
            let source = try row.text("source")
            let stated = try row.optionalDay("cutoff")
            let cutoff = stated.map { Month(of: $0) == month ? $0 : month.lastDay } ?? month.lastDay
            let key = "\(source) \(cutoff)"
            found[key] = FigureSource(
                source: source, cutoff: cutoff, batch: try row.integer("number"),
                figures: (found[key]?.figures ?? 0) + (try row.integer("figures")))
        }
        return found.values.sorted { ($0.figures, $1.source) > ($1.figures, $0.source) }
    }

    /// Communes with an objection that nobody has decided, to figures until a month or to any.
    public static func contestedCommunes(until month: Month? = nil, on connection: any SQLConnection) throws
        -> Set<CommuneCode>
    {
        let rows =
            try month.map {
                try connection.rows(
                    "SELECT DISTINCT commune FROM figure_contest WHERE decided_at IS NULL AND month <= ?", $0)
            } ?? connection.rows("SELECT DISTINCT commune FROM figure_contest WHERE decided_at IS NULL")
        return try Set(rows.map { try $0.communeCode("commune") })
    }

    public static func openContestCount(on connection: any SQLConnection) throws -> Int {
        try connection.integer("SELECT COUNT(*) FROM figure_contest WHERE decided_at IS NULL") ?? 0
    }
}
