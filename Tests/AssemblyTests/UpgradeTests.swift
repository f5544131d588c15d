import Province
import Access
import Database
import Foundation
import Kernel
import Notices
import Overview
import PlanText
import Targets
import TestSupport
import Testing
import Work

@testable import Assembly

/// Databases of the release of 26/11/2026, whose tables all belonged to `plan`, go on working.
@Suite
struct UpgradeTests {
    /// The demonstration of An Biên as that release filled it.
    static let release = Scene.repository.appendingPathComponent(
        "Tests/AssemblyTests/Fixtures/release-2026-11-26.sqlite.gz")

    private static func unpack(to path: String) throws {
        let unzip = Process()
        unzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        unzip.arguments = ["gunzip", "-c", release.path]
        let pipe = Pipe()
        unzip.standardOutput = pipe
        try unzip.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        unzip.waitUntilExit()
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    private static func schema(_ store: any DataStore) async throws -> [String: [String]] {
        try await store.read { connection in
            var schema: [String: [String]] = [:]
            for table in try connection.tableNames() { schema[table] = try connection.columnNames(of: table).sorted() }
            return schema
        }
    }

    /// Puts what an SQLite file holds into a store as the program that made the file would have kept it there: its tables,
    /// its rows, what may not be changed.
    private static func copy(_ release: any DataStore, to store: any DataStore) async throws {
        struct Table: Sendable {
            let name: String
            let statement: String
            let columns: [String]
            let rows: [[SQLValue]]
        }
        let (tables, indexes, fixed) = try await release.read { connection in
            let made = try connection.rows(
                """
                SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
                ORDER BY rowid
                """
            ).map { (try $0.text("type"), try $0.text("tbl_name"), try $0.text("sql")) }
            let tables = try made.filter { $0.0 == "table" }.map { _, name, statement in
                Table(
                    name: name, statement: statement, columns: try connection.columnNames(of: name),
                    rows: try connection.rows("SELECT * FROM \(name) ORDER BY rowid").map(\.values))
            }
            return (
                tables, made.filter { $0.0 == "index" }.map(\.2), Set(made.filter { $0.0 == "trigger" }.map(\.1))
            )
        }
        try await store.write { connection in
            for table in tables {
                try connection.execute(table.statement)
                _ = try connection.load(table.name, columns: table.columns, rows: table.rows)
                if fixed.contains(table.name) { try connection.forbidChanges(to: table.name) }
            }
            for index in indexes { try connection.execute(index) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a database of that release is taken over with all that stands in it`(engine: TestEngine) async throws {
        try await Scene.withFolder { folder in
            let path = folder + "/release.sqlite"
            try Self.unpack(to: path)
            let release = try Storage.open(.sqlite(path))
            switch engine {
            case .sqlite: try await Self.takeOver(release)
            case .postgreSQL:
                try await engine.withStore { store in
                    try await Self.copy(release, to: store)
                    try await Self.takeOver(store)
                }
            }
            try await release.close()
        }
    }

    private static func takeOver(_ store: any DataStore) async throws {
        #expect(try await !Storage.migrator.pending(in: store).isEmpty)
        let system = try await Scene.system(on: store, at: "2027-05-01")
        #expect(try await Storage.migrator.pending(in: store).isEmpty)
        let analyst = try #require(
            await store.read { try Accounts.all(within: .ofSystem, on: $0) }.first { $0.role == .analyst }?
                .viewer(system.access.grants, session: nil))
        #expect(try await system.work.counts(WorkFilter(), for: analyst).all == 36)
        let board = try await system.overview.dashboard(for: analyst)
        #expect(board.month == Month("2027-03") && board.total.progress.now == 36_097)
        #expect(try await system.allocations.scenarios(.city, year: 2028, for: analyst).count == 1)
        let commune = try #require(system.definition.communes.codes.first)
        #expect(try await system.groups.groups(of: commune, for: analyst).isEmpty == false)
        let letters = try await system.notices.outbox.letters(for: analyst)
        #expect(!letters.isEmpty && letters.allSatisfy { $0.body.hasPrefix("Kính gửi") }, "the outbox came along")
        #expect(try await AuditTrail.verify(in: store).problems.isEmpty)
        // What may not be changed may not be changed after it either.
        await #expect(throws: (any Error).self) {
            try await store.write { _ = try $0.execute("UPDATE figure_entry SET people = people + 1") }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `steps that another module made are not made again, and the schema is that of a new database`(
        engine: TestEngine
    ) async throws {
        let now = Timestamp(secondsSinceEpoch: 1_800_000_000)
        let superseding = Storage.migrator.migrations.filter { $0.supersedes != nil }
        #expect(Set(superseding.map(\.module)) == ["files", "province", "work", "targets"])
        try await engine.withStore { store in
            _ = try await Storage.migrator.migrate(store, at: now)
            let fresh = try await Self.schema(store)
            // The ledger as the earlier release kept it.
            try await store.write { connection in
                for migration in superseding {
                    try connection.execute(
                        "DELETE FROM schema_migration WHERE module = ? AND number = ?", migration.module,
                        migration.number)
                }
                for step in Set(superseding.compactMap(\.supersedes)) {
                    try connection.execute(
                        "INSERT INTO schema_migration (module, number, name, fingerprint, applied_at) VALUES (?, ?, '', '', ?)",
                        step.module, step.number, now)
                }
            }
            let taken = try await Storage.migrator.migrate(store, at: now)
            #expect(taken.map(\.module) == superseding.map(\.module))
            #expect(try await Self.schema(store) == fresh)
            #expect(try await Storage.migrator.pending(in: store).isEmpty)
        }
    }
}
