import Access
import Database
import Files
import Kernel
import TestSupport
import Testing

/// Files are found by their hash; proposals to erase them that are over are told from those that wait.
@Suite
struct ErasureSearchTests {
    static func hash(_ signs: Int) throws -> HashPrefix {
        try #require(HashPrefix(String(StoredFiles.sha256(of: ErasureTests.content).prefix(signs))))
    }

    @Test(arguments: TestEngine.allCases)
    func `the beginning of a hash finds one's own file among more of others than are shown`(
        engine: TestEngine
    ) async throws {
        try await ErasureTests.with(engine) { world in
            let sha256 = StoredFiles.sha256(of: ErasureTests.content)
            try await world.store.write { [now = world.clock.now] connection in
                for number in 0...FileErasure.shownAtMost {
                    try connection.execute(
                        """
                        INSERT INTO stored_file (id, sha256, name, media_type, size, added_at)
                        VALUES (?, ?, 'x.csv', 'text/csv', 1, ?)
                        """, RecordID(at: now.adding(seconds: Int64(number + 1))), sha256, now)
                }
            }
            let found = try await world.erasure.files(try Self.hash(8), for: world.asker)
            #expect(found.map(\.file.id) == [world.file])
        }
    }

    @Test
    func `a hash is searched by eight of its signs or more, as people copy them`() {
        #expect(HashPrefix(" 9F86 d081\u{a0}88… ")?.text == "9f86d08188")
        #expect(HashPrefix("9f86d08") == nil && HashPrefix("9f86d08g") == nil)
        #expect(HashPrefix(String(repeating: "a", count: 65)) == nil)
    }

    @Test(arguments: TestEngine.allCases)
    func `a proposal ends by itself once what the erasure undoes has changed`(engine: TestEngine) async throws {
        try await ErasureTests.with(engine) { world in
            _ = try await world.proposed()
            let changed: FileKeeper = { id, viewer, connection in
                try world.keepers[0](id, viewer, connection).map {
                    FileHolder(
                        subject: $0.subject, words: $0.words, unit: $0.unit, mayAsk: $0.mayAsk,
                        undoes: ["Việc đã được chấp nhận."])
                }
            }
            for (keepers, count) in [(world.keepers, 0), ([changed], 1), ([changed], 0)] {
                let erasure = FileErasure(
                    store: world.store, clock: world.clock.clock, keepers: keepers,
                    pairs: PairPolicy(grants: ErasureTests.grants))
                let ended = try await world.store.write { [now = world.clock.now] in
                    try erasure.lapse(at: now, atMost: 10, on: $0)
                }
                #expect(ended == count)
            }
            #expect(try await world.erasure.file(world.file, for: world.asker).waiting == nil)
            #expect(try await world.audit().first?.action == "paired.outdated")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `whoever takes back what was confirmed just before is told so`(engine: TestEngine) async throws {
        try await ErasureTests.with(engine) { world in
            let deed = try await world.proposed()
            try await world.erasure.confirm(world.file, deed: deed, by: world.by(world.second))
            let refusal = await #expect(throws: Refusal.self) {
                try await world.erasure.withdraw(world.file, deed: deed, by: world.by(world.asker))
            }
            #expect(refusal?.kind == .stale)
        }
    }
}
