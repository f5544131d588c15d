import Access
import Database
import Kernel

/// What is kept of a batch beside its figures.
struct BatchHead: Sendable {
    let kind: FigureBatch.Kind
    let file: RecordID?
    let fileName: String
    let source: String
    let cutoff: Day?
    let acceptedRows: Int
    let rejectedRows: Int
    /// How many of the figures are new or differ from what held.
    let changed: Int
    let months: ClosedRange<Month>
}

extension FigureService {
    /// Writes a batch as the newest: its figures hold from now on.
    static func store(
        _ figures: [ReadFigure], _ head: BatchHead, by actor: Actor, at now: Timestamp, on connection: any SQLConnection
    ) throws -> Int {
        let number = try nextNumber(on: connection)
        try add(figures, to: number, on: connection)
        try open(number, head, by: actor, at: now, on: connection)
        return number
    }

    /// Also beyond those of batches that are still being added to.
    static func nextNumber(on connection: any SQLConnection) throws -> Int {
        max(
            try connection.integer("SELECT MAX(number) FROM figure_batch") ?? 0,
            try connection.integer("SELECT MAX(batch) FROM figure_entry") ?? 0) + 1
    }

    /// Adds figures under a number; without its batch they hold for nobody.
    static func add(
        _ figures: some Collection<ReadFigure>, to number: Int, on connection: any SQLConnection
    ) throws {
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
    }

    /// Makes the batch of the figures that were added under a number: from now on they hold, except where a batch of a
    /// higher number, taken meanwhile, states another.
    static func open(
        _ number: Int, _ head: BatchHead, by actor: Actor, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let figures = try connection.integer("SELECT COUNT(*) FROM figure_entry WHERE batch = ?", number) ?? 0
        try connection.execute(
            """
            INSERT INTO figure_batch (number, kind, at, account, actor_name, file, file_name, source, cutoff, accepted_rows,
                rejected_rows, figures, changed, first_month, last_month)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            number, head.kind.rawValue, now, actor.account, actor.name, head.file, head.fileName, head.source,
            head.cutoff, head.acceptedRows, head.rejectedRows, figures, head.changed, head.months.lowerBound,
            head.months.upperBound)
        try connection.execute(
            """
            INSERT INTO participant_figure (commune, month, scheme, people, batch)
            SELECT commune, month, scheme, people, batch FROM figure_entry WHERE batch = ?
            ON CONFLICT (commune, month, scheme) DO UPDATE SET people = excluded.people, batch = excluded.batch
            WHERE participant_figure.batch < excluded.batch
            """, number)
        guard head.kind == .file else { return }
        try AuditTrail.append(
            AuditEvent(
                "figures.imported", subject: Subject(.figureBatch, number),
                detail: "\(head.fileName): \(head.changed) số liệu, \(head.rejectedRows) dòng trả lại"),
            by: actor, at: now, on: connection)
    }
}
