import Access
import Database
import Files
import Kernel

/// What is kept of a batch beside its figures.
struct BatchHead: Sendable {
    let kind: FigureBatch.Kind
    var file: RecordID?
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
        let number = try open(
            head, figures: figures, monthsLeft: 0, job: nil, by: actor, at: now, on: connection)
        try add(figures, to: number, on: connection)
        return number
    }

    /// Makes a batch, whose figures are to be added.
    /// - Parameters:
    ///   - figures: all that it will have.
    ///   - monthsLeft: of how many months figures will be added by later writes.
    ///   - job: the job that will.
    static func open(
        _ head: BatchHead, figures: [ReadFigure], monthsLeft: Int, job: RecordID?, by actor: Actor, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> Int {
        let number = try nextNumber(on: connection)
        try connection.execute(
            """
            INSERT INTO figure_batch (number, kind, at, account, actor_name, file, file_name, source, cutoff, accepted_rows,
                rejected_rows, figures, changed, first_month, last_month, months_left, job)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            number, head.kind.rawValue, now, actor.account, actor.name, head.file, head.fileName, head.source,
            head.cutoff, head.acceptedRows, head.rejectedRows, figures.count, head.changed, head.months.lowerBound,
            head.months.upperBound, monthsLeft, job)
        guard head.kind == .file else { return number }
        let file = try head.file.flatMap { try StoredFiles.find($0, on: connection) }
        try AuditTrail.append(
            AuditEvent(
                "figures.imported", subject: Subject(.figureBatch, number),
                detail:
                    "\(file.map(FileMention.words) ?? "tệp không lưu"): \(head.changed) số liệu, \(head.rejectedRows) dòng trả lại; \(Self.seal(of: figures).words)"
            ),
            by: actor, at: now, on: connection)
        return number
    }

    /// The fingerprint of a batch's figures.
    static func seal(of figures: [ReadFigure]) -> Seal {
        Seal(
            figures.map { ["\($0.commune) \($0.month) \($0.scheme.rawValue)", String($0.people)] }.sorted {
                $0[0] < $1[0]
            })
    }

    private static func nextNumber(on connection: any SQLConnection) throws -> Int {
        // An earlier release added figures before their batch was made, and may have been stopped in between.
        max(
            try connection.integer("SELECT MAX(number) FROM figure_batch") ?? 0,
            try connection.integer("SELECT MAX(batch) FROM figure_entry") ?? 0) + 1
    }

    /// Adds figures to a batch. From now on they hold, except where a batch of a higher number, taken meanwhile, states
    /// another.
    /// - Parameter figures: all that the batch has of their months.
    static func add(
        _ figures: [ReadFigure], to number: Int, on connection: any SQLConnection
    ) throws {
        let months = figures.map(\.month)
        guard let first = months.min(), let last = months.max() else { return }
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
            SELECT commune, month, scheme, people, batch FROM figure_entry WHERE batch = ? AND month BETWEEN ? AND ?
            ON CONFLICT (commune, month, scheme) DO UPDATE SET people = excluded.people, batch = excluded.batch
            WHERE participant_figure.batch < excluded.batch
            """, number, first, last)
    }
}
