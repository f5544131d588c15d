import Access
import Database
import Kernel
import TestSupport
import Testing

/// The audit entry and the deed it tells of stand or fall together.
@Suite
struct AuditDeedTests {
    struct Failed: Error {}

    @Test(arguments: TestEngine.allCases)
    func `a deed that fails leaves no entry`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            await expectDatabaseError(.constraint) { try await world.add(AccessWorld.officer()) }
            let now = world.clock.now
            await #expect(throws: Failed.self) {
                try await world.store.write { connection in
                    try AuditTrail.append(
                        AuditEvent("test.lost", subject: Subject(.account, "x")), by: .system, at: now, on: connection)
                    throw Failed()
                }
            }
            #expect(try await world.actions() == ["account.created"])
            #expect(try await AuditTrail.verify(in: world.store).problems.isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a deed whose entry cannot be written does not happen`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let account = try await world.add(AccessWorld.officer())
            // The next entry would take a number that is already taken.
            try await world.store.write { _ = try $0.execute("UPDATE audit_head SET sequence = 0") }
            await expectDatabaseError(.constraint) {
                try await world.service.invite(AccessWorld.officer("other"), by: AccessWorld.chief)
            }
            await expectDatabaseError(.constraint) {
                try await world.service.setDisabled(true, account: account.id, by: AccessWorld.chief)
            }
            await expectDatabaseError(.constraint) { try await world.signIn() }
            #expect(try await world.account("other") == nil)
            #expect(try await world.account("lan.nguyen")?.state == .active)
            #expect(try await world.store.read { try $0.integer("SELECT COUNT(*) FROM session") } == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `entries are read in pages, by person and by subject`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            try await AuditTests.add(AuditTests.words, to: world)
            let now = world.clock.now
            try await world.store.write { connection in
                let kinds = [("word", "một"), ("wordless", "một"), ("wor", ""), ("word_", "%")]
                for subject in kinds.map({ Subject(Subject.Kind($0), $1) }) {
                    try AuditTrail.append(
                        AuditEvent("test.more", subject: subject), by: .system, at: now, on: connection)
                }
            }
            func sequences(before: Int? = nil, actor: RecordID? = nil, prefix: String = "", limit: Int = 100)
                async throws -> [Int]
            {
                try await world.store.read { connection in
                    try AuditTrail.entries(
                        before: before, actor: actor, subjectPrefix: prefix, limit: limit, on: connection
                    )
                    .map(\.sequence)
                }
            }
            #expect(try await sequences(limit: 4) == [10, 9, 8, 7])
            #expect(try await sequences(before: 7, limit: 4) == [6, 5, 4, 3])
            #expect(try await sequences(before: 3) == [2, 1])
            #expect(try await sequences(actor: AuditTests.person.account) == [6, 5, 4, 3, 2, 1])
            #expect(try await sequences(before: 5, actor: AuditTests.person.account, prefix: "word/") == [4, 3, 2, 1])
            #expect(try await sequences(prefix: "word/một") == [7, 1])
            #expect(try await sequences(prefix: "word_") == [10])
        }
    }
}
