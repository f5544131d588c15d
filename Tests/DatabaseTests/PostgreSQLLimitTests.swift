import Database
import DatabasePostgreSQL
import Dispatch
import TestSupport
import Testing

/// Servers that hang, connections that are lost, locks that somebody keeps. How long is waited for what stands in
/// `PostgreSQLLimits`; here is what happens then.
@Suite(.serialized)
struct PostgreSQLLimitTests {
    /// Opening blocks, and a test that runs out of threads proves nothing.
    static func open(_ url: String, connections: Int = 4, statementSeconds: Int? = nil) async throws -> PostgreSQLStore
    {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result {
                        try PostgreSQLStore(url: url, connections: connections, statementSeconds: statementSeconds)
                    })
            }
        }
    }

    static func number(_ store: PostgreSQLStore) async throws -> Int? {
        try await store.read { try $0.integer("SELECT 7") }
    }

    @Test
    func `a server that takes connections and says nothing is unavailable`() async throws {
        try await FreezableLink.withDatabase { link, url in
            link.freeze()
            await expectDatabaseError(.unavailable) { try await Self.open(url) }
        }
    }

    @Test
    func `a server that freezes is given up by all who wait, and used again when it lives`() async throws {
        try await FreezableLink.withDatabase { link, url in
            let store = try await Self.open(url)
            try await ConcurrencyTests.prepare(store)
            link.freeze()
            await withTaskGroup(of: Void.self) { group in
                // More than there are connections: on a busy machine some wait in vain for one.
                for _ in 0..<20 {
                    group.addTask { await expectDatabaseError(.unavailable, .busy) { try await Self.number(store) } }
                }
                group.addTask {
                    await expectDatabaseError(.unavailable) {
                        try await store.write { try ConcurrencyTests.increment(1, on: $0) }
                    }
                }
            }
            link.thaw()
            #expect(try await Self.number(store) == 7)
            try await store.write { try ConcurrencyTests.increment(2, on: $0) }
            #expect(try await store.read { try ConcurrencyTests.totals($0) } == [1, 1])
            try await store.close()
        }
    }

    @Test
    func `a server that thinks long is not taken for a frozen one`() async throws {
        try await FreezableLink.withDatabase { _, url in
            let store = try await Self.open(url)
            #expect(try await store.read { try $0.integer("SELECT 7 FROM pg_sleep(3)") } == 7)
            try await store.close()
        }
    }

    @Test
    func `connections that were lost while nobody used them are replaced unseen`() async throws {
        try await FreezableLink.withDatabase { link, url in
            let store = try await Self.open(url)
            try await ConcurrencyTests.prepare(store)
            for round in 1...3 {
                link.cut()
                let runs = Counter()
                try await store.write { connection in
                    runs.add()
                    try ConcurrencyTests.increment(round, on: connection)
                }
                #expect(runs.value == 1)
                #expect(try await Self.number(store) == 7)
            }
            #expect(try await store.read { try ConcurrencyTests.totals($0) } == [3, 3])
            try await store.close()
        }
    }

    @Test
    func `what was begun when the connection was lost is not done again`() async throws {
        try await FreezableLink.withDatabase { link, url in
            let store = try await Self.open(url)
            try await ConcurrencyTests.prepare(store)
            let runs = Counter()
            await expectDatabaseError(.unavailable) {
                try await store.write { connection in
                    runs.add()
                    try ConcurrencyTests.increment(1, on: connection)
                    link.cut()
                    _ = try connection.integer("SELECT 7")
                }
            }
            #expect(runs.value == 1)
            #expect(try await store.read { try ConcurrencyTests.totals($0) } == [0, 0])
            try await store.close()
        }
    }

    @Test
    func `who reads is answered while another program keeps the writers' lock and writers queue up`() async throws {
        try await TestEngine.postgreSQL.withStores(2) { stores in
            try await ConcurrencyTests.prepare(stores[0])
            let (halt, finished) = (Halt(), Counter())
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await stores[0].write { _ in halt.stop() }
                    finished.add()
                }
                await halt.reached()
                defer { halt.release() }
                for id in 0..<30 {
                    group.addTask {
                        try await stores[1].write { try ConcurrencyTests.increment(id, on: $0) }
                        finished.add()
                    }
                }
                for _ in 0..<30 {
                    #expect(try await stores[1].read { try ConcurrencyTests.totals($0) } == [0, 0])
                }
                #expect(finished.value == 0, "nobody has written meanwhile")
                halt.release()
                try await group.waitForAll()
            }
            #expect(try await stores[1].read { try ConcurrencyTests.totals($0) } == [30, 30])
        }
    }

    @Test
    func `a writer does not wait for the lock for ever, and the address may say how long`() async throws {
        try await FreezableLink.withDatabase { _, url in
            let holder = try await Self.open(url)
            let waiter = try await Self.open(url + "?options=-c%20lock_timeout%3D100ms")
            let halt = Halt()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await holder.write { _ in halt.stop() } }
                await halt.reached()
                defer { halt.release() }
                await expectDatabaseError(.busy) { try await waiter.write { try $0.execute("SELECT 1") } }
                halt.release()
                try await group.waitForAll()
            }
            _ = try await waiter.write { try $0.execute("CREATE TABLE thing (id TEXT)") }
            try await holder.close()
            try await waiter.close()
        }
    }

    @Test
    func `a statement that takes too long is ended, and the connection serves on`() async throws {
        try await FreezableLink.withDatabase { _, url in
            let store = try await Self.open(url, statementSeconds: 1)
            await expectDatabaseError(.busy) { try await store.read { try $0.integer("SELECT 7 FROM pg_sleep(60)") } }
            #expect(try await Self.number(store) == 7)
            try await store.close()
        }
    }
}
