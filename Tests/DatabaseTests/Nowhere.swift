import DatabasePostgreSQL
import DatabaseSQLite
import TestSupport

extension TestEngine {
    /// Tries to open a store where none can be.
    func openNowhere() throws {
        switch self {
        case .sqlite: _ = try SQLiteStore(path: "/dev/null/no/such/folder/test.sqlite")
        case .postgreSQL: _ = try PostgreSQLStore(url: "postgresql:///test?host=/no/such/folder&user=nobody")
        }
    }
}
