import Database
import Kernel
import TestSupport
import Testing

@Suite
struct MigratorTests {
    static let now = Timestamp(secondsSinceEpoch: 1_800_000_000)

    static let first = Migration(
        module: "test", number: 1, name: "letters",
        statements: ["CREATE TABLE letter (id BIGINT PRIMARY KEY)", "INSERT INTO letter VALUES (1)"])
    static let second = Migration(
        module: "test", number: 2, name: "answers", statements: ["CREATE TABLE answer (id BIGINT PRIMARY KEY)"],
        appendOnlyTables: ["answer"])
    static let both = Migrator([first, second])

    static func names(_ migrations: [Migration]) -> [String] { migrations.map(\.name) }

    static func ledger(_ store: any DataStore) async throws -> [[SQLValue]] {
        try await store.read { connection in
            try connection.rows("SELECT module, number, name, applied_at FROM schema_migration ORDER BY module, number")
                .map(\.values)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a migration runs once and is recorded`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            #expect(Self.names(try await Self.both.pending(in: store)) == ["letters", "answers"])
            let applied = try await Self.both.migrate(store, at: Self.now)
            #expect(Self.names(applied) == ["letters", "answers"])
            #expect(try await Self.both.pending(in: store).isEmpty)

            let again = try await Self.both.migrate(store, at: Self.now.adding(seconds: 60))
            #expect(again.isEmpty)
            #expect(try await store.read { try $0.integer("SELECT COUNT(*) FROM letter") } == 1)
            #expect(
                try await Self.ledger(store) == [
                    [.text("test"), .integer(1), .text("letters"), Self.now.sqlValue],
                    [.text("test"), .integer(2), .text("answers"), Self.now.sqlValue],
                ])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `only the missing migrations run`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            _ = try await Migrator([Self.first]).migrate(store, at: Self.now)
            #expect(Self.names(try await Self.both.pending(in: store)) == ["answers"])
            #expect(Self.names(try await Self.both.migrate(store, at: Self.now)) == ["answers"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an append-only table of a migration refuses changes`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            _ = try await Self.both.migrate(store, at: Self.now)
            try await store.write { _ = try $0.execute("INSERT INTO answer VALUES (1)") }
            await expectDatabaseError(.constraint, .statement) {
                try await store.write { try $0.execute("DELETE FROM answer") }
            }
        }
    }

    static let edited: [Migration] = [
        Migration(
            module: "test", number: 1, name: "letters",
            statements: ["CREATE TABLE letter (id BIGINT PRIMARY KEY)", "INSERT INTO letter VALUES (2)"]),
        Migration(
            module: "test", number: 1, name: "letters",
            statements: ["CREATE TABLE letter (id BIGINT PRIMARY KEY)INSERT INTO letter VALUES (1)"]),
        Migration(
            module: "test", number: 1, name: "letters", statements: first.statements, appendOnlyTables: ["letter"]),
    ]

    @Test(arguments: TestEngine.allCases, edited)
    func `a migration edited after it was applied is refused`(engine: TestEngine, migration: Migration) async throws {
        try await engine.withStore { store in
            _ = try await Self.both.migrate(store, at: Self.now)
            let error = await expectDatabaseError(.schema) {
                try await Migrator([migration, Self.second]).migrate(store, at: Self.now)
            }
            #expect(error?.description.contains("test 1") == true)
            #expect(try await store.read { try $0.integer("SELECT COUNT(*) FROM letter") } == 1)
            #expect(try await Self.both.migrate(store, at: Self.now).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a database newer than the program is refused`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            _ = try await Self.both.migrate(store, at: Self.now)
            let error = await expectDatabaseError(.schema) {
                try await Migrator([Self.first]).migrate(store, at: Self.now)
            }
            #expect(error?.description.contains("test 2") == true)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a failing migration leaves nothing of itself and all before it`(engine: TestEngine) async throws {
        let broken = Migration(
            module: "test", number: 2, name: "broken",
            statements: [
                "CREATE TABLE half (id BIGINT)", "INSERT INTO letter VALUES (2)", "CREATE TABLE letter (id BIGINT)",
            ])
        try await engine.withStore { store in
            await expectDatabaseError(.statement) {
                try await Migrator([Self.first, broken]).migrate(store, at: Self.now)
            }
            let tables = try await store.read { try $0.tableNames() }
            #expect(tables == ["letter", "schema_migration"])
            #expect(try await store.read { try $0.integer("SELECT COUNT(*) FROM letter") } == 1)
            #expect(try await Self.ledger(store).count == 1)
            #expect(Self.names(try await Self.both.migrate(store, at: Self.now)) == ["answers"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `two programs that migrate at once do not clash`(engine: TestEngine) async throws {
        let many = (1...12).map { number in
            Migration(
                module: "test", number: number, name: "step \(number)",
                statements: [
                    "CREATE TABLE step\(number) (id BIGINT PRIMARY KEY)", "INSERT INTO step\(number) VALUES (1)",
                ])
        }
        try await engine.withStores(2) { stores in
            async let left = Migrator(many).migrate(stores[0], at: Self.now)
            async let right = Migrator(many).migrate(stores[1], at: Self.now)
            let ran = try await left.map(\.number) + right.map(\.number)
            #expect(ran.sorted() == Array(1...12))
            for number in 1...12 {
                #expect(try await stores[0].read { try $0.integer("SELECT COUNT(*) FROM step\(number)") } == 1)
            }
            #expect(try await Self.ledger(stores[1]).count == 12)
        }
    }
}
