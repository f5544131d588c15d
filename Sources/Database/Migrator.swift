public import Kernel

/// One forward step of the schema. Never edited once shipped: a correction is the next step.
public struct Migration: Sendable {
    /// The target that owns the tables, for example `access`.
    public let module: String
    /// 1, 2, 3 … within the module.
    public let number: Int
    /// What it does, in a few words.
    public let name: String
    /// Statements both engines understand.
    public let statements: [String]
    /// Tables of this step to which nothing but new rows may come.
    public let appendOnlyTables: [String]
    /// The step of an earlier release that made the same: where it was applied, this one counts as applied.
    public let supersedes: Step?

    /// A step by name.
    public struct Step: Sendable, Hashable {
        public let module: String
        public let number: Int

        public init(_ module: String, _ number: Int) {
            self.module = module
            self.number = number
        }
    }

    public init(
        module: String, number: Int, name: String, statements: [String], appendOnlyTables: [String] = [],
        supersedes: Step? = nil
    ) {
        self.module = module
        self.number = number
        self.name = name
        self.statements = statements
        self.appendOnlyTables = appendOnlyTables
        self.supersedes = supersedes
    }

    /// A checksum (FNV-1a) of what the step does, to notice that a shipped one was edited.
    var fingerprint: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for statement in statements + appendOnlyTables {
            for byte in statement.utf8 + [0] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        return String(hash, radix: 16)
    }
}

/// Brings a database's schema to what the program needs: numbered steps, forward only, each in a transaction of its own.
public struct Migrator: Sendable {
    public let migrations: [Migration]

    /// - Parameter migrations: in the order in which modules may refer to one another's tables; within a module by number.
    public init(_ migrations: [Migration]) {
        self.migrations = migrations
    }

    private static let createLedger = """
        CREATE TABLE IF NOT EXISTS schema_migration (
            module TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL,
            fingerprint TEXT NOT NULL, applied_at BIGINT NOT NULL, PRIMARY KEY (module, number))
        """

    /// Runs the missing steps and answers them. Running it again, or from two programs at once, does nothing twice.
    /// - Throws: ``DatabaseError/schema(reason:)`` when the database is newer than the program or a step was edited.
    public func migrate(_ store: any DataStore, at moment: Timestamp) async throws -> [Migration] {
        try await store.write { connection in _ = try connection.execute(Self.createLedger) }
        var applied: [Migration] = []
        for migration in migrations {
            let ran = try await store.write { connection in
                try Self.apply(migration, on: connection, at: moment)
            }
            if ran { applied.append(migration) }
        }
        try await store.read { connection in try check(on: connection) }
        return applied
    }

    private static func apply(_ migration: Migration, on connection: any SQLConnection, at moment: Timestamp) throws
        -> Bool
    {
        let known = try connection.row(
            "SELECT fingerprint FROM schema_migration WHERE module = ? AND number = ?", migration.module,
            migration.number)
        if let known {
            guard try known.text("fingerprint") == migration.fingerprint else {
                throw DatabaseError.schema(
                    reason: "migration \(migration.module) \(migration.number) was edited after it had been applied; "
                        + "restore the shipped program and add a new migration instead")
            }
            return false
        }
        if try !wasMade(migration.supersedes, on: connection) {
            for statement in migration.statements { try connection.execute(statement) }
            for table in migration.appendOnlyTables { try connection.forbidChanges(to: table) }
        }
        try connection.execute(
            "INSERT INTO schema_migration (module, number, name, fingerprint, applied_at) VALUES (?, ?, ?, ?, ?)",
            migration.module, migration.number, migration.name, migration.fingerprint, moment)
        return true
    }

    private static func wasMade(_ step: Migration.Step?, on connection: any SQLConnection) throws -> Bool {
        guard let step else { return false }
        return try connection.row(
            "SELECT number FROM schema_migration WHERE module = ? AND number = ?", step.module, step.number) != nil
    }

    /// The steps a database lacks; empty when it is ready.
    public func pending(in store: any DataStore) async throws -> [Migration] {
        try await store.read { connection in
            guard try connection.tableNames().contains("schema_migration") else { return migrations }
            let applied = try connection.rows("SELECT module, number FROM schema_migration")
            let keys = try Set(applied.map { "\(try $0.text("module")) \(try $0.integer("number"))" })
            return migrations.filter { !keys.contains("\($0.module) \($0.number)") }
        }
    }

    private func check(on connection: any SQLConnection) throws {
        var ours = Set(migrations.map { "\($0.module) \($0.number)" })
        for step in migrations.compactMap(\.supersedes) { ours.insert("\(step.module) \(step.number)") }
        for row in try connection.rows("SELECT module, number FROM schema_migration ORDER BY module, number") {
            let key = "\(try row.text("module")) \(try row.integer("number"))"
            if !ours.contains(key) {
                throw DatabaseError.schema(
                    reason: "the database knows migration \(key), this program does not: it was written by a newer "
                        + "version; install that version")
            }
        }
    }
}
