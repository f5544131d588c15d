import Access
import Database
import Kernel
import TestSupport
import Testing

@Suite
struct AuditTests {
    static let person = Actor(
        account: RecordID(at: Timestamp(secondsSinceEpoch: 1)), name: "Nguyễn Thị Lan", address: "10.0.0.1")

    static func add(_ words: [String], to world: AccessWorld) async throws {
        for word in words {
            let now = world.clock.now
            try await world.store.write { connection in
                try AuditTrail.append(
                    AuditEvent(
                        "test.\(word)", subject: Subject(Subject.Kind("word"), word), detail: "chi tiết “\(word)”"),
                    by: person,
                    at: now,
                    on: connection)
            }
            world.clock.advance(seconds: 1)
        }
    }

    static let words = ["một", "hai", "ba", "bốn", "năm", "sáu"]

    /// A world whose trail has six entries and is then changed behind the program's back.
    static func problems(
        _ engine: TestEngine, expectingHead: Bool = false,
        _ tamper: @escaping @Sendable (any SQLConnection) throws -> Void
    ) async throws -> [AuditVerdict.Problem] {
        try await AccessWorld.with(engine) { world in
            try await add(words, to: world)
            let before = try await AuditTrail.verify(in: world.store)
            #expect(before.problems.isEmpty)
            try await world.store.write { connection in
                switch engine {
                case .sqlite:
                    try connection.execute("DROP TRIGGER audit_entry_no_update")
                    try connection.execute("DROP TRIGGER audit_entry_no_delete")
                case .postgreSQL:
                    try connection.execute("DROP TRIGGER audit_entry_new_rows_only ON audit_entry")
                }
                try tamper(connection)
            }
            return try await AuditTrail.verify(expecting: expectingHead ? [before.head] : [], in: world.store).problems
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an untouched chain is clean and its head is the last entry`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let empty = try await AuditTrail.verify(in: world.store)
            #expect(empty.entries == 0)
            #expect(empty.problems.isEmpty)

            try await Self.add(Self.words, to: world)
            let verdict = try await AuditTrail.verify(in: world.store)
            let entries = try await world.store.read { try AuditTrail.entries(before: nil, limit: 10, on: $0) }
            #expect(verdict.entries == 6)
            #expect(verdict.problems.isEmpty)
            #expect(verdict.head == "6:\(entries.first?.hash ?? "")")
            #expect(entries.map(\.sequence) == [6, 5, 4, 3, 2, 1])
            for (later, earlier) in zip(entries, entries.dropFirst()) { #expect(later.previousHash == earlier.hash) }
            #expect(entries.last?.actorName == "Nguyễn Thị Lan")
            #expect(entries.last?.detail == "chi tiết “một”")
            #expect(Set(entries.map(\.hash)).count == 6)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a head noted earlier is found in a longer chain`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            try await Self.add(Array(Self.words.prefix(3)), to: world)
            let noted = try await AuditTrail.verify(in: world.store).head
            try await Self.add(Array(Self.words.suffix(3)), to: world)
            #expect(try await AuditTrail.verify(expecting: [noted], in: world.store).problems.isEmpty)
            let other = "3:" + String(repeating: "a", count: 64)
            #expect(try await AuditTrail.verify(expecting: [other], in: world.store).problems.count == 1)
        }
    }

    static let changes = [
        "at = at + 1", "actor = NULL", "actor_name = 'Người khác'", "action = 'test.other'", "subject = 'word/khác'",
        "detail = ''", "address = '10.0.0.2'", "detail = detail || ' '",
    ]

    @Test(arguments: TestEngine.allCases, changes)
    func `a changed field is found`(engine: TestEngine, change: String) async throws {
        let problems = try await Self.problems(engine) { connection in
            let changed = try connection.execute("UPDATE audit_entry SET \(change) WHERE sequence = 3")
            #expect(changed == 1)
        }
        #expect(problems.map(\.sequence) == [3])
    }

    @Test(arguments: TestEngine.allCases)
    func `text moved from one field into the next is found`(engine: TestEngine) async throws {
        let problems = try await Self.problems(engine) { connection in
            try connection.execute(
                "UPDATE audit_entry SET action = action || subject, subject = '' WHERE sequence = 3")
        }
        #expect(problems.map(\.sequence) == [3])
    }

