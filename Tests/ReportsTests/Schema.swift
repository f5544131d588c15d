import Access
import Database
import Figures
import Files
import Jobs
import Notices
import Province
import ReportBoards
import Reports
import Targets
import Work

/// The tables of what documents are made from, and their own.
enum Schema {
    static let migrations =
        AccessMigrations.all + ProvinceMigrations.all + FilesMigrations.all + JobsMigrations.all + NoticesMigrations.all
        + FiguresMigrations.all
        + WorkMigrations.all + TargetsMigrations.all + ReportBoardsMigrations.all + ReportsMigrations.all
    static let migrator = Migrator(migrations)
}
