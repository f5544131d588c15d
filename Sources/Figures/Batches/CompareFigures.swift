import Files
import Database
import Kernel

// What a file would change: its figures against those that hold and those it stated itself before.
extension FigureService {
    /// The figures of a file against what holds.
    struct Comparison: Sendable {
        /// New, or of another value than what holds.
        var fresh: [ReadFigure] = []
        /// Of the fresh ones, those that were not stored before.
        var added = 0
        /// What the batch states: the fresh figures, and those that confirm what holds. A figure without blocks confirms
        /// nothing of one that has them.
        var stated: [ReadFigure] = []
        var replaced: [ReplacedFigure] = []
        var sameFile: Int?
    }

    func compare(
        _ figures: [ReadFigure], with stored: StoredFigures, sha256: String, on connection: any SQLConnection
    ) throws -> Comparison {
        let months = figures.map(\.month)
        var blocks: [BlockPlace: [Block: Int]] = [:]
        if let first = months.min(), let last = months.max() {
            blocks = try Self.blocks(from: first, to: last, on: connection)
        }
        var comparison = Comparison()
        let batches = try Self.batches(ofFile: sha256, on: connection)
        comparison.sameFile = batches.last
        // Read only when a figure differs: a file that changes nothing needs none.
        var earlier: [FigurePlace: Int]?
        for figure in figures {
            let known = stored[figure]
            let held =
                figure.scheme == .compulsory ? blocks[.init(commune: figure.commune, month: figure.month)] ?? [:] : [:]
            let isFresh = known != figure.people || !(figure.blocks.isEmpty || figure.blocks == held)
            if isFresh, known != nil, !batches.isEmpty {
                // Sent again, a file says nothing new: what was corrected since stays corrected.
                let stated = try earlier ?? Self.statements(of: batches, on: connection)
                earlier = stated
                if stated[.init(figure)] == figure.people { continue }
            }
            if known == nil { comparison.added += 1 }
            if isFresh { comparison.fresh.append(figure) }
            if let known, known != figure.people {
                comparison.replaced.append(
                    ReplacedFigure(
                        commune: figure.commune, month: figure.month, scheme: figure.scheme, before: known,
                        after: figure.people))
            }
            if isFresh || figure.blocks == held { comparison.stated.append(figure) }
        }
        return comparison
    }

    private struct BlockPlace: Hashable {
        let commune: CommuneCode
        let month: Month
    }

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

    /// The batches that stand of files of just this content, in order.
    private static func batches(ofFile sha256: String, on connection: any SQLConnection) throws -> [Int] {
        try StoredFiles.find(sha256: sha256, on: connection).flatMap { file in
            try connection.rows("SELECT number FROM figure_batch WHERE file = ? AND withdrawn_at IS NULL", file)
                .map { try $0.integer("number") }
        }.sorted()
    }

    /// What batches have stated.
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

    /// The blocks that hold, by commune and month.
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
