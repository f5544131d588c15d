import Database

/// Statements that ask for many keys at once. Their text is the same each time, so that it is prepared once: the last part is filled
/// up with its last key.
enum ManyKeys {
    static let atOnce = 200
    static let marks = Array(repeating: "?", count: atOnce).joined(separator: ", ")

    /// Runs a body for so many keys at a time.
    static func inParts(
        _ keys: [SQLValue], of size: Int = atOnce, _ body: ([SQLValue]) throws -> Void
    ) throws {
        for start in stride(from: 0, to: keys.count, by: size) {
            let part = keys[start..<min(start + size, keys.count)]
            guard let last = part.last else { break }
            try body(part + Array(repeating: last, count: size - part.count))
        }
    }

    /// - Parameter sql: with `{keys}` where the marks go, once.
    static func forEachRow(
        _ sql: String, _ keys: [SQLValue], on connection: any SQLConnection, _ body: (SQLRow) throws -> Void
    ) throws {
        let text = sql.replacing("{keys}", with: marks)
        try inParts(keys) { try connection.forEachRow(text, $0, body) }
    }

    static func rows(_ sql: String, _ keys: [SQLValue], on connection: any SQLConnection) throws -> [SQLRow] {
        var rows: [SQLRow] = []
        try forEachRow(sql, keys, on: connection) { rows.append($0) }
        return rows
    }

    static func execute(_ sql: String, _ keys: [SQLValue], on connection: any SQLConnection) throws {
        let text = sql.replacing("{keys}", with: marks)
        try inParts(keys) { try connection.execute(text, $0) }
    }
}
