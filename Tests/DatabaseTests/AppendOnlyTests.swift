import Database
import TestSupport
import Testing

@Suite
struct AppendOnlyTests {
    @Test(arguments: TestEngine.allCases)
    func `a table that takes new rows only refuses every change and removal`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { connection in
                try connection.execute("CREATE TABLE log (n BIGINT PRIMARY KEY, word TEXT NOT NULL)")
                try connection.execute("CREATE TABLE other (n BIGINT)")
                try connection.execute("INSERT INTO log VALUES (1, 'old')")
                try connection.forbidChanges(to: "log")
            }
            for sql in [
                "UPDATE log SET word = 'new'", "UPDATE log SET n = 5 WHERE n = 1", "DELETE FROM log",
                "DELETE FROM log WHERE n = 1",
            ] {
                let error = await expectDatabaseError(.constraint, .statement) {
                    try await store.write { connection in
                        try connection.execute("INSERT INTO other VALUES (1)")
                        try connection.execute(sql)
                    }
                }
                #expect(error?.description.contains("log takes new rows only") == true)
            }
            try await store.write { connection in
                try connection.execute("INSERT INTO log VALUES (2, 'newer')")
                try connection.execute("INSERT INTO other VALUES (2)")
                try connection.execute("UPDATE other SET n = 3")
                try connection.execute("DELETE FROM other")
            }
            let words = try await store.read {
                try $0.rows("SELECT word FROM log ORDER BY n").map { try $0.text("word") }
            }
            #expect(words == ["old", "newer"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `two tables can take new rows only`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { connection in
                for table in ["first", "second"] {
                    try connection.execute("CREATE TABLE \(table) (n BIGINT)")
                    try connection.execute("INSERT INTO \(table) VALUES (1)")
                    try connection.forbidChanges(to: table)
                }
            }
            for table in ["first", "second"] {
                await expectDatabaseError(.constraint, .statement) {
                    try await store.write { try $0.execute("DELETE FROM \(table)") }
                }
            }
        }
    }
}
