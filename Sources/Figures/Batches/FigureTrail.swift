import Access
public import Database
import Kernel

/// Figures held against the audit trail.
public enum FigureTrail {
    /// Batches whose figures differ from what their deed sealed, and figures in force that no batch states; empty when nothing
    /// does.
    public static func problems(on connection: any SQLConnection) throws -> [String] {
        var sealed: [Int: AuditTrail.SealedDeed] = [:]
        for deed in try AuditTrail.sealedDeeds(FigureService.sealing, on: connection) {
            if let batch = try FigureService.batch(sealedBy: deed, on: connection) { sealed[batch] = deed }
        }
        var problems: [String] = []
        for (batch, deed) in sealed.sorted(by: { $0.key < $1.key }) {
            // One that is being taken month by month is whole at its end.
            guard let left = try connection.integer("SELECT months_left FROM figure_batch WHERE number = ?", batch)
            else {
                problems.append("figures: batch \(batch) of entry \(deed.sequence) of the trail is missing")
                continue
            }
            if left == 0 || deed.action == FigureService.completed {
                if try FigureService.seal(ofBatch: batch, on: connection) != deed.seal {
                    problems.append(
                        "figures: batch \(batch) differs from what entry \(deed.sequence) of the trail sealed")
                }
            }
        }
        let loose =
            try connection.integer(
                """
                SELECT COUNT(*) FROM participant_figure p LEFT JOIN figure_entry e
                    ON e.commune = p.commune AND e.month = p.month AND e.scheme = p.scheme AND e.batch = p.batch
                WHERE e.people IS NULL OR e.people <> p.people
                """) ?? 0
        if loose > 0 { problems.append("figures: \(loose) in force are not what their batch states") }
        return problems
    }
}

extension FigureService {
    /// A batch that was gone on with after a stop, and took less than it began with since others came between.
    static let completed = "figures.completed"
    static let sealing = ["figures.imported", "figures.contest-granted", completed]

    static func batch(sealedBy deed: AuditTrail.SealedDeed, on connection: any SQLConnection) throws -> Int? {
        guard let subject = Subject(deed.subject) else { return nil }
        return subject.kind == .figureBatch
            ? Int(subject.key)
            : try connection.integer("SELECT batch FROM figure_contest WHERE id = ?", subject.key)
    }

    static func seal(ofBatch batch: Int, on connection: any SQLConnection) throws -> Seal {
        var rows: [[String]] = []
        try connection.forEachRow(
            "SELECT commune, month, scheme, people FROM figure_entry WHERE batch = ?", [batch.sqlValue]
        ) { row in
            rows.append([
                "\(try row.text("commune")) \(try row.text("month")) \(try row.text("scheme"))",
                String(try row.integer("people")),
            ])
        }
        return Seal(rows.sorted { $0[0] < $1[0] })
    }

    /// Seals anew a batch that was stopped and gone on with, where its figures are not those it began with.
    static func sealAgain(_ batch: Int, by actor: Actor, at now: Timestamp, on connection: any SQLConnection) throws {
        let subject = Subject(.figureBatch, batch)
        let seal = try seal(ofBatch: batch, on: connection)
        let known = try AuditTrail.sealedDeeds(sealing, on: connection).last { $0.subject == subject.text }
        guard let known, known.seal != seal else { return }
        try AuditTrail.append(
            AuditEvent(
                "figures.completed", subject: Subject(.figureBatch, batch), detail: "lô số \(batch); \(seal.words)"),
            by: actor, at: now, on: connection)
    }
}
