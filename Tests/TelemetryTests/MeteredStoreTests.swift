import Database
import Telemetry
import TestSupport
import Testing

/// A database whose waits are measured works as it does without.
@Suite
struct MeteredStoreTests {
    @Test(arguments: TestEngine.allCases)
    func `reads, writes and writes that fail are timed, and answer as the database does`(engine: TestEngine)
        async throws
    {
        try await engine.withStore { base in
            let meters = MeterRegistry()
            let store = MeteredStore(base, meters: meters)
            try await store.write { _ = try $0.execute("CREATE TABLE mark (number BIGINT NOT NULL)", []) }
            try await store.write { _ = try $0.execute("INSERT INTO mark (number) VALUES (?)", 7) }
            await #expect(throws: DatabaseError.self) { try await store.write { _ = try $0.execute("NONSENSE", []) } }
            #expect(try await store.read { try $0.integer("SELECT number FROM mark") } == 7)
            #expect(store.engine == base.engine && store.location == base.location)
            #expect(try await store.read { try $0.storedBytes() } > 0)
            let told = meters.exposition()
            for line in [
                "baophu_database_read_wait_seconds_count 2", "baophu_database_write_wait_seconds_count 3",
                "baophu_database_write_seconds_count 3",
            ] { #expect(told.contains(line + "\n"), "\(line)") }
        }
    }
}
