import Database
import Kernel
import TestSupport
import Testing

/// What goes in comes out, the same on both engines.
@Suite
struct ValueTests {
    static let table = """
        CREATE TABLE sample (id BIGINT PRIMARY KEY, t TEXT, i BIGINT, r DOUBLE PRECISION, b BYTEA)
        """

    /// Texts that break careless quoting, escaping or encoding.
    static let texts = [
        "", " ", "Tổ dân phố số 3, phường Thành Đông", "te\u{302}\u{301}", "\u{1EBF}", "👩‍👩‍👧‍👦 🇻🇳", "O'Brien \"quoted\"",
        "back\\slash \\n \\t \\N \\. \\x41", "tab\tnew\nline\r\n", "\\N", "\\.", "$1 ? %s {}",
        "'; DROP TABLE sample; --",
        "\u{FEFF}bom", "\u{1}\u{7F}", String(repeating: "ở", count: 5_000),
    ]

    static let integers: [Int64] = [0, 1, -1, .max, .min, 1 << 53 + 1]
    static let reals: [Double] = [0, 1, -1.5, 0.1, .pi, 1e300, -2.2250738585072014e-308, 123_456_789.123_456_789]
    static let bytes: [[UInt8]] = [
        [], [0], [0, 0, 0], [0xFF, 0xFE, 0x5C, 0x78], Array("\\x00".utf8), Array(0...255),
        [UInt8](repeating: 0x5C, count: 70_000),
    ]

    /// Swift takes composed and decomposed letters for the same text; storage must not.
    static func exact(_ values: [SQLValue]) -> [[UInt8]?] {
        values.map { if case .text(let text) = $0 { Array(text.utf8) } else { nil } }
    }

    @Test(arguments: TestEngine.allCases)
    func `every kind of value reads back as it was written`(engine: TestEngine) async throws {
        let values: [(column: String, value: SQLValue)] =
            Self.texts.map { ("t", .text($0)) } + Self.integers.map { ("i", .integer($0)) }
            + Self.reals.map { ("r", .real($0)) } + Self.bytes.map { ("b", .bytes($0)) }
            + ["t", "i", "r", "b"].map { ($0, .null) }
        try await engine.withStore { store in
            try await store.write { connection in
                try connection.execute(Self.table)
                for (index, (column, value)) in values.enumerated() {
                    try connection.execute("INSERT INTO sample (id, \(column)) VALUES (?, ?)", index, value)
                }
            }
            let read = try await store.read { connection in
                try values.indices.map { index in
                    try connection.rows("SELECT \(values[index].column) FROM sample WHERE id = ?", index).map(\.values)
                }
            }
            for (index, (_, value)) in values.enumerated() {
                #expect(read[index] == [[value]])
                #expect(read[index].map(Self.exact) == [Self.exact([value])])
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `values of Kernel read back as they were written`(engine: TestEngine) async throws {
        let day = try #require(Day("2028-02-29"))
        let moment = Timestamp(day: day, hour: 23, minute: 59, second: 58)
        let id = RecordID(at: moment)
        try await engine.withStore { store in
            try await store.write { connection in
                try connection.execute("CREATE TABLE k (id TEXT, day TEXT, at BIGINT, flag BIGINT, none TEXT)")
                try connection.execute("INSERT INTO k VALUES (?, ?, ?, ?, ?)", id, day, moment, true, Day?.none)
            }
            let row = try #require(try await store.read { connection in try connection.row("SELECT * FROM k") })
            #expect(try row.recordID("id") == id)
            #expect(try row.day("day") == day)
            #expect(try row.timestamp("at") == moment)
            #expect(try row.flag("flag"))
            #expect(try row.optionalDay("none") == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a column that is absent, null or of another kind is an error and no trap`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            let row = try #require(
                try await store.read { connection in try connection.row("SELECT NULL AS absent, 'x' AS word") })
            #expect(throws: DatabaseError.self) { try row.text("absent") }
            #expect(throws: DatabaseError.self) { try row.text("absent") }
            #expect(throws: DatabaseError.self) { try row.integer("word") }
            #expect(throws: DatabaseError.self) { try row.day("word") }
            #expect(throws: DatabaseError.self) { try row.recordID("word") }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a question mark inside a quoted literal is no placeholder`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { connection in
                try connection.execute(Self.table)
                try connection.execute("INSERT INTO sample (id, t) VALUES (?, 'what? it''s ?')", 1)
                try connection.execute("INSERT INTO sample (id, t) VALUES (?, ?)", 2, "plain")
            }
            let rows = try await store.read { connection in
                try connection.rows(
                    "SELECT id, '?' AS mark, t AS \"a?\" FROM sample WHERE t <> 'plain?' AND id < ? ORDER BY id", 2)
            }
            #expect(rows.map(\.values) == [[.integer(1), .text("?"), .text("what? it's ?")]])
            #expect(rows.first?.columns.names == ["id", "mark", "a?"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `counts and sums are integers`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { connection in
                try connection.execute(Self.table)
                for id in 1...3 {
                    try connection.execute("INSERT INTO sample (id, i) VALUES (?, ?)", id, id * 1_000_000_000_000)
                }
            }
            let sums = """
                SELECT COUNT(*), SUM(i), MAX(i), COALESCE(SUM(CASE WHEN i > ? THEN 1 ELSE 0 END), 0) FROM sample WHERE id > ?
                """
            let (some, none) = try await store.read { connection in
                (try connection.rows(sums, 1_500_000_000_000, 0), try connection.rows(sums, 0, 99))
            }
            #expect(
                some.map(\.values) == [
                    [.integer(3), .integer(6_000_000_000_000), .integer(3_000_000_000_000), .integer(2)]
                ])
            #expect(none.map(\.values) == [[.integer(0), .null, .null, .integer(0)]])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a change answers how many rows it changed`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            let counts = try await store.write { connection in
                try connection.execute(Self.table)
                return [
                    try connection.execute("INSERT INTO sample (id, i) VALUES (1, 1), (2, 1), (3, 2)"),
                    try connection.execute("UPDATE sample SET i = 9 WHERE i = ?", 1),
                    try connection.execute("UPDATE sample SET i = 9 WHERE i = ?", 77),
                    try connection.execute("DELETE FROM sample WHERE id < ?", 3),
                ]
            }
            #expect(counts == [3, 2, 0, 2])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `tables and columns are named in order`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { connection in
                try connection.execute("CREATE TABLE zebra (second TEXT, first BIGINT)")
                try connection.execute(Self.table)
            }
            let (tables, columns, problems) = try await store.read { connection in
                (
                    try connection.tableNames(), try connection.columnNames(of: "zebra"),
                    try connection.integrityProblems()
                )
            }
            #expect(tables == ["sample", "zebra"])
            #expect(columns == ["second", "first"])
            #expect(problems.isEmpty)
        }
    }
}
