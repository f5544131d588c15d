import Database
import TestSupport
import Testing

/// Many rows at once.
@Suite
struct BulkTests {
    struct Enough: Error {}

    static let columns = ["id", "t", "i", "r", "b"]

    /// Awkward text, nulls, numbers and bytes in turns.
    static func row(_ id: Int) -> [SQLValue] {
        let texts = ValueTests.texts.dropLast()
        let text: SQLValue = id % 7 == 0 ? .null : .text("\(texts[id % texts.count])\(id % 3 == 0 ? "" : "#\(id)")")
        let bytes: SQLValue =
            id % 5 == 0 ? .null : .bytes((0..<id % 40).map { UInt8(truncatingIfNeeded: id &* 31 &+ $0) })
        return [
            .integer(Int64(id)), text, id % 11 == 0 ? .null : .integer(Int64(id) &* -7_919_000_000),
            id % 13 == 0 ? .null : .real(Double(id) / 3), bytes,
        ]
    }

    @Test(arguments: TestEngine.allCases)
    func `twenty thousand loaded rows read back as they were given`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            let loaded = try await store.write { connection in
                try connection.execute(ValueTests.table)
                return try connection.load("sample", columns: Self.columns, rows: (1...20_000).lazy.map(Self.row))
            }
            #expect(loaded == 20_000)
            let (count, different) = try await store.read { connection in
                var count = 0
                var different: [Int] = []
                try connection.forEachRow("SELECT id, t, i, r, b FROM sample ORDER BY id", []) { row in
                    count += 1
                    let expected = Self.row(count)
                    if row.values != expected || ValueTests.exact(row.values) != ValueTests.exact(expected) {
                        different.append(count)
                    }
                }
                return (count, different)
            }
            #expect(count == 20_000)
            #expect(different.isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `loading is part of its transaction`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { _ = try $0.execute(ValueTests.table) }
            await #expect(throws: Enough.self) {
                try await store.write { connection in
                    _ = try connection.load("sample", columns: Self.columns, rows: (1...500).map(Self.row))
                    guard try connection.integer("SELECT COUNT(*) FROM sample") == 500 else { return }
                    throw Enough()
                }
            }
            #expect(try await store.read { try $0.integer("SELECT COUNT(*) FROM sample") } == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `loading nothing is no fault`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            let loaded = try await store.write { connection in
                try connection.execute(ValueTests.table)
                return try connection.load("sample", columns: Self.columns, rows: [[SQLValue]]())
            }
            #expect(loaded == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a load that breaks a rule or has the wrong shape leaves nothing and a usable store`(
        engine: TestEngine
    ) async throws {
        try await engine.withStore { store in
            try await store.write { _ = try $0.execute(ValueTests.table) }
            await expectDatabaseError(.constraint) {
                try await store.write { connection in
                    try connection.load("sample", columns: Self.columns, rows: ((1...300) + [7]).map(Self.row))
                }
            }
            await expectDatabaseError(.statement) {
                try await store.write { connection in
                    try connection.load("sample", columns: ["id", "t"], rows: [[.integer(1), .null], [.integer(2)]])
                }
            }
            await expectDatabaseError(.statement) {
                try await store.write { try $0.load("absent", columns: ["id"], rows: [[.integer(1)]]) }
            }
            #expect(try await store.read { try $0.integer("SELECT COUNT(*) FROM sample") } == 0)
            try await store.write { _ = try $0.load("sample", columns: Self.columns, rows: [Self.row(1)]) }
            #expect(try await store.read { try $0.integer("SELECT COUNT(*) FROM sample") } == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `fifty thousand rows stream one by one`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await Self.fill(store, 50_000)
            let (count, sum, inOrder) = try await store.read { connection in
                var count = 0
                var sum = 0
                var inOrder = true
                try connection.forEachRow("SELECT n FROM many WHERE n > ? ORDER BY n", [.integer(0)]) { row in
                    count += 1
                    let number = try row.integer("n")
                    sum += number
                    inOrder = inOrder && number == count
                }
                return (count, sum, inOrder)
            }
            #expect(count == 50_000)
            #expect(sum == 50_000 * 50_001 / 2)
            #expect(inOrder)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a stream stops when its body throws, and the store goes on`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await Self.fill(store, 50_000)
            for stop in [1, 10, 30_000] {
                let seen = Counter()
                await #expect(throws: Enough.self) {
                    try await store.read { connection in
                        try connection.forEachRow("SELECT n FROM many ORDER BY n", []) { _ in
                            if seen.add() == stop { throw Enough() }
                        }
                    }
                }
                #expect(seen.value == stop)
                let again = try await store.read { try $0.rows("SELECT n FROM many ORDER BY n").count }
                #expect(again == 50_000)
            }
            await #expect(throws: Enough.self) {
                try await store.write { connection in
                    try connection.execute("DELETE FROM many WHERE n = 1")
                    try connection.forEachRow("SELECT n FROM many ORDER BY n", []) { _ in throw Enough() }
                }
            }
            #expect(try await store.read { try $0.integer("SELECT COUNT(*) FROM many") } == 50_000)
        }
    }

    static func fill(_ store: any DataStore, _ count: Int) async throws {
        try await store.write { connection in
            try connection.execute("CREATE TABLE many (n BIGINT PRIMARY KEY)")
            _ = try connection.load("many", columns: ["n"], rows: (1...count).lazy.map { [.integer(Int64($0))] })
        }
    }
}
