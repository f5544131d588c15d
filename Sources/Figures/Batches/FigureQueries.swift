public import Access
public import Database
import Jobs
public import Kernel

/// A figure that holds, with where it comes from.
public struct Figure: Sendable, Equatable {
    public let commune: CommuneCode
    public let month: Month
    public let scheme: Scheme
    public let people: Int
    public let batch: Int
    public let source: String
    /// The day it is counted to.
    public let cutoff: Day
    /// Somebody contests it and no decision was taken yet.
    public var isContested: Bool
}

/// A value that a figure had or has.
public struct FigureVersion: Sendable, Equatable {
    public let people: Int
    public let batch: FigureBatch
    /// Whether it is the value that holds.
    public let holds: Bool
}

/// What is stored of one month.
public struct MonthSummary: Sendable, Equatable {
    public let month: Month
    /// Sum over the communes with a figure, by scheme.
    public let people: [Scheme: Int]
    /// How many communes have a figure, by scheme.
    public let communes: [Scheme: Int]
    /// The latest batch with a figure that holds.
    public let lastBatch: Int
}

extension Right {
    /// Numbers of participants by commune, targets and scores: counts of public bodies, without persons.
    public static let viewFigures = Right("figures.read", "Xem số liệu, chỉ tiêu, xếp hạng của các đơn vị")
    /// The files that figures came in, and the proofs of those who contest them.
    public static let openFigureFiles = Right("figures.open-files", "Mở tệp gốc của số liệu và tệp chứng minh")
}

extension FigureService {
    /// The figures of a month that hold; communes without one are absent.
    public func figures(of month: Month, for viewer: Viewer) async throws -> [Figure] {
        try viewer.require(.viewFigures)
        return try await store.read { try Self.figures(of: month, on: $0) }
    }

    /// The same for the command line, which has no viewer.
    public func figures(of month: Month) async throws -> [Figure] {
        try await store.read { try Self.figures(of: month, on: $0) }
    }

    /// All figures of a commune that hold, by month.
    public func figures(of commune: CommuneCode, for viewer: Viewer) async throws -> [Figure] {
        try viewer.require(.viewFigures)
        return try await store.read { try Self.figures("p.commune = ?", [commune.sqlValue], on: $0) }
    }

    /// The figures of a month that hold; communes without one are absent.
    public static func figures(of month: Month, on connection: any SQLConnection) throws -> [Figure] {
        try figures("p.month = ?", [month.sqlValue], on: connection)
    }

    /// The figures of a commune in a month that hold; a scheme without one is absent.
    public static func figures(
        of commune: CommuneCode, in month: Month, on connection: any SQLConnection
    ) throws -> [Figure] {
        try figures("p.commune = ? AND p.month = ?", [commune.sqlValue, month.sqlValue], on: connection)
    }

    private static func figures(
        _ condition: String, _ values: [SQLValue], on connection: any SQLConnection
    ) throws -> [Figure] {
        try connection.rows(
            """
            SELECT p.commune, p.month, p.scheme, p.people, p.batch, b.source, b.cutoff,
                (SELECT COUNT(*) FROM figure_contest c WHERE c.commune = p.commune AND c.month = p.month
                    AND c.scheme = p.scheme AND c.decided_at IS NULL) AS contests
            FROM participant_figure p JOIN figure_batch b ON b.number = p.batch
            WHERE \(condition) ORDER BY p.month, p.commune, p.scheme
            """, values
        ).map { row in
            let month = try row.month("month")
            let stated = try row.optionalDay("cutoff")
            return Figure(
                commune: try row.communeCode("commune"), month: month, scheme: try row.choice("scheme"),
                people: try row.integer("people"),
                batch: try row.integer("batch"), source: try row.text("source"),
                cutoff: stated.map { Month(of: $0) == month ? $0 : month.lastDay } ?? month.lastDay,
                isContested: try row.integer("contests") > 0)
        }
    }

    /// Every value a figure had, the latest first.
    public func history(
        of commune: CommuneCode, _ scheme: Scheme, _ month: Month, for viewer: Viewer
    ) async throws -> [FigureVersion] {
        try viewer.require(.viewFigures)
        return try await store.read { connection in
            let holding = try connection.integer(
                "SELECT batch FROM participant_figure WHERE commune = ? AND month = ? AND scheme = ?", commune, month,
                scheme.rawValue)
            return try connection.rows(
                """
                SELECT e.people, b.number, b.kind, b.at, b.actor_name, b.file, b.file_name, b.source, b.cutoff, b.accepted_rows,
                    b.rejected_rows, b.figures, b.changed, b.first_month, b.last_month, b.withdrawn_at, b.withdrawn_by_name, b.withdrawn_reason,
                    b.months_left, b.job
                FROM figure_entry e JOIN figure_batch b ON b.number = e.batch
                WHERE e.commune = ? AND e.month = ? AND e.scheme = ? ORDER BY e.batch DESC
                """, commune, month, scheme.rawValue
            ).map { row in
                let batch = try FigureBatch(row)
                return FigureVersion(people: try row.integer("people"), batch: batch, holds: batch.number == holding)
            }
        }
    }

    /// The months with figures, the latest first.
    public func months(for viewer: Viewer) async throws -> [MonthSummary] {
        try viewer.require(.viewFigures)
        return try await store.read { connection in
            var summaries: [Month: (people: [Scheme: Int], communes: [Scheme: Int], batch: Int)] = [:]
            for row in try connection.rows(
                "SELECT month, scheme, SUM(people) AS people, COUNT(*) AS communes, MAX(batch) AS batch FROM participant_figure GROUP BY month, scheme"
            ) {
                let scheme: Scheme = try row.choice("scheme")
                let batch = try row.integer("batch")
                let month = try row.month("month")
                var summary = summaries[month] ?? ([:], [:], 0)
                summary.people[scheme] = try row.integer("people")
                summary.communes[scheme] = try row.integer("communes")
                summary.batch = max(summary.batch, batch)
                summaries[month] = summary
            }
            return summaries.map {
                MonthSummary(month: $0, people: $1.people, communes: $1.communes, lastBatch: $1.batch)
            }
            .sorted { $0.month > $1.month }
        }
    }

    /// The batches, the latest first.
    public func batches(limit: Int, before: Int? = nil, for viewer: Viewer) async throws -> [FigureBatch] {
        try viewer.require(.viewFigures)
        return try await store.read { connection in
            try connection.rows(
                "SELECT \(FigureBatch.columns) FROM figure_batch WHERE number < ? ORDER BY number DESC LIMIT ?",
                before ?? Int.max, limit
            ).map { try Self.batch($0, on: connection) }
        }
    }

    /// What is kept of a batch beside its figures (``lines(ofBatch:_:limit:offset:for:)``).
    public func batch(_ number: Int, for viewer: Viewer) async throws -> FigureBatch {
        try viewer.require(.viewFigures)
        guard let batch = try await store.read({ try Self.batch(number, on: $0) }) else {
            throw Refusal(.notFound, "Không có lô số liệu này.")
        }
        return batch
    }

    static func batch(_ number: Int, on connection: any SQLConnection) throws -> FigureBatch? {
        try connection.row("SELECT \(FigureBatch.columns) FROM figure_batch WHERE number = ?", number).map {
            try batch($0, on: connection)
        }
    }

    private static func batch(_ row: SQLRow, on connection: any SQLConnection) throws -> FigureBatch {
        var batch = try FigureBatch(row)
        if batch.monthsLeft > 0, let job = batch.job, try JobService.isLive(job, on: connection) { batch.worker = job }
        return batch
    }
}
