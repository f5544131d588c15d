import Database
public import Kernel

// Which columns of a list somebody does not want to see.
extension AccessService {
    /// The columns that a person has hidden, by the list's key.
    public func hiddenColumns(of viewer: Viewer) async throws -> [String: Set<String>] {
        try await store.read { connection in
            var hidden: [String: Set<String>] = [:]
            try connection.forEachRow(
                "SELECT list, columns FROM list_columns WHERE account = ?", [viewer.account.sqlValue]
            ) { row in
                hidden[try row.text("list")] = Set(try row.text("columns").split(separator: ",").map(String.init))
            }
            return hidden
        }
    }

    /// Keeps which columns of a list a person hides; none of them forgets the choice.
    /// - Parameter columns: keys of columns, which have no commas.
    public func hide(_ columns: Set<String>, of list: String, by viewer: Viewer) async throws {
        let words = columns.sorted().joined(separator: ",")
        try await store.write { connection in
            if words.isEmpty {
                try connection.execute(
                    "DELETE FROM list_columns WHERE account = ? AND list = ?", viewer.account, list)
            } else {
                try connection.execute(
                    """
                    INSERT INTO list_columns (account, list, columns) VALUES (?, ?, ?)
                    ON CONFLICT (account, list) DO UPDATE SET columns = excluded.columns
                    """, viewer.account, list, words)
            }
            try Revisions.advance(.listColumns, on: connection)
        }
    }
}

extension Subject.Kind {
    /// The columns people want to see. No audit entry speaks of them; their revision counts what was chosen.
    public static let listColumns = Self("list-columns")
}
