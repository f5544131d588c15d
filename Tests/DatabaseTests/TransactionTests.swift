import Database
import TestSupport
import Testing

@Suite
struct TransactionTests {
    struct Stop: Error {}

    /// Two balances that every finished transaction leaves with a sum of 100.
    static func prepare(_ store: any DataStore) async throws {
        try await store.write { connection in
            try connection.execute(
                "CREATE TABLE balance (name TEXT PRIMARY KEY, amount BIGINT NOT NULL CHECK (amount >= 0))")
            try connection.execute("INSERT INTO balance VALUES ('a', 100), ('b', 0)")
        }
    }

    static func amounts(_ connection: any SQLConnection) throws -> [Int] {
        try connection.rows("SELECT amount FROM balance ORDER BY name").map { try $0.integer("amount") }
    }

    static func move(_ amount: Int, on connection: any SQLConnection, between: () throws -> Void = {}) throws {
        try connection.execute("UPDATE balance SET amount = amount - ? WHERE name = 'a'", amount)
        try between()
        try connection.execute("UPDATE balance SET amount = amount + ? WHERE name = 'b'", amount)
    }

    @Test(arguments: TestEngine.allCases)
    func `a rolled-back write leaves nothing`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await Self.prepare(store)
            await #expect(throws: Stop.self) {
                try await store.write { connection in
                    try connection.execute("CREATE TABLE other (id BIGINT)")
                    try connection.execute("INSERT INTO balance VALUES ('c', 5)")
                    try Self.move(30, on: connection)
                    throw Stop()
                }
            }
            let (amounts, tables) = try await store.read { (try Self.amounts($0), try $0.tableNames()) }
            #expect(amounts == [100, 0])
            #expect(tables == ["balance"])
            try await store.write { try Self.move(30, on: $0) }
            #expect(try await store.read { try Self.amounts($0) } == [70, 30])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a reader beside a writer sees no half of its work`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await Self.prepare(store)
            let halt = Halt()
            let writer = Task {
                defer { halt.release() }
                try await store.write { connection in try Self.move(40, on: connection) { halt.stop() } }
            }
            await halt.reached()
            let during = try await store.read { try Self.amounts($0) }
            halt.release()
            try await writer.value
            #expect(during == [100, 0])
            #expect(try await store.read { try Self.amounts($0) } == [60, 40])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a read keeps its snapshot while others write`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await Self.prepare(store)
            let halt = Halt()
            let reader = Task {
                defer { halt.release() }
                return try await store.read { connection in
                    let before = try Self.amounts(connection)
                    halt.stop()
                    return [before, try Self.amounts(connection)]
                }
            }
            await halt.reached()
            try await store.write { try Self.move(1, on: $0) }
            halt.release()
            #expect(try await reader.value == [[100, 0], [100, 0]])
            #expect(try await store.read { try Self.amounts($0) } == [99, 1])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a write sees what the write before it committed`(engine: TestEngine) async throws {
        try await engine.withStores(2) { stores in
            try await Self.prepare(stores[0])
            for round in 1...10 {
                try await stores[round % 2].write { try Self.move(1, on: $0) }
                #expect(try await stores[1 - round % 2].write { try Self.amounts($0) } == [100 - round, round])
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a read refuses to write`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await Self.prepare(store)
            for sql in ["INSERT INTO balance VALUES ('c', 5)", "DELETE FROM balance", "CREATE TABLE other (id BIGINT)"]
            {
                await expectDatabaseError(.statement) {
                    try await store.read { connection in try connection.execute(sql) }
                }
            }
            let (amounts, tables) = try await store.read { (try Self.amounts($0), try $0.tableNames()) }
            #expect(amounts == [100, 0])
            #expect(tables == ["balance"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a broken rule is a constraint error`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { connection in
                try connection.execute("CREATE TABLE parent (id BIGINT PRIMARY KEY, word TEXT NOT NULL)")
                try connection.execute("CREATE TABLE child (parent BIGINT NOT NULL REFERENCES parent (id))")
                try connection.execute("CREATE TABLE small (n BIGINT CHECK (n < 10))")
                try connection.execute("INSERT INTO parent VALUES (1, 'x')")
            }
            for sql in [
                "INSERT INTO parent VALUES (1, 'again')", "INSERT INTO parent (id) VALUES (2)",
                "INSERT INTO child VALUES (7)", "INSERT INTO small VALUES (10)",
            ] {
                await expectDatabaseError(.constraint) {
                    try await store.write { connection in
                        try connection.execute("INSERT INTO parent VALUES (5, 'before the fault')")
                        try connection.execute(sql)
                    }
                }
            }
            #expect(try await store.read { try $0.integer("SELECT COUNT(*) FROM parent") } == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a statement the engine does not understand is a statement error`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            for sql in ["SELEC 1", "SELECT * FROM absent", "SELECT absent FROM (SELECT 1 AS one) AS t"] {
                await expectDatabaseError(.statement) { try await store.read { try $0.rows(sql) } }
                await expectDatabaseError(.statement) { try await store.write { try $0.execute(sql) } }
            }
            let one = try await store.read { try $0.integer("SELECT 1 AS one") }
            #expect(one == 1)
        }
    }

    /// PostgreSQL gives up a transaction after an error in it; a body that swallows the error must then not be told
    /// that its work was stored.
    @Test(arguments: TestEngine.allCases)
    func `a write that swallows an error either stores its work or fails`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await Self.prepare(store)
            var failed = false
            do {
                try await store.write { connection in
                    try connection.execute("INSERT INTO balance VALUES ('c', 5)")
                    _ = try? connection.execute("INSERT INTO balance VALUES ('a', 1)")
                }
            } catch {
                failed = true
            }
            let stored = try await store.read { try $0.integer("SELECT COUNT(*) FROM balance WHERE name = 'c'") } == 1

            #expect(stored != failed)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an address where no database can be is reported as such`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            #expect(!store.location.isEmpty)
            #expect(store.engine.rawValue.lowercased() == engine.rawValue.lowercased())
        }
        await expectDatabaseError(.unavailable) { try engine.openNowhere() }
    }
}
