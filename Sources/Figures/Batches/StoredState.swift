import Database
import Files
import Kernel

/// Everything stored that a file is compared with, of one moment.
struct StoredState: Sendable {
    struct BlockPlace: Hashable, Sendable {
        let commune: CommuneCode
        let month: Month
    }

    let state: FigureState
    let knownMonths: Set<Month>
    /// Of the file's months, and of the year before that they are compared with.
    let figures: StoredFigures
    /// The blocks that hold in the file's months.
    let blocks: [BlockPlace: [Block: Int]]
    /// The batches that stand of files of just this content, in order.
    let sameFile: [Int]
    /// What those batches have stated.
    let statements: [FigurePlace: Int]

    /// - Parameter batch: a batch of the file that does not count.
    init(
        of months: some Sequence<Month>, sha256: String, except batch: Int?, today: Day,
        on connection: any SQLConnection
    ) throws {
        state = try FigureState(on: connection)
        knownMonths = try StoredFigures.knownMonths(on: connection)
        var (first, last): (Month?, Month?)
        for month in months {
            first = min(first ?? month, month)
            last = max(last ?? month, month)
        }
        let end = last ?? Month(of: today)
        figures = try StoredFigures(in: (first ?? end).adding(months: -12)...end, on: connection)
        blocks = try first.map { try Self.blocks(from: $0, to: end, on: connection) } ?? [:]
        sameFile = try Self.batches(ofFile: sha256, on: connection).filter { $0 != batch }
        statements = try Self.statements(of: sameFile, on: connection)
    }

    private static func batches(ofFile sha256: String, on connection: any SQLConnection) throws -> [Int] {
        try StoredFiles.find(sha256: sha256, on: connection).flatMap { file in
            try connection.rows("SELECT number FROM figure_batch WHERE file = ? AND withdrawn_at IS NULL", file)
                .map { try $0.integer("number") }
        }.sorted()
    }

    private static func statements(
        of batches: [Int], on connection: any SQLConnection
    ) throws -> [FigurePlace: Int] {
        var people: [FigurePlace: Int] = [:]
        for batch in batches {
            try connection.forEachRow(
                "SELECT commune, month, scheme, people FROM figure_entry WHERE batch = ?", [batch.sqlValue]
            ) { row in people[try FigurePlace(row)] = try row.integer("people") }
        }
        return people
    }

    private static func blocks(
        from first: Month, to last: Month, on connection: any SQLConnection
    ) throws -> [BlockPlace: [Block: Int]] {
        var blocks: [BlockPlace: [Block: Int]] = [:]
        try connection.forEachRow(
            """
            SELECT b.commune, b.month, \(Block.columns("b")) FROM figure_breakdown b JOIN participant_figure p
                ON p.commune = b.commune AND p.month = b.month AND p.scheme = 'compulsory' AND p.batch = b.batch
            WHERE b.month BETWEEN ? AND ?
            """, [first.sqlValue, last.sqlValue]
        ) { row in
            blocks[.init(commune: try row.communeCode("commune"), month: try row.month("month"))] =
                try Block.people(row)
        }
        return blocks
    }
}

/// Which figure: the key of what is stored.
struct FigurePlace: Hashable, Sendable {
    let commune: CommuneCode
    let month: Month
    let scheme: Scheme

    init(_ figure: ReadFigure) {
        (commune, month, scheme) = (figure.commune, figure.month, figure.scheme)
    }

    init(_ row: SQLRow) throws {
        (commune, month, scheme) = (
            try row.communeCode("commune"), try row.month("month"), try row.choice("scheme")
        )
    }
}
