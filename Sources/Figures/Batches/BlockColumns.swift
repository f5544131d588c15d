import Database

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
