import Access
import Coverage
import LawInForce
public import Database
import DatabasePostgreSQL
import DatabaseSQLite
import Exchange
import Figures
import Files
import Jobs
import Notices
import Operation
import LawInForce
import Province
import Registry
import Remarks
import Search
import Targets
import Work
import Foundation
import Overview
import PlanText
import Targets
import Work
import ReportBoards
import Reports

/// The database behind the settings, and the schema all modules need.
public enum Storage {
    /// All migrations, in the order in which tables refer to one another.
    public static let migrator = Migrator(
        AccessMigrations.all + ProvinceMigrations.all + FilesMigrations.all + JobsMigrations.all
            + NoticesMigrations.all + SearchMigrations.all + LawInForceMigrations.all
            + RegistryMigrations.all + ExchangeMigrations.all + AgreementMigrations.all + SubjectMigrations.all
            + ProgramMigrations.all
            + OperationMigrations.all
            + FiguresMigrations.all + WorkMigrations.all + TargetsMigrations.all + ReportBoardsMigrations.all
            + ReportsMigrations.all + RemarksMigrations.all + CoverageMigrations.all)

    /// How long one statement of a server's may take on PostgreSQL, in seconds; a command's may take as long as it takes.
    private static let statementSeconds = 300

    /// - Parameter serving: whether people wait for what it answers.
    public static func open(_ location: DatabaseLocation, serving: Bool = false) throws -> any DataStore {
        switch location {
        case .sqlite(let path): try SQLiteStore(path: path)
        case .postgreSQL(let url):
            try PostgreSQLStore(url: url, statementSeconds: serving ? statementSeconds : nil)
        }
    }

    /// Opens a database that must be there already: commands that only read make none.
    public static func openExisting(_ location: DatabaseLocation) throws -> any DataStore {
        guard exists(location) else {
            throw DatabaseError.unavailable(
                location: "\(location)",
                reason: "there is no such file; the server makes it at its first start (`make run`)"
            )
        }
        return try open(location)
    }

    /// Whether a database may be there: a SQLite file that exists, or any PostgreSQL address.
    public static func exists(_ location: DatabaseLocation) -> Bool {
        switch location {
        case .sqlite(let path): FileManager.default.fileExists(atPath: path)
        case .postgreSQL: true
        }
    }

    /// Whether a database is there with its schema up to date. Changes nothing.
    public static func isReady(_ location: DatabaseLocation) async throws -> Bool {
        guard exists(location) else { return false }
        let store = try open(location)
        let pending = try await migrator.pending(in: store)
        try await store.close()
        return pending.isEmpty
    }
}
