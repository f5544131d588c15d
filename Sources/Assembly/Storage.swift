import Access
import Amendments
public import Database
import DatabasePostgreSQL
import DatabaseSQLite
import Figures
import Foundation
import Plan
import Reports

/// The database behind the settings, and the schema all modules need.
public enum Storage {
    /// All migrations, in the order in which tables refer to one another.
    public static let migrator = Migrator(
        AccessMigrations.all + PlanMigrations.all + FiguresMigrations.all + AmendmentMigrations.all
            + ReportsMigrations.all)

    public static func open(_ location: String) throws -> any DataStore {
        isPostgreSQL(location) ? try PostgreSQLStore(url: location) : try SQLiteStore(path: location)
    }

    /// Opens a database that must be there already: commands that only read make none.
    public static func openExisting(_ location: String) throws -> any DataStore {
        guard exists(location) else {
            throw DatabaseError.unavailable(
                location: location, reason: "there is no such file; the server makes it at its first start (`make run`)"
            )
        }
        return try open(location)
    }

    /// Whether a database may be there: a SQLite file that exists, or any PostgreSQL address.
    public static func exists(_ location: String) -> Bool {
        isPostgreSQL(location) || FileManager.default.fileExists(atPath: location)
    }

    /// Whether a database is there with its schema up to date. Changes nothing.
    public static func isReady(_ location: String) async throws -> Bool {
        guard exists(location) else { return false }
        let store = try open(location)
        let pending = try await migrator.pending(in: store)
        try await store.close()
        return pending.isEmpty
    }

    static func isPostgreSQL(_ location: String) -> Bool {
        location.hasPrefix("postgres://") || location.hasPrefix("postgresql://")
    }

    static func withoutSecrets(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let rest = url[scheme.upperBound...].prefix { $0 != "?" }
        return String(
            url[..<scheme.upperBound] + (rest.split(separator: "@", omittingEmptySubsequences: false).last ?? rest))
    }
}
