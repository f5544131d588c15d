import Database
import TestSupport
import Testing

@Suite
struct ConcurrencyTests {
    static func prepare(_ store: any DataStore) async throws {
        try await store.write { connection in
            try connection.execute("CREATE TABLE counter (one BIGINT PRIMARY KEY, n BIGINT NOT NULL)")
            try connection.execute("INSERT INTO counter VALUES (1, 0)")
            try connection.execute("CREATE TABLE entry (id BIGINT PRIMARY KEY, seen BIGINT NOT NULL UNIQUE)")
        }
    }

    /// Reads, then writes what it read plus one: loses counts unless writers take turns.
    static func increment(_ id: Int, on connection: any SQLConnection) throws {
        let number = try connection.integer("SELECT n FROM counter WHERE one = 1") ?? -1
        try connection.execute("INSERT INTO entry VALUES (?, ?)", id, number)
        try connection.execute("UPDATE counter SET n = ? WHERE one = 1", number + 1)
    }

    static func totals(_ connection: any SQLConnection) throws -> [Int?] {
        [
            try connection.integer("SELECT n FROM counter WHERE one = 1"),
            try connection.integer("SELECT COUNT(*) FROM entry"),
        ]
    }

    @Test(arguments: TestEngine.allCases)
    func `two hundred writers at once lose nothing`(engine: TestEngine) async throws {
        try await engine.withStores(2) { stores in
            try await Self.prepare(stores[0])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 0..<200 {
                    group.addTask { try await stores[id % 2].write { try Self.increment(id, on: $0) } }
                }
                try await group.waitForAll()
            }
            #expect(try await stores[0].read { try Self.totals($0) } == [200, 200])
            #expect(try await stores[1].read { try Self.totals($0) } == [200, 200])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `readers beside writers never fail and never see a half write`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await Self.prepare(store)
            let uneven = try await withThrowingTaskGroup(of: Bool.self) { group in
                for id in 0..<100 {
                    group.addTask {
                        try await store.write { try Self.increment(id, on: $0) }
                        return false
                    }
                    for _ in 0..<3 {
                        group.addTask {
                            let totals = try await store.read { try Self.totals($0) }
                            return totals[0] != totals[1]
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(uneven == 0)
            #expect(try await store.read { try Self.totals($0) } == [100, 100])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `more readers than connections all get their turn`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await Self.prepare(store)
            let read = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<150 {
                    group.addTask {
                        try await store.read { connection in
                            if try connection.integer("SELECT n FROM counter") == 0 { read.add() }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(read.value == 150)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `writers that fail among writers that succeed take nothing with them`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await Self.prepare(store)
            let failed = Counter()
            await withTaskGroup(of: Void.self) { group in
                for id in 0..<60 {
                    group.addTask {
                        do {
                            try await store.write { connection in
                                try Self.increment(id, on: connection)
                                if id % 3 == 0 { try connection.execute("INSERT INTO entry VALUES (?, -1)", id) }
                            }
                        } catch {
                            failed.add()
                        }
                    }
                }
            }
            #expect(failed.value == 20)
            #expect(try await store.read { try Self.totals($0) } == [40, 40])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a closed store refuses, and does not wait`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await Self.prepare(store)
            try await store.close()
            await #expect(throws: (any Error).self) { try await store.read { try Self.totals($0) } }
            await #expect(throws: (any Error).self) { try await store.write { try Self.increment(1, on: $0) } }
        }
    }
}
