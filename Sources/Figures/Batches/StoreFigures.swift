import Access
import Database
import Kernel

extension FigureService {
    /// Writes a batch as the newest: its figures hold from now on.
    /// - Parameter changed: how many of the figures are new or differ from what held.
    static func store(
        _ figures: [ReadFigure], changed: Int, kind: FigureBatch.Kind, file: RecordID?, fileName: String,
        source: String,
        cutoff: Day?,
        rows: (accepted: Int, rejected: Int), months: ClosedRange<Month>, by actor: Actor, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> Int {
        let number = try (connection.integer("SELECT MAX(number) FROM figure_batch") ?? 0) + 1
        try connection.execute(
            """
            INSERT INTO figure_batch (number, kind, at, account, actor_name, file, file_name, source, cutoff, accepted_rows,
                rejected_rows, figures, changed, first_month, last_month)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            number, kind.rawValue, now, actor.account, actor.name, file, fileName, source, cutoff, rows.accepted,
            rows.rejected,
            figures.count, changed, months.lowerBound, months.upperBound)
        let batch = number.sqlValue
        _ = try connection.load(
            "figure_entry", columns: ["commune", "month", "scheme", "batch", "people"],
            rows: figures.lazy.map {
                [$0.commune.sqlValue, $0.month.sqlValue, $0.scheme.rawValue.sqlValue, batch, $0.people.sqlValue]
            })
        _ = try connection.load(
            "figure_breakdown", columns: ["commune", "month", "batch"] + Block.allCases.map(\.column),
            rows: figures.lazy.filter { !$0.blocks.isEmpty }.map { figure -> [SQLValue] in
                var row = [figure.commune.sqlValue, figure.month.sqlValue, batch]
                for block in Block.allCases { row.append(figure.blocks[block]?.sqlValue ?? .null) }
                return row
            })
        try connection.execute(
            """
            INSERT INTO participant_figure (commune, month, scheme, people, batch)
            SELECT commune, month, scheme, people, batch FROM figure_entry WHERE batch = ?
            ON CONFLICT (commune, month, scheme) DO UPDATE SET people = excluded.people, batch = excluded.batch
            """, number)
        return number
    }
}
