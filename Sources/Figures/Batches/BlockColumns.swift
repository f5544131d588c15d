public import Access
public import Database
public import Kernel

// How the blocks of a figure are stored: a column each.
extension Block {
    /// `block_3`
    var column: String { "block_\(rawValue)" }

    /// The columns of a table, for a SELECT.
    static func columns(_ table: String) -> String {
        allCases.map { "\(table).\($0.column)" }.joined(separator: ", ")
    }

    /// The blocks that a row gives.
    static func people(_ row: SQLRow) throws -> [Block: Int] {
        var people: [Block: Int] = [:]
        for block in allCases { people[block] = try row.optionalInteger(block.column) }
        return people
    }
}

extension FigureService {
    /// Participants by block of a month; see ``blocks(of:commune:on:)``.
    public func blocks(of month: Month, for viewer: Viewer) async throws -> (people: [Block: Int], communes: Int) {
        try viewer.require(.viewFigures)
        return try await store.read { try Self.blocks(of: month, on: $0) }
    }

    /// Participants by block of a month, over all communes that gave blocks; with how many communes those are.
    public static func blocks(
        of month: Month, commune: CommuneCode? = nil, on connection: any SQLConnection
    ) throws -> (people: [Block: Int], communes: Int) {
        var values = [month.sqlValue]
        if let commune { values.append(commune.sqlValue) }
        let sums = Block.allCases.map {
            "SUM(b.\($0.column)) AS \($0.column), COUNT(b.\($0.column)) AS communes_\($0.rawValue)"
        }
        let rows = try connection.rows(
            """
            SELECT \(sums.joined(separator: ", ")) FROM figure_breakdown b JOIN participant_figure p
                ON p.commune = b.commune AND p.month = b.month AND p.scheme = 'compulsory' AND p.batch = b.batch
            WHERE b.month = ?\(commune == nil ? "" : " AND b.commune = ?")
            """, values)
        guard let row = rows.first else { return ([:], 0) }
        return (
            try Block.people(row),
            try Block.allCases.map { try row.integer("communes_\($0.rawValue)") }.max() ?? 0
        )
    }

    /// The share of enterprises among the compulsory participants: of each commune by its latest month with blocks that
    /// hold, at most a year back.
    public static func enterpriseShares(until month: Month, on connection: any SQLConnection) throws -> [CommuneCode:
        Double]
    {
        var shares: [CommuneCode: Double] = [:]
        // Later months come later and take the place of earlier ones.
        try connection.forEachRow(
            """
            SELECT b.commune, \(Block.columns("b"))
            FROM figure_breakdown b JOIN participant_figure p
                ON p.commune = b.commune AND p.month = b.month AND p.scheme = 'compulsory' AND p.batch = b.batch
            WHERE b.month <= ? AND b.month > ? ORDER BY b.month
            """, [month.sqlValue, month.adding(months: -12).sqlValue]
        ) { row in
            let people = try Block.people(row)
            let everybody = people.values.reduce(0, +)
            guard everybody > 0 else { return }
            let enterprises = people.reduce(0) { $0 + ($1.key.isEnterprise ? $1.value : 0) }
            shares[try row.communeCode("commune")] = Double(enterprises) / Double(everybody)
        }
        return shares
    }
}