    @Test(arguments: TestEngine.allCases)
    func `a changed hash breaks the chain there and behind it`(engine: TestEngine) async throws {
        let problems = try await Self.problems(engine) { connection in
            try connection.execute(
                "UPDATE audit_entry SET hash = ? WHERE sequence = 3", String(repeating: "a", count: 64))
        }
        #expect(problems.map(\.sequence) == [3, 4])
    }

    @Test(arguments: TestEngine.allCases)
    func `removed entries are found, in the middle and at both ends`(engine: TestEngine) async throws {
        for (condition, first) in [
            ("sequence = 3", 3), ("sequence IN (3, 4)", 3), ("sequence = 1", 1), ("sequence = 6", 6), ("1 = 1", 1),
        ] {
            let problems = try await Self.problems(engine) { connection in
                try connection.execute("DELETE FROM audit_entry WHERE \(condition)")
            }
            #expect(problems.map(\.sequence) == [first])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an entry removed and the rest moved up is found`(engine: TestEngine) async throws {
        let problems = try await Self.problems(engine) { connection in
            try connection.execute("DELETE FROM audit_entry WHERE sequence = 3")
            for sequence in 4...6 {
                try connection.execute("UPDATE audit_entry SET sequence = ? WHERE sequence = ?", sequence - 1, sequence)
            }
            try connection.execute("UPDATE audit_head SET sequence = 5")
        }
        #expect(problems.contains { $0.sequence == 3 })
    }

    @Test(arguments: TestEngine.allCases)
    func `swapped entries are found`(engine: TestEngine) async throws {
        let problems = try await Self.problems(engine) { connection in
            for (from, to) in [(2, 1_000), (3, 2), (1_000, 3)] {
                try connection.execute("UPDATE audit_entry SET sequence = ? WHERE sequence = ?", to, from)
            }
        }
        #expect(Set(problems.map(\.sequence)) == [2, 3, 4])
    }

    @Test(arguments: TestEngine.allCases)
    func `a rewritten or lost head is found`(engine: TestEngine) async throws {
        for change in [
            "UPDATE audit_head SET hash = '\(String(repeating: "0", count: 64))'", "UPDATE audit_head SET sequence = 5",
            "UPDATE audit_head SET sequence = 9", "DELETE FROM audit_head",
        ] {
            let problems = try await Self.problems(engine) { connection in try connection.execute(change) }
            #expect(problems.count == 1)
        }
    }

    /// Whoever may write the database can also write the head: only a head kept elsewhere betrays that.
    @Test(arguments: TestEngine.allCases)
    func `a cut or wholly rewritten chain is found with the help of a head noted elsewhere`(
        engine: TestEngine
    ) async throws {
        let cut: @Sendable (any SQLConnection) throws -> Void = { connection in
            try connection.execute("DELETE FROM audit_entry WHERE sequence = 6")
            try connection.execute(
                "UPDATE audit_head SET sequence = 5, hash = (SELECT hash FROM audit_entry WHERE sequence = 5)")
        }
        let rewrite: @Sendable (any SQLConnection) throws -> Void = { connection in
            try connection.execute("DELETE FROM audit_entry")
            try connection.execute("DELETE FROM audit_head")
            for word in Self.words + ["bảy"] {
                try AuditTrail.append(
                    AuditEvent("test.\(word)", subject: Subject(.account, "forged")), by: .system,
                    at: Timestamp(secondsSinceEpoch: 0),
                    on: connection)
            }
        }
        for tamper in [cut, rewrite] {
            #expect(try await Self.problems(engine, tamper).isEmpty)
            #expect(try await Self.problems(engine, expectingHead: true, tamper).count == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the engine itself refuses changes and removals`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            try await Self.add(Self.words, to: world)
            for sql in ["UPDATE audit_entry SET detail = ''", "DELETE FROM audit_entry WHERE sequence = 6"] {
                await expectDatabaseError(.constraint, .statement) {
                    try await world.store.write { try $0.execute(sql) }
                }
            }
            let verdict = try await AuditTrail.verify(in: world.store)
            #expect(verdict.entries == 6)
            #expect(verdict.problems.isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `entries written at once form one chain`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let now = world.clock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        try await world.store.write { connection in
                            try AuditTrail.append(
                                AuditEvent("test.many", subject: Subject(.account, number)), by: .system, at: now,
                                on: connection)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let verdict = try await AuditTrail.verify(in: world.store)
            #expect(verdict.entries == 60)
            #expect(verdict.problems.isEmpty)
        }
    }
}
