import Database
import DatabaseSQLite
import Foundation
import TestSupport
import Testing

/// Disks that are full, files that are damaged, writers that would have to wait.
@Suite
struct DamageTests {
    /// A file with some thousand rows; its path.
    static func withFile<T>(_ body: (String) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("damage-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/test.sqlite"
        let store = try SQLiteStore(path: path, durable: false)
        try await store.write { connection in
            try connection.execute("CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT NOT NULL)")
            let name = String(repeating: "tên ", count: 50)
            _ = try connection.load(
                "thing", columns: ["id", "name"],
                rows: (0..<5_000).map { [.integer(Int64($0)), .text("\(name)\($0)")] })
        }
        try await store.close()
        return try await body(path)
    }

    static func overwrite(_ path: String, at offset: UInt64) throws {
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: 8_192))
        try handle.close()
    }

    @Test
    func `a file that is no database is told as damaged, with the way to restore`() async throws {
        try await Self.withFile { path in
            try Self.overwrite(path, at: 0)
            let error = await expectDatabaseError(.damaged) { try SQLiteStore(path: path) }
            #expect(error?.remedy?.contains("baophu restore BACKUP --database \(path)") == true)
        }
    }

    @Test
    func `pages destroyed in the middle are found by a quick check`() async throws {
        try await Self.withFile { path in
            try Self.overwrite(path, at: 100 * 4_096)
            let store = try SQLiteStore(path: path)
            await expectDatabaseError(.damaged) { try await store.checkQuickly() }
            await expectDatabaseError(.damaged) {
                try await store.read { try $0.rows("SELECT * FROM thing ORDER BY id") }
            }
            try await store.close()
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a healthy database passes the quick check, an empty one too`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.checkQuickly()
            try await ConcurrencyTests.prepare(store)
            try await store.checkQuickly()
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a full disk is told as such, and nothing of the change is stored`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await ConcurrencyTests.prepare(store)
            if engine == .sqlite {
                // SQLite's own limit of a file: past it, it reports what it reports of a full disk.
                try await store.write { connection in
                    let pages = try connection.integer("PRAGMA page_count") ?? 0
                    _ = try connection.rows("PRAGMA max_page_count = \(pages + 2)")
                }
            }
            await expectDatabaseError(.full) {
                try await store.write { connection in
                    try connection.execute("INSERT INTO entry VALUES (1, 1)")
                    if engine == .sqlite {
                        _ = try connection.load(
                            "entry", columns: ["id", "seen"],
                            rows: (2..<20_000).map { [.integer(Int64($0)), .integer(Int64($0))] })
                    } else {
                        // What PostgreSQL reports when a table cannot be extended.
                        try connection.execute(
                            "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$")
                    }
                }
            }
            #expect(try await store.read { try ConcurrencyTests.totals($0) } == [0, 0])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what nobody should wait for is written when nobody writes, and otherwise left`(engine: TestEngine)
        async throws
    {
        try await engine.withStores(2) { stores in
            try await ConcurrencyTests.prepare(stores[0])
            let halt = Halt()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await stores[0].write { _ in halt.stop() } }
                await halt.reached()
                defer { halt.release() }
                for store in stores {
                    let done: Void? = try await store.writeIfIdle { try ConcurrencyTests.increment(1, on: $0) }
                    #expect(done == nil)
                }
                halt.release()
                try await group.waitForAll()
            }
            for (number, store) in stores.enumerated() {
                let done: Void? = try await store.writeIfIdle { try ConcurrencyTests.increment(number, on: $0) }
                #expect(done != nil)
            }
            #expect(try await stores[1].read { try ConcurrencyTests.totals($0) } == [2, 2])
        }
    }

    @Test
    func `the log is emptied once nobody reads what was, and nobody waits for that`() async throws {
        try await TestEngine.sqlite.withStore { store in
            try await ConcurrencyTests.prepare(store)
            let halt = Halt()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await store.read { connection in
                        _ = try ConcurrencyTests.totals(connection)
                        halt.stop()
                    }
                }
                await halt.reached()
                defer { halt.release() }
                try await store.write { try ConcurrencyTests.increment(1, on: $0) }
                #expect(try await !store.scrub())
                halt.release()
                try await group.waitForAll()
            }
            #expect(try await store.scrub())
        }
    }
}
